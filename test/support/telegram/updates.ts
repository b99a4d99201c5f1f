import type { Update } from 'grammy/types'
import { numberOf, objectOf, Refusal, type Params } from './http.ts'

export type NewUpdate = Omit<Update, 'update_id'> & { update_id?: number }

const LONG_POLL_MAX_SECONDS = 50
const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const CONFLICT = {
  poll: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  webhook:
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  setWebhook: 'Conflict: terminated by setWebhook request',
}

interface Held {
  limit: number
  reply: (outcome: Update[] | Refusal) => void
  timer: NodeJS.Timeout
}

export interface QueueOptions {
  /** Every update is offered once more after it was confirmed, as two Bot API servers at once would do. */
  offerTwice?: boolean
  /**
   * The official server's guard against loops that spin: the same offset within 0.5 s gets one update, within 3 s
   * waits 3 s. Default true; a test that polls by hand switches it off.
   */
  guard?: boolean
}

/** The bot's update queue with the official server's getUpdates semantics. */
export class UpdateQueue {
  readonly counts = { created: 0, offered: 0, repeated: 0, polls: 0 }
  #webhook = ''
  #nextId = 1
  #pending: Update[] = []
  #repeats: Update[] = []
  #allowed: ReadonlySet<string> | undefined
  #held: Held | undefined
  #waking = false
  #last = { offset: NaN, at: 0 }

  constructor(private readonly options: QueueOptions) {}

  get pending(): number {
    return this.#pending.length
  }

  /** Allowed kinds are judged when an update is created. An id given is kept, and the numbering goes on from it. */
  push(update: NewUpdate): Update {
    const numbered: Update = { ...update, update_id: update.update_id ?? this.#nextId }
    this.#nextId = numbered.update_id + 1
    this.counts.created++
    if (!this.#wanted(numbered)) return numbered
    this.#pending.push(numbered)
    if (this.#held && !this.#waking) {
      // All that is pushed in the same tick goes out in one answer.
      this.#waking = true
      setImmediate(() => this.#wake())
    }
    return numbered
  }

  /** Answers through `reply`, now or when something comes. @returns what to call when the asker hangs up */
  get(params: Params, reply: Held['reply']): () => void {
    if (this.#webhook) throw new Refusal(409, CONFLICT.webhook)
    this.counts.polls++
    this.#allow(params)
    this.#release(new Refusal(409, CONFLICT.poll))
    const offset = numberOf(params.offset, 0)
    const { limit, timeout } = this.#guarded(params, offset)
    this.#confirm(offset)
    const ready = this.#take(limit)
    if (ready.length > 0 || timeout === 0) reply(ready)
    else this.#held = { limit, reply, timer: setTimeout(() => this.#release([]), timeout * 1000) }
    return () => {
      if (this.#held?.reply === reply) this.#release([])
    }
  }

  setWebhook(params: Params): void {
    this.#allow(params)
    this.#webhook = typeof params.url === 'string' ? params.url : ''
    if (this.#webhook) this.#release(new Refusal(409, CONFLICT.setWebhook))
    const drop = params.drop_pending_updates
    if (drop === true || drop === 'true') this.#pending = []
  }

  webhookInfo(): object {
    const allowed = this.#allowed ? { allowed_updates: [...this.#allowed] } : {}
    return {
      url: this.#webhook,
      has_custom_certificate: false,
      pending_update_count: this.pending,
      ...allowed,
    }
  }

  stop(): void {
    this.#release([])
  }

  #guarded(params: Params, offset: number): { limit: number; timeout: number } {
    let limit = Math.min(100, Math.max(1, numberOf(params.limit, 100)))
    let timeout = Math.min(LONG_POLL_MAX_SECONDS, Math.max(0, numberOf(params.timeout, 0)))
    const now = performance.now()
    if (this.options.guard !== false && offset === this.#last.offset) {
      if (now - this.#last.at < 3000) timeout = Math.max(timeout, 3)
      if (now - this.#last.at < 500) limit = 1
    }
    this.#last = { offset, at: now }
    return { limit, timeout }
  }

  /** Below the offset all is confirmed; a negative one keeps the last n; one beyond the newest id means nothing. */
  #confirm(offset: number): void {
    if (offset === 0 || offset > this.#nextId) return
    const first = this.#pending.findIndex(update => update.update_id >= offset)
    const count = offset < 0 ? Math.max(0, this.pending + offset) : first < 0 ? this.pending : first
    const confirmed = this.#pending.splice(0, count)
    if (this.options.offerTwice) this.#repeats.push(...confirmed)
  }

  #take(limit: number): Update[] {
    const repeats = this.#repeats.splice(0, limit)
    const fresh = this.#pending.slice(0, limit - repeats.length)
    this.counts.repeated += repeats.length
    this.counts.offered += fresh.length
    // Our own repeat brings the asker back to an offset it had before: not a loop that spins.
    if (repeats.length > 0) this.#last.offset = NaN
    return repeats.length > 0 ? [...repeats, ...fresh] : fresh
  }

  #wake(): void {
    this.#waking = false
    if (this.#held && this.pending > 0) this.#release(this.#take(this.#held.limit))
  }

  #release(outcome: Update[] | Refusal): void {
    const held = this.#held
    if (!held) return
    this.#held = undefined
    clearTimeout(held.timer)
    held.reply(outcome)
  }

  #allow(params: Params): void {
    const list = objectOf<string[]>(params.allowed_updates)
    if (list) this.#allowed = list.length > 0 ? new Set(list) : undefined
  }

  #wanted(update: Update): boolean {
    return Object.keys(update).some(kind =>
      kind === 'update_id' ? false : this.#allowed ? this.#allowed.has(kind) : !NOT_BY_DEFAULT.has(kind),
    )
  }
}
