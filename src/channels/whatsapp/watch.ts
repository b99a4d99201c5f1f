import { MINUTE } from '../../lib/time.ts'

/** A message of ours that nobody confirms although the connection seems to stand. */
const UNCONFIRMED = MINUTE
/** Nights are quiet; but a connection that has heard nothing for so long is made anew, to be sure. */
const QUIET = 30 * MINUTE

/**
 * Connections go deaf: open, kept alive, and nothing comes any more. Pure; times are epoch ms. One for each connection.
 */
export class Watch {
  #heardAt: number
  #sentAt: number | undefined

  constructor(openedAt: number) {
    this.#heardAt = openedAt
  }

  heard(at: number): void {
    this.#heardAt = at
    this.#sentAt = undefined
  }

  sent(at: number): void {
    this.#sentAt ??= at
  }

  judge(now: number): 'well' | 'quiet' | 'deaf' {
    if (this.#sentAt !== undefined && now - this.#sentAt >= UNCONFIRMED) return 'deaf'
    return now - this.#heardAt >= QUIET ? 'quiet' : 'well'
  }
}
