import { dayFrom, daysInMonth, mondayOf, monthAway, span, weekdayOf, ymdOf, type Day } from '../lib/days.ts'
import { holidayDays } from './holidays.ts'
import type { DayMark } from './marks.ts'
import { approximate, ask, none, value, type Moment, type Reading } from './types.ts'
import { inWeek, Marks, monthOf, which, yearOf, type Marked } from './day-marks.ts'
import { inMonth, period } from './resolve-period.ts'

/**
 * What one alternative of a sentence says about a day. A single day is a value; several, a period or a contradiction
 * are asked. The past is never moved into the future.
 */
export function resolveDay(all: readonly DayMark[], today: Day, moment: Moment): Reading<Day> {
  const marks = new Marks(all)
  if (marks.has('invalid')) return none('invalid')
  if (marks.has('past')) return none('past')
  const found =
    holiday(marks, today, moment) ??
    anchored(marks, today) ??
    onMonthDay(marks, today) ??
    onWeekday(marks, today) ??
    period(marks, today) ??
    open(marks)
  if (found.kind !== 'value') return found
  const agreed = agree(found.value, marks, today)
  return agreed.kind === 'value' || agreed.kind === 'approximate' ? checkPast(agreed, today) : agreed
}

const checkPast = (found: Reading<Day> & { value: Day }, today: Day): Reading<Day> =>
  found.value < today ? none('past') : found

function holiday(marks: Marks, today: Day, moment: Moment): Reading<Day> | undefined {
  const mark = marks.one('holiday')
  if (mark === undefined) return undefined
  const days = holidayDays(mark.key, today, moment)
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return ask([], 'which_day')
  if (marks.has('eve')) return value(first - 1)
  const around = marks.one('around')
  if (around === undefined) return value(first)
  const edge = around.side > 0 ? last : first
  if (around.days !== undefined) return value(edge + around.side * around.days)
  return around.side > 0 ? which(span(last + 1, last + 7), today) : which(span(first - 7, first - 1), today)
}

/** Days that count from today or are written out: "besok", "3 hari lagi", "5 desember". */
function anchored(marks: Marks, today: Day): Reading<Day> | undefined {
  const days = [...marks.every('offset').map(mark => today + mark.days), ...dated(marks, today)]
  const ahead = marks.one('ahead')
  if (ahead !== undefined && !(ahead.unit === 'minggu' && marks.has('weekday')))
    days.push(...aheadOf(ahead, today))
  if (
    marks.every('date').length + (ahead === undefined ? 0 : 1) > 0 &&
    days.length === 0 &&
    !marks.has('weekday')
  )
    return none('invalid')
  const distinct = [...new Set(days)]
  if (distinct.length > 1) return ask(distinct, 'conflict')
  const [day] = distinct
  return day === undefined ? undefined : value(day)
}

function aheadOf({ unit, count }: Marked<'ahead'>, today: Day): Day[] {
  if (unit === 'hari') return [today + count]
  if (unit === 'minggu') return [today + 7 * count]
  const { year, month } = monthAway(today, unit === 'bulan' ? count : 12 * count)
  const day = Math.min(ymdOf(today).day, daysInMonth(year, month))
  return [dayFrom({ year, month, day }) ?? today]
}

function dated(marks: Marks, today: Day): Day[] {
  return marks.every('date').flatMap(date => {
    const year = date.year ?? yearOf(marks, today)
    const day = year === undefined ? nextDate(date.month, date.day, today) : dayFrom({ ...date, year })
    return day ?? []
  })
}

/** The next such date that exists: 29 February waits for a leap year. */
function nextDate(month: number, day: number, today: Day): Day | undefined {
  const { year } = ymdOf(today)
  for (let next = year; next <= year + 8; next++) {
    const found = dayFrom({ year: next, month, day })
    if (found !== undefined && found >= today) return found
  }
  return undefined
}

/** "tgl 5", "tgl 5 bulan depan": the next fifth; today's own number is asked. */
function onMonthDay(marks: Marks, today: Day): Reading<Day> | undefined {
  const mark = marks.one('month_day')
  if (mark === undefined) return undefined
  const sure = mark.bare === true ? approximate : value
  const month = marks.one('month')
  if (month !== undefined) {
    const { year, month: number } = monthOf(month, marks, today)
    const day = dayFrom({ year, month: number, day: mark.day })
    return day === undefined ? none('invalid') : sure(day)
  }
  const next = nextMonthDay(mark.day, today)
  if (ymdOf(today).day !== mark.day) return sure(next)
  return ask([today, nextMonthDay(mark.day, today + 1)], 'same_day')
}

