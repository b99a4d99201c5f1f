import { HOUR, MINUTE } from '../../src/lib/time.ts'

/** The slow and obvious model of what residents hear by themselves: lists, looked at one by one. Times are epoch ms. */

type Kind = 'reminder' | 'called off' | 'coach left'

interface Row {
  kind: Kind
  who: number
  startsAt: number
  dueAt: number
  until: number
  /** Whether it waits for the morning. */
  patient: boolean
}

export interface Booked {
  id: string
  startsAt: number
  /** Index of the coach. */
  coach: number
}

export const dateOf = (at: number) => new Date(at + 7 * HOUR).toISOString().slice(0, 10)
const hourOf = (at: number) => new Date(at + 7 * HOUR).getUTCHours()
const isQuiet = (at: number) => hourOf(at) >= 21 || hourOf(at) < 6
const SESSION = 45 * MINUTE

export class BookingOracle {
  readonly handed: { kind: Kind; who: number; startsAt: number; at: number }[] = []
  /** The last session of each person that was called off. */
  readonly calledOff = new Map<number, Booked>()
  readonly left = new Set<number>()
  #rows: Row[] = []
  /** When it was last to be said to whom that their coach left. */
  readonly #coachLeft = new Map<number, number>()
  readonly #booked = new Map<number, Booked>()
  readonly #silent = new Set<number>()
  /** Whose coach is whose. */
  readonly #mentors: number[]

  constructor(mentors: number[]) {
    this.#mentors = [...mentors]
  }

  /** Booked, or moved there. */
  book(who: number, booked: Booked, now: number): void {
    this.cancel(who)
    this.settle(who)
    this.#booked.set(who, booked)
    const { startsAt } = booked
    const eve = Date.parse(`${dateOf(startsAt - 24 * HOUR)}T17:00+07:00`)
    const soon = startsAt - 2 * HOUR
    const row = { kind: 'reminder', who, startsAt } as const
    if (eve >= now) this.#rows.push({ ...row, dueAt: eve, until: soon, patient: false })
    if (soon >= now) this.#rows.push({ ...row, dueAt: soon, until: startsAt, patient: true })
  }

  cancel(who: number): void {
    this.#booked.delete(who)
    this.#rows = this.#rows.filter(row => row.kind !== 'reminder' || row.who !== who)
  }

  /** Whoever has chosen needs not be told any more. */
  settle(who: number): void {
    this.#rows = this.#rows.filter(row => row.kind !== 'called off' || row.who !== who)
  }

  /** The programme calls off what is not over yet and fits. @returns who had one */
  callOff(now: number, fits: (booked: Booked) => boolean): number[] {
    const hit = [...this.#booked].filter(([, each]) => each.startsAt + SESSION > now && fits(each))
    for (const [who, booked] of hit) {
      this.cancel(who)
      this.calledOff.set(who, booked)
      this.#rows.push(rowNow('called off', who, booked.startsAt, now))
    }
    return hit.map(([who]) => who)
  }

  /** A coach is gone for good; whoever hears of it by a session that is called off does not hear of it again. */
  leave(coach: number, now: number): void {
    this.left.add(coach)
    const told = this.callOff(now, each => each.coach === coach)
    for (const [who, mentor] of this.#mentors.entries()) {
      if (mentor !== coach) continue
      const other = 1 - coach
      this.#mentors[who] = this.left.has(other) ? -1 : other
      // whoever loses two at one moment never knew of the second
      if (told.includes(who) || this.#coachLeft.get(who) === now) continue
      this.#coachLeft.set(who, now)
      this.#rows.push(rowNow('coach left', who, 0, now))
    }
  }

  wants(who: number, reminders: boolean): void {
    if (reminders) this.#silent.delete(who)
    else this.#silent.add(who)
  }

  look(now: number): void {
    for (const row of this.#rows.filter(each => each.dueAt <= now)) {
      const heard = row.kind !== 'reminder' || !this.#silent.has(row.who)
      if (heard && now <= row.until && isQuiet(now) && row.patient) continue
      this.#rows = this.#rows.filter(each => each !== row)
      const early = row.kind !== 'reminder' || now < row.startsAt
      const { kind, who, startsAt } = row
      if (heard && early && now <= row.until && !isQuiet(now))
        this.handed.push({ kind, who, startsAt, at: now })
    }
  }
}

const rowNow = (kind: Kind, who: number, startsAt: number, now: number): Row => ({
  ...{ kind, who, startsAt, dueAt: now, until: Infinity, patient: true },
})
