import { DAY, MINUTE, WIB_OFFSET } from './time.ts'

/**
 * Calendar arithmetic on day numbers: whole days since 1970-01-01 in Jakarta (WIB, UTC+7, no daylight saving). Nothing
 * here knows the machine's time zone.
 */
export type Day = number

export const dayOf = (now: number): Day => Math.floor((now + WIB_OFFSET) / DAY)
/** Minutes since midnight in Jakarta. */
export const minuteOf = (now: number): number => Math.floor((now + WIB_OFFSET - dayOf(now) * DAY) / MINUTE)

/** 0 is Sunday, as in `Date`. */
export const weekdayOf = (day: Day): number => (((day + 4) % 7) + 7) % 7

/** The Monday on or before a day: weeks run from Monday to Sunday. */
export const mondayOf = (day: Day): Day => day - ((weekdayOf(day) + 6) % 7)

export interface Ymd {
  year: number
  /** 1–12 */
  month: number
  /** 1–31 */
  day: number
}

export function ymdOf(day: Day): Ymd {
  const date = new Date(day * DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

export const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate()

/** The day number of a calendar date, or undefined when it does not exist (31 February). */
export function dayFrom({ year, month, day }: Ymd): Day | undefined {
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  return exists ? Date.UTC(year, month - 1, day) / DAY : undefined
}

/** `YYYY-MM-DD` */
export const isoOf = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10)

export function dayFromIso(iso: string): Day | undefined {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  return dayFrom({ year, month, day })
}

/** The month `offset` months away from the month of a day. */
export function monthAway(day: Day, offset: number): { year: number; month: number } {
  const { year, month } = ymdOf(day)
  const index = year * 12 + month - 1 + offset
  return { year: Math.floor(index / 12), month: (index % 12) + 1 }
}

/** The days from one to another, both included. */
export const span = (from: Day, to: Day): Day[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
