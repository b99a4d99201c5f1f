import { confirm } from '../../domain/booking/book.ts'
import type { Booking, WaitingEntry } from '../../domain/booking/ports.ts'
import { topicBring } from '../../domain/booking/topics.ts'
import { FEEDBACK, giveFeedback, lastVisit } from '../../domain/booking/visits.ts'
import { letGo, turnOver } from '../../domain/booking/waiting.ts'
import { formatClock } from '../../lib/format.ts'
import { dayOf, minuteOf } from '../../lib/days.ts'
import { clockOf } from '../../domain/booking/hours.ts'
import { dayWords } from '../../domain/booking/words.ts'
import type { Resident } from '../../domain/people.ts'
import type { CallContext } from '../ports.ts'
import { sessionOf, visitOf } from './booking.ts'
import { CallInputError } from './input.ts'
import { bookedOf } from './take.ts'
import type { Call } from './types.ts'

/** What is said by itself about appointments, and what people answer to it. */

const GONE = { outcome: 'gone', output: {} } as const

/** Of anybody the chat speaks for: the active one may be another than when it was planned. */
async function speakerOf({ repos, conversation }: CallContext, residentId: string | undefined) {
  const resident = (await repos.residents.of(conversation.id)).find(each => each.id === residentId)
  return resident?.restrictedAt === null ? resident : undefined
}

export async function bookingOf(
  context: CallContext,
  id: string,
): Promise<{ booking: Booking; resident: Resident } | undefined> {
  const booking = await context.repos.bookings.find(id)
  const resident = await speakerOf(context, booking?.residentId)
  return booking && resident && { booking, resident }
}

/** Whoever answers goes on as the one that was meant. */
export const speakAs = ({ repos, conversation, now }: CallContext, resident: Resident) =>
  repos.residents.activate(conversation.id, resident.id, now)

export const reminded_booking: Call<'reminded_booking'> = async ({ booking: id }, context) => {
  const found = await bookingOf(context, id)
  if (found?.booking.status !== 'booked' || found.booking.startsAt <= context.now) return GONE
  const { booking } = found
  const { language } = context
  const bring = topicBring(booking.topic, language)
  return { outcome: 'stands', output: { ...visitOf(booking, language), code: booking.code, bring } }
}

const ANSWERS = ['come', 'move', 'cancel'] as const

export const answer_reminder: Call<'answer_reminder'> = async ({ booking: id, answer }, context) => {
  const found = await bookingOf(context, id)
  if (!found) return GONE
  const { booking, resident } = found
  const wanted = ANSWERS.find(each => each === answer)
  if (wanted && (booking.status !== 'booked' || booking.endsAt <= context.now)) return GONE
  await speakAs(context, resident)
  if (wanted !== 'come') return { outcome: wanted ?? 'again', output: {} }
  return { outcome: 'come', output: { when: sessionOf(booking, context.language).when } }
}

export const visited_booking: Call<'visited_booking'> = async ({ booking: id }, context) => {
  const found = await bookingOf(context, id)
  const status = found?.booking.status
  if (!found || (status !== 'attended' && status !== 'no_show')) return GONE
  const open = await context.repos.bookings.open(found.resident.id)
  // who has made another appointment already needs no offer
  if (status === 'no_show' && open && open.endsAt > context.now) return GONE
  const { when, coach } = sessionOf(found.booking, context.language)
  return { outcome: status, output: { when, coach } }
}

export const rate_visit: Call<'rate_visit'> = async ({ booking: id, answer }, context) => {
  const { repos, now } = context
  const known = FEEDBACK.find(each => each === answer)
  if (known === undefined) throw new CallInputError('rate_visit', ['answer'])
  const found = await bookingOf(context, id)
  if (!found || (await lastVisit(repos, found.resident, now))?.id !== id) return GONE
  await speakAs(context, found.resident)
  await giveFeedback(repos, found.resident, { answer: known, why: null }, now)
  return { outcome: known, output: {} }
}

/** An offer that stands: its place is still held, and the time to take it is not over. */
async function offerOf(context: CallContext, id: string) {
  const { repos, now } = context
  const entry = await repos.waitingList.find(id)
  const resident = await speakerOf(context, entry?.residentId)
  if (!entry || !resident) return undefined
  const hold = entry.bookingId === null ? undefined : await repos.bookings.find(entry.bookingId)
  const stands = entry.status === 'offered' && hold?.status === 'held' && (entry.offerUntil ?? 0) > now
  return { entry, resident, hold: stands ? hold : undefined }
}

export const offered_slot: Call<'offered_slot'> = async ({ entry }, context) => {
  const { language } = context
  const offer = await offerOf(context, entry)
  const until = offer?.hold?.holdUntil
  if (!offer?.hold || !until) return GONE
  const clock = formatClock(clockOf(minuteOf(until)), language)
  const today = dayOf(until) === dayOf(context.now)
  const words = today ? clock : `${dayWords(dayOf(until), language)}, ${clock}`
  return { outcome: 'offered', output: { ...sessionOf(offer.hold, language), until: words } }
}

export const answer_offer: Call<'answer_offer'> = async ({ entry: id, answer }, context) => {
  const offer = await offerOf(context, id)
  if (!offer) return GONE
  const { entry, resident, hold } = offer
  if (!hold) return { outcome: WAITS.has(entry.status) ? 'late' : 'gone', output: {} }
  await context.repos.bookings.lock(entry.centre.code)
  await speakAs(context, resident)
  return answer === 'take'
    ? take(context, { ...resident, language: context.language }, hold)
    : skip(context, entry)
}

const WAITS: ReadonlySet<WaitingEntry['status']> = new Set<WaitingEntry['status']>(['waiting', 'offered'])

async function take(context: CallContext, resident: Resident, hold: Booking) {
  const wish = { centreCode: hold.centre.code, startsAt: hold.startsAt, topic: hold.topic }
  const done = await confirm(context.repos, resident, wish, context.now)
  if (done.outcome === 'taken') return { outcome: 'late' as const, output: {} }
  return { outcome: 'booked' as const, output: await bookedOf(context, done.booking) }
}

async function skip({ repos, conversation, now }: CallContext, entry: WaitingEntry) {
  const where = { centreCode: entry.centre.code, sandbox: conversation.sandbox }
  const left = (await letGo(repos, entry, now)) === 'left'
  await turnOver(repos, where, now)
  return { outcome: left ? ('left' as const) : ('skipped' as const), output: {} }
}
