import type { Holiday } from '../../understand/types.ts'
import type { Centre } from '../people.ts'

/**
 * The words of booking. Times of day are minutes since midnight in Jakarta, dates `YYYY-MM-DD` in Jakarta, instants epoch
 * ms, weekdays ISO (1 = Monday).
 */

/** The programme's rules, in minutes unless the name says days. */
export interface Rules {
  sessionMinutes: number
  /** From one start to the next, counted from each opening. */
  gridMinutes: number
  bufferBefore: number
  bufferAfter: number
  /** How long before its start a slot can still be booked. */
  minimumNotice: number
  /** How many days ahead. */
  furthestDays: number
  holdMinutes: number
  offerMinutes: number
}

export interface Interval {
  opens: number
  closes: number
}

export type WeekHours = Interval & { weekday: number }

/** What decides when a centre is open. */
export interface Calendar {
  hours: readonly (WeekHours & { timetable: string })[]
  /** A date with exceptions has those instead of everything else; `opens` null = closed. */
  exceptions: readonly { date: string; opens: number | null; closes: number | null; reason: string }[]
  ramadan: readonly { firstDay: string; lastDay: string }[]
  holidays: readonly Holiday[]
}

export interface Span {
  startsAt: number
  endsAt: number
}

export interface AgendaCoach {
  id: string
  name: string
  serves: readonly string[]
  languages: readonly string[]
  /** Their weekly hours at this centre. */
  hours: readonly WeekHours[]
  timeOff: readonly Span[]
}

/** A place in somebody's time: a booking or a hold that is not cancelled. */
export interface Occupied extends Span {
  coachId: string
  centreCode: string
  seat: number
  busyFrom: number
  busyUntil: number
  residentId: string
  /** null = booked. */
  holdUntil: number | null
}

/** All that decides what can be booked at a centre in a stretch of days. */
export interface Agenda {
  centre: Centre
  rules: Rules
  calendar: Calendar
  coaches: readonly AgendaCoach[]
  /** Of the centre, and of its coaches wherever they are. */
  occupied: readonly Occupied[]
}

/** A start that can be taken now. */
export interface Slot extends Span {
  /** Coaches who serve the topic and are free, ids sorted. */
  coachIds: string[]
  /** Places that are free, lowest first. */
  seats: number[]
}

/** Who asks for what. */
export interface Request {
  topic: string
  now: number
  /** Whose own hold does not stand in the way: it goes when they take another. */
  residentId: string
  /** Gets the coach who is asked for first. */
  ownCoachId: string | null
  language: string
  /** In place of a session that was promised and called off: the minimum notice was kept then. */
  promised?: true
}
