import type { CallSpecs } from '../../engine/types.ts'
import { action, contendedAction, question } from './kinds.ts'

const seen = { who: 'text', asked: 'text', since: 'choice' } as const
const welcome = { result: 'choice', name: 'name', place: 'choice' } as const

const session = { who: 'text', when: 'choice', topic: 'choice', place: 'choice', old: 'choice' } as const

const back = { span: 'choice' } as const
const backTold = { ...back, told: 'number', waiting: 'number' } as const

/** Coaches and operators in their own chats. */
export const STAFF = {
  join_staff: {
    input: { code: 'text' },
    outcomes: {
      coach: welcome,
      operator: welcome,
      wrong: { result: 'choice' },
      blocked: { result: 'choice' },
    },
    ...contendedAction,
  },

  // ── Operators and their tickets ──
  read_ticket: {
    input: { ticket: 'choice', what: 'choice' },
    outcomes: { open: seen, more: seen, left: seen, gone: {} },
    ...question,
  },
  desk_tickets: { input: {}, outcomes: { some: {}, none: {}, not_operator: {} }, rows: true, ...question },
  desk_reply: {
    input: { ticket: 'choice', words: 'text' },
    outcomes: { sent: {}, others: {}, unknown: {} },
    ...action,
  },
  desk_finish: {
    input: { ticket: 'choice' },
    outcomes: { given_back: {}, closed: {}, unknown: {} },
    ...action,
  },

  // ── Coaches: sessions ──
  coach_state: {
    input: {},
    outcomes: { coach: { name: 'name', today: 'number', hours: 'choice' }, not_coach: {} },
    ...question,
  },
  /** `span`: today, tomorrow, week, or a date. */
  coach_schedule: {
    input: { span: 'choice' },
    outcomes: { some: { day: 'choice', list: 'text', count: 'number' }, none: { day: 'choice' } },
    ...question,
  },
  coach_day_list: {
    input: { date: 'choice' },
    outcomes: { some: { name: 'name', list: 'text', count: 'number', day: 'choice' }, none: {} },
    ...question,
  },
  coach_session: {
    input: { booking: 'choice', what: 'choice', at: 'number' },
    outcomes: {
      soon: session,
      after: session,
      moved: session,
      fresh: session,
      cancelled: session,
      gone: {},
    },
    ...question,
  },
  mark_session: {
    input: { booking: 'choice', did: 'choice' },
    outcomes: {
      attended: { who: 'text', person: 'choice' },
      no_show: { who: 'text', person: 'choice' },
      gone: {},
    },
    ...action,
  },
  coach_sessions_ahead: { input: {}, outcomes: { some: {}, none: {} }, rows: true, ...question },
  coach_off: {
    input: { booking: 'choice?', from: 'date?', until: 'date?', sure: 'choice' },
    outcomes: {
      ask: { span: 'choice', hit: 'choice' },
      done: { hit: 'choice' },
      backwards: {},
      gone: {},
    },
    ...contendedAction,
  },
  /** What is not over, as rows. */
  coach_times_off: { input: {}, outcomes: { some: {}, none: {}, not_coach: {} }, rows: true, ...question },
  /** First asked about, then done. `told`: sessions that it called off; `waiting`: those with nothing instead yet. */
  coach_back: {
    input: { off: 'choice', sure: 'choice' },
    outcomes: { ask: back, ask_told: backTold, done: back, done_told: backTold, gone: {} },
    ...contendedAction,
  },
  /** `which`: own (the home centre, and where they have hours; the last row is `other`) or others. */
  coach_centres: {
    input: { weekday: 'choice', which: 'choice' },
    outcomes: { some: {}, none: {}, not_coach: {} },
    rows: true,
    ...question,
  },
  coach_hours: {
    input: { weekday: 'choice', centre: 'choice', typed: 'text' },
    outcomes: { set: { hours: 'choice' }, unread: {}, elsewhere: {}, not_coach: {} },
    ...contendedAction,
  },

  // ── Coaches: participants ──
  coach_people: { input: {}, outcomes: { some: {}, none: {} }, rows: true, ...question },
  coach_person: {
    input: { person: 'choice' },
    outcomes: {
      found: { who: 'text', stage: 'choice', next: 'choice', note: 'text', jobs: 'number' },
      gone: {},
    },
    ...question,
  },
  coach_note: {
    input: { person: 'choice', note: 'text' },
    outcomes: { saved: {}, nik: {}, unclear: {}, gone: {} },
    ...action,
  },
  coach_stage: {
    input: { person: 'choice', stage: 'choice' },
    outcomes: { saved: { stage: 'choice' }, gone: {} },
    ...action,
  },
  coach_jobs: {
    input: { person: 'choice', jobs: 'number' },
    outcomes: { saved: {}, too_many: {}, gone: {} },
    ...action,
  },
  relay: {
    input: { to: 'choice', words: 'text' },
    outcomes: { sent: {}, nik: {}, gone: {} },
    ...action,
  },
} as const satisfies CallSpecs
