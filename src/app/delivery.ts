import { randomUUID } from 'node:crypto'
import type { Channel, OutboundFile, SendOutcome } from '../channels/channel.ts'
import type { Incoming } from '../engine/types.ts'
import { errorForLog, type Log } from '../lib/log.ts'
import { atMost, SECOND, sleep, type Clock } from '../lib/time.ts'
import type { Door } from './door.ts'
import type { Meter } from './meter.ts'
import type { Files, Leased, Mark, Outbox, Verdict } from './ports.ts'

/**
 * Replies go at once. What we start ourselves goes at the platform's pace, few at a time, so that it provokes no refusal
 * and holds up no reply.
 */
export type Lane = 'direct' | 'paced'
/** Sends under way at once on one account. */
const IN_FLIGHT: Record<Lane, number> = { direct: 64, paced: 8 }
/** How long a pass gathers freed lanes before it leases again: one lease for many sends. */
const GATHER_MS = 8
const FLUSH_MS = 50
const FLUSH_ROWS = 64
/** A sixth of a lease: a few may fail before one ends. */
const KEEP_MS = 5 * SECOND
/** Pauses before an unanswered reply is sent again; after the last one it stays `unknown` and is listed. */
const REPEAT_PAUSES = [2 * SECOND, 20 * SECOND]

export interface DeliveryDeps {
  outbox: Outbox
  files: Files
  channel: Channel
  lane: Lane
  /** Of both lanes: until when the platform wants to hear nothing. */
  account: { pausedUntil: number }
  clock: Clock
  log: Log
  meter: Meter
  door: Door
}

/**
 * Hands waiting rows to a channel: leased in a short transaction, sent with none open, marked many at a time.
 * Every reply reaches the platform at least once; only an answer that never came makes it go out again.
 */
export class Delivery {
  readonly #holder = randomUUID()
  readonly #underWay = new Map<bigint, Promise<void>>()
  #keptAt = -Infinity
  readonly #marks: Mark[] = []
  #flushing: Promise<void> = Promise.resolve()
  #oldestMark = 0
  #nudge = () => {}

  constructor(private readonly deps: DeliveryDeps) {}

  /** There is something new: a pass that only waits for slow sends looks again at once. */
  nudge(): void {
    this.#nudge()
  }

