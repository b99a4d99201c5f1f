import type { CallSpecs } from '../../engine/types.ts'
import { action, contendedAction, question } from './kinds.ts'
import { ANSWERS, PROFILE } from './profile.ts'

/** Consent, the intake form and the profile it becomes. */
export const REGISTRATION = {
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
    ...contendedAction,
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
    ...contendedAction,
  },
} as const satisfies CallSpecs
