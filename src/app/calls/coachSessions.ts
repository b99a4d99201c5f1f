import { clockOf, dayOfDate } from '../../domain/booking/hours.ts'
import { attend } from '../../domain/booking/visits.ts'
import type { Booking } from '../../domain/booking/ports.ts'
import { topicLabel } from '../../domain/booking/topics.ts'
import { whenWords } from '../../domain/booking/words.ts'
import { isSpanName } from '../../domain/staff/coachWords.ts'
import { daysOff, spanOf } from '../../domain/staff/coaching.ts'
import { dayOf, isoOf, minuteOf } from '../../lib/days.ts'
import { formatDate, formatShortDate, formatShortName, formatTime } from '../../lib/format.ts'
import type { CallContext } from '../ports.ts'
import { hoursOf } from './coachHours.ts'
import { coachOf } from './coachPeople.ts'
import type { Call } from './types.ts'

/** A coach's sessions: what is on, and how it went. */

export const nameOf = async ({ repos }: CallContext, booking: Booking) =>
  formatShortName((await repos.residents.find(booking.residentId))?.name ?? '')

export const UNTIL = { id: 'sampai', en: 'until' }
/** How a session went, where somebody said so. */
const HOW = { attended: { id: 'hadir', en: 'came' }, no_show: { id: 'tidak hadir', en: 'did not come' } }

async function listOf(context: CallContext, sessions: readonly Booking[], withDay: boolean): Promise<string> {
  const { language } = context
  const lines = []
  for (const each of sessions) {
    const day = withDay ? `${formatShortDate(isoOf(dayOf(each.startsAt)), language)}, ` : ''
    const time = formatTime(clockOf(minuteOf(each.startsAt)), language)
    const how =
      each.status === 'attended' || each.status === 'no_show' ? ` (${HOW[each.status][language]})` : ''
    lines.push(`${day}${time} ${await nameOf(context, each)}: ${topicLabel(each.topic, language)}${how}`)
  }
  return lines.join('\n')
}

export const standing = (sessions: readonly Booking[]) => sessions.filter(each => each.status === 'booked')

export const coach_state: Call<'coach_state'> = async (_, context) => {
  const coach = await coachOf(context)
  if (!coach) return { outcome: 'not_coach', output: {} }
  const { repos, now, conversation } = context
  const today = await repos.coaching.sessions(coach.id, spanOf('today', now), conversation.sandbox)
  const output = { name: coach.name, today: standing(today).length, hours: await hoursOf(context, coach) }
  return { outcome: 'coach', output }
}

export const coach_schedule: Call<'coach_schedule'> = async ({ span: name }, context) => {
  const coach = await coachOf(context)
  const { repos, now, conversation, language } = context
  const span = isSpanName(name) ? spanOf(name, now) : daysOff(dayOfDate(name), dayOfDate(name))
  const [first, last] = [dayOf(span.startsAt), dayOf(span.endsAt - 1)]
  const until = first === last ? '' : `${UNTIL[language]} `
  const day = until + formatDate(isoOf(last), language)
  const sessions = coach ? await repos.coaching.sessions(coach.id, span, conversation.sandbox) : []
  if (sessions.length === 0) return { outcome: 'none', output: { day } }
  const list = await listOf(context, sessions, first !== last)
  return { outcome: 'some', output: { day, list, count: sessions.length } }
}

export const coach_day_list: Call<'coach_day_list'> = async ({ date }, context) => {
  const coach = await coachOf(context)
  if (!coach) return { outcome: 'none', output: {} }
  const day = dayOfDate(date)
  const span = daysOff(day, day)
  const sessions = standing(
    await context.repos.coaching.sessions(coach.id, span, context.conversation.sandbox),
  )
  if (sessions.length === 0) return { outcome: 'none', output: {} }
  const list = await listOf(context, sessions, false)
  const output = { name: coach.name, list, count: sessions.length, day: formatDate(date, context.language) }
  return { outcome: 'some', output }
}

const WHATS = ['soon', 'after', 'moved', 'fresh', 'cancelled'] as const

/** What is true of a session now, for the coach who is told of it; `at` is when it was, or is no longer. */
export const coach_session: Call<'coach_session'> = async ({ booking: id, what, at }, context) => {
  const coach = await coachOf(context)
  const booking = await context.repos.bookings.find(id)
  const news = WHATS.find(each => each === what)
  if (!coach || !booking || !news) return { outcome: 'gone', output: {} }
  const mine = booking.coach.id === coach.id && booking.status === 'booked'
  const true_ = news === 'cancelled' ? !mine : mine
  if (!true_) return { outcome: 'gone', output: {} }
  const { language } = context
  return {
    outcome: news,
    output: {
      who: await nameOf(context, booking),
      when: whenWords(booking.startsAt, language),
      old: whenWords(at, language),
      topic: topicLabel(booking.topic, language),
      place: booking.centre.name,
    },
  }
}

export const mark_session: Call<'mark_session'> = async ({ booking: id, did }, context) => {
  const { repos, now } = context
  const coach = await coachOf(context)
  const booking = await repos.bookings.find(id)
  const resident = booking && (await repos.residents.find(booking.residentId))
  if (!coach || !resident || booking.coach.id !== coach.id || !MARKABLE.has(booking.status))
    return { outcome: 'gone', output: {} }
  const status = did === 'no_show' ? 'no_show' : 'attended'
  await attend(repos, booking, { status, by: 'coach' }, now)
  return { outcome: status, output: { who: formatShortName(resident.name), person: resident.number } }
}

/** A coach may also put right what was tapped by mistake. */
const MARKABLE: ReadonlySet<Booking['status']> = new Set<Booking['status']>([
  'booked',
  'ended',
  'attended',
  'no_show',
])
