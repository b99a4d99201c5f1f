import { dayFromIso, isoOf, weekdayOf, type Day } from '../../lib/days.ts'
import { MINUTE, WIB_OFFSET, DAY } from '../../lib/time.ts'
import type { Calendar, Interval, WeekHours } from './types.ts'

export type OpenDay =
  | { open: readonly Interval[] }
  /** `why`: the holiday or the reason of the exception; undefined where the centre never opens on that weekday. */
  | { closed: true; why: string | undefined }

/**
 * When a centre is open on a day: the date's own exceptions, else nothing on a holiday or cuti bersama (kantor kecamatan
 * are closed on both), else the Ramadan timetable in Ramadan where the centre has one, else the weekly hours.
 */
export function openOn(calendar: Calendar, day: Day): OpenDay {
  const date = isoOf(day)
  const exceptions = calendar.exceptions.filter(each => each.date === date)
  if (exceptions.length > 0) {
    const open = exceptions.flatMap(({ opens, closes }) =>
      opens === null || closes === null ? [] : [{ opens, closes }],
    )
    return open.length > 0 ? { open: inOrder(open) } : { closed: true, why: exceptions[0]?.reason }
  }
  const holiday = calendar.holidays.find(each => each.date === date)
  if (holiday) return { closed: true, why: holiday.name }
  const weekday = isoWeekday(day)
  const open = timetableOn(calendar, date).filter(each => each.weekday === weekday)
  return open.length > 0 ? { open: inOrder(open) } : { closed: true, why: undefined }
}

/** The weekly hours that hold on a date: those of Ramadan in Ramadan, where the centre has some. */
export function timetableOn(calendar: Calendar, date: string): readonly WeekHours[] {
  const fasting = calendar.ramadan.some(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay)
  const special = calendar.hours.filter(each => each.timetable === 'ramadan')
  return fasting && special.length > 0 ? special : calendar.hours.filter(each => each.timetable === 'regular')
}

const inOrder = (intervals: readonly Interval[]): Interval[] =>
  intervals.map(({ opens, closes }) => ({ opens, closes })).sort((a, b) => a.opens - b.opens)

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export const isoWeekday = (day: Day): number => weekdayOf(day) || 7

/** The instant of a minute of a day in Jakarta. */
export const instantOf = (day: Day, minute: number): number => day * DAY - WIB_OFFSET + minute * MINUTE

/** @throws RangeError for a date that does not exist */
export function dayOfDate(date: string): Day {
  const day = dayFromIso(date)
  if (day === undefined) throw new RangeError('expected an existing date as YYYY-MM-DD')
  return day
}

/** The first opening and the last closing of the week of a date, as `HH:MM`: a bare hour is read inside them. */
export function usualHours(calendar: Calendar, date: string): { open: string; close: string } {
  const usual = timetableOn(calendar, date)
  if (usual.length === 0) return { open: '08:00', close: '16:00' }
  return {
    open: clockOf(Math.min(...usual.map(each => each.opens))),
    close: clockOf(Math.max(...usual.map(each => each.closes))),
  }
}

const pad = (number: number) => String(number).padStart(2, '0')
/** `HH:MM` of minutes since midnight. */
export const clockOf = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
