import { instantOf } from '../booking/hours.ts'
import type { Booking } from '../booking/ports.ts'
import type { Interval, Span } from '../booking/types.ts'
import type { Repos } from '../ports.ts'
import { dayOf, isoOf, mondayOf } from '../../lib/days.ts'
import { HOUR, MINUTE } from '../../lib/time.ts'

/** What coaches do from their own chat. All instants are epoch ms. */

export const SPANS = ['today', 'tomorrow', 'week'] as const
export type SpanName = (typeof SPANS)[number]

/** Today, tomorrow, or what is left of this week and the next. */
export function spanOf(name: SpanName, now: number): Span {
  const today = dayOf(now)
  if (name === 'today') return { startsAt: instantOf(today, 0), endsAt: instantOf(today + 1, 0) }
  if (name === 'tomorrow') return { startsAt: instantOf(today + 1, 0), endsAt: instantOf(today + 2, 0) }
  return { startsAt: instantOf(today, 0), endsAt: instantOf(mondayOf(today) + 14, 0) }
}

/** Whole days, both included. */
export const daysOff = (first: number, last: number): Span => ({
  startsAt: instantOf(first, 0),
  endsAt: instantOf(last + 1, 0),
})

/** A note must not carry a NIK: sixteen digits or more, whatever stands between them. */
export const holdsNik = (text: string): boolean => /\d(?:[\s.-]?\d){15,}/.test(text)

/**
 * "08.00-12.00, 13.00-16.00" or "libur". Intervals in the order of their times, that do not touch each other.
 * @returns undefined when it is not read
 */
export function readHours(text: string): Interval[] | undefined {
  if (/^\s*(libur|tutup|kosong|tidak ada|off|none|closed)\s*$/i.test(text)) return []
  const parts = text
    .replace(/\b(jam|pukul|wib)\b/gi, ' ')
    .split(/,|;|\bdan\b|\band\b|&/i)
    .map(part =>
      /^\s*(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|–|s\/d|sd|sampai|to)\s*(\d{1,2})(?:[.:](\d{2}))?\s*$/i.exec(part),
    )
  const read = parts.map(part => {
    if (!part) return undefined
    const [, fromHour, fromMinute = '0', toHour, toMinute = '0'] = part
    const opens = Number(fromHour) * 60 + Number(fromMinute)
    const closes = Number(toHour) * 60 + Number(toMinute)
    const right = Number(fromMinute) < 60 && Number(toMinute) < 60 && opens < closes && closes <= 24 * 60
    return right ? { opens, closes } : undefined
  })
  const hours = read.flatMap(each => each ?? []).toSorted((a, b) => a.opens - b.opens)
  const apart = hours.every((each, at) => at === 0 || (hours[at - 1]?.closes ?? 0) <= each.opens)
  return hours.length === read.length && apart ? hours : undefined
}

const DAY_LIST_HOUR = 7
/** So long after its end a session is asked about. */
const AFTER = 5 * MINUTE

/**
 * A session was made or moved: its coach hears of the day at 07.00, an hour before, and afterwards; of a change at once.
 * Coaches without a chat hear nothing here, and nobody is bothered with that.
 * @param from where it was before, when it has moved
 */
export async function sessionSet(
  repos: Repos,
  booking: Booking,
  context: { sandbox: boolean; from?: Booking },
  now: number,
): Promise<void> {
  const { from, sandbox } = context
  if (from && from.coach.id !== booking.coach.id) await sessionGone(repos, from, sandbox, now)
  if (!(await repos.coaching.reachable(booking.coach.id, sandbox))) return
  await planSession(repos, booking, now)
  const same = from?.coach.id === booking.coach.id
  const today = dayOf(booking.startsAt) === dayOf(now)
  if (!same && !today) return
  await tell(
    repos,
    booking,
    same ? { what: 'moved', at: from.startsAt } : { what: 'fresh', at: booking.startsAt },
    now,
  )
}

/** What a coach is told of a session that stands, whenever it was made. */
export async function planSession(repos: Repos, booking: Booking, now: number): Promise<void> {
  const { id, version, startsAt, endsAt, coach } = booking
  const to = { staff: coach.id }
  const values = { booking: id, at: startsAt }
  await repos.reminders.replace(
    { subject: `session:${id}`, version },
    [
      {
        kind: 'coach_soon',
        to,
        dueAt: startsAt - HOUR,
        expiresAt: startsAt,
        values: { ...values, what: 'soon' },
      },
      { kind: 'coach_after', to, dueAt: endsAt + AFTER, values: { ...values, what: 'after' } },
    ],
    now,
  )
  const day = dayOf(startsAt)
  const dueAt = instantOf(day, DAY_LIST_HOUR * 60)
  await repos.reminders.plan(
    { subject: `coach_day:${coach.id}:${isoOf(day)}` },
    [{ kind: 'coach_day', to, dueAt, values: { date: isoOf(day) } }],
    now,
  )
}

/** A session of theirs was cancelled, or is with somebody else now. */
export async function sessionGone(
  repos: Repos,
  booking: Booking,
  sandbox: boolean,
  now: number,
): Promise<void> {
  await repos.reminders.cancel(`session:${booking.id}`, now)
  if (await repos.coaching.reachable(booking.coach.id, sandbox))
    await tell(repos, booking, { what: 'cancelled', at: booking.startsAt }, now)
}

const tell = (repos: Repos, booking: Booking, news: { what: string; at: number }, now: number) =>
  repos.reminders.plan(
    {
      subject: `session_news:${booking.id}`,
      version: booking.version * 2 + (news.what === 'cancelled' ? 1 : 0),
    },
    [
      {
        kind: 'coach_news',
        to: { staff: booking.coach.id },
        dueAt: now,
        values: { ...news, booking: booking.id },
      },
    ],
    now,
  )

/** A coach who joins late hears of the sessions that stand already. */
export async function welcomeCoach(
  repos: Repos,
  coachId: string,
  sandbox: boolean,
  now: number,
): Promise<void> {
  const ahead = { startsAt: now, endsAt: now + 60 * 24 * HOUR }
  for (const booking of await repos.coaching.sessions(coachId, ahead, sandbox))
    if (booking.status === 'booked') await planSession(repos, booking, now)
}
