import { dayOf } from '../../lib/days.ts'
import { DAY, HOUR, MINUTE } from '../../lib/time.ts'
import type { Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import { sessionGone } from '../staff/coaching.ts'
import { confirm, type Confirmation } from './book.ts'
import { instantOf, openOn } from './hours.ts'
import type { Booking, CancelledBy } from './ports.ts'
import { bookingSubject } from './reminders.ts'
import { coachFor } from './slots.ts'
import { agendaFor, requestOf, slotAt, type Wish } from './take.ts'
import type { AgendaCoach, Calendar, Request, Slot } from './types.ts'
import { offerFree } from './waiting.ts'

/**
 * Sessions that the programme calls off: a coach is not there or has left, a centre is closed. All times are epoch ms.
 * Each stays *unsettled* until its resident takes another, wants none, or an operator has helped them.
 */

export type CalledOffBy = Exclude<CancelledBy, 'resident'>

/** Residents and operators see the unsettled for so long after they would have begun. */
export const UNSETTLED_SHOWN = 7 * DAY

/**
 * Cancels them, tells each resident once instead of all that they would have heard of it, and offers what comes free to
 * those who wait there. Called behind the locks of their centres.
 * @param newMentors residents who have another coach from now on: the same notice tells them
 */
export async function callOff(
  repos: Repos,
  bookings: readonly Booking[],
  { by, newMentors = new Set() }: { by: CalledOffBy; newMentors?: ReadonlySet<string> },
  now: number,
): Promise<void> {
  for (const booking of bookings) {
    const { id, residentId, sandbox } = booking
    await repos.bookings.cancel(id, by, now)
    if (by === 'centre') await sessionGone(repos, booking, sandbox, now)
    else await repos.reminders.cancel(`session:${id}`, now)
    const values = { booking: id, mentor: newMentors.has(residentId) ? 'new' : 'same' }
    await repos.reminders.replace(
      { subject: bookingSubject(id), version: booking.version + 1 },
      [{ kind: 'session_off', to: { resident: residentId }, dueAt: now, values }],
      now,
    )
  }
  for (const { code, sandbox } of placesOf(bookings)) {
    await offerFree(repos, code, sandbox, now)
    await tellOperators(repos, { code, sandbox }, now)
  }
}

interface Where {
  code: string
  sandbox: boolean
}

function placesOf(bookings: readonly Booking[]): Where[] {
  const places = bookings.map(({ centre, sandbox }) => [
    `${centre.code} ${sandbox}`,
    { code: centre.code, sandbox },
  ])
  return [...new Map(places as [string, Where][]).values()]
}

/** So long the residents have before the operators of their centre hear who has not chosen yet. */
const PATIENCE = 2 * HOUR

/** One message for all that is called off in the same hour. */
async function tellOperators(repos: Repos, { code, sandbox }: Where, now: number): Promise<void> {
  const dueAt = Math.ceil((now + PATIENCE) / HOUR) * HOUR
  const operators = await repos.desk.operators(code, sandbox)
  await repos.reminders.plan(
    { subject: `unsettled:${code}:${dueAt / HOUR}` },
    operators.map(staff => ({ kind: 'unsettled', to: { staff }, dueAt })),
    now,
  )
}

/**
 * A centre's hours have changed: whatever was promised while it is closed now is called off. Called behind its lock.
 * @returns the sessions that fell out
 */
export async function closeWhere(repos: Repos, centreCode: string, now: number): Promise<Booking[]> {
  const ahead = { startsAt: now, endsAt: now + 400 * DAY }
  const standing = await repos.bookings.standing({ centreCode }, ahead)
  if (standing.length === 0) return []
  const agenda = await repos.bookings.agenda(centreCode, now, { id: null, sandbox: false })
  const out = standing.filter(each => agenda && !isOpenFor(agenda.calendar, each))
  await callOff(repos, out, { by: 'centre' }, now)
  return out
}

function isOpenFor(calendar: Calendar, { startsAt, endsAt }: Booking): boolean {
  const day = dayOf(startsAt)
  const hours = openOn(calendar, day)
  if ('closed' in hours) return false
  const [from, to] = [startsAt, endsAt].map(at => (at - instantOf(day, 0)) / MINUTE) as [number, number]
  return hours.open.some(({ opens, closes }) => opens <= from && to <= closes)
}

/** What a resident is offered in place of a session that was called off. */
export interface Instead {
  /** Who could meet them at the same time and place: who was to, where they can again, else a colleague. */
  coach: AgendaCoach | undefined
  /** Why the centre is closed that day; undefined where it is not, or never opens then. */
  closed: string | undefined
}

export async function insteadOf(
  repos: Repos,
  resident: Resident,
  booking: Booking,
  now: number,
): Promise<Instead> {
  const agenda = await agendaFor(repos, booking.centre.code, resident, now)
  const request = { ...requestOf(resident, booking.topic, now), promised: true } as const
  const slot = slotAt(agenda, booking.startsAt, request)
  const hours = openOn(agenda.calendar, dayOf(booking.startsAt))
  return {
    coach: slot && coachFor(agenda, slot, preferring(slot, booking, request)),
    closed: 'closed' in hours ? hours.why : undefined,
  }
}

const preferring = (slot: Slot, { coach }: Booking, request: Request): Request =>
  slot.coachIds.includes(coach.id) ? { ...request, ownCoachId: coach.id } : request

/** Who was to meet them can again: the centre opens after all, or the coach took their time off back. */
export const isFreeAgain = ({ coach }: Instead, booking: Booking): boolean => coach?.id === booking.coach.id

/** The same time and place with whoever they were told of. */
export async function bookSameTime(
  repos: Repos,
  resident: Resident,
  booking: Booking,
  now: number,
): Promise<Confirmation> {
  const { centre, startsAt, topic } = booking
  const { coach } = await insteadOf(repos, resident, booking, now)
  const wish: Wish = { centreCode: centre.code, startsAt, topic, promised: true }
  return confirm(repos, resident, coach ? { ...wish, coachId: coach.id } : wish, now)
}
