import { formatInstant } from '../../lib/format.ts'
import type { Language, Words } from '../labels.ts'
import type { BookingRecord, WaitingEntry } from './ports.ts'
import { topicLabel } from './topics.ts'

/** Appointments, the waiting list and walk-ins as their owner's readable copy shows them. */

export interface VisitRecords {
  bookings: readonly BookingRecord[]
  waiting: readonly Omit<WaitingEntry, 'id' | 'residentId' | 'bookingId'>[]
  walkIns: readonly { centre: string; at: number }[]
}

const STATUS: Record<string, Words> = {
  held: { id: 'ditahan sebentar', en: 'held for a moment' },
  booked: { id: 'dijadwalkan', en: 'booked' },
  cancelled: { id: 'dibatalkan', en: 'cancelled' },
  attended: { id: 'hadir', en: 'attended' },
  no_show: { id: 'tidak hadir', en: 'did not attend' },
  ended: { id: 'sudah lewat', en: 'over' },
  waiting: { id: 'menunggu', en: 'waiting' },
  offered: { id: 'ditawari tempat', en: 'offered a place' },
  taken: { id: 'sudah dapat tempat', en: 'got a place' },
  left: { id: 'keluar dari daftar', en: 'left the list' },
  passed: { id: 'tanggalnya lewat', en: 'the date has passed' },
  helped: { id: 'membantu', en: 'it helped' },
  less: { id: 'kurang membantu', en: 'not much help' },
  did_not_come: { id: 'tidak jadi datang', en: 'did not come' },
}

export function visitLines({ bookings, waiting, walkIns }: VisitRecords, language: Language): string[] {
  const say = (id: string, en: string) => ({ id, en })[language]
  const word = (code: string) => STATUS[code]?.[language] ?? code
  return [
    ...bookings.map(({ code, startsAt, centre, coach, topic, status, feedback }) => {
      const rated =
        feedback === null
          ? ''
          : `; ${word(feedback.answer)}${feedback.why === null ? '' : `: ${feedback.why}`}`
      return `${code}: ${formatInstant(startsAt, language)}, ${centre}, Coach ${coach}, ${topicLabel(topic, language)} (${word(status)})${rated}`
    }),
    ...waiting.map(
      ({ centre, topic, createdAt, status }) =>
        `${say('Daftar tunggu', 'Waiting list')} ${centre.name}: ${topicLabel(topic, language)}, ${say('sejak', 'since')} ${formatInstant(createdAt, language)} (${word(status)})`,
    ),
    ...walkIns.map(
      ({ centre, at }) => `${say('Datang ke', 'Came to')} ${centre}: ${formatInstant(at, language)}`,
    ),
  ]
}
