import { clockOf, dayOfDate } from '../../domain/booking/hours.ts'
import type { Booking } from '../../domain/booking/ports.ts'
import { topicLabel } from '../../domain/booking/topics.ts'
import type { Span } from '../../domain/booking/types.ts'
import { whenWords } from '../../domain/booking/words.ts'
import { takeBack, takeOff, timeOffOf } from '../../domain/staff/absence.ts'
import { daysOff } from '../../domain/staff/coaching.ts'
import { dayOf, isoOf, minuteOf } from '../../lib/days.ts'
import { formatDate, formatShortDate, formatTime } from '../../lib/format.ts'
import { DAY } from '../../lib/time.ts'
import type { CallContext } from '../ports.ts'
import { coachOf } from './coachPeople.ts'
import { nameOf, standing, UNTIL } from './coachSessions.ts'
import type { Call } from './types.ts'

/** When a coach is not there, and is there after all. */

const aheadOf = (now: number): Span => ({ startsAt: now, endsAt: now + 60 * DAY })

export const coach_sessions_ahead: Call<'coach_sessions_ahead'> = async (_, context) => {
  const coach = await coachOf(context)
  const { now, language, conversation, repos } = context
  const ahead = coach
    ? standing(await repos.coaching.sessions(coach.id, aheadOf(now), conversation.sandbox))
    : []
  if (ahead.length === 0) return { outcome: 'none', output: {} }
  const rows = []
  for (const each of ahead) {
    const day = formatShortDate(isoOf(dayOf(each.startsAt)), language)
    const label = `${day}, ${formatTime(clockOf(minuteOf(each.startsAt)), language)}`
    const description = `${await nameOf(context, each)}, ${topicLabel(each.topic, language)}`
    rows.push({ value: each.id, label, description })
  }
  return { outcome: 'some', output: {}, rows }
}

interface Off {
  booking: string | null
  from: string | null
  until: string | null
}

function hitWords(count: number, language: CallContext['language']): string {
  const en = count === 1 ? '1 session is cancelled' : `${count} sessions are cancelled`
  if (count === 0) return { id: 'tidak ada sesi yang batal', en: 'no session is cancelled' }[language]
  return { id: `${count} sesi dibatalkan, pesertanya dikabari`, en: `${en}, and the participants are told` }[
    language
  ]
}

/** First asked about, with how many sessions fall out; then done. */
export const coach_off: Call<'coach_off'> = async ({ sure, ...off }, context) => {
  const { repos, now, conversation, language } = context
  const coach = await coachOf(context)
  const span = await offSpan(context, off)
  if (!coach || !span) return { outcome: 'gone', output: {} }
  if (span.endsAt <= span.startsAt || span.endsAt <= now) return { outcome: 'backwards', output: {} }
  const ofWorld = (all: Booking[]) => all.filter(each => each.sandbox === conversation.sandbox).length
  if (sure !== 'yes') {
    const left = { ...span, startsAt: Math.max(span.startsAt, now) }
    const hit = await repos.bookings.standing({ coachId: coach.id }, left)
    return {
      outcome: 'ask',
      output: { span: spanWords(span, language), hit: hitWords(ofWorld(hit), language) },
    }
  }
  const gone = await takeOff(repos, coach.id, span, now)
  return { outcome: 'done', output: { hit: hitWords(ofWorld(gone), language) } }
}

async function offSpan({ repos }: CallContext, { booking, from, until }: Off): Promise<Span | undefined> {
  if (booking !== null) return repos.bookings.find(booking)
  if (from === null) return undefined
  return daysOff(dayOfDate(from), dayOfDate(until ?? from))
}

/** Whole days by their dates, a session by its time. */
function spanWords({ startsAt, endsAt }: Span, language: CallContext['language']): string {
  const [first, last] = [dayOf(startsAt), dayOf(endsAt - 1)]
  if (!isWholeDays({ startsAt, endsAt })) return whenWords(startsAt, language)
  const from = formatDate(isoOf(first), language)
  return first === last ? from : `${from} – ${formatDate(isoOf(last), language)}`
}

const isWholeDays = ({ startsAt, endsAt }: Span): boolean =>
  minuteOf(startsAt) === 0 && minuteOf(endsAt) === 0

const SESSION = { id: 'satu sesi', en: 'one session' }
const WHOLE_DAY = { id: 'sehari', en: 'the whole day' }

export const coach_times_off: Call<'coach_times_off'> = async (_, context) => {
  const coach = await coachOf(context)
  if (!coach) return { outcome: 'not_coach', output: {} }
  const { repos, now, language } = context
  const rows = (await repos.coaching.timesOff(coach.id, now)).map(off => {
    const [first, last] = [off.startsAt, off.endsAt - 1].map(at =>
      formatShortDate(isoOf(dayOf(at)), language),
    )
    const row = { value: String(off.id), label: first ?? '' }
    if (first !== last) return { ...row, description: `${UNTIL[language]} ${last ?? ''}` }
    if (isWholeDays(off)) return { ...row, description: WHOLE_DAY[language] }
    const time = formatTime(clockOf(minuteOf(off.startsAt)), language)
    return { ...row, label: `${row.label}, ${time}`, description: SESSION[language] }
  })
  return rows.length === 0 ? { outcome: 'none', output: {} } : { outcome: 'some', output: {}, rows }
}

/** First asked about, with who was told of it and has nothing instead yet; then done. */
export const coach_back: Call<'coach_back'> = async ({ off: id, sure }, context) => {
  const { repos, now, conversation, language } = context
  const coach = await coachOf(context)
  const change = sure === 'yes' ? takeBack : timeOffOf
  const found = coach && (await change(repos, coach.id, Number(id), now))
  if (!found) return { outcome: 'gone', output: {} }
  const told = found.told.filter(each => each.sandbox === conversation.sandbox)
  const span = spanWords(found.off, language)
  if (told.length === 0) return { outcome: sure === 'yes' ? 'done' : 'ask', output: { span } }
  const waiting = told.filter(each => each.settledAt === null).length
  return { outcome: sure === 'yes' ? 'done_told' : 'ask_told', output: { span, told: told.length, waiting } }
}
