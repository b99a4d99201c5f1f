import type { CallSpec, CallSpecs } from '../engine/types.ts'

export type { CallSpecs }

/**
 * What flows may ask the programme to do. The checker holds flows against this, `runCall` checks each input by it, and
 * the types of the calls in `calls/` are made from it. Our own words (numbers, names of centres, next steps) are given
 * as `choice`, because a text may be bold only where no person wrote it.
 */

const question = { writes: false, contended: false } as const
const action = { writes: true, contended: false } as const
/** Takes the lock of a centre. */
const assignment = { writes: true, contended: true } as const

const PROFILE = {
  number: 'choice',
  name: 'name',
  form_of_address: 'choice',
  centre: 'choice',
  kota: 'choice',
  coach: 'choice',
  stage: 'choice',
  step: 'choice',
} as const

const ANSWERS = {
  wants_job: 'choice',
  wants_start: 'choice',
  wants_grow: 'choice',
  primary_need: 'choice?',
  job_education: 'choice?',
  job_field: 'text?',
  job_training: 'choice?',
  start_field: 'choice?',
  start_tried: 'choice?',
  start_capital: 'rupiah?',
  start_block: 'choice?',
  grow_name: 'text?',
  grow_field: 'choice?',
  grow_since: 'choice?',
  grow_sales: 'choice?',
  grow_workers: 'choice?',
  grow_permits: 'choices?',
  grow_books: 'choice?',
  grow_need: 'choice?',
} as const

export const CALLS = {
  /** Who is speaking. `restricted`: the consent was withdrawn. */
  who: {
    input: {},
    outcomes: { known: PROFILE, restricted: { name: 'name', until: 'choice' }, new: {} },
    ...question,
  },

  // ── Consent ──
  /** `purpose`: data or reminders; `answer`: yes or no; `shown`: exactly what was answered to. */
  record_consent: {
    input: { purpose: 'choice', answer: 'choice', shown: 'text' },
    outcomes: { recorded: { at: 'choice' } },
    ...action,
  },
  /** Erases what was said before a consent. `why`: minor or declined. */
  forget: { input: { why: 'choice' }, outcomes: { forgotten: {} }, ...action },

  // ── Registration ──
  /** After "belum tahu": the need that comes closest, beside those answered with yes already. */
  guess_needs: {
    input: { closest: 'choice', wants_job: 'choice?', wants_start: 'choice?', wants_grow: 'choice?' },
    outcomes: { guessed: { wants_job: 'choice', wants_start: 'choice', wants_grow: 'choice' } },
    ...question,
  },
  /** How many needs there are; a single one is the most pressing. */
  count_needs: {
    input: { wants_job: 'choice', wants_start: 'choice', wants_grow: 'choice' },
    outcomes: { none: {}, one: { primary_need: 'choice' }, several: {} },
    ...question,
  },
  /** WhatsApp chats are numbers: confirmed instead of asked. */
  phone_of_chat: { input: {}, outcomes: { found: { phone: 'phone' }, unknown: {} }, ...question },
  /** Whether the sender's own shared number is registered already; a typed one is always `free`. */
  find_own: { input: { phone: 'phone' }, outcomes: { free: {}, known: { masked: 'choice' } }, ...question },
  /** Takes over the profile of the sender's own number, when name and kecamatan agree. */
  claim_own: {
    input: { phone: 'phone', name: 'name', place: 'place' },
    outcomes: { linked: PROFILE, unsure: {} },
    ...assignment,
  },
  /** Whether the programme takes the NIK at all (setting NIK). */
  nik_wanted: { input: {}, outcomes: { yes: {}, no: {} }, ...question },
  check_nik: { input: { nik: 'nik' }, outcomes: { adult: {}, minor: {} }, ...question },
  /** `waiting`: registered, and no coach of the centre serves the need yet. */
  register: {
    input: {
      name: 'name',
      form_of_address: 'choice',
      phone: 'phone?',
      place: 'place',
      nik: 'nik?',
      source: 'text?',
      ...ANSWERS,
    },
    outcomes: { registered: PROFILE, waiting: PROFILE, known: PROFILE, no_consent: {} },
    ...assignment,
  },

  // ── People's say over their data ──
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
    ...assignment,
  },
  correct_answers: {
    input: ANSWERS,
    outcomes: { corrected: { number: 'choice', step: 'choice' }, nobody: {} },
    ...assignment,
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
  resume: { input: {}, outcomes: { resumed: PROFILE, nobody: {} }, ...assignment },
  /** `whom`: one (the active person) or all. */
  erase: {
    input: { whom: 'choice' },
    outcomes: {
      erased: { number: 'choice', at: 'choice', backups: 'choice' },
      left: { number: 'choice', at: 'choice', backups: 'choice', name: 'name' },
    },
    ...action,
  },

  // ── Several people in one chat ──
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
} as const satisfies Record<string, CallSpec>

export type CallName = keyof typeof CALLS
export const callSpecs: CallSpecs = CALLS
