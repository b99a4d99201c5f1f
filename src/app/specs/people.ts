import type { CallSpecs } from '../../engine/types.ts'
import { action, question } from './kinds.ts'

/** Several people in one chat, and handing over to a person. */
export const PEOPLE = {
  people: {
    input: {},
    outcomes: { nobody: {}, one: { name: 'name' }, several: { name: 'name' } },
    rows: true,
    ...question,
  },
  switch_person: {
    input: { person: 'choice' },
    outcomes: { switched: { name: 'name', form_of_address: 'choice' }, gone: {} },
    ...action,
  },

  // ── A person takes over ──
  open_ticket: {
    input: { reason: 'choice', text: 'text?' },
    outcomes: { opened: { ticket: 'choice', answered_by: 'choice' } },
    ...action,
  },
} as const satisfies CallSpecs
