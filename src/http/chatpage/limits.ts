import { MINUTE } from '../../lib/time.ts'

/** Residents side by side in one browser. */
export const MAX_RESIDENTS = 4
/** Characters of one message, as on Telegram. */
export const MAX_TEXT = 4096
/** Bytes of a request: a text of that length in the widest letters, and its frame. */
export const MAX_BODY = 24 * 1024
/** Pages that listen at once. */
export const MAX_STREAMS = 200
const MESSAGES_A_MINUTE = 60

/** Counts the messages of each browser in the running minute. */
export class Pace {
  #counts = new Map<string, number>()
  #minute = 0

  /** @returns how many seconds to wait; 0 = go on */
  take(session: string, now: number): number {
    const minute = Math.floor(now / MINUTE)
    if (minute !== this.#minute) this.#counts.clear()
    this.#minute = minute
    const count = (this.#counts.get(session) ?? 0) + 1
    this.#counts.set(session, count)
    return count > MESSAGES_A_MINUTE ? Math.ceil(((minute + 1) * MINUTE - now) / 1000) : 0
  }
}
