import { dayFromIso, dayOf, isoOf, minuteOf, type Day } from '../../lib/days.ts'
import { MINUTE } from '../../lib/time.ts'
import type { Moment } from '../../understand/index.ts'
import { openOn, usualHours } from './hours.ts'
import { freeDays, nearestDay, type FreeDay } from './search.ts'
import { slotsOn, startsOn } from './slots.ts'
import type { Agenda, Interval, Request, Slot } from './types.ts'
import { isWithin, minutesOf, readWhen, type Hour, type Meant } from './when.ts'

/** What somebody said about when they want to come. */
export interface Said {
  /** Their words, or the value of a row: `2026-11-30`, `2026-11-30T09:00`. */
  words: string
  /** The day that is settled. */
  day?: Day
  /** A time of day that was said before any day. */
  hour?: string
}

/** What the agenda has to say to it. */
export type Answer =
  | { outcome: 'slot'; slot: Slot }
  /** The day's slots to choose from; `unclear_time`: there is no such time. */
  | { outcome: 'slots'; day: Day; slots: Slot[] }
  | { outcome: 'unclear_time'; day: Day; slots: Slot[] }
  /** Why the wished time cannot be had, and the day's slots instead. */
  | { outcome: Refusal; day: Day; slots: Slot[]; at: Hour }
  | { outcome: 'days'; days: FreeDay[] }
  | { outcome: 'closed'; day: Day; why: string | undefined; nearest: FreeDay }
  | { outcome: 'full'; day: Day; nearest: FreeDay }
  /** Too short before the last start of today. */
  | { outcome: 'late'; day: Day; nearest: FreeDay }
  | { outcome: 'far'; last: Day; days: FreeDay[] }
  | { outcome: 'hour'; at: Hour; days: FreeDay[] }
  | { outcome: 'past' | 'unclear'; days: FreeDay[] }
  | { outcome: 'none' }

/** Everything then is taken, begins too soon, lies between two starts, or outside the opening hours. */
export type Refusal = 'not_free' | 'too_soon' | 'no_start' | 'off_hours'

/** Nothing is guessed: what cannot be booked is answered with what can. */
export function answerTo(agenda: Agenda, request: Request, said: Said): Answer {
  const free = freeDays(agenda, request)
  if (free.length === 0) return { outcome: 'none' }
  const world: World = { agenda, request, free }
  const meant = meaning(world, said)
  switch (meant.kind) {
    case 'day':
      return ofDay(world, meant.day, meant.at)
    case 'days':
      return ofDays(world, meant)
    case 'any':
      return whichever(world, said.day)
    case 'hour':
      return { outcome: 'hour', at: meant.at, days: free }
    case 'past':
      return { outcome: 'past', days: free }
    default:
      return unclear(world, said.day)
  }
}

/** "Terserah": the first time of the day that is settled, else the times of the first day. */
function whichever(world: World, day: Day | undefined): Answer {
  const [slot] = day === undefined ? [] : slotsOn(world.agenda, day, world.request)
  if (slot) return { outcome: 'slot', slot }
  return ofDay(world, day ?? (world.free[0] as FreeDay).day)
}

interface World {
  agenda: Agenda
  request: Request
  free: FreeDay[]
}

/** With a day that is settled it was the time that could not be read. */
function unclear({ agenda, request, free }: World, day: Day | undefined): Answer {
  const slots = day === undefined ? [] : slotsOn(agenda, day, request)
  return day === undefined || slots.length === 0
    ? { outcome: 'unclear', days: free }
    : { outcome: 'unclear_time', day, slots }
}

const ROW = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}))?$/

function meaning({ agenda, request }: World, said: Said): Meant {
  const { calendar } = agenda
  const hours = usualHours(calendar, isoOf(said.day ?? dayOf(request.now)))
  const moment: Moment = { now: request.now, holidays: calendar.holidays, hours }
  const row = ROW.exec(said.words.trim())
  const day = row?.[1] === undefined ? undefined : dayFromIso(row[1])
  if (row && day !== undefined) {
    if (row[2] !== undefined) return { kind: 'day', day, at: { minutes: [minutesOf(row[2])] } }
    return withHour({ kind: 'day', day }, said.hour, moment)
  }
  return withHour(readWhen(said.words, moment, said.day), said.hour, moment)
}

