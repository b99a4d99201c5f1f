import { cancel, confirm, release } from '../../domain/booking/book.ts'
import { calendarFile } from '../../domain/booking/calendarFile.ts'
import { otherCentre } from '../../domain/booking/elsewhere.ts'
import { dayOfDate, instantOf } from '../../domain/booking/hours.ts'
import type { Booking } from '../../domain/booking/ports.ts'
import { requestOf, takeSlot, type Taking, type Wish } from '../../domain/booking/take.ts'
import { topicBring } from '../../domain/booking/topics.ts'
import {
  centreName,
  centrePlace,
  dayWords,
  otherDayRow,
  slotRow,
  whenWords,
} from '../../domain/booking/words.ts'
import { leave } from '../../domain/booking/waiting.ts'
import { minutesOf } from '../../domain/booking/when.ts'
import type { Resident } from '../../domain/people.ts'
import { dayOf, isoOf } from '../../lib/days.ts'
import { MINUTE } from '../../lib/time.ts'
import type { CallContext } from '../ports.ts'
import { bookerOf, sessionOf, visitOf } from './booking.ts'
import type { Call } from './types.ts'

/** Taking, moving and giving up places. */

interface Slot {
  topic: string
  centre: string | null
  /** `2026-11-30T09:00`, Jakarta. */
  slot: string
}

const wishOf = ({ topic, centre, slot }: Slot, resident: Resident): Wish => ({
  topic,
  centreCode: centre ?? resident.centre.code,
  startsAt: instantOf(dayOfDate(slot.slice(0, 10)), minutesOf(slot.slice(11))),
})

/** A lost race: the next three, or nothing. */
function lost(
  { language, now }: CallContext,
  resident: Resident,
  wish: Wish,
  { agenda, next }: Extract<Taking, { outcome: 'taken' }>,
) {
  const output = { when: whenWords(wish.startsAt, language) }
  if (next.length === 0) return { outcome: 'none' as const, output }
  const request = requestOf(resident, wish.topic, now)
  const rows = [...next.map(slot => slotRow(agenda, slot, request, true)), otherDayRow(language)]
  return { outcome: 'taken' as const, output, rows }
}

export const hold_slot: Call<'hold_slot'> = async (input, context) => {
  const { repos, now, language } = context
  const resident = await bookerOf(context)
  const wish = wishOf(input, resident)
  const taken = await takeSlot(repos, resident, wish, now)
  if (taken.outcome === 'taken') return lost(context, resident, wish, taken)
  const minutes = Math.round(((taken.hold.holdUntil ?? now) - now) / MINUTE)
  return { outcome: 'held', output: { ...sessionOf(taken.hold, language), minutes } }
}

export const confirm_booking: Call<'confirm_booking'> = async (input, context) => {
  const { repos, now, language } = context
  const resident = await bookerOf(context)
  const wish = wishOf(input, resident)
  const done = await confirm(repos, resident, wish, now)
  if (done.outcome === 'taken') return lost(context, resident, wish, done)
  const output = await bookedOf(context, done.booking)
  if (done.outcome === 'booked') return { outcome: 'booked', output }
  return { outcome: 'moved', output: { ...output, old_when: whenWords(done.from.startsAt, language) } }
}

export async function bookedOf({ repos, conversation, now, language }: CallContext, booking: Booking) {
  const key = await repos.files.add(
    conversation.id,
    { mime: 'text/calendar', bytes: calendarFile(booking, language, now) },
    now,
  )
  return {
    ...visitOf(booking, language),
    code: booking.code,
    bring: topicBring(booking.topic, language),
    file: { key, name: `${booking.code}.ics`, as: 'document' as const },
  }
}

export const release_hold: Call<'release_hold'> = async (_, context) => {
  await release(context.repos, await bookerOf(context))
  return { outcome: 'released', output: {} }
}

export const other_centre: Call<'other_centre'> = async ({ topic, date }, context) => {
  const { repos, now, language } = context
  const resident = await bookerOf(context)
  const day = date === null ? dayOf(now) : dayOfDate(date)
  const found = await otherCentre(repos, resident, { topic, day }, now)
  if (!found) return { outcome: 'none', output: {} }
  const { centre, free } = found
  return {
    outcome: 'found',
    output: {
      centre: centre.code,
      place: centrePlace(centre, language),
      date: isoOf(free.day),
      date_text: dayWords(free.day, language),
    },
  }
}

export const cancel_booking: Call<'cancel_booking'> = async (_, context) => {
  const { repos, now, language } = context
  const cancelled = await cancel(repos, await bookerOf(context), 'resident', now)
  if (!cancelled) return { outcome: 'none', output: {} }
  return { outcome: 'cancelled', output: { when: whenWords(cancelled.startsAt, language) } }
}

export const join_waiting: Call<'join_waiting'> = async ({ topic, centre, date }, context) => {
  const { repos, now, language } = context
  const resident = await bookerOf(context)
  const centreCode = centre ?? resident.centre.code
  const agenda = await repos.bookings.agenda(centreCode, now, resident)
  const centre_name = agenda ? centreName(agenda.centre, language) : ''
  const { sandbox } = resident
  const joined = await repos.waitingList.join(
    { residentId: resident.id, centreCode, topic, date, sandbox },
    now,
  )
  if (!joined) return { outcome: 'already', output: { centre_name } }
  await repos.bookings.settle(resident.id, now)
  return { outcome: 'joined', output: { centre_name, minutes: agenda?.rules.offerMinutes ?? 0 } }
}

export const leave_waiting: Call<'leave_waiting'> = async (_, context) => {
  const left = await leave(context.repos, (await bookerOf(context)).id, context.now)
  return { outcome: left ? 'left' : 'none', output: {} }
}
