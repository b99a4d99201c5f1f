import { dayOf, isoOf, span, type Day } from '../lib/days.ts'
import type { DayMark, Mark } from './marks.ts'
import { resolveDay } from './resolve-day.ts'
import { resolvePast } from './resolve-past.ts'
import { scan } from './scan.ts'
import { isTooLong } from './tokens.ts'
import { approximate, ask, none, value, type Moment, type Reading } from './types.ts'

/**
 * Reads a day as `YYYY-MM-DD` in Jakarta, relative to `moment.now`: "besok", "jumat depan", "tgl 5", "5/1", "3 hari
 * lagi", "malam minggu", "natal". Rules: a weekday alone is the next one, today's own name is asked; "X depan" is the X
 * of the following Monday–Sunday week; the day stands before the month, always; a date without a year is the next one.
 * Reasons for `ask`: `same_weekday`, `same_day`, `sunday_or_week`, `which_day` (a week, a month, after a holiday: the
 * candidates are its days), `first_open` ("kapan aja"), `vague` ("nanti"), `passed`, `conflict`, `several`, `range`;
 * for `none`: `unread`, `past`, `invalid` (no such date), `negated`, `too_long`.
 *
 * Looking back (`past`, for books) the same words mean the last such day: "senin" and "tgl 20" are the most recent ones,
 * "minggu lalu" and a date that has not come yet this month are asked (`which_day`, `later`), "besok" is `future`.
 */
export function readDate(text: string, moment: Moment, direction: Direction = 'future'): Reading<string> {
  if (isTooLong(text)) return none('too_long')
  const found = scan(text, 'date')
  if (found.negated) return none('negated')
  const reading = dayOfMarks(found.marks, moment, direction)
  return withIso(found.unknown > 0 && reading.kind === 'value' ? approximate(reading.value) : reading)
}

/** Where a date lies that names no year: ahead for bookings, back for books. */
export type Direction = 'future' | 'past'

export function withIso(reading: Reading<Day>): Reading<string> {
  if (reading.kind === 'ask') return ask(reading.candidates.map(isoOf), reading.why)
  if (reading.kind === 'none') return reading
  return reading.kind === 'value' ? value(isoOf(reading.value)) : approximate(isoOf(reading.value))
}

const CLOCK = new Set(['clock', 'part', 'in', 'now', 'any_time', 'bad_clock'])
export const isDayMark = (mark: Mark): mark is DayMark =>
  !CLOCK.has(mark.is) && mark.is !== 'or' && mark.is !== 'to'

interface Alternatives {
  groups: DayMark[][]
  joint: 'or' | 'to' | undefined
}

/** The alternatives that "atau" and "sampai" divide a sentence into; only those that say something about a day. */
function alternatives(marks: readonly Mark[]): Alternatives {
  const groups: DayMark[][] = [[]]
  const joints: ('or' | 'to')[] = []
  for (const mark of marks) {
    if (mark.is === 'or' || mark.is === 'to') {
      groups.push([])
      joints.push(mark.is)
    } else if (isDayMark(mark)) groups.at(-1)?.push(mark)
  }
  const joint = joints.find((_, at) => (groups[at]?.length ?? 0) > 0 && (groups[at + 1]?.length ?? 0) > 0)
  return { groups: sharing(groups.filter(group => group.length > 0)), joint }
}

/** "5 atau 6 desember": the month belongs to both; a lone vague word adds nothing to a day that is named. */
function sharing(groups: readonly DayMark[][]): DayMark[][] {
  const definite = groups.filter(group => !group.every(mark => mark.is === 'vague'))
  const last = definite.at(-1)
  const month: DayMark | undefined = last?.find(mark => mark.is === 'month') ?? monthOfDate(last)
  return definite.length === 0
    ? [...groups]
    : definite.map(group =>
        month !== undefined && group !== last && group.every(mark => mark.is === 'month_day')
          ? [...group, month]
          : group,
      )
}

function monthOfDate(group: readonly DayMark[] | undefined): DayMark | undefined {
  const date = group?.find(mark => mark.is === 'date')
  return date?.is === 'date' ? { is: 'month', month: date.month } : undefined
}

export function dayOfMarks(
  marks: readonly Mark[],
  moment: Moment,
  direction: Direction = 'future',
): Reading<Day> {
  const today = dayOf(moment.now)
  const resolve = (group: readonly DayMark[]): Reading<Day> =>
    direction === 'past' ? resolvePast(group, today) : resolveDay(group, today, moment)
  const { groups, joint } = alternatives(marks)
  const definite = groups.map(group => (group.length > 1 ? group.filter(mark => mark.is !== 'vague') : group))
  if (joint === undefined) return resolve(definite.flat())
  const readings = definite.map(resolve)
  const days = readings.flatMap(reading =>
    'value' in reading ? [reading.value] : reading.kind === 'ask' ? reading.candidates : [],
  )
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return readings[0] ?? none('unread')
  if (joint === 'to') return ask(span(first, last < first ? last + 7 : last).slice(0, 31), 'range')
  const distinct = [...new Set(days)]
  return distinct.length === 1 ? value(first) : ask(distinct, 'several')
}
