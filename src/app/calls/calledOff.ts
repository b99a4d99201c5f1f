import { bookSameTime, insteadOf, isFreeAgain, UNSETTLED_SHOWN } from '../../domain/booking/callOff.ts'
import type { Booking } from '../../domain/booking/ports.ts'
import { topicLabel } from '../../domain/booking/topics.ts'
import { coachName, offReason, whenWords } from '../../domain/booking/words.ts'
import { formatShortName } from '../../lib/format.ts'
import type { CallContext } from '../ports.ts'
import { bookingOf, speakAs } from './bookingNotices.ts'
import { offWords } from './offWords.ts'
import { bookedOf } from './take.ts'
import type { Call } from './types.ts'

/** Appointments that the programme called off: what residents hear and answer, and what operators see. */

const GONE = { outcome: 'gone', output: {} } as const

/** What was called off of somebody this chat speaks for, unless it is settled or they have another. */
async function calledOff(context: CallContext, id: string) {
  const found = await bookingOf(context, id)
  if (!found || found.booking.cancelledBy === null || found.booking.settledAt !== null) return undefined
  return (await context.repos.bookings.open(found.resident.id)) ? undefined : found
}

export const session_off: Call<'session_off'> = async ({ booking: id, mentor }, context) => {
  const found = await calledOff(context, id)
  if (!found) return GONE
  const named = mentor === 'new' ? (found.resident.coach?.name ?? null) : null
  const { same, other, ...output } = await offWords(context, found, named)
  if (same === 'again') return { outcome: 'again', output: { when: output.when, other } }
  return same === 'yes' ? { outcome: 'same', output: { ...output, other } } : { outcome: 'other', output }
}

/** One tap: the same time with a colleague, another time, or none. Whoever answers becomes the active one of the chat. */
export const answer_session_off: Call<'answer_session_off'> = async ({ booking: id, answer }, context) => {
  const { repos, now, language } = context
  const found = await calledOff(context, id)
  if (!found) return GONE
  const { booking } = found
  const resident = { ...found.resident, language }
  const wish = {
    topic: booking.topic,
    centre: booking.centre.code,
    old: whenWords(booking.startsAt, language),
  }
  if (answer === 'same') await repos.bookings.lock(booking.centre.code)
  await speakAs(context, resident)
  if (answer === 'none') {
    await repos.bookings.settle(resident.id, now)
    return { outcome: 'none', output: {} }
  }
  if (answer === 'other') {
    const instead = await insteadOf(repos, resident, booking, now)
    if (instead.coach && isFreeAgain(instead, booking))
      return { outcome: 'again', output: { when: wish.old, other: coachName(instead.coach) } }
  }
  if (answer !== 'same') return { outcome: 'other', output: wish }
  const done = await bookSameTime(repos, resident, booking, now)
  return done.outcome === 'taken'
    ? { outcome: 'taken', output: wish }
    : { outcome: 'booked', output: await bookedOf(context, done.booking) }
}

export const coach_now: Call<'coach_now'> = async ({ person: number }, { repos, conversation }) => {
  const person = (await repos.residents.of(conversation.id)).find(each => each.number === number)
  if (!person) return GONE
  return person.coach
    ? { outcome: 'has', output: { coach: person.coach.name } }
    : { outcome: 'none', output: {} }
}

/** An operator's centre, and what is unsettled there. */
async function unsettledOf({ repos, conversation, now }: CallContext) {
  const operator = await repos.staff.of(conversation.id, 'operator')
  if (!operator) return undefined
  const since = now - UNSETTLED_SHOWN
  return repos.bookings.allUnsettled(operator.centre?.code ?? null, conversation.sandbox, since)
}

export const unsettled: Call<'unsettled'> = async (_, context) => {
  const all = await unsettledOf(context)
  if (!all) return { outcome: 'not_operator', output: {} }
  if (all.length === 0) return { outcome: 'none', output: {} }
  const rows = []
  for (const booking of all) {
    const { who, when } = await seenBy(context, booking)
    rows.push({ value: booking.id, label: booking.code, description: `${who}: ${when}`.slice(0, 72) })
  }
  return { outcome: 'some', output: { count: all.length }, rows }
}

/** A short name, as operators see of tickets; no number of a phone. */
async function seenBy({ repos, language }: CallContext, booking: Booking) {
  const resident = await repos.residents.find(booking.residentId)
  return {
    who: formatShortName(resident?.name ?? ''),
    when: whenWords(booking.startsAt, language),
    reason: offReason(booking, {}, language),
    place: booking.centre.name,
    topic: topicLabel(booking.topic, language),
    code: booking.code,
  }
}

export const unsettled_one: Call<'unsettled_one'> = async ({ booking: id }, context) => {
  const booking = (await unsettledOf(context))?.find(each => each.id === id)
  return booking ? { outcome: 'found', output: await seenBy(context, booking) } : GONE
}

/** `answer`: helped settles it; write opens a ticket, so that the operator's words reach them. */
export const settle_booking: Call<'settle_booking'> = async ({ booking: id, answer }, context) => {
  const { repos, now } = context
  const booking = (await unsettledOf(context))?.find(each => each.id === id)
  if (!booking) return GONE
  const { residentId, code } = booking
  if (answer === 'write') {
    const chat = await repos.desk.chatOf(residentId)
    if (chat === undefined) return { outcome: 'no_chat', output: {} }
    const { when, reason } = await seenBy(context, booking)
    const text = `${code}, ${when}: ${reason}`
    const ticket = { conversationId: chat, residentId, reason: 'called_off', text }
    return { outcome: 'ticket', output: { ticket: await repos.tickets.open(ticket, now) } }
  }
  await repos.bookings.settle(residentId, now)
  const entry = { actor: 'operator', action: 'settle_booking', subject: { residentId }, detail: code }
  await repos.audit.append(entry, now)
  return { outcome: 'settled', output: {} }
}
