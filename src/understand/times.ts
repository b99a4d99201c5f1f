import { minuteOf } from '../lib/days.ts'
import type { ClockMark, DayPart, Mark, Spell } from './marks.ts'
import { scan } from './scan.ts'
import { isTooLong } from './tokens.ts'
import { approximate, ask, none, value, type Moment, type Reading } from './types.ts'

export type { DayPart } from './marks.ts'

/** A time of day in WIB: `HH:MM`, or a part of the day whose slots are to be shown. */
export type Time = { at: string } | { part: DayPart }

/**
 * Reads a time of day, WIB: "jam 9", "setengah 3" (half an hour before three), "9 lewat seperempat", "14.00", "jam 7
 * malam", "abis zuhur". A bare hour is the one inside `moment.hours`; written with two digits and minutes ("02.00") it
 * is on the 24-hour clock. "jam 9-an" and "2 jam lagi" are `approximate`.
 * Reasons for `ask`: `which_half` (both or neither reading is inside the hours), `mismatch` ("jam 9 malam pagi"),
 * `several`, `range`, `before`, `first_open`; for `none`: `unread`, `invalid`, `negated`, `too_long`.
 */
export function readTime(text: string, moment: Moment): Reading<Time> {
  if (isTooLong(text)) return none('too_long')
  const found = scan(text, 'time')
  if (found.negated) return none('negated')
  const reading = timeOfMarks(found.marks, moment, found.about)
  if (reading.kind === 'none' && found.marks.some(mark => mark.is === 'any')) return ask([], 'first_open')
  if (found.before && 'value' in reading) return ask([reading.value], 'before')
  return found.unknown > 0 && reading.kind === 'value' ? approximate(reading.value) : reading
}

type Clock = Extract<ClockMark, { is: 'clock' }>
type Part = Extract<ClockMark, { is: 'part' }>

export function timeOfMarks(marks: readonly Mark[], moment: Moment, about: boolean): Reading<Time> {
  if (marks.some(mark => mark.is === 'bad_clock')) return none('invalid')
  const ahead = marks.find(mark => mark.is === 'in')
  if (ahead?.is === 'in') return approximate({ at: hhmm((minuteOf(moment.now) + ahead.minutes) % 1440) })
  const clocks = marks.filter((mark): mark is Clock => mark.is === 'clock')
  const parts = marks.filter((mark): mark is Part => mark.is === 'part')
  if (clocks.length === 0) return partsOnly(parts)
  const readings = sharedSpell(clocks, parts).map(clock => clockTime(clock, moment))
  const [only] = readings
  if (readings.length === 1 && only !== undefined)
    return about && only.kind === 'value' ? approximate(only.value) : only
  return severalTimes(readings, marks)
}

function partsOnly(parts: readonly Part[]): Reading<Time> {
  const distinct = [...new Set(parts.map(mark => mark.part))]
  const [part] = distinct
  if (part === undefined) return none('unread')
  return distinct.length === 1
    ? value({ part })
    : ask(
        distinct.map(each => ({ part: each })),
        'several',
      )
}

function severalTimes(readings: readonly Reading<Time>[], marks: readonly Mark[]): Reading<Time> {
  const invalid = readings.find(reading => reading.kind === 'none')
  if (invalid !== undefined) return invalid
  const times = readings.flatMap(reading =>
    'value' in reading ? [reading.value] : reading.kind === 'ask' ? reading.candidates : [],
  )
  return ask(distinctTimes(times), marks.some(mark => mark.is === 'to') ? 'range' : 'several')
}

const distinctTimes = (times: readonly Time[]): Time[] =>
  times.filter((time, at) => times.findIndex(other => JSON.stringify(other) === JSON.stringify(time)) === at)

/** "besok pagi jam 9", "jam 9-11 pagi": the part said once holds for every hour without its own. */
function sharedSpell(clocks: readonly Clock[], parts: readonly Part[]): Clock[] {
  const spell =
    clocks.find(clock => clock.part !== undefined)?.part ??
    parts.find(part => part.spell !== undefined)?.spell
  return clocks.map(clock =>
    clock.part !== undefined || spell === undefined || clock.literal ? clock : { ...clock, part: spell },
  )
}

/** From when to when, in minutes, an hour can be said with each word. */
const WINDOWS: Record<Spell, readonly (readonly [number, number])[]> = {
  am: [[0, 719]],
  pm: [[720, 1439]],
  subuh: [[60, 419]],
  pagi: [[60, 719]],
  siang: [[600, 1019]],
  sore: [[840, 1139]],
  malam: [[1050, 1439], [0, 299]],
} // prettier-ignore

function clockTime(clock: Clock, moment: Moment): Reading<Time> {
  const sure = clock.about ? approximate<Time> : value<Time>
  const { minute } = clock
  const half = minute % 720
  if (clock.part !== undefined) {
    const fitting = (clock.literal ? [minute] : [half, half + 720]).filter(each =>
      fits(each, clock.part ?? 'pagi'),
    )
    const [only] = fitting
    return only !== undefined && fitting.length === 1
      ? sure({ at: hhmm(only) })
      : ask([{ at: hhmm(minute) }], 'mismatch')
  }
  if (clock.literal) return sure({ at: hhmm(minute) })
  const inside = [half, half + 720].filter(each => isOpen(each, moment))
  const [only] = inside
  if (only !== undefined && inside.length === 1) return sure({ at: hhmm(only) })
  return ask(
    [half, half + 720].map(each => ({ at: hhmm(each) })),
    'which_half',
  )
}

const fits = (minute: number, spell: Spell): boolean =>
  WINDOWS[spell].some(([from, to]) => minute >= from && minute <= to)

const isOpen = (minute: number, { hours }: Moment): boolean =>
  minute >= minutesOf(hours.open) && minute <= minutesOf(hours.close)

/** Minutes since midnight of `HH:MM`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const hhmm = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
