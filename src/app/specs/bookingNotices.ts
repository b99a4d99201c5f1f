import type { CallSpecs } from '../../engine/types.ts'
import { BOOKED, SESSION } from './booking.ts'
import { action, contendedAction, question } from './kinds.ts'

/** What is said by itself about appointments and free places, and the answers to it. */
export const BOOKING_NOTICES = {
  /** For the notice of a place that came free; `gone`: taken, let go or too late. */
  offered_slot: {
    input: { entry: 'choice' },
    outcomes: { offered: { ...SESSION, until: 'choice' }, gone: {} },
    ...question,
  },
  /** `answer`: take or skip. Whoever answers becomes the active one of the chat. `left`: the third that was let go. */
  answer_offer: {
    input: { entry: 'choice', answer: 'choice' },
    outcomes: { booked: BOOKED, skipped: {}, left: {}, late: {}, gone: {} },
    ...contendedAction,
  },
  reminded_booking: {
    input: { booking: 'choice' },
    outcomes: { stands: { ...SESSION, code: 'choice', bring: 'choice' }, gone: {} },
    ...question,
  },
  /** `answer`: come, move, cancel, or again after a missed one. Its resident becomes the active one of the chat. */
  answer_reminder: {
    input: { booking: 'choice', answer: 'choice' },
    outcomes: { come: { when: 'choice' }, move: {}, cancel: {}, again: {}, gone: {} },
    ...action,
  },
  visited_booking: {
    input: { booking: 'choice' },
    outcomes: {
      attended: { when: 'choice', coach: 'choice' },
      no_show: { when: 'choice', coach: 'choice' },
      gone: {},
    },
    ...question,
  },
  /** One tap after the visit, as `give_feedback`. */
  rate_visit: {
    input: { booking: 'choice', answer: 'choice' },
    outcomes: { helped: {}, less: {}, did_not_come: {}, gone: {} },
    ...action,
  },
} as const satisfies CallSpecs
