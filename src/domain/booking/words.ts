import { dayOf, isoOf, minuteOf } from '../../lib/days.ts'
import {
  formatClock,
  formatDate,
  formatDayPart,
  formatInstant,
  formatList,
  formatShortDate,
  formatTime,
  formatWeekday,
} from '../../lib/format.ts'
import type { Language } from '../labels.ts'
import type { Centre } from '../people.ts'
import { clockOf, timetableOn } from './hours.ts'
import type { Booking } from './ports.ts'
import type { FreeDay } from './search.ts'
import { coachFor } from './slots.ts'
import type { Agenda, Calendar, Request, Slot } from './types.ts'
import type { Hour } from './when.ts'

/** How hours, days, slots, coaches and centres are told. Sample data says so. */

export const coachName = (coach: { name: string }): string => `Coach ${coach.name}`

/** "Kebon Jeruk (contoh)": sample data says so wherever its hours or places show. */
export const centreName = ({ name, sample }: Centre, language: Language): string =>
  sample ? `${name} ${{ id: '(contoh)', en: '(sample)' }[language]}` : name

/** "OK OCE Center Kebon Jeruk (contoh), Jalan …" */
export function centrePlace(centre: Centre, language: Language): string {
  const name = `OK OCE Center ${centreName(centre, language)}`
  const address =
    centre.address ??
    (language === 'id'
      ? `kantor kecamatan ${centre.name}, ${centre.kota}`
      : `${centre.name} district office, ${centre.kota}`)
  return `${name}, ${address}`
}

/**
 * Why a session was called off: "Coach Faran berhalangan", "klinik Kebon Jeruk tutup karena Natal".
 * @param closed why the centre is closed that day @param mentor who is their coach instead, when theirs has left
 */
export function offReason(
  { coach, centre, cancelledBy }: Pick<Booking, 'coach' | 'centre' | 'cancelledBy'>,
  { closed, mentor = null }: { closed?: string | undefined; mentor?: string | null },
  language: Language,
): string {
  const say = (id: string, en: string) => ({ id, en })[language]
  const name = coachName(coach)
  if (cancelledBy === 'coach') return say(`${name} berhalangan`, `${name} cannot come`)
  if (cancelledBy === 'centre') {
    const why = closed === undefined ? '' : say(` karena ${closed}`, ` (${closed})`)
    return say(`klinik ${centre.name} tutup${why}`, `the ${centre.name} clinic is closed${why}`)
  }
  const left = say(`${name} sudah tidak bertugas`, `${name} is no longer a coach here`)
  if (mentor === null) return left
  return left + say(`, dan coach Anda sekarang Coach ${mentor}`, `, and your coach is now Coach ${mentor}`)
}

/** Where to go, with a link to the map where the programme has entered coordinates. */
export function centreWithMap(centre: Centre, language: Language): string {
  const place = centrePlace(centre, language)
  if (centre.latitude === null || centre.longitude === null) return place
  const map = { id: 'Peta', en: 'Map' }[language]
  return `${place}\n${map}: https://www.google.com/maps/search/?api=1&query=${centre.latitude},${centre.longitude}`
}

/**
 * "Senin–Kamis 08.00–12.00 dan 13.00–16.00; Jumat 08.00–11.00 dan 13.00–16.00": the week as it is on a date, which in
 * Ramadan may be another.
 */
export function weekWords(calendar: Calendar, date: string, language: Language): string {
  const usual = timetableOn(calendar, date)
  const days = [1, 2, 3, 4, 5, 6, 7].map(weekday => ({
    weekday,
    words: formatList(
      usual
        .filter(each => each.weekday === weekday)
        .toSorted((a, b) => a.opens - b.opens)
        .map(({ opens, closes }) => `${clock(opens, language)}–${clock(closes, language)}`),
      language,
    ),
  }))
  const runs: { from: number; to: number; words: string }[] = []
  for (const { weekday, words } of days) {
    const last = runs.at(-1)
    if (last?.words === words && last.to === weekday - 1) last.to = weekday
    else runs.push({ from: weekday, to: weekday, words })
  }
  const name = (weekday: number) => formatWeekday(weekday, language)
  return runs
    .filter(run => run.words !== '')
    .map(({ from, to, words }) => `${from === to ? name(from) : `${name(from)}–${name(to)}`} ${words}`)
    .join('; ')
}

const clock = (minute: number, language: Language) => formatTime(clockOf(minute), language)

export const dayWords = (day: number, language: Language): string => formatDate(isoOf(day), language)

/** "pukul 14.30 WIB", or "siang". */
export const hourWords = (at: Hour, language: Language): string =>
  'part' in at ? formatDayPart(at.part, language) : formatClock(clockOf(at.minutes[0] ?? 0), language)

/** "14.00 atau 15.00" */
export const slotsWords = (slots: readonly Pick<Slot, 'startsAt'>[], language: Language): string =>
  slots.map(({ startsAt }) => clock(minuteOf(startsAt), language)).join(language === 'id' ? ' atau ' : ' or ')

/** "2 jam", "90 menit" */
export function minutesWords(minutes: number, language: Language): string {
  const whole = minutes % 60 === 0
  const count = whole ? minutes / 60 : minutes
  if (language === 'id') return `${count} ${whole ? 'jam' : 'menit'}`
  return `${count} ${whole ? 'hour' : 'minute'}${count === 1 ? '' : 's'}`
}

export const whenWords = (startsAt: number, language: Language): string => formatInstant(startsAt, language)

/** The last row of a list of times. Its value is no time. */
export const OTHER_DAY = 'other_day'
export const otherDayRow = (language: Language): Row => ({
  value: OTHER_DAY,
  label: { id: 'Hari lain', en: 'Another day' }[language],
})

export interface Row {
  value: string
  label: string
  description?: string
}

export const dayRow = ({ day, slots }: FreeDay, language: Language): Row => ({
  value: isoOf(day),
  label: formatShortDate(isoOf(day), language),
  description: language === 'id' ? `${slots.length} waktu kosong` : `${slots.length} free times`,
})

/** The value says where and when; who it is with is settled when it is taken. */
export const slotValue = ({ startsAt }: Pick<Slot, 'startsAt'>): string =>
  `${isoOf(dayOf(startsAt))}T${clockOf(minuteOf(startsAt))}`

/** `withDay`: for lists that span several days. */
export function slotRow(agenda: Agenda, slot: Slot, request: Request, withDay = false): Row {
  const language = request.language === 'en' ? 'en' : 'id'
  const coach = coachFor(agenda, slot, request)
  const time = clock(minuteOf(slot.startsAt), language)
  const own = coach?.id === request.ownCoachId ? (language === 'id' ? ', coach Anda' : ', your coach') : ''
  return {
    value: slotValue(slot),
    label: withDay ? `${formatShortDate(isoOf(dayOf(slot.startsAt)), language)}, ${time}` : `${time} WIB`,
    ...(coach ? { description: `${coachName(coach)}${own}`.slice(0, 72) } : {}),
  }
}
