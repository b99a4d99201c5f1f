import type {
  Agenda,
  AgendaCoach,
  Calendar,
  Occupied,
  Request,
  Rules,
} from '../../src/domain/booking/types.ts'
import { instantOf } from '../../src/domain/booking/hours.ts'
import { dayFromIso } from '../../src/lib/days.ts'
import { MINUTE } from '../../src/lib/time.ts'
import { KEBON_JERUK, NOW } from './people.ts'

export const RULES: Rules = {
  sessionMinutes: 45,
  gridMinutes: 60,
  bufferBefore: 0,
  bufferAfter: 15,
  minimumNotice: 120,
  furthestDays: 30,
  holdMinutes: 5,
  offerMinutes: 30,
}

export const hm = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
export const dayAt = (date: string): number => dayFromIso(date) as number
/** The instant of a date and a clock time in Jakarta. */
export const at = (date: string, clock: string): number => instantOf(dayAt(date), hm(clock))

const office = [1, 2, 3, 4, 5].flatMap(weekday => [
  { timetable: 'regular', weekday, opens: hm('08:00'), closes: hm('12:00') },
  { timetable: 'regular', weekday, opens: hm('13:00'), closes: hm('16:00') },
])

export const calendar = (changes: Partial<Calendar> = {}): Calendar => ({
  hours: office,
  exceptions: [],
  ramadan: [],
  holidays: [],
  ...changes,
})

export const coach = (id: string, changes: Partial<AgendaCoach> = {}): AgendaCoach => ({
  id,
  name: id,
  serves: ['mulai_usaha', 'naik_kelas'],
  languages: ['id'],
  hours: [1, 2, 3, 4, 5].map(weekday => ({ weekday, opens: hm('08:00'), closes: hm('16:00') })),
  timeOff: [],
  ...changes,
})

export const agenda = (changes: Partial<Agenda> & { rooms?: number } = {}): Agenda => {
  const { rooms = 2, ...rest } = changes
  return {
    centre: {
      code: KEBON_JERUK,
      name: 'Kebon Jeruk',
      kota: 'Jakarta Barat',
      address: null,
      latitude: null,
      longitude: null,
      rooms,
      sample: false,
    },
    rules: RULES,
    calendar: calendar(),
    coaches: [coach('a')],
    occupied: [],
    ...rest,
  }
}

export const occupied = (startsAt: number, changes: Partial<Occupied> = {}): Occupied => {
  const endsAt = changes.endsAt ?? startsAt + RULES.sessionMinutes * MINUTE
  return {
    coachId: 'a',
    centreCode: KEBON_JERUK,
    seat: 1,
    startsAt,
    endsAt,
    busyFrom: startsAt - RULES.bufferBefore * MINUTE,
    busyUntil: endsAt + RULES.bufferAfter * MINUTE,
    residentId: 'somebody',
    holdUntil: null,
    ...changes,
  }
}

export const request = (changes: Partial<Request> = {}): Request => ({
  topic: 'perizinan',
  now: NOW,
  residentId: 'me',
  ownCoachId: null,
  language: 'id',
  ...changes,
})
