import type { CallSpecs } from '../../engine/types.ts'
import { action, question } from './kinds.ts'

const seen = { who: 'text', asked: 'text', since: 'choice' } as const
const welcome = { result: 'choice', name: 'name', place: 'choice' } as const

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
    ...action,
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
} as const satisfies CallSpecs