/** "jam 2" said first, "besok" now: the time still holds unless a new one is named. */
function withHour(meant: Meant, hour: string | undefined, moment: Moment): Meant {
  if (hour === undefined || (meant.kind !== 'day' && meant.kind !== 'days') || meant.at) return meant
  const before = readWhen(hour, moment)
  return before.kind === 'hour' ? { ...meant, at: before.at } : meant
}

function ofDay(world: World, day: Day, at?: Hour): Answer {
  const { agenda, request, free } = world
  const today = dayOf(request.now)
  if (day < today) return { outcome: 'past', days: free }
  if (day > today + agenda.rules.furthestDays) return beyond(world, day)
  const nearest = nearestDay(free, day) as FreeDay
  const hours = openOn(agenda.calendar, day)
  if ('closed' in hours) return { outcome: 'closed', day, why: hours.why, nearest }
  const slots = slotsOn(agenda, day, request)
  if (slots.length === 0) return { outcome: isLate(world, day) ? 'late' : 'full', day, nearest }
  if (at === undefined) return { outcome: 'slots', day, slots }
  const fitting = slots.filter(slot => isWithin(minuteOf(slot.startsAt), at))
  const [only] = fitting
  if ('minutes' in at && only) return { outcome: 'slot', slot: only }
  if (fitting.length > 0) return { outcome: 'slots', day, slots: fitting }
  return { outcome: refusal(world, { day, at, open: hours.open }), day, slots, at }
}

function refusal(
  { agenda, request }: World,
  { day, at, open }: { day: Day; at: Hour; open: readonly Interval[] },
): Refusal {
  const starts = startsOn(agenda, day).filter(start => isWithin(minuteOf(start), at))
  if (starts.length === 0) return open.some(each => covers(each, at)) ? 'no_start' : 'off_hours'
  const earliest = request.now + agenda.rules.minimumNotice * MINUTE
  return starts.every(start => start < earliest) ? 'too_soon' : 'not_free'
}

const covers = ({ opens, closes }: Interval, at: Hour): boolean =>
  'part' in at
    ? Array.from({ length: closes - opens }, (_, minute) => opens + minute).some(minute =>
        isWithin(minute, at),
      )
    : at.minutes.some(minute => opens <= minute && minute < closes)

/** A holiday far away is named all the same: "17 agustus" is closed whenever it is. */
function beyond({ agenda, request, free }: World, day: Day): Answer {
  const hours = openOn(agenda.calendar, day)
  const nearest = nearestDay(free, day) as FreeDay
  return 'closed' in hours && hours.why !== undefined
    ? { outcome: 'closed', day, why: hours.why, nearest }
    : { outcome: 'far', last: dayOf(request.now) + agenda.rules.furthestDays, days: free }
}

/** Today, and every start is past or too soon. */
function isLate({ agenda, request }: World, day: Day): boolean {
  const earliest = request.now + agenda.rules.minimumNotice * MINUTE
  return day === dayOf(request.now) && startsOn(agenda, day).every(start => start < earliest)
}

/** Days that could be meant: those with something free to pick from; when none has, the nearest that has. */
function ofDays(world: World, { days, at }: Extract<Meant, { kind: 'days' }>): Answer {
  const { free, request } = world
  const ahead = days.filter(day => day >= dayOf(request.now))
  if (ahead.length === 0) return { outcome: 'past', days: free }
  const open = free.filter(each => ahead.includes(each.day))
  if (open.length > 0) return { outcome: 'days', days: open }
  const last = dayOf(request.now) + world.agenda.rules.furthestDays
  const near = ahead.filter(day => day <= last)
  return near[0] === undefined ? { outcome: 'far', last, days: free } : ofDay(world, near[0], at)
}
