import { randomUUID } from 'node:crypto'
import type { Channel, SendOutcome } from '../channels/channel.ts'
import { errorForLog, type Log } from '../lib/log.ts'
import { atMost, SECOND, sleep, type Clock } from '../lib/time.ts'
import type { Door } from './door.ts'
import type { Meter } from './meter.ts'
import type { Leased, Mark, Outbox, Verdict } from './ports.ts'

/** Sends under way at once on one account. */
const LANES = 64
/** How long a pass gathers freed lanes before it leases again: one lease for many sends. */
const GATHER_MS = 8
const FLUSH_MS = 50
const FLUSH_ROWS = 64
/** Pauses before an unanswered reply is sent again; after the last one it stays `unknown` and is listed. */
const REPEAT_PAUSES = [2 * SECOND, 20 * SECOND]

export interface DeliveryDeps {
  outbox: Outbox
  channel: Channel
  clock: Clock
  log: Log
  meter: Meter
  door: Door
}

/**
 * Hands waiting rows to a channel: leased in a short transaction, sent with none open, marked many at a time.
 * Every reply reaches the platform at least once; only an answer that never came makes it go out again.
 */
export function createDelivery(deps: DeliveryDeps) {
  const lease = randomUUID()
  const { channel, outbox, meter } = deps
  const underWay = new Set<Promise<void>>()
  const marks: Mark[] = []
  let flushing: Promise<void> = Promise.resolve()
  let pausedUntil = 0
  let oldestMark = 0
  let nudge = () => {}
  return { pass, drain, nudge: () => nudge() }

  /** @returns how many were sent or are still on their way; 0 = nothing waiting. */
  async function pass(): Promise<number> {
    await flushWhenDue()
    if (deps.clock.now() < pausedUntil) return 0
    const free = LANES - underWay.size
    const rows = free > 0 ? await outbox.lease(channel.account, lease, free) : []
    for (const row of rows) start(row)
    if (underWay.size === 0) return rows.length
    await (rows.length > 0
      ? Promise.race([Promise.allSettled(underWay), sleep(GATHER_MS)])
      : Promise.race([...underWay, nudged(), sleep(FLUSH_MS)]))
    return 1
  }

  /** Resolves at the next nudge, so that a pass that only waits for slow sends notices new rows at once. */
  function nudged(): Promise<void> {
    return new Promise(resolve => {
      nudge = resolve
    })
  }

  function start(row: Leased): void {
    const sending = send(row)
      .then(verdict => {
        marks.push({ id: row.id, conversationId: row.conversationId, outcome: verdict })
        meter.sent(verdict.kind)
        deps.log.debug({ outbound: String(row.id), outcome: verdict.kind }, 'sent')
      })
      .catch((error: unknown) =>
        deps.log.warn(
          { ...errorForLog(error), outbound: String(row.id) },
          'not marked; sent again after its lease',
        ),
      )
      .finally(() => underWay.delete(sending))
    underWay.add(sending)
  }

  async function send(row: Leased): Promise<Verdict> {
    if (!row.say) return { kind: 'gone' }
    const outcome = await channel.send(row.address, row.say).catch((error: unknown): SendOutcome => {
      deps.log.error(
        { ...errorForLog(error), outbound: String(row.id) },
        'a channel threw instead of answering',
      )
      return { kind: 'unknown', reason: 'thrown' }
    })
    if (outcome.kind === 'blocked') await tellBlocked(row)
    return judge(row, outcome)
  }

  function judge(row: Leased, outcome: SendOutcome): Verdict {
    if (outcome.kind === 'later') {
      if (outcome.scope === 'account') pausedUntil = Math.max(pausedUntil, outcome.at)
      return { kind: 'later', reason: outcome.reason, pauseMs: Math.max(0, outcome.at - deps.clock.now()) }
    }
    if (outcome.kind !== 'unknown' || row.purpose === 'bulk') return outcome
    const pauseMs = REPEAT_PAUSES[row.attempts - 1]
    return pauseMs === undefined ? outcome : { kind: 'repeat', pauseMs, reason: outcome.reason }
  }

  /** Being blocked is news for the conversation, so it comes in through the door like everything else. */
  function tellBlocked(row: Leased): Promise<void> {
    return deps.door([
      {
        account: channel.account,
        channel: channel.name,
        address: row.address,
        externalId: `blocked:${row.id}`,
        sentAt: deps.clock.now(),
        incoming: { kind: 'blocked' },
      },
    ])
  }

  async function flushWhenDue(): Promise<void> {
    if (marks.length === 0) return
    oldestMark ||= performance.now()
    const due =
      marks.length >= FLUSH_ROWS || underWay.size === 0 || performance.now() - oldestMark >= FLUSH_MS
    if (due) await flush()
  }

  /** Marks that could not be written stay and are tried again: forgetting one would send its message twice. */
  function flush(): Promise<void> {
    flushing = flushing.then(async () => {
      const batch = [...marks] // more arrive while these are written
      if (batch.length === 0) return
      await outbox.mark(lease, batch, deps.clock.now())
      marks.splice(0, batch.length)
      oldestMark = 0
    })
    const result = flushing
    flushing = flushing.catch(() => {})
    return result
  }

  /** For a graceful stop: waits for what is under way, at most `ms`, and marks it. */
  async function drain(ms: number): Promise<void> {
    await atMost(ms, Promise.allSettled(underWay))
    await flush()
  }
}
