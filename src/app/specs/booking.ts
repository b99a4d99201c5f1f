import type { CallSpecs } from '../../engine/types.ts'
import { action, contendedAction, question } from './kinds.ts'

/** Where and when a session is. */
export const SESSION = { when: 'choice', place: 'choice', coach: 'choice', topic: 'choice' } as const
export const BOOKED = { ...SESSION, code: 'choice', bring: 'choice', file: 'file' } as const
/** Several days or times to choose from come as rows. */
const DAY = { date: 'choice', date_text: 'choice' } as const
/** The day that was wanted and cannot be had. */
const NEAREST = { wanted: 'choice', date_text: 'choice', nearest: 'choice', nearest_text: 'choice' } as const

/** Appointments of residents. `centre`: a code; the resident's own centre unless another is named. */
export const BOOKING = {
  /** Whether the active resident can book. `has`: one is open already; `called_off`: by us, and not settled. */
  booking_state: {
    input: {},
    outcomes: {
      ready: { name: 'name' },
      has: { ...SESSION, code: 'choice', topic_code: 'choice', centre_code: 'choice' },
      waiting: { centre_name: 'choice', topic: 'choice', date_text: 'choice' },
      called_off: {
        ...{ booking: 'choice', when: 'choice', reason: 'choice', same: 'choice', other: 'choice' },
        name: 'name',
      },
      restricted: { name: 'name' },
      nobody: {},
    },
    ...question,
  },
  /** The next days with something free, and when the centre is open. */
  book_days: {
    input: { topic: 'choice', centre: 'choice?' },
    outcomes: {
      some: { centre_name: 'choice', hours: 'choice' },
      full: { centre_name: 'choice', until: 'choice' },
      no_coach: { centre_name: 'choice' },
    },
    rows: true,
    ...question,
  },
  /** What was said or picked about day and time, against the agenda. */
  when: {
    input: { topic: 'choice', centre: 'choice?', said: 'text', date: 'choice?', hour: 'text?' },
    outcomes: {
      slot: { slot: 'choice', centre: 'choice' },
      slots: { ...DAY, centre: 'choice' },
      /** The row *Hari lain* was picked. */
      other_day: {},
      not_free: { ...DAY, wished: 'choice' },
      too_soon: { ...DAY, wished: 'choice', notice: 'choice' },
      no_start: { ...DAY, wished: 'choice', near: 'choice' },
      off_hours: { ...DAY, wished: 'choice' },
      days: {},
      holiday: { ...NEAREST, why: 'choice' },
      closed: NEAREST,
      full: NEAREST,
      late: { ...NEAREST, notice: 'choice' },
      far: { until: 'choice' },
      hour: { hour: 'text', wished: 'choice' },
      past: {},
      unclear: {},
      unclear_time: DAY,
      none: {},
    },
    rows: true,
    ...question,
  },
  /** `taken`: somebody was faster; the rows are the next three. */
  hold_slot: {
    input: { topic: 'choice', centre: 'choice?', slot: 'choice' },
    outcomes: {
      held: { ...SESSION, minutes: 'number' },
      taken: { when: 'choice' },
      none: { when: 'choice' },
    },
    rows: true,
    ...contendedAction,
  },
  /** Books what is held, or moves the open booking there. */
  confirm_booking: {
    input: { topic: 'choice', centre: 'choice?', slot: 'choice' },
    outcomes: {
      booked: BOOKED,
      moved: { ...BOOKED, old_when: 'choice' },
      taken: { when: 'choice' },
      none: { when: 'choice' },
    },
    rows: true,
    ...contendedAction,
  },
  release_hold: { input: {}, outcomes: { released: {} }, ...action },
  /** The closest other centre with something free, that day if there is one. */
  other_centre: {
    input: { topic: 'choice', date: 'choice?' },
    outcomes: { found: { centre: 'choice', place: 'choice', ...DAY }, none: {} },
    ...question,
  },
  cancel_booking: {
    input: {},
    outcomes: { cancelled: { when: 'choice' }, none: {} },
    ...contendedAction,
  },

  // ── Waiting list ──
  join_waiting: {
    input: { topic: 'choice', centre: 'choice?', date: 'choice?' },
    outcomes: { joined: { centre_name: 'choice', minutes: 'number' }, already: { centre_name: 'choice' } },
    ...contendedAction,
  },
  leave_waiting: { input: {}, outcomes: { left: {}, none: {} }, ...contendedAction },

  // ── At the centre ──
  /** `arrived`: they have a session there today. */
  check_in: {
    input: { code: 'text' },
    outcomes: {
      arrived: { when: 'choice', coach: 'choice', centre_name: 'choice' },
      walk_in: { centre_name: 'choice' },
      again: { centre_name: 'choice' },
      wrong: {},
      nobody: {},
    },
    ...contendedAction,
  },
  /** The code of the day, for the people of a centre; `everywhere`: for an operator of every centre. */
  clinic_code: {
    input: {},
    outcomes: {
      shown: { code: 'choice', centre_name: 'choice', date_text: 'choice' },
      everywhere: {},
      resident: {},
    },
    ...question,
  },
  /** The last session, to be rated; `why`: it was just rated as helping less, and nobody said why yet. */
  last_visit: {
    input: {},
    outcomes: {
      found: { when: 'choice', coach: 'choice' },
      why: { when: 'choice', coach: 'choice', answer: 'choice' },
      none: {},
    },
    ...question,
  },
  /** `answer`: helped, less, did_not_come; `why`: in the person's words. */
  give_feedback: {
    input: { answer: 'choice', why: 'text?' },
    outcomes: { thanked: {}, none: {} },
    ...action,
  },
} as const satisfies CallSpecs
