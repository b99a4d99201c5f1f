import { HOUR } from '../../src/lib/time.ts'

/** The slow and obvious model of what residents are reminded of: a list, looked at one by one. Times are epoch ms. */

interface Row {
  who: number
  startsAt: number
  dueAt: number
  until: number
  /** Whether it waits for the morning. */
  patient: boolean
}

const dateOf = (at: number) => new Date(at + 7 * HOUR).toISOString().slice(0, 10)
const hourOf = (at: number) => new Date(at + 7 * HOUR).getUTCHours()
const isQuiet = (at: number) => hourOf(at) >= 21 || hourOf(at) < 6

export class BookingOracle {
  readonly handed: { who: number; startsAt: number; at: number }[] = []
  #rows: Row[] = []
  readonly #silent = new Set<number>()

  /** Booked, or moved there. */
  book(who: number, startsAt: number, now: number): void {
    this.cancel(who)
    const eve = Date.parse(`${dateOf(startsAt - 24 * HOUR)}T17:00+07:00`)
    const soon = startsAt - 2 * HOUR
    if (eve >= now) this.#rows.push({ who, startsAt, dueAt: eve, until: soon, patient: false })
    if (soon >= now) this.#rows.push({ who, startsAt, dueAt: soon, until: startsAt, patient: true })
  }

  cancel(who: number): void {
    this.#rows = this.#rows.filter(row => row.who !== who)
  }

  /** The coach is not there that day: what lies ahead is cancelled. */
  off(date: string, now: number): void {
    this.#rows = this.#rows.filter(row => dateOf(row.startsAt) !== date || row.startsAt + HOUR <= now)
  }

  wants(who: number, reminders: boolean): void {
    if (reminders) this.#silent.delete(who)
    else this.#silent.add(who)
  }

  look(now: number): void {
    for (const row of this.#rows.filter(each => each.dueAt <= now)) {
      if (!this.#silent.has(row.who) && now <= row.until && isQuiet(now) && row.patient) continue
      this.#rows = this.#rows.filter(each => each !== row)
      const good = !this.#silent.has(row.who) && now <= row.until && now < row.startsAt && !isQuiet(now)
      if (good) this.handed.push({ who: row.who, startsAt: row.startsAt, at: now })
    }
  }
}
