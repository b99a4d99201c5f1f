import { dayFrom, mondayOf, monthAway, weekdayOf, ymdOf, type Day } from '../lib/days.ts'
import { inWeek, Marks, type Marked } from './day-marks.ts'
import type { DayMark } from './marks.ts'
import { ask, none, value, type Reading } from './types.ts'

/** A date without a year that is further back than this is asked: more likely it was not meant. */
const LONG_AGO = 180

/**
 * What a sentence about something that has happened says about its day: the mirror of `resolveDay`. A weekday or a day of
 * the month is the last one before today; today's own name is asked; what has not come yet is `future`.
 */
export function resolvePast(all: readonly DayMark[], today: Day): Reading<Day> {
  const marks = new Marks(all)
  if (marks.has('invalid')) return none('invalid')
  if (marks.has('ahead') || isAhead(marks)) return none('future')
  if (isSeveral(marks)) return ask([], 'several')
  const found =
    dated(marks, today) ?? onMonthDay(marks, today) ?? onWeekday(marks, today) ?? daysAgo(marks, today)
  return found ?? period(marks, today)
}

/** "senin sampai rabu", "tgl 20-22": no single day. */
function isSeveral(marks: Marks): boolean {
  const weekdays = new Set(marks.every('weekday').map(mark => mark.weekday))
  const days = new Set(marks.every('month_day').map(mark => mark.day))
  return weekdays.size > 1 || days.size > 1 || marks.every('date').length > 1
}

/** "besok", "minggu depan", "bulan depan". */
const isAhead = (marks: Marks): boolean =>
  marks.every('offset').some(mark => mark.days > 0) ||
  [...marks.every('week'), ...marks.every('month'), ...marks.every('year')].some(
    mark => (mark.offset ?? 0) > 0,
  )

function dated(marks: Marks, today: Day): Reading<Day> | undefined {
  const date = marks.one('date')
  if (date === undefined) return undefined
  const year = date.year ?? marks.one('year')?.year
  if (year !== undefined) return known(dayFrom({ ...date, year }), today)
  const here = ymdOf(today).year
  const days = [here, here - 1].flatMap(
    each => dayFrom({ month: date.month, day: date.day, year: each }) ?? [],
  )
  const last = days.find(day => day <= today)
  if (last === undefined) return none(days.length === 0 ? 'invalid' : 'future')
  return agrees(last, marks) && today - last <= LONG_AGO ? value(last) : ask([last], 'later')
}

function known(day: Day | undefined, today: Day): Reading<Day> {
  if (day === undefined) return none('invalid')
  return day > today ? none('future') : value(day)
}

/** A weekday said beside a date must fit it. */
function agrees(day: Day, marks: Marks): boolean {
  const weekday = marks.one('weekday')
  return weekday === undefined || weekdayOf(day) === weekday.weekday
}

/** "tgl 20", "tgl 5 bulan lalu", "tgl 5 oktober". */
function onMonthDay(marks: Marks, today: Day): Reading<Day> | undefined {
  const mark = marks.one('month_day')
  if (mark === undefined) return undefined
  const lastMonth = dayFrom({ ...monthAway(today, -1), day: mark.day })
  if (marks.every('past').some(past => past.unit === 'bulan')) return known(lastMonth, today)
  const month = marks.one('month')?.month
  if (month !== undefined) return dated(new Marks([{ is: 'date', day: mark.day, month }]), today)
  const here = dayFrom({ ...monthAway(today, 0), day: mark.day })
  if (here !== undefined && here < today) return agrees(here, marks) ? value(here) : ask([here], 'conflict')
  const earlier = lastMonth === undefined ? [] : [lastMonth]
  return here === today ? ask([today, ...earlier], 'same_day') : ask(earlier, 'later')
}

/** "senin", "jumat kemarin", "senin minggu lalu", "malam minggu". */
function onWeekday(marks: Marks, today: Day): Reading<Day> | undefined {
  const mark = marks.one('weekday')
  if (mark === undefined) return undefined
  if (mark.which === 'next' || marks.every('week').some(week => week.offset > 0)) return none('future')
  const lastWeek = marks.every('past').some(past => past.unit === 'minggu')
  if (lastWeek) return value(inWeek(mark.weekday, mondayOf(today) - 7))
  const eve = marks.has('eve')
  const back = (weekdayOf(today) - mark.weekday + 7) % 7
  if (eve) return value(today - back - 1)
  const recent = today - (back === 0 ? 7 : back)
  const yesterday = daysAgo(marks, today)
  if (yesterday !== undefined && 'value' in yesterday && yesterday.value !== recent)
    return ask([yesterday.value, recent], 'conflict')
  if (back > 0) return mark.which === 'this' ? thisWeek(mark, today) : value(recent)
  return mark.which === 'last' ? value(recent) : ask([today, recent], 'same_weekday')
}

const thisWeek = (mark: Marked<'weekday'>, today: Day): Reading<Day> =>
  known(inWeek(mark.weekday, mondayOf(today)), today)

/** "kemarin", "tadi", "3 hari lalu", "hari ini". */
function daysAgo(marks: Marks, today: Day): Reading<Day> | undefined {
  const days = [
    ...marks
      .every('past')
      .flatMap(past => (past.unit === 'hari' && past.count !== 0 ? [today - (past.count ?? 0)] : [])),
    ...marks.every('offset').map(mark => today + mark.days),
  ]
  const distinct = [...new Set(days)]
  if (distinct.length > 1) return ask(distinct, 'conflict')
  // "tadi" beside another day is only a manner of speaking.
  const tadi = marks.every('past').some(past => past.unit === 'hari' && past.count === 0)
  const day = distinct[0] ?? (tadi ? today : undefined)
  return day === undefined ? undefined : value(day)
}

/** A week, a weekend or a month is no single day. */
function period(marks: Marks, today: Day): Reading<Day> {
  const sunday = inWeek(0, mondayOf(today) - 7)
  if (marks.has('sunday_or_week')) return ask([sunday], 'sunday_or_week')
  if (marks.has('weekend')) return ask([sunday - 1, sunday], 'which_day')
  if (marks.every('past').some(past => past.unit === 'minggu')) return ask([sunday], 'which_day')
  const spans = (['past', 'week', 'month', 'year', 'edge', 'holiday'] as const).some(is => marks.has(is))
  if (spans) return ask([], 'which_day')
  return marks.has('vague') ? none('future') : none('unread')
}
