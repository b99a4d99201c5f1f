import { MINUTE, SECOND } from '../../lib/time.ts'

export interface PaceRules {
  /** Answers a minute, over all chats. */
  repliesPerMinute: number
  /** What we start ourselves, a minute. */
  startsPerMinute: number
  /** At least this long between two messages of one chat, ms. */
  chatGapMs: number
  /** What we start waits so much longer, from … to …, ms. */
  startJitterMs: readonly [number, number]
  /** A send that would wait longer than this is left to the outbox, ms. */
  longestWaitMs: number
}

/**
 * Nobody publishes WhatsApp's limits. What is reported: three messages a second are refused (429), fixed intervals and
 * bulk get numbers banned, answers to people who have just written are the safest thing there is.
 */
export const PACE: PaceRules = {
  repliesPerMinute: 60,
  startsPerMinute: 20,
  chatGapMs: SECOND,
  startJitterMs: [0.5 * SECOND, 2 * SECOND],
  longestWaitMs: 20 * SECOND,
}

export type Turn =
  /** Yours in `waitMs`. */
  | { kind: 'go'; waitMs: number }
  /** Too many are waiting: ask again then, epoch ms. */
  | { kind: 'later'; at: number }

/**
 * One queue for everything that an account sends. Pure but for what it remembers: time and chance are given. Rules are
 * for one account, so whoever sends for it asks the same queue.
 */
export class Pace {
  #next = 0
  #nextStart = 0
  readonly #chats = new Map<string, number>()

  constructor(private readonly rules: PaceRules) {}

  /** @param chance 0 ≤ chance < 1 */
  take(chat: string, kind: 'reply' | 'start', now: number, chance: number): Turn {
    const { rules } = this
    const start = kind === 'start'
    const gap = MINUTE / rules.repliesPerMinute
    const free = Math.max(now, this.#next, this.#chats.get(chat) ?? 0, start ? this.#nextStart : 0)
    if (free - now > rules.longestWaitMs) return { kind: 'later', at: free - rules.longestWaitMs / 2 }
    const [least, most] = rules.startJitterMs
    // no two gaps alike, and never more in a minute than the rule says: the jitter lies within the turn's own gap
    const at = free + (start ? least + chance * (most - least) : (chance * gap) / 2)
    this.#next = Math.max(this.#next, now) + gap
    if (start) this.#nextStart = Math.max(this.#nextStart, now) + MINUTE / rules.startsPerMinute
    this.#remember(chat, at + rules.chatGapMs, now)
    return { kind: 'go', waitMs: at - now }
  }

  #remember(chat: string, until: number, now: number): void {
    if (this.#chats.size >= 1000)
      for (const [each, its] of this.#chats) if (its <= now) this.#chats.delete(each)
    this.#chats.set(chat, until)
  }
}

/** The same rules, so many times faster, for tests and measurements. */
export const faster = (rules: PaceRules, times: number): PaceRules => ({
  repliesPerMinute: rules.repliesPerMinute * times,
  startsPerMinute: rules.startsPerMinute * times,
  chatGapMs: rules.chatGapMs / times,
  startJitterMs: [rules.startJitterMs[0] / times, rules.startJitterMs[1] / times],
  longestWaitMs: rules.longestWaitMs,
})