  /** @returns how many were sent or are still on their way; 0 = nothing waiting. */
  async pass(): Promise<number> {
    await this.#flushWhenDue()
    await this.#keepWhenDue()
    const { account, clock, lane } = this.deps
    if (clock.now() < account.pausedUntil) return 0
    const { rows, pauseMs } = await this.#lease(IN_FLIGHT[lane] - this.#underWay.size)
    for (const row of rows) this.#start(row)
    // a send may have ended during the lease: its mark must be written before its chat's next message can go
    if (this.#underWay.size > 0) await this.#rest(rows.length, pauseMs)
    else if (pauseMs === undefined) return rows.length + this.#marks.length
    else await sleep(pauseMs)
    return 1
  }

  async #lease(free: number): Promise<{ rows: Leased[]; pauseMs?: number }> {
    const { outbox, channel, lane, clock } = this.deps
    const { account, perSecond } = channel
    const now = clock.now()
    if (free <= 0 || channel.canSend?.() === false) return { rows: [] }
    if (lane === 'direct') return { rows: await outbox.lease(account, this.#holder, free, now) }
    return outbox.leasePaced({ account, lease: this.#holder, limit: free, perSecond }, now)
  }

  async #rest(leased: number, pauseMs = FLUSH_MS): Promise<void> {
    await (leased > 0
      ? Promise.race([Promise.allSettled(this.#underWay.values()), sleep(GATHER_MS)])
      : Promise.race([...this.#underWay.values(), this.#nudged(), sleep(Math.min(pauseMs, FLUSH_MS))]))
  }

  /** Resolves at the next nudge, so that a pass that only waits for slow sends notices new rows at once. */
  #nudged(): Promise<void> {
    return new Promise(resolve => {
      this.#nudge = resolve
    })
  }

  #start(row: Leased): void {
    const sending = this.#send(row)
      .then(verdict => {
        this.#marks.push({ id: row.id, conversationId: row.conversationId, outcome: verdict })
        this.deps.meter.sent(verdict.kind)
        this.deps.log.debug({ outbound: String(row.id), outcome: verdict.kind }, 'sent')
      })
      .catch((error: unknown) =>
        this.deps.log.warn(
          { ...errorForLog(error), outbound: String(row.id) },
          'not marked; sent again after its lease',
        ),
      )
      .finally(() => this.#underWay.delete(row.id))
    this.#underWay.set(row.id, sending)
  }

  async #send(row: Leased): Promise<Verdict> {
    const key = row.say?.file?.key
    const { files, channel } = this.deps
    const file = key === undefined ? undefined : await files.open(channel.account, key)
    if (key !== undefined && !file) return { kind: 'gone' }
    const handed = this.#hand(row, file)
    if (!handed) return { kind: 'gone' }
    const outcome = await handed.catch((error: unknown): SendOutcome => {
      this.deps.log.error(
        { ...errorForLog(error), outbound: String(row.id) },
        'a channel threw instead of answering',
      )
      return { kind: 'unknown', reason: 'thrown' }
    })
    if (outcome.kind === 'blocked') await this.#tell(row, `blocked:${row.id}`, { kind: 'blocked' })
    if (outcome.kind !== 'sent') return this.#judge(row, outcome)
    if (outcome.mediaId !== undefined && key !== undefined)
      await files.keepMediaId(channel.account, key, outcome.mediaId)
    const to = outcome.movedTo
    if (to !== undefined) await this.#tell(row, `moved:${row.address}:${to}`, { kind: 'moved', to })
    return outcome
  }

  /** undefined: its content was erased meanwhile, or the channel has no such thing. */
  #hand(row: Leased, file: OutboundFile | undefined): Promise<SendOutcome> | undefined {
    const { channel } = this.deps
    if (row.touch) return channel.touch?.(row.address, row.touch)
    const sending = { outbound: String(row.id), purpose: row.purpose }
    return row.say && channel.send(row.address, row.say, file, sending)
  }

  #judge(row: Leased, outcome: SendOutcome): Verdict {
    if (outcome.kind === 'later') {
      const { account } = this.deps
      if (outcome.scope === 'account') account.pausedUntil = Math.max(account.pausedUntil, outcome.at)
      return {
        kind: 'later',
        reason: outcome.reason,
        pauseMs: Math.max(0, outcome.at - this.deps.clock.now()),
      }
    }
    if (outcome.kind !== 'unknown' || row.purpose === 'bulk') return outcome
    const pauseMs = REPEAT_PAUSES[row.attempts - 1]
    return pauseMs === undefined ? outcome : { kind: 'repeat', pauseMs, reason: outcome.reason }
  }

  /** Being blocked or moved is news for the conversation, so it comes in through the door like everything else. */
  #tell(row: Leased, externalId: string, incoming: Incoming): Promise<void> {
    const { account, name: channel } = this.deps.channel
    const sentAt = this.deps.clock.now()
    return this.deps.door([{ account, channel, address: row.address, externalId, sentAt, incoming }])
  }

  async #keepWhenDue(): Promise<void> {
    const now = performance.now()
    if (this.#underWay.size === 0 || now - this.#keptAt < KEEP_MS) return
    this.#keptAt = now
    await this.deps.outbox.keep(this.#holder, [...this.#underWay.keys()])
  }

  async #flushWhenDue(): Promise<void> {
    if (this.#marks.length === 0) return
    this.#oldestMark ||= performance.now()
    const due =
      this.#marks.length >= FLUSH_ROWS ||
      this.#underWay.size === 0 ||
      performance.now() - this.#oldestMark >= FLUSH_MS
    if (due) await this.#flush()
  }

  /** Marks that could not be written stay and are tried again: forgetting one would send its message twice. */
  #flush(): Promise<void> {
    this.#flushing = this.#flushing.then(async () => {
      const batch = [...this.#marks] // more arrive while these are written
      if (batch.length === 0) return
      await this.deps.outbox.mark(this.#holder, batch, this.deps.clock.now())
      this.#marks.splice(0, batch.length)
      this.#oldestMark = 0
    })
    const result = this.#flushing
    this.#flushing = this.#flushing.catch(() => {})
    return result
  }

  /** For a graceful stop: waits for what is under way, at most `ms`, and this.#marks it. */
  async drain(ms: number): Promise<void> {
    await atMost(ms, Promise.allSettled(this.#underWay.values()))
    await this.#flush()
  }
}
