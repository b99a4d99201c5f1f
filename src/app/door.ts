import type { Received } from '../channels/channel.ts'
import type { Clock } from '../lib/time.ts'
import type { Inbox } from './ports.ts'
import type { Meter } from './meter.ts'

export type Door = (batch: Received[]) => Promise<void>

/**
 * Where everything comes in: messages, taps, timers, blocked notices. Resolves once the whole batch is committed; only
 * then may a channel confirm it to its platform. The bell afterwards is a courtesy: the sweep finds the rows anyway.
 */
export function createDoor(deps: { inbox: Inbox; clock: Clock; meter: Meter; ring: () => void }): Door {
  return async batch => {
    if (batch.length === 0) return
    const fresh = await deps.inbox.accept(batch, deps.clock.now())
    deps.meter.received(batch.length, fresh)
    if (fresh > 0) deps.ring()
  }
}
