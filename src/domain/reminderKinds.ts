import { DAY, MINUTE } from '../lib/time.ts'
import type { ReminderKind } from './reminders.ts'

/**
 * Everything that the assistant says by itself, in one place. To add a kind: an entry here and its notice flow
 * (docs/reminders.md). A test holds that each kind's flow is a notice flow and each notice flow has a kind.
 */
export const REMINDER_KINDS = {
  ticket_answer: {
    title: 'jawaban tiket',
    flow: 'ticket_answer',
    purpose: 'operator',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  /** Keeps the promise made at registration ("menyusul, kami kabari"), so it needs no consent to reminders. */
  coach_assigned: {
    title: 'kabar coach pendamping',
    flow: 'coach_assigned',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  /** Asked for by name and hour, so the consent to appointment reminders is not needed. */
  book_evening: {
    title: 'ringkasan malam',
    flow: 'book_evening_notice',
    purpose: 'reminder',
    consent: false,
    quiet: 'drop',
    late: 50 * MINUTE,
  },
  workbook_used: {
    title: 'kabar format pembukuan',
    flow: 'workbook_used',
    purpose: 'reminder',
    consent: true,
    quiet: 'morning',
    late: 3 * DAY,
  },
  /** Comes into the chats of operators, at the start of the day where it was asked at night. */
  ticket_new: {
    title: 'tiket baru untuk petugas',
    flow: 'ticket_arrived',
    purpose: 'operator',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  /** Somebody is talking with somebody: the hour is theirs. */
  ticket_more: {
    title: 'pesan warga untuk petugas',
    flow: 'ticket_arrived',
    purpose: 'operator',
    consent: false,
    quiet: 'always',
    late: null,
  },
  desk: {
    title: 'pesan petugas',
    flow: 'desk',
    purpose: 'operator',
    consent: false,
    quiet: 'always',
    late: null,
  },
  desk_end: {
    title: 'percakapan petugas berakhir sendiri',
    flow: 'desk',
    purpose: 'operator',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  desk_typed: {
    title: 'jawaban petugas dengan nomor tiket',
    flow: 'desk_typed',
    purpose: 'operator',
    consent: false,
    quiet: 'always',
    late: null,
  },
  /** Asked for just now: *jadwal besok*. */
  coach_agenda: {
    title: 'jadwal yang ditanyakan coach',
    flow: 'coach_agenda',
    purpose: 'operator',
    consent: false,
    quiet: 'always',
    late: null,
  },
  // ── Coaches: what they work by, and what they owe their participants; a cancelled session is no reminder ──
  coach_day: {
    title: 'jadwal hari ini untuk coach',
    flow: 'coach_day',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: 8 * 60 * MINUTE,
  },
  coach_soon: {
    title: 'satu jam sebelum sesi, untuk coach',
    flow: 'coach_session',
    purpose: 'reminder',
    consent: false,
    quiet: 'drop',
    late: null,
  },
  coach_after: {
    title: 'sesudah sesi, untuk coach',
    flow: 'coach_session',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: 24 * 60 * MINUTE,
  },
  coach_news: {
    title: 'perubahan sesi untuk coach',
    flow: 'coach_session',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  session_off: {
    title: 'janji yang dibatalkan dari kami',
    flow: 'session_off',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  coach_left: {
    title: 'kabar coach pengganti',
    flow: 'coach_left',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  /** Residents have had some time to choose by themselves. */
  unsettled: {
    title: 'janji yang belum diganti, untuk petugas',
    flow: 'unsettled_notice',
    purpose: 'operator',
    consent: false,
    quiet: 'morning',
    late: DAY,
  },
  relayed: {
    title: 'pesan coach dan peserta',
    flow: 'relayed',
    purpose: 'reminder',
    consent: false,
    quiet: 'morning',
    late: null,
  },
  // ── Appointments, for residents: planned by domain/booking/reminders.ts ──
  booking_day_before: {
    title: 'pengingat janji sehari sebelumnya',
    flow: 'booking_notice',
    purpose: 'reminder',
    consent: true,
    quiet: 'drop',
    late: null,
  },
  /** Before a session at seven it comes at six: late is better than never, until the session begins. */
  booking_soon: {
    title: 'pengingat janji dua jam sebelumnya',
    flow: 'booking_notice',
    purpose: 'reminder',
    consent: true,
    quiet: 'morning',
    late: null,
  },
  visit_feedback: {
    title: 'kesan sesudah kunjungan',
    flow: 'visit_notice',
    purpose: 'reminder',
    consent: true,
    quiet: 'morning',
    late: 2 * DAY,
  },
  missed_visit: {
    title: 'tawaran janji baru sesudah tidak hadir',
    flow: 'visit_notice',
    purpose: 'reminder',
    consent: true,
    quiet: 'morning',
    late: 3 * DAY,
  },
  /** Asked for by joining the waiting list; who is asleep could not answer in time. */
  slot_offered: {
    title: 'tempat kosong untuk daftar tunggu',
    flow: 'slot_notice',
    purpose: 'operator',
    consent: false,
    quiet: 'drop',
    late: null,
  },
} as const satisfies Record<string, ReminderKind>

export type ReminderKindName = keyof typeof REMINDER_KINDS
