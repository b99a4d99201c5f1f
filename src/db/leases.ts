import { randomUUID } from 'node:crypto'
import type { Lease } from '../channels/channel.ts'
import { SECOND } from '../lib/time.ts'
import type { Db, Tx } from './client.ts'

/** After kill -9 of its holder the next one waits at most so long. */
const LEASE_MS = 15 * SECOND

/** A write was refused because its process no longer holds the lease that the write needs. */
export class DeposedError extends Error {
  override readonly name = 'DeposedError'
  readonly code = 'DEPOSED'
}

export interface DbLease extends Lease {
  /**
   * Inside a transaction: only while the lease is ours, and nobody can take it before the transaction ends.
   * @throws DeposedError
   */
  guard(tx: Tx): Promise<void>
}

/** One row for each lease; ends are judged by the database's clock, so that processes with different clocks agree. */
export function createLease(db: Db, name: string, ms = LEASE_MS): DbLease {
  const holder = randomUUID()
  return {
    ms,
    async tryTake() {
      const taken = await db.$executeRaw`
        INSERT INTO leases (name, holder, until) VALUES (${name}, ${holder}::uuid, now() + ${ms} * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until < now()`
      return taken > 0
    },
    async keep() {
      const kept = await db.$executeRaw`
        UPDATE leases SET until = now() + ${ms} * interval '1 millisecond'
        WHERE name = ${name} AND holder = ${holder}::uuid AND until >= now()`
      return kept > 0
    },
    async release() {
      await db.$executeRaw`DELETE FROM leases WHERE name = ${name} AND holder = ${holder}::uuid`
    },
    async guard(tx) {
      const held = await tx.$queryRaw<unknown[]>`
        SELECT name FROM leases WHERE name = ${name} AND holder = ${holder}::uuid AND until >= now() FOR SHARE`
      if (held.length === 0) throw new DeposedError(`The lease ${name} is not held by this process.`)
    },
  }
}
