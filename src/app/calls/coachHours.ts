import { clockOf } from '../../domain/booking/hours.ts'
import type { WeekHours } from '../../domain/booking/types.ts'
import { readHours } from '../../domain/staff/coaching.ts'
import type { StaffMember } from '../../domain/staff/ports.ts'
import { formatTime, formatWeekday } from '../../lib/format.ts'
import type { CallContext } from '../ports.ts'
import { coachOf } from './coachPeople.ts'
import type { Call } from './types.ts'

/** When and where a coach is there, every week. */

const NO_HOURS = { id: 'belum diisi', en: 'not entered yet' }

const NOT_THERE = { id: 'tidak ada', en: 'not there' }
const OTHER = { id: 'Center lain', en: 'Another centre' }

type Hours = WeekHours & { centreCode: string; centre: string }

const spanWords = ({ opens, closes }: Hours, language: CallContext['language']) =>
  `${formatTime(clockOf(opens), language)}–${formatTime(clockOf(closes), language)}`

/** A line for each day: "Senin: 08.00–12.00 (Kebon Jeruk), 13.00–16.00 (Palmerah)". */
export async function hoursOf({ repos, language }: CallContext, coach: StaffMember): Promise<string> {
  const all = await repos.coaching.hours(coach.id)
  const lines = [1, 2, 3, 4, 5, 6, 7].flatMap(weekday => {
    const hours = all.filter(each => each.weekday === weekday)
    const words = hours.map(each => `${spanWords(each, language)} (${each.centre})`)
    return words.length > 0 ? [`${formatWeekday(weekday, language)}: ${words.join(', ')}`] : []
  })
  return lines.length > 0 ? lines.join('\n') : NO_HOURS[language]
}

const weekdayOf = (value: string) => Number(value.slice(1))

/** A row has what is set there on that weekday. */
export const coach_centres: Call<'coach_centres'> = async ({ weekday, which }, context) => {
  const coach = await coachOf(context)
  if (!coach) return { outcome: 'not_coach', output: {} }
  const { repos, language } = context
  const hours = await repos.coaching.hours(coach.id)
  const isOwn = (code: string) => code === coach.centre?.code || hours.some(each => each.centreCode === code)
  const centres = (await repos.centres.all())
    .filter(({ code }) => isOwn(code) === (which === 'own'))
    .toSorted((a, b) => Number(b.code === coach.centre?.code) - Number(a.code === coach.centre?.code))
  if (centres.length === 0) return { outcome: 'none', output: {} }
  const rows = centres.map(({ code, name }) => {
    const there = hours.filter(each => each.centreCode === code && each.weekday === weekdayOf(weekday))
    const words = there.map(each => spanWords(each, language)).join(', ') || NOT_THERE[language]
    return { value: code, label: name.slice(0, 24), description: which === 'own' ? words : '' }
  })
  const other = { value: 'other', label: OTHER[language], description: '' }
  return { outcome: 'some', output: {}, rows: which === 'own' ? [...rows.slice(0, 9), other] : rows }
}

/** The hours of one weekday at one centre; sessions that stand already stay. */
export const coach_hours: Call<'coach_hours'> = async ({ weekday, centre, typed }, context) => {
  const { repos } = context
  const coach = await coachOf(context)
  if (!coach || !(await repos.centres.find(centre))) return { outcome: 'not_coach', output: {} }
  const hours = readHours(typed)
  if (!hours) return { outcome: 'unread', output: {} }
  const now = await repos.coaching.hours(coach.id)
  await repos.bookings.lock(...new Set([centre, ...now.map(each => each.centreCode)]))
  const at = { centreCode: centre, weekday: weekdayOf(weekday) }
  if (!(await repos.coaching.setHours(coach.id, at, hours))) return { outcome: 'elsewhere', output: {} }
  return { outcome: 'set', output: { hours: await hoursOf(context, coach) } }
}
