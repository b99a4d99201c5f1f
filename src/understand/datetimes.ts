import { dayOfMarks, isDayMark, withIso } from './dates.ts'
import { dayOf, isoOf, minuteOf } from '../lib/days.ts'
import type { Mark } from './marks.ts'
import { scan, type Scan } from './scan.ts'
import { minutesOf, timeOfMarks, type Time } from './times.ts'
import { isTooLong } from './tokens.ts'
import { approximate, ask, none, value, type Moment, type Reading } from './types.ts'

/** A day with a time of day (Jakarta); what was not said is missing, and then the reading is an `ask`. */
export interface DateTime {
  /** `YYYY-MM-DD` */
  date?: string
  time?: Time
}

/**
 * Reads a day and a time in either order ("besok jam 9 pagi", "jam 9 besok", "senin 30 nov pkl 13.30", "nanti jam 2").
 * A message with only one of them is asked for the other (`which_time`, `which_date`); a time of today that has passed
 * is `past`. Otherwise the reasons are those of `readDate` and `readTime`.
 */
export function readDateTime(text: string, moment: Moment): Reading<DateTime> {
  if (isTooLong(text)) return none('too_long')
  const found = scan(text, 'both')
  if (found.negated) return none('negated')
  const reading = readAlternatives(found, moment)
  if (found.before && 'value' in reading) return ask([reading.value], 'before')
  return found.unknown > 0 && reading.kind === 'value' ? approximate(reading.value) : reading
}

/** "besok jam 9 atau lusa jam 10": each side by itself when each names a day and a time. */
function readAlternatives(found: Scan, moment: Moment): Reading<DateTime> {
  const sides: Mark[][] = [[]]
  for (const mark of found.marks) {
    if (mark.is === 'or') sides.push([])
    else sides.at(-1)?.push(mark)
  }
  const complete =
    sides.length > 1 &&
    sides.every(side => side.some(isDayMark) && side.some(mark => mark.is === 'clock' || mark.is === 'part'))
  if (!complete) return readMarks(found.marks, found.about, moment)
  return ask(
    sides.flatMap(side => all(readMarks(side, found.about, moment))),
    'several',
  )
}

function readMarks(marks: readonly Mark[], about: boolean, moment: Moment): Reading<DateTime> {
  return combine(withIso(dateOf(marks, moment)), timeOfMarks(marks, moment, about), moment)
}

/** "nanti jam 2" and "2 jam lagi" are today. */
function dateOf(marks: readonly Mark[], moment: Moment): Reading<number> {
  const days = marks.filter(isDayMark)
  const timed = marks.some(mark => mark.is === 'clock' || mark.is === 'in')
  const today = marks.some(mark => mark.is === 'in')
    ? days.length === 0
    : days.length > 0 && days.every(mark => mark.is === 'vague')
  return timed && today ? value(dayOf(moment.now)) : dayOfMarks(marks, moment)
}

function combine(date: Reading<string>, time: Reading<Time>, moment: Moment): Reading<DateTime> {
  const fault = [date, time].find(reading => reading.kind === 'none' && reading.why !== 'unread')
  if (fault?.kind === 'none') return fault
  if (date.kind === 'none')
    return time.kind === 'none'
      ? none('unread')
      : ask(
          all(time).map(each => ({ time: each })),
          'which_date',
        )
  if (time.kind === 'none')
    return ask(
      all(date).map(each => ({ date: each })),
      date.kind === 'ask' ? date.why : 'which_time',
    )
  const pairs = all(date).flatMap(day => all(time).map(each => ({ date: day, time: each })))
  const left = pairs.filter(pair => !isOver(pair.date, pair.time, moment))
  if (date.kind === 'ask') return ask(left, date.why)
  if (time.kind === 'ask') return ask(left, time.why)
  const [only] = left
  if (only === undefined) return none('past')
  return (date.kind === 'value' && time.kind === 'value' ? value : approximate)(only)
}

const all = <T>(reading: Reading<T>): T[] =>
  'value' in reading ? [reading.value] : reading.kind === 'ask' ? reading.candidates : []

const isOver = (date: string, time: Time, moment: Moment): boolean =>
  date === isoOf(dayOf(moment.now)) && 'at' in time && minutesOf(time.at) < minuteOf(moment.now)
