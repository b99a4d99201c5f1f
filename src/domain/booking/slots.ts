import { dayOf, minuteOf, type Day } from '../../lib/days.ts'
import { MINUTE } from '../../lib/time.ts'
import { instantOf, isoWeekday, openOn } from './hours.ts'
import { servesTopic } from './topics.ts'
import type { Agenda, AgendaCoach, Occupied, Request, Rules, Slot, Span } from './types.ts'

/**
 * What can be booked. A slot is offered exactly when it can be taken: the centre is open for all of it, it begins on the
 * grid, late enough and soon enough, a place is free, and a coach who serves the topic is there and free, their buffers
 * counted once between neighbours.
 */

/** The slots of one day, earliest first. */
export function slotsOn(agenda: Agenda, day: Day, request: Request): Slot[] {
  const { rules, coaches } = agenda
  if (day > dayOf(request.now) + rules.furthestDays) return []
  const able = coaches.filter(coach => servesTopic(coach.serves, request.topic))
  const occupied = standing(agenda.occupied, request)
  const earliest = request.now + (request.promised ? 0 : rules.minimumNotice * MINUTE)
  return startsOn(agenda, day)
    .filter(start => start >= earliest)
    .flatMap(startsAt => {
      const span = { startsAt, endsAt: startsAt + rules.sessionMinutes * MINUTE }
      const seats = freeSeats(agenda, occupied, span)
      if (seats.length === 0) return []
      const free = able.filter(coach => isFree(coach, { span, rules, occupied }))
      return free.length === 0 ? [] : [{ ...span, coachIds: free.map(coach => coach.id).sort(), seats }]
    })
}

/** The starts that the opening hours give, whoever is there. */
export function startsOn({ calendar, rules }: Pick<Agenda, 'calendar' | 'rules'>, day: Day): number[] {
  const hours = openOn(calendar, day)
  if ('closed' in hours) return []
  const { gridMinutes, sessionMinutes } = rules
  return hours.open.flatMap(({ opens, closes }) => {
    const count = Math.max(0, Math.floor((closes - opens - sessionMinutes) / gridMinutes) + 1)
    return Array.from({ length: count }, (_, at) => instantOf(day, opens + at * gridMinutes))
  })
}

/** What stands in the way: bookings, and holds of others that have not run out. */
const standing = (occupied: readonly Occupied[], { now, residentId }: Request): readonly Occupied[] =>
  occupied.filter(each => each.holdUntil === null || (each.holdUntil > now && each.residentId !== residentId))

const overlaps = (a: Span, b: Span): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt

function freeSeats({ centre }: Agenda, occupied: readonly Occupied[], span: Span): number[] {
  const used = new Set(
    occupied.filter(each => each.centreCode === centre.code && overlaps(each, span)).map(each => each.seat),
  )
  return Array.from({ length: centre.rooms }, (_, at) => at + 1).filter(seat => !used.has(seat))
}

interface Moment {
  span: Span
  rules: Rules
  occupied: readonly Occupied[]
}

function isFree(coach: AgendaCoach, { span, rules, occupied }: Moment): boolean {
  if (!isThere(coach, span) || coach.timeOff.some(off => overlaps(off, span))) return false
  const busyFrom = span.startsAt - rules.bufferBefore * MINUTE
  const busyUntil = span.endsAt + rules.bufferAfter * MINUTE
  return !occupied.some(
    other =>
      other.coachId === coach.id &&
      ((span.startsAt < other.busyUntil && other.startsAt < busyUntil) ||
        (busyFrom < other.endsAt && other.busyFrom < span.endsAt)),
  )
}

function isThere({ hours }: AgendaCoach, { startsAt, endsAt }: Span): boolean {
  const weekday = isoWeekday(dayOf(startsAt))
  const from = minuteOf(startsAt)
  const to = from + (endsAt - startsAt) / MINUTE
  return hours.some(each => each.weekday === weekday && each.opens <= from && to <= each.closes)
}

/**
 * Whom a slot goes to: one's own coach, else one who speaks one's language, else the one with the fewest sessions that
 * day; ids decide between equals.
 */
export function coachFor(agenda: Agenda, slot: Slot, request: Request): AgendaCoach | undefined {
  const free = agenda.coaches.filter(coach => slot.coachIds.includes(coach.id))
  const day = dayOf(slot.startsAt)
  const sessions = (id: string) =>
    agenda.occupied.filter(each => each.coachId === id && dayOf(each.startsAt) === day).length
  const rank = (coach: AgendaCoach) =>
    (coach.id === request.ownCoachId ? 0 : 1000) +
    (coach.languages.includes(request.language) ? 0 : 500) +
    sessions(coach.id)
  return free.toSorted((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0]
}
