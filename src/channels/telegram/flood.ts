import { MINUTE, SECOND } from '../../lib/time.ts'

/** Above this a 429 is taken to mean the whole bot, not one chat. */
const ACCOUNT_SECONDS = 5
/** So many chats refused in a row with no send in between that went through: it is the bot that is too fast. */
const SEVERAL = 3
/** For so long after a 429 its chat is written to once a second at most. */
const WARY_MS = MINUTE

/** What the refusals "too many requests" of an account have told so far. In memory: after a restart Telegram tells again. */
export class Flood {
  readonly #refused = new Set<string>()
  readonly #wary = new Map<string, { until: number; next: number }>()

  /** A 429. @returns what has to wait: one chat, or all that the bot sends */
  refuse(chat: string, seconds: number, now: number): { at: number; scope: 'chat' | 'account' } {
    const at = now + seconds * SECOND
    this.#refused.add(chat)
    this.#wary.set(chat, { until: at + WARY_MS, next: at })
    const scope = seconds > ACCOUNT_SECONDS || this.#refused.size >= SEVERAL ? 'account' : 'chat'
    return { at, scope }
  }

  /** Something went through. */
  passed(): void {
    this.#refused.clear()
  }

  /** Whether this chat may be written to now. @returns from when on, or undefined for now */
  waits(chat: string, now: number): number | undefined {
    const wary = this.#wary.get(chat)
    if (!wary) return undefined
    if (now >= wary.until) {
      this.#wary.delete(chat)
      return undefined
    }
    if (now < wary.next) return wary.next
    wary.next = now + SECOND
    return undefined
  }
}
