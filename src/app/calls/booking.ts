import { answerTo, type Answer, type Refusal } from '../../domain/booking/answer.ts'
import { openBooking } from '../../domain/booking/book.ts'
import { UNSETTLED_SHOWN } from '../../domain/booking/callOff.ts'
import { dayOfDate } from '../../domain/booking/hours.ts'
import type { Booking } from '../../domain/booking/ports.ts'
import { around, freeDays, type FreeDay } from '../../domain/booking/search.ts'
import { agendaFor, requestOf } from '../../domain/booking/take.ts'
import { topicLabel, servesTopic } from '../../domain/booking/topics.ts'
import type { Agenda, Request } from '../../domain/booking/types.ts'
import {
  centreName,
  centrePlace,
  centreWithMap,
  coachName,
  dayRow,
  dayWords,
  hourWords,
  minutesWords,
  OTHER_DAY,
  otherDayRow,
  slotRow,
  slotsWords,
  slotValue,
  weekWords,
  whenWords,
} from '../../domain/booking/words.ts'
import type { Resident } from '../../domain/people.ts'
import { dayOf, isoOf } from '../../lib/days.ts'
import type { Lang } from '../../engine/types.ts'
import type { CallContext } from '../ports.ts'
import { offWords } from './offWords.ts'
import type { Call, ResultOf } from './types.ts'

/** What a booking says of itself. */
export const sessionOf = (booking: Booking, language: Lang) => ({
  when: whenWords(booking.startsAt, language),
  place: centrePlace(booking.centre, language),
  coach: coachName(booking.coach),
  topic: topicLabel(booking.topic, language),
})

/** The same for whoever has to find the way. */
export const visitOf = (booking: Booking, language: Lang) => ({
  ...sessionOf(booking, language),
  place: centreWithMap(booking.centre, language),
})

/** The active resident, whose consent stands. @throws Error for a flow that asks nobody */
export async function bookerOf({ repos, conversation, language }: CallContext): Promise<Resident> {
  const resident = await repos.residents.active(conversation.id)
  if (!resident || resident.restrictedAt !== null) throw new Error('Nobody in this chat can book.')
  return { ...resident, language }
}

export const booking_state: Call<'booking_state'> = async (_, context) => {
  const { repos, conversation, now, language } = context
  const resident = await repos.residents.active(conversation.id)
  if (!resident) return { outcome: 'nobody', output: {} }
  const { name } = resident
  if (resident.restrictedAt !== null) return { outcome: 'restricted', output: { name } }
  const open = await openBooking(repos, resident, now)
  if (open) {
    const { code, topic, centre } = open
    const output = { ...visitOf(open, language), code, topic_code: topic, centre_code: centre.code }
    return { outcome: 'has', output }
  }
  const entry = await repos.waitingList.open(resident.id)
  if (!entry) {
    const off = await repos.bookings.unsettled(resident.id)
    if (!off || off.startsAt <= now - UNSETTLED_SHOWN) return { outcome: 'ready', output: { name } }
    const words = await offWords(context, { booking: off, resident })
    return { outcome: 'called_off', output: { booking: off.id, ...words, name } }
  }
  const date_text =
    entry.date === null
      ? { id: 'hari apa saja', en: 'any day' }[language]
      : dayWords(dayOfDate(entry.date), language)
  return {
    outcome: 'waiting',
    output: {
      centre_name: centreName(entry.centre, language),
      topic: topicLabel(entry.topic, language),
      date_text,
    },
  }
}

interface Asking {
  agenda: Agenda
  request: Request
}

export async function asking(
  context: CallContext,
  { topic, centre }: { topic: string; centre: string | null },
): Promise<Asking & { resident: Resident }> {
  const { repos, now } = context
  const resident = await bookerOf(context)
  const agenda = await agendaFor(repos, centre ?? resident.centre.code, resident, now)
  return { agenda, resident, request: requestOf(resident, topic, now) }
}

