import type { Update } from 'grammy/types'
import type { MovableClock } from './clock.ts'
import { numberOf, Refusal, type Params } from './http.ts'
import type { Updates } from './updates.ts'

const LONG_POLL_MAX_SECONDS = 50
const CONFLICT_PAUSE_MS = 3000
const CONFLICT = {
  poll: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  webhook:
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  setWebhook: 'Conflict: terminated by setWebhook request',
}

type Reply = (outcome: Update[] | Refusal) => void

interface Held {
  limit: number
  reply: Reply
  cancel: () => void
}

export interface PollOptions {
  /** Every update is offered once more after it was confirmed, as two Bot API servers at once would do. */
  offerTwice?: boolean
  /**
   * The official server's guards against loops that spin: the same offset within 0.5 s gets one update, within 3 s waits
   * 3 s, and a conflict soon after another is answered 3 s late. Default true; a test that polls by hand switches it off.
   */
  guard?: boolean
}

/** getUpdates, as the official server answers it. */
export class Polls {
  #repeats: Update[] = []
  #held: Held | undefined
  #waking = false
  #last = { offset: NaN, at: 0 }
  #conflictAt = -CONFLICT_PAUSE_MS

  constructor(
    private readonly updates: Updates,
    private readonly deps: { clock: MovableClock; webhookIsSet: () => boolean },
    private readonly options: PollOptions,
  ) {
    updates.onNew(() => this.#wakeSoon())
  }

  /** Answers through `reply`, now or when something comes. @returns what to call when the asker hangs up */
  get(params: Params, reply: Reply): () => void {
    if (this.deps.webhookIsSet()) {
      this.#conflict(CONFLICT.webhook, reply)
      return () => {}
    }
    this.updates.counts.polls++
    this.updates.allow(params)
    this.#end(CONFLICT.poll)
    const offset = numberOf(params.offset, 0)
    const { limit, timeout } = this.#guarded(params, offset)
    this.#confirm(offset)
    const ready = this.#take(limit)
    if (ready.length > 0 || timeout === 0) reply(ready)
    else {
      const cancel = this.deps.clock.after(timeout * 1000, () => this.#release([]))
      this.#held = { limit, reply, cancel }
    }
    return () => {
      if (this.#held?.reply === reply) this.#release([])
    }
  }

  /** A webhook was set: whoever waits has waited in vain. */
  endForWebhook(): void {
    this.#end(CONFLICT.setWebhook)
  }

  stop(): void {
    this.#release([])
  }

  #guarded(params: Params, offset: number): { limit: number; timeout: number } {
    let limit = Math.min(100, Math.max(1, numberOf(params.limit, 100)))
    let timeout = Math.min(LONG_POLL_MAX_SECONDS, Math.max(0, numberOf(params.timeout, 0)))
    const now = this.deps.clock.now()
    if (this.options.guard !== false && offset === this.#last.offset) {
      if (now - this.#last.at < 3000) timeout = Math.max(timeout, 3)
      if (now - this.#last.at < 500) limit = 1
    }
    this.#last = { offset, at: now }
    return { limit, timeout }
  }

  /** Below the offset all is confirmed; a negative one keeps the last n; one beyond the newest id means nothing. */
  #confirm(offset: number): void {
    if (offset === 0 || offset > this.updates.nextId) return
    const waiting = this.updates.first(Infinity)
    const first = waiting.findIndex(update => update.update_id >= offset)
    const count = offset < 0 ? Math.max(0, waiting.length + offset) : first < 0 ? waiting.length : first
    const confirmed = waiting.slice(0, count)
    for (const { update_id: id } of confirmed) this.updates.confirm(id)
    if (this.options.offerTwice) this.#repeats.push(...confirmed)
  }

  #take(limit: number): Update[] {
    const repeats = this.#repeats.splice(0, limit)
    const fresh = this.updates.first(limit - repeats.length)
    this.updates.counts.repeated += repeats.length
    this.updates.counts.offered += fresh.length
    // Our own repeat brings the asker back to an offset it had before: not a loop that spins.
    if (repeats.length > 0) this.#last.offset = NaN
    return repeats.length > 0 ? [...repeats, ...fresh] : fresh
  }

  /** All that is pushed in the same tick goes out in one answer. */
  #wakeSoon(): void {
    if (!this.#held || this.#waking) return
    this.#waking = true
    setImmediate(() => {
      this.#waking = false
      if (this.#held && this.updates.pending > 0) this.#release(this.#take(this.#held.limit))
    })
  }

  #release(outcome: Update[]): void {
    const held = this.#forgetHeld()
    held?.reply(outcome)
  }

  #end(reason: string): void {
    const held = this.#forgetHeld()
    if (held) this.#conflict(reason, held.reply)
  }

  #forgetHeld(): Held | undefined {
    const held = this.#held
    this.#held = undefined
    held?.cancel()
    return held
  }

  #conflict(reason: string, reply: Reply): void {
    const { clock } = this.deps
    const now = clock.now()
    const soon = this.options.guard !== false && now < this.#conflictAt + CONFLICT_PAUSE_MS
    if (!soon) this.#conflictAt = now
    clock.after(soon ? CONFLICT_PAUSE_MS : 0, () => reply(new Refusal(409, reason)))
  }
}
