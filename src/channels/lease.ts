import { sleep } from '../lib/time.ts'
import type { Lease } from './channel.ts'

interface Options {
  /** Ends the waiting, or the work. */
  signal: AbortSignal
  /** Somebody else holds it: told once, before the waiting. */
  onStandby?: () => void
  /** The database did not answer; tried again. */
  onFault?: (error: unknown) => void
}

/**
 * Waits for the lease, then runs `work` and keeps the lease meanwhile; lost, its signal ends the work and the waiting
 * begins anew. Ends when `signal` does, or when work ends by itself. The work's signal is aborted before the lease can
 * end at the database, also while that is away: there are never two who believe that they hold it.
 */
export async function whileHeld(
  lease: Lease,
  { signal, onStandby = () => {}, onFault = () => {} }: Options,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  for (let told = false; !signal.aborted;) {
    const asked = performance.now()
    const ours = await lease.tryTake().catch((error: unknown) => {
      onFault(error)
      return undefined
    })
    if (ours) {
      if (signal.aborted) return lease.release().catch(onFault)
      if (await workAndKeep(lease, { signal, onFault, until: asked + lease.ms }, work)) return
      told = false
    } else {
      if (ours === false && !told) onStandby()
      told ||= ours === false
      await sleep(lease.ms / 5, signal)
    }
  }
}

/** @returns whether the work ended by itself or was asked to; false: the lease was lost */
async function workAndKeep(
  lease: Lease,
  { signal, onFault, until }: { signal: AbortSignal; onFault: (error: unknown) => void; until: number },
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const lost = new AbortController()
  const done = new AbortController()
  const keeping = keep(lease, { until, signal: done.signal, onFault }).then(held => held || lost.abort())
  try {
    await work(AbortSignal.any([signal, lost.signal]))
  } finally {
    done.abort()
    await keeping
    if (!lost.signal.aborted) await lease.release().catch(onFault)
  }
  return !lost.signal.aborted
}

/** Keeps it until `signal`. @returns false as soon as it is lost or about to end unkept */
async function keep(
  lease: Lease,
  options: { until: number; signal: AbortSignal; onFault: (error: unknown) => void },
): Promise<boolean> {
  const { signal, onFault } = options
  for (let { until } = options; ;) {
    await sleep(lease.ms / 5, signal)
    if (signal.aborted) return true
    const asked = performance.now()
    // not longer than the lease surely lasts: a database that does not answer must not keep us in the belief
    const answer = await Promise.race([
      lease.keep().catch((error: unknown) => onFault(error)),
      sleep(until - lease.ms / 5 - asked, signal),
    ])
    if (answer === false) return false
    if (answer) until = asked + lease.ms
    else if (performance.now() >= until - lease.ms / 5) return signal.aborted
  }
}

/** For a process that is known to be alone. */
export const onlyProcess: Lease = {
  ms: 60_000,
  tryTake: () => Promise.resolve(true),
  keep: () => Promise.resolve(true),
  release: () => Promise.resolve(),
}