function nextMonthDay(day: number, from: Day): Day {
  for (let away = 0; ; away++) {
    const found = dayFrom({ ...monthAway(from, away), day })
    if (found !== undefined && found >= from) return found
  }
}

/** Weekdays: "X depan" is the X of the following Monday–Sunday week; today's own name is asked. */
function onWeekday(marks: Marks, today: Day): Reading<Day> | undefined {
  const mark = marks.one('weekday')
  if (mark === undefined) return undefined
  const month = marks.one('month')
  if (month !== undefined) return inMonth(mark.weekday, month, marks, today)
  if (mark.which === 'last') return none('past')
  const eve = marks.has('eve') ? -1 : 0
  const week = mark.which === 'next' ? 1 : weekOffset(marks)
  if (week !== undefined) return value(inWeek(mark.weekday, mondayOf(today) + 7 * week) + eve)
  const next = comingWeekday(mark.weekday, today)
  if (mark.which === 'this') return thisWeek(inWeek(mark.weekday, mondayOf(today)) + eve, next, today)
  return severalWeekdays(marks, today) ?? nextWeekday(next, eve, today)
}

/** "minggu depan", "2 minggu lagi" beside a weekday: how many weeks away. */
function weekOffset(marks: Marks): number | undefined {
  const ahead = marks.one('ahead')
  return marks.one('week')?.offset ?? (ahead?.unit === 'minggu' ? ahead.count : undefined)
}

const comingWeekday = (weekday: number, today: Day): Day => today + ((weekday - weekdayOf(today) + 7) % 7)

/** "senin rabu jumat", "sabtu minggu" */
function severalWeekdays(marks: Marks, today: Day): Reading<Day> | undefined {
  const named = [
    ...marks.every('weekday').map(each => each.weekday),
    ...(marks.has('sunday_or_week') ? [0] : []),
  ]
  const several = new Set(named)
  return several.size < 2
    ? undefined
    : ask(
        [...several].map(weekday => comingWeekday(weekday, today)),
        'several',
      )
}

/** The eve of today's own weekday is a week away less a day: this week's was last night. */
function nextWeekday(next: Day, eve: number, today: Day): Reading<Day> {
  if (next > today) return value(next + eve)
  return eve < 0 ? value(next + 7 + eve) : ask([today, today + 7], 'same_weekday')
}

/** "senin ini" on a Wednesday: this week's Monday has passed, so the coming one has to be asked. */
const thisWeek = (day: Day, next: Day, today: Day): Reading<Day> =>
  day >= today ? value(day) : ask([next], 'passed')

function open(marks: Marks): Reading<Day> {
  if (marks.has('any')) return ask([], 'first_open')
  return marks.has('vague') ? ask([], 'vague') : none('unread')
}

/** A weekday or a day of the month said beside a date must fit it; else both are shown. */
function agree(day: Day, marks: Marks, today: Day): Reading<Day> {
  const weekday = marks.one('weekday')
  const around = marks.one('around')
  if (around !== undefined && !marks.has('holiday')) {
    if (around.days !== undefined) return value(day + around.side * around.days)
    return which(around.side > 0 ? span(day + 1, day + 3) : span(today, day - 1), today)
  }
  if (marks.has('sunday_or_week') && !marks.has('weekday') && weekdayOf(day) !== 0)
    return ask([day], 'conflict')
  const monthDay = marks.one('month_day')
  const wrongWeekday = weekday !== undefined && weekdayOf(day) !== weekday.weekday && !marks.has('eve')
  const wrongDay = monthDay !== undefined && ymdOf(day).day !== monthDay.day
  if (wrongWeekday)
    return ask(
      [day, comingWeekday(weekday.weekday, today)].filter(each => each >= today),
      'conflict',
    )
  if (wrongDay) return ask([day, nextMonthDay(monthDay.day, today)], 'conflict')
  return value(day)
}
