import type { CallSpecs } from '../../engine/types.ts'
import { action, contendedAction, question } from './kinds.ts'
import { ANSWERS, PROFILE } from './profile.ts'

/** People's say over their data. */
export const RIGHTS = {
  show_data: { input: {}, outcomes: { shown: { text: 'text' }, nobody: {} }, ...action },
  /** A readable copy and JSON, once a day. */
  copy_data: {
    input: {},
    outcomes: {
      ready: { number: 'choice', text: 'text', json: 'text' },
      later: { when: 'choice' },
      nobody: {},
    },
    ...action,
  },
  /** The profile as the answers of a form, to be corrected. */
  load_form: {
    input: {},
    outcomes: {
      loaded: {
        name: 'name',
        form_of_address: 'choice',
        phone: 'phone',
        place: 'place',
        wants_job: 'choice',
        wants_start: 'choice',
        wants_grow: 'choice',
        primary_need: 'choice',
        job_education: 'choice',
        job_field: 'text',
        job_training: 'choice',
        start_field: 'choice',
        start_tried: 'choice',
        start_capital: 'rupiah',
        start_block: 'choice',
        grow_name: 'text',
        grow_field: 'choice',
        grow_since: 'choice',
        grow_sales: 'choice',
        grow_workers: 'choice',
        grow_permits: 'choices',
        grow_books: 'choice',
        grow_need: 'choice',
      },
      nobody: {},
    },
    ...question,
  },
  /** What is left out stays as it is. */
  correct_profile: {
    input: { name: 'name?', form_of_address: 'choice?', phone: 'phone?', place: 'place?', nik: 'nik?' },
    outcomes: { corrected: { number: 'choice' }, nobody: {} },
    ...contendedAction,
  },
  correct_answers: {
    input: ANSWERS,
    outcomes: { corrected: { number: 'choice', step: 'choice' }, nobody: {} },
    ...contendedAction,
  },
  set_reminders: {
    input: { answer: 'choice', shown: 'text' },
    outcomes: { on: {}, off: {}, nobody: {} },
    ...action,
  },
  withdraw: {
    input: {},
    outcomes: { withdrawn: { number: 'choice', due: 'choice' }, nobody: {} },
    ...action,
  },
  /** A consent given again after a withdrawal. */
  resume: { input: {}, outcomes: { resumed: PROFILE, nobody: {} }, ...contendedAction },
  /** `whom`: one (the active person) or all. */
  erase: {
    input: { whom: 'choice' },
    outcomes: {
      erased: { number: 'choice', at: 'choice', backups: 'choice' },
      left: { number: 'choice', at: 'choice', backups: 'choice', name: 'name' },
    },
    ...action,
  },
} as const satisfies CallSpecs
