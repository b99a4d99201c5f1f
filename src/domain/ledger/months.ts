import { dayFrom, dayFromIso, daysInMonth, isoOf, monthAway, span as daysOf } from '../../lib/days.ts'
import { cashAt, inSpan, summarise, type Summary } from './summary.ts'
import type { Entry, Span } from './types.ts'

/** Banks speak of six months of records. */
export const MONTHS_FOR_BANK = 6

/** One row of the laporan: the figures of a month, cash at its end, and how many of its days are recorded. */
export interface MonthRow {
  /** `YYYY-MM` */
  month: string
  summary: Summary
  cashAtEnd: number
  daysRecorded: number
  days: number
}

/** `YYYY-MM` → its first and last day. */
export function monthSpan(month: string): Span {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return { from: `${month}-01`, to: `${month}-${String(daysInMonth(year, number)).padStart(2, '0')}` }
}

/** The months up to and with `last` (`YYYY-MM`), oldest first. `daysOff`: days marked "libur". */
export function monthRows(
  entries: readonly Entry[],
  daysOff: readonly string[],
  last: string,
  count = MONTHS_FOR_BANK,
): MonthRow[] {
  const [year = 0, month = 0] = last.split('-').map(Number)
  const first = dayFrom({ year, month, day: 1 }) ?? 0
  return Array.from({ length: count }, (_, at) => {
    const away = monthAway(first, at + 1 - count)
    return monthRow(entries, daysOff, `${away.year}-${String(away.month).padStart(2, '0')}`)
  })
}

function monthRow(entries: readonly Entry[], daysOff: readonly string[], month: string): MonthRow {
  const span = monthSpan(month)
  return {
    month,
    summary: summarise(entries, span),
    cashAtEnd: cashAt(entries, span.to),
    daysRecorded: recordedDays(entries, daysOff, span).length,
    days: Number(span.to.slice(-2)),
  }
}

/** Days with an entry, or marked "libur": a day off that was said is a day recorded. */
export const recordedDays = (entries: readonly Entry[], daysOff: readonly string[], span: Span): string[] =>
  [...new Set([...entries.map(entry => entry.date), ...daysOff])].filter(date => inSpan(date, span)).sort()

/** "18 dari 25 hari tercatat · bulan ke-2 dari 6": from the first recorded day to today. Undefined before the first. */
export function progress(
  entries: readonly Entry[],
  daysOff: readonly string[],
  today: string,
): { recorded: number; days: number; month: number; of: number } | undefined {
  const all = recordedDays(entries, daysOff, { from: '0000-01-01', to: today })
  const [first] = all
  if (first === undefined) return undefined
  const days = (dayFromIso(today) ?? 0) - (dayFromIso(first) ?? 0) + 1
  const months =
    Number(today.slice(0, 4)) * 12 +
    Number(today.slice(5, 7)) -
    Number(first.slice(0, 4)) * 12 -
    Number(first.slice(5, 7))
  return { recorded: all.length, days, month: months + 1, of: MONTHS_FOR_BANK }
}

/** Money in, money out and what is left, day by day: the data of the picture. */
export interface DayRow {
  date: string
  in: number
  out: number
  left: number
}

export const dayRows = (entries: readonly Entry[], span: Span): DayRow[] =>
  daysOf(dayFromIso(span.from) ?? 0, dayFromIso(span.to) ?? -1).map(day => {
    const date = isoOf(day)
    const { operatingIn, operatingOut, surplus } = summarise(entries, { from: date, to: date })
    return { date, in: operatingIn, out: operatingOut, left: surplus }
  })
