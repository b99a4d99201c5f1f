import type { Chat } from 'grammy/types'
import type { MovableClock } from './clock.ts'
import { tooMany } from './http.ts'

export interface Limits {
  chatPerSecond?: number
  /** How many may come at once to one chat before its rate counts; default 1. */
  chatBurst?: number
  groupPerMinute?: number
  allPerSecond?: number
  /** Requests at work at the same time. */
  active?: number
}

/** What Telegram's own FAQ names: 1 message a second per chat, 20 a minute per group, 30 a second overall. */
export const TELEGRAM_LIMITS: Limits = {
  chatPerSecond: 1,
  groupPerMinute: 20,
  allPerSecond: 30,
  active: 1000,
}

/** A bucket that holds `size` tokens and is filled at `perSecond`. */
interface Bucket {
  tokens: number
  at: number
}

/** Flood control: each message takes a token of everybody's bucket and of its chat's. */
export class Flood {
  readonly #buckets = new Map<string, Bucket>()

  constructor(
    private readonly limits: Limits,
    private readonly clock: MovableClock,
  ) {}

  /** Takes a place for one message to the chat. @throws Refusal 429 */
  take(chat: Chat): void {
    const { allPerSecond, chatPerSecond, chatBurst = 1, groupPerMinute } = this.limits
    this.#take('all', allPerSecond, allPerSecond)
    if (chat.type === 'private') this.#take(`chat ${chat.id}`, chatPerSecond, chatBurst)
    else this.#take(`group ${chat.id}`, groupPerMinute && groupPerMinute / 60, groupPerMinute)
  }

  #take(key: string, perSecond: number | undefined, size = 1): void {
    if (!perSecond) return
    const now = this.clock.now()
    const bucket = this.#buckets.get(key) ?? { tokens: size, at: now }
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    this.#buckets.set(key, bucket)
    if (bucket.tokens < 1) throw tooMany(Math.ceil((1 - bucket.tokens) / perSecond))
    bucket.tokens--
  }
}
