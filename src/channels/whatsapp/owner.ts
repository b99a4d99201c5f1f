import type { Lease as AnyLease } from '../channel.ts'
import { whileHeld } from '../lease.ts'
import type { HeldLease, Lease } from './ports.ts'

/** Told which lease this process owns the account by; undefined = none. */
type Tell<L> = (lease: L | undefined) => void

/**
 * Ownership of an account. A lease of its own each time it is acquired, so that what an earlier session of this very
 * process still wants to write is refused, too.
 */
export function accountLease<L extends AnyLease>(fresh: () => L, tell: Tell<L>): Lease {
  return { acquire: signal => new Promise(resolve => acquire(fresh(), tell, signal, resolve)) }
}

function acquire<L extends AnyLease>(
  lease: L,
  tell: Tell<L>,
  signal: AbortSignal,
  resolve: (held: HeldLease | undefined) => void,
): void {
  const end = new AbortController()
  const giveUp = () => end.abort()
  if (signal.aborted) return resolve(undefined)
  signal.addEventListener('abort', giveUp)
  const holding = whileHeld(lease, { signal: end.signal }, async until => {
    signal.removeEventListener('abort', giveUp) // from now on it is released, not aborted: the socket ends first
    tell(lease)
    const lost = aborted(until)
    resolve({
      lost,
      async release() {
        end.abort()
        await holding
      },
    })
    await lost
    tell(undefined)
    end.abort() // lost: whoever wants it again acquires it anew
  })
  void holding.then(() => resolve(undefined))
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
