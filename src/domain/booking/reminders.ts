import { dayOf } from '../../lib/days.ts'
import { DAY, HOUR } from '../../lib/time.ts'
import type { NewReminder } from '../ports/reminders.ts'
import type { Repos } from '../ports.ts'
import { instantOf } from './hours.ts'
import type { Booking } from './ports.ts'

/** What a resident hears by itself about an appointment. All times are epoch ms. */

const EVE_HOUR = 17
const SOON = 2 * HOUR
/** So long after the end of a session its visitor is asked. */
const AFTER = HOUR

type Planned = Pick<Booking, 'id' | 'residentId' | 'startsAt' | 'endsAt' | 'status' | 'version'>

export const bookingSubject = (id: string) => `booking:${id}`

/**
 * Makes exactly what is true of the booking now what its resident will hear: while it is booked, the day before at 17.00
 * WIB and two hours before; after a visit, whether it helped; after a missed one, an offer to book again; else nothing.
 * To be called in the transaction of every change of a booking, with the booking as it is afterwards.
 */
export async function planBookingReminders(repos: Repos, booking: Planned, now: number): Promise<void> {
  const { id, version } = booking
  await repos.reminders.replace({ subject: bookingSubject(id), version }, remindersOf(booking, now), now)
}

function remindersOf({ id, residentId, ...booking }: Planned, now: number): NewReminder[] {
  const { startsAt, endsAt, status } = booking
  const about = { to: { resident: residentId }, values: { booking: id } }
  const after = Math.max(endsAt + AFTER, now)
  // who has been silent for days is not asked about the session any more
  const fresh = now < endsAt + 2 * DAY
  if (status === 'attended') return fresh ? [{ kind: 'visit_feedback', dueAt: after, ...about }] : []
  if (status === 'no_show') return fresh ? [{ kind: 'missed_visit', dueAt: after, ...about }] : []
  if (status !== 'booked') return []
  const eve = instantOf(dayOf(startsAt) - 1, EVE_HOUR * 60)
  const soon = startsAt - SOON
  return [
    { kind: 'booking_day_before', dueAt: eve, expiresAt: soon, ...about },
    { kind: 'booking_soon', dueAt: soon, expiresAt: startsAt, ...about },
  ]
}
