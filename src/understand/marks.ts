/** What the scanner finds in a sentence about dates and times, before anything is resolved against a calendar. */
export type DayPart = 'morning' | 'midday' | 'afternoon' | 'evening'

export type Unit = 'hari' | 'minggu' | 'bulan' | 'tahun'
export type Which = 'next' | 'this' | 'last'
export type Edge = 'early' | 'middle' | 'late'

export type DayMark =
  /** "besok" is 1, "lusa" 2, "hari ini" 0. */
  | { is: 'offset'; days: number }
  /** "3 hari lagi", "2 minggu lagi". */
  | { is: 'ahead'; unit: Unit; count: number }
  | { is: 'weekday'; weekday: number; which?: Which }
  /** "minggu" alone: Sunday or a week. */
  | { is: 'sunday_or_week' }
  | { is: 'week'; offset: number }
  | { is: 'weekend'; offset: number }
  | { is: 'ordinal'; number: number }
  | { is: 'month_day'; day: number; bare?: boolean }
  | { is: 'date'; day: number; month: number; year?: number }
  | { is: 'month'; month?: number; offset?: number }
  | { is: 'year'; year?: number; offset?: number }
  | { is: 'edge'; edge: Edge; of: Unit }
  | { is: 'holiday'; key: string }
  /** "malam minggu": the evening before. */
  | { is: 'eve' }
  /** "habis lebaran" (1), "sebelum natal" (-1); with `days`, so many days. */
  | { is: 'around'; side: 1 | -1; days?: number }
  | { is: 'any' }
  | { is: 'vague' }
  /** "kemarin", "2 hari lalu", "minggu lalu": how far back; without `unit` only that it is over. */
  | { is: 'past'; unit?: Unit; count?: number }
  | { is: 'invalid' }

export type ClockMark =
  | { is: 'clock'; minute: number; literal: boolean; part?: Spell; about: boolean }
  | { is: 'part'; part: DayPart; spell?: Spell }
  /** "2 jam lagi" */
  | { is: 'in'; minutes: number }
  | { is: 'now' }
  | { is: 'any_time' }
  | { is: 'bad_clock' }

/** The stretch of the day that a word puts an hour in. */
export type Spell = 'am' | 'pm' | 'pagi' | 'siang' | 'sore' | 'malam' | 'subuh'

export type Joint = { is: 'or' } | { is: 'to' }
export type Mark = DayMark | ClockMark | Joint

export interface Production {
  marks: Mark[]
  /** The token after it. */
  next: number
}

/** Which question is open: it decides what a bare number is. */
export type Mode = 'date' | 'time' | 'both'

export const PARTS: Record<string, DayPart> = {
  pagi: 'morning', subuh: 'morning', siang: 'midday', sore: 'afternoon', malam: 'evening',
} // prettier-ignore