export const book_days: Call<'book_days'> = async (input, context) => {
  const { language, now } = context
  const { agenda, request } = await asking(context, input)
  const centre_name = centreName(agenda.centre, language)
  if (!agenda.coaches.some(coach => servesTopic(coach.serves, input.topic)))
    return { outcome: 'no_coach', output: { centre_name } }
  const days = freeDays(agenda, request)
  if (days.length === 0) {
    const until = dayWords(dayOf(now) + agenda.rules.furthestDays, language)
    return { outcome: 'full', output: { centre_name, until } }
  }
  const first = isoOf(days[0]?.day ?? dayOf(now))
  return {
    outcome: 'some',
    output: { centre_name, hours: weekWords(agenda.calendar, first, language) },
    rows: rowsOf(days, language),
  }
}

export const when: Call<'when'> = async ({ said, date, hour, ...input }, context) => {
  if (said === OTHER_DAY) return { outcome: 'other_day', output: {} }
  const world = await asking(context, input)
  const answer = answerTo(world.agenda, world.request, {
    words: said,
    ...(date === null ? {} : { day: dayOfDate(date) }),
    ...(hour === null ? {} : { hour }),
  })
  return told(world, answer, { said, language: context.language })
}

/** One page on every channel; later days are typed. */
const DAYS_SHOWN = 9
const rowsOf = (days: readonly FreeDay[], language: Lang) =>
  days.slice(0, DAYS_SHOWN).map(day => dayRow(day, language))

type When = ResultOf<'when'>

type Told<K extends Answer['outcome']> = Extract<Answer, { outcome: K }>

/** An answer of the agenda in the words of the flow. */
function told(world: Asking, answer: Answer, { said, language }: { said: string; language: Lang }): When {
  const centre = world.agenda.centre.code
  const words = (day: number) => dayWords(day, language)
  if ('slots' in answer) return toldSlots(world, answer, language)
  if ('nearest' in answer) return toldNearest(world, answer, language)
  const rows = 'days' in answer ? rowsOf(answer.days, language) : []
  switch (answer.outcome) {
    case 'slot':
      return { outcome: 'slot', output: { slot: slotValue(answer.slot), centre } }
    case 'far':
      return { outcome: 'far', output: { until: words(answer.last) }, rows }
    case 'hour':
      return { outcome: 'hour', output: { hour: said, wished: hourWords(answer.at, language) }, rows }
    default:
      return { outcome: answer.outcome, output: {}, rows }
  }
}

/** The times of one day. */
function toldSlots(
  { agenda, request }: Asking,
  answer: Told<'slots' | 'unclear_time' | Refusal>,
  language: Lang,
): When {
  const rows = [...answer.slots.map(slot => slotRow(agenda, slot, request)), otherDayRow(language)]
  const day = { date: isoOf(answer.day), date_text: dayWords(answer.day, language) }
  if (answer.outcome === 'slots')
    return { outcome: 'slots', output: { ...day, centre: agenda.centre.code }, rows }
  if (answer.outcome === 'unclear_time') return { outcome: 'unclear_time', output: day, rows }
  const output = { ...day, wished: hourWords(answer.at, language) }
  if (answer.outcome === 'too_soon')
    return { outcome: 'too_soon', output: { ...output, notice: noticeWords(agenda, language) }, rows }
  if (answer.outcome !== 'no_start') return { outcome: answer.outcome, output, rows }
  const near = 'part' in answer.at ? answer.slots : around(answer.slots, answer.at.minutes[0] ?? 0)
  return { outcome: 'no_start', output: { ...output, near: slotsWords(near, language) }, rows }
}

/** How long before its start a place can be had. */
const noticeWords = ({ rules }: Agenda, language: Lang) => minutesWords(rules.minimumNotice, language)

/** A day that cannot be had, and the nearest that can. */
function toldNearest({ agenda }: Asking, answer: Told<'closed' | 'full' | 'late'>, language: Lang): When {
  const output = {
    wanted: isoOf(answer.day),
    date_text: dayWords(answer.day, language),
    nearest: isoOf(answer.nearest.day),
    nearest_text: dayWords(answer.nearest.day, language),
  }
  if (answer.outcome === 'late')
    return { outcome: 'late', output: { ...output, notice: noticeWords(agenda, language) } }
  if (answer.outcome === 'full') return { outcome: 'full', output }
  return answer.why === undefined
    ? { outcome: 'closed', output }
    : { outcome: 'holiday', output: { ...output, why: answer.why } }
}
