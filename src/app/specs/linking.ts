import type { CallSpecs } from '../../engine/types.ts'
import { action, contendedAction, question } from './kinds.ts'

/** One profile in several chats, and where reminders go. */
export const LINKS = {
  /** Who speaks here, and whether they do elsewhere, too. */
  link_state: {
    input: {},
    outcomes: { nobody: {}, known: { linked: 'choice', place: 'choice' } },
    ...question,
  },
  make_link_code: {
    input: {},
    outcomes: { made: { code: 'choice', until: 'choice' }, busy: {}, nobody: {} },
    ...action,
  },
  /** `before`: whose chat it was until now. */
  use_link_code: {
    input: { code: 'text' },
    outcomes: {
      linked: { name: 'name', form_of_address: 'choice', number: 'choice' },
      instead: { name: 'name', form_of_address: 'choice', number: 'choice', before: 'name' },
      wrong: {},
      same: {},
      locked: {},
    },
    ...contendedAction,
  },
  /** The channels where reminders can go; `last` is where the person wrote last. */
  reminder_places: { input: {}, outcomes: { several: {}, one: {}, nobody: {} }, rows: true, ...question },
  set_reminder_place: {
    input: { place: 'choice' },
    outcomes: { set: { place: 'choice' }, last: {}, nobody: {} },
    ...action,
  },
} as const satisfies CallSpecs
