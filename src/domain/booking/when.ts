import { dayFromIso, type Day } from '../../lib/days.ts'
import {
  readDateTime,
  readTime,
  type DateTime,
  type DayPart,
  type Moment,
  type Reading,
  type Time,
} from '../../understand/index.ts'

/** When somebody wants to come, as far as their words say it. Minutes since midnight in Jakarta. */
export type Meant =
  | { kind: 'day'; day: Day; at?: Hour }
  /** Only a time of day, and no day is settled yet. */
  | { kind: 'hour'; at: Hour }
  /** Several days could be meant, or a week, a month: the person picks. */
  | { kind: 'days'; days: Day[]; at?: Hour }
  /** "kapan saja" */
  | { kind: 'any' }
  | { kind: 'past' }
  /** No such date or time (31/2, jam 25). */
  | { kind: 'invalid' }
  | { kind: 'unclear' }

export type Hour = { minutes: number[] } | { part: DayPart }

/**
 * Reads "besok jam 9", "senin depan", "setengah 3". A bare hour is the one inside the opening hours; where none is, both
 * are given. `chosen`: the day that was settled before, of which a time alone speaks.
 */
export function readWhen(said: string, moment: Moment, chosen?: Day): Meant {
  if (chosen !== undefined) {
    const hour = hourOf(readTime(said, moment))
    if (hour === 'invalid') return { kind: 'invalid' }
    const both = meantOf(readDateTime(said, moment))
    if (both.kind === 'unclear' || both.kind === 'hour')
      return hour === undefined ? { kind: 'unclear' } : { kind: 'day', day: chosen, at: hour }
    return both
  }
  return meantOf(readDateTime(said, moment))
}

function meantOf(reading: Reading<DateTime>): Meant {
  switch (reading.kind) {
    case 'none':
      return { kind: reading.why === 'past' || reading.why === 'invalid' ? reading.why : 'unclear' }
    case 'ask':
      if (reading.why === 'first_open') return { kind: 'any' }
      if (reading.why === 'passed') return { kind: 'past' }
      return ofCandidates(reading.candidates)
    default:
      return ofCandidates([reading.value])
  }
}

/** Readings of one day are its times to choose from; those of several days are days to choose from. */
function ofCandidates(candidates: readonly DateTime[]): Meant {
  const days = [...new Set(candidates.flatMap(({ date }) => (date === undefined ? [] : [date])))].flatMap(
    date => dayFromIso(date) ?? [],
  )
  const at = joined(candidates.flatMap(({ time }) => time ?? []))
  const [day] = days
  if (day === undefined) return at === undefined ? { kind: 'unclear' } : { kind: 'hour', at }
  const hour = at === undefined ? {} : { at }
  return days.length === 1 ? { kind: 'day', day, ...hour } : { kind: 'days', days, ...hour }
}

function joined(times: readonly Time[]): Hour | undefined {
  const minutes = times.flatMap(time => ('at' in time ? [minutesOf(time.at)] : []))
  if (minutes.length > 0) return { minutes: [...new Set(minutes)] }
  const part = times.find(time => 'part' in time)
  return part && 'part' in part ? { part: part.part } : undefined
}

function hourOf(reading: Reading<Time>): Hour | 'invalid' | undefined {
  if (reading.kind === 'none') return reading.why === 'invalid' ? 'invalid' : undefined
  return joined(reading.kind === 'ask' ? reading.candidates : [reading.value])
}

/** Minutes since midnight of `HH:MM`. */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** From when to when a part of the day lasts, in minutes. */
const PARTS: Record<DayPart, readonly [number, number]> = {
  morning: [0, 11 * 60],
  midday: [11 * 60, 15 * 60],
  afternoon: [15 * 60, 18 * 60],
  evening: [18 * 60, 24 * 60],
}

export const isWithin = (minute: number, at: Hour): boolean =>
  'part' in at ? PARTS[at.part][0] <= minute && minute < PARTS[at.part][1] : at.minutes.includes(minute)
