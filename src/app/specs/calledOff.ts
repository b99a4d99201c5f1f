import type { CallSpecs } from '../../engine/types.ts'
import { BOOKED } from './booking.ts'
import { action, contendedAction, question } from './kinds.ts'

const off = { when: 'choice', reason: 'choice' } as const
const again = { when: 'choice', other: 'choice' } as const
const wish = { topic: 'choice', centre: 'choice', old: 'choice' } as const

/** Appointments that the programme called off, for residents and operators. */
export const CALLED_OFF = {
  /**
   * `mentor`: `new` when the same notice tells of another coach. `again`: the old time is free again, with the coach who was
   * to be there. `gone`: settled, or they have another.
   */
  session_off: {
    input: { booking: 'choice', mentor: 'choice' },
    outcomes: { same: { ...off, other: 'choice' }, other: off, again, gone: {} },
    ...question,
  },
  /** `answer`: same (time), other (time; `again` when the old one can be had again), another (time, whatever is free), none. */
  answer_session_off: {
    input: { booking: 'choice', answer: 'choice' },
    outcomes: { booked: BOOKED, taken: wish, other: wish, again, none: {}, gone: {} },
    ...contendedAction,
  },

  /** Who the coach of a person of this chat is now; `person`: their number. */
  coach_now: {
    input: { person: 'choice' },
    outcomes: { has: { coach: 'choice' }, none: {}, gone: {} },
    ...question,
  },

  // ── Operators: who has not chosen anything instead ──
  unsettled: {
    input: {},
    outcomes: { some: { count: 'number' }, none: {}, not_operator: {} },
    rows: true,
    ...question,
  },
  unsettled_one: {
    input: { booking: 'choice' },
    outcomes: {
      found: { who: 'text', ...off, place: 'choice', topic: 'choice', code: 'choice' },
      gone: {},
    },
    ...question,
  },
  /** `answer`: helped or write. */
  settle_booking: {
    input: { booking: 'choice', answer: 'choice' },
    outcomes: { settled: {}, ticket: { ticket: 'choice' }, no_chat: {}, gone: {} },
    ...action,
  },
} as const satisfies CallSpecs
