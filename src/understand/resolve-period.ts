import { dayFrom, daysInMonth, mondayOf, monthAway, span, weekdayOf, type Day } from '../lib/days.ts'
import { inWeek, monthOf, which, type Marked, type Marks } from './day-marks.ts'
import type { Edge } from './marks.ts'
import { ask, value, type Reading } from './types.ts'

/** "senin pertama bulan depan", or every Monday of the month to choose from. */
export function inMonth(weekday: number, mark: Marked<'month'>, marks: Marks, today: Day): Reading<Day> {
  const { year, month } = monthOf(mark, marks, today)
  const first = dayFrom({ year, month, day: 1 }) ?? today
  const days = span(first, first + daysInMonth(year, month) - 1).filter(day => weekdayOf(day) === weekday)
  const ordinal = marks.one('ordinal')
  const chosen =
    ordinal === undefined ? undefined : days.at(ordinal.number > 0 ? ordinal.number - 1 : ordinal.number)
  return chosen === undefined ? which(days, today) : value(chosen)
}

/** A week, a month or a part of one: the days of it from today on, to choose from. */
export function period(marks: Marks, today: Day): Reading<Day> | undefined {
  const weekend = marks.one('weekend')
  if (weekend !== undefined) return weekendDays(weekend.offset, today)
  const edge = marks.one('edge')
  const unit = edge?.of
  const month = marks.one('month')
  const week = marks.one('week')
  const ordinal = marks.one('ordinal')
  if (ordinal !== undefined && (month ?? week) !== undefined)
    return weekOfMonth(ordinal.number, month, marks, today)
  if (unit === 'minggu' || week !== undefined) return weekDays(week, edge, today)
  if (unit === 'bulan' || month !== undefined) return monthDays(marks, edge?.edge, today)
  if (unit === 'tahun' || marks.has('year')) return ask([], 'which_day')
  return marks.has('sunday_or_week') ? sundayOrWeek(today) : undefined
}

const weekendDays = (offset: number, today: Day): Reading<Day> => {
  const saturday = mondayOf(today) + 7 * offset + 5
  return which([saturday, saturday + 1], today)
}

function sundayOrWeek(today: Day): Reading<Day> {
  const sunday = inWeek(0, mondayOf(today))
  return ask(sunday === today ? [today, today + 7] : [sunday], 'sunday_or_week')
}

/** Early in the week is Monday and Tuesday, late is Friday to Sunday. */
const PART_OF_WEEK: Record<Edge, readonly [number, number]> = { early: [0, 1], middle: [2, 3], late: [4, 6] }

function weekDays(
  week: Marked<'week'> | undefined,
  edge: Marked<'edge'> | undefined,
  today: Day,
): Reading<Day> {
  const monday = mondayOf(today) + 7 * (week?.offset ?? 0)
  if (edge === undefined) return which(span(monday, monday + 6), today)
  const [from, to] = PART_OF_WEEK[edge.edge]
  const days = span(monday + from, monday + to)
  return which(days.some(day => day >= today) ? days : days.map(day => day + 7), today)
}

/** Early is day 1–10, the middle 11–20, late 21 to the end. */
function monthDays(marks: Marks, edge: Edge | undefined, today: Day): Reading<Day> {
  const named = marks.one('month')
  const here = named === undefined ? monthAway(today, 0) : monthOf(named, marks, today)
  const within = ({ year, month }: { year: number; month: number }): Day[] => {
    const first = dayFrom({ year, month, day: 1 }) ?? today
    const last = first + daysInMonth(year, month) - 1
    if (edge === undefined) return span(first, last)
    return edge === 'early'
      ? span(first, first + 9)
      : edge === 'middle'
        ? span(first + 10, first + 19)
        : span(first + 20, last)
  }
  const days = within(here)
  const over = named === undefined && !days.some(day => day >= today)
  return which(over ? within(monthAway(today, 1)) : days, today)
}

function weekOfMonth(
  number: number,
  month: Marked<'month'> | undefined,
  marks: Marks,
  today: Day,
): Reading<Day> {
  const here = month === undefined ? monthAway(today, 0) : monthOf(month, marks, today)
  const first = dayFrom({ ...here, day: 1 }) ?? today
  const length = daysInMonth(here.year, here.month)
  const from = number > 0 ? first + 7 * (number - 1) : first + length - 7
  const days = span(from, Math.min(from + 6, first + length - 1))
  const over = month === undefined && !days.some(day => day >= today)
  return over ? weekOfMonth(number, { is: 'month', offset: 1 }, marks, today) : which(days, today)
}
