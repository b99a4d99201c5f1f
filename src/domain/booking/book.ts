import type { Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import { sessionGone, sessionSet } from '../staff/coaching.ts'
import type { Booking, CancelledBy } from './ports.ts'
import { planBookingReminders } from './reminders.ts'
import { offerFree, stopWaiting } from './waiting.ts'
import { agendaFor, requestOf, slotAt, takeSlot, type Taking, type Wish } from './take.ts'

export type Confirmation =
  | { outcome: 'booked'; booking: Booking }
  | { outcome: 'moved'; booking: Booking; from: Booking }
  | Extract<Taking, { outcome: 'taken' }>

/**
 * What is held becomes the booking; where there is an open one already, it moves there. A hold that ran out while the
 * person was thinking is good as long as nobody else took the place, and is taken anew where it is gone.
 */
export async function confirm(
  repos: Repos,
  resident: Resident,
  wish: Wish,
  now: number,
): Promise<Confirmation> {
  const open = await openBooking(repos, resident, now)
  const hold = await standingHold(repos, resident, wish, { now, open })
  if ('outcome' in hold) return hold
  await stopWaiting(repos, resident.id, now)
  await repos.bookings.settle(resident.id, now)
  if (!open) {
    await repos.bookings.book(hold.id, now)
    const booking: Booking = { ...hold, status: 'booked', holdUntil: null }
    await planBookingReminders(repos, booking, now)
    await sessionSet(repos, booking, { sandbox: resident.sandbox }, now)
    return { outcome: 'booked', booking }
  }
  await repos.bookings.moveTo(open.id, hold, now)
  const booking = (await repos.bookings.find(open.id)) ?? open
  await planBookingReminders(repos, booking, now)
  await sessionSet(repos, booking, { sandbox: resident.sandbox, from: open }, now)
  // where another centre is not locked, the waiting list hears of the freed place within a minute
  if (open.centre.code === booking.centre.code)
    await offerFree(repos, open.centre.code, resident.sandbox, now)
  return { outcome: 'moved', booking, from: open }
}

/** The hold behind the locks, still allowed: a coach may have taken time off, or the centre closed, meanwhile. */
async function standingHold(
  repos: Repos,
  resident: Resident,
  wish: Wish,
  { now, open }: { now: number; open: Booking | undefined },
): Promise<Booking | Extract<Taking, { outcome: 'taken' }>> {
  const seen = await repos.bookings.held(resident.id)
  const same = seen?.startsAt === wish.startsAt && seen.centre.code === wish.centreCode
  if (same) {
    await repos.bookings.lock(seen.centre.code, ...(open ? [open.centre.code] : []))
    const hold = await repos.bookings.held(resident.id)
    if (hold?.id === seen.id && (await stillAllowed(repos, resident, hold, now))) return hold
    if (hold) await repos.bookings.dropHold(hold.id)
  }
  const again = await takeSlot(repos, resident, wish, now)
  return again.outcome === 'held' ? again.hold : again
}

/** Its notice was kept when it was held; only what changed since then counts. */
async function stillAllowed(repos: Repos, resident: Resident, hold: Booking, now: number): Promise<boolean> {
  if (hold.startsAt <= now) return false
  const agenda = await agendaFor(repos, hold.centre.code, resident, now)
  const request = requestOf(resident, hold.topic, hold.createdAt)
  return slotAt(agenda, hold.startsAt, request)?.coachIds.includes(hold.coach.id) === true
}

/** The resident's open booking; one that is over is closed first, so that it does not stand in the way of the next. */
export async function openBooking(
  repos: Repos,
  resident: Resident,
  now: number,
): Promise<Booking | undefined> {
  const open = await repos.bookings.open(resident.id)
  if (!open || open.endsAt > now) return open
  await repos.bookings.end(open.id, now)
  return undefined
}

/** Frees the place for others. @returns undefined when there is nothing to cancel */
export async function cancel(
  repos: Repos,
  resident: Resident,
  by: CancelledBy,
  now: number,
): Promise<Booking | undefined> {
  const seen = await openBooking(repos, resident, now)
  if (!seen) return undefined
  await repos.bookings.lock(seen.centre.code)
  const open = await repos.bookings.open(resident.id)
  if (open?.id !== seen.id) return undefined
  await repos.bookings.cancel(open.id, by, now)
  await planBookingReminders(repos, { ...open, status: 'cancelled', version: open.version + 1 }, now)
  await sessionGone(repos, open, resident.sandbox, now)
  await offerFree(repos, open.centre.code, resident.sandbox, now)
  return open
}

/** Lets go of what was held: another time is wanted, or none. */
export async function release(repos: Repos, resident: Resident): Promise<void> {
  const hold = await repos.bookings.held(resident.id)
  if (hold) await repos.bookings.dropHold(hold.id)
}
