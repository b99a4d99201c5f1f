import { dayOf, isoOf } from '../../lib/days.ts'
import type { Centre, Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import { openBooking } from './book.ts'
import type { AttendanceBy, Booking } from './ports.ts'
import { bookingSubject, planBookingReminders } from './reminders.ts'

/** What happens at the centre, and what people say of it afterwards. */

export type CheckIn =
  | { outcome: 'arrived'; booking: Booking }
  /** Without an appointment there today; `again`: had checked in already. */
  | { outcome: 'walk_in' | 'again'; centre: Centre }
  | { outcome: 'wrong' }

/** Whether they met; the visitor is asked how it was, or offered another appointment. */
export async function attend(
  repos: Repos,
  booking: Booking,
  { status, by }: { status: 'attended' | 'no_show'; by: AttendanceBy },
  now: number,
): Promise<void> {
  await repos.bookings.attend(booking.id, status, by, now)
  await planBookingReminders(repos, { ...booking, status }, now)
}

/** The code shown at the centre today checks a resident in, with an appointment or without. */
export async function checkIn(repos: Repos, resident: Resident, code: string, now: number): Promise<CheckIn> {
  const date = isoOf(dayOf(now))
  const centre = await repos.checkIns.centreOf(code, date)
  if (!centre) return { outcome: 'wrong' }
  const open = await openBooking(repos, resident, now)
  if (open?.centre.code === centre.code && isoOf(dayOf(open.startsAt)) === date) {
    await attend(repos, open, { status: 'attended', by: 'code' }, now)
    return { outcome: 'arrived', booking: open }
  }
  const visit = { residentId: resident.id, centreCode: centre.code, date, sandbox: resident.sandbox }
  return { outcome: (await repos.bookings.walkIn(visit, now)) ? 'walk_in' : 'again', centre }
}

export const FEEDBACK = ['helped', 'less', 'did_not_come'] as const
export type FeedbackAnswer = (typeof FEEDBACK)[number]

/** How long a session can still be rated. */
const RATEABLE_DAYS = 30

/** The last session that has begun and was not cancelled. */
export async function lastVisit(repos: Repos, resident: Resident, now: number): Promise<Booking | undefined> {
  const last = await repos.bookings.lastBegun(resident.id, now)
  return last && last.startsAt > now - RATEABLE_DAYS * 86_400_000 ? last : undefined
}

/** "Tidak jadi datang" also tells how it went, unless a coach or the code of the centre has said so before. */
export async function giveFeedback(
  repos: Repos,
  resident: Resident,
  feedback: { answer: FeedbackAnswer; why: string | null },
  now: number,
): Promise<boolean> {
  const visit = await lastVisit(repos, resident, now)
  if (!visit) return false
  await repos.bookings.giveFeedback(visit.id, feedback, now)
  if (visit.status === 'booked' || visit.status === 'ended') {
    const status = feedback.answer === 'did_not_come' ? 'no_show' : 'attended'
    await repos.bookings.attend(visit.id, status, 'resident', now)
  }
  // whoever has answered is not asked
  await repos.reminders.cancel(bookingSubject(visit.id), now)
  return true
}
