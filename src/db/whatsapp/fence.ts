import type { Tx } from '../client.ts'
import { DeposedError, type DbLease } from '../leases.ts'

/**
 * Asked inside every transaction that writes a credential: a process that was away for long (a suspended machine, a
 * stalled event loop) must not spoil what its successor has written.
 */
export class Fence {
  #lease: DbLease | undefined

  /** The lease by which this process owns the account. */
  stand(lease: DbLease | undefined): void {
    this.#lease = lease
  }

  /** @throws DeposedError */
  async guard(tx: Tx): Promise<void> {
    if (!this.#lease) throw new DeposedError('This process does not own the WhatsApp account.')
    await this.#lease.guard(tx)
  }
}
