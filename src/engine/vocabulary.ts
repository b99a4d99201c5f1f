import type { AskKind } from './schema.ts'
import type { VarType } from './types.ts'

/** The names that flow files may use and the engine knows: shared texts, labels, facts, and what each kind saves. */

/** Shared texts (`flows/common.yaml`) with the placeholders each may use. */
export const COMMON_TEXTS = {
  greeting: [],
  salam: [],
  thanks: [],
  offer: [],
  fallback_1: [],
  fallback_2: ['langkah', 'contoh'],
  fallback_3: [],
  handoff_done: ['kode', 'dijawab'],
  confirm: ['nilai'],
  choose: [],
  heard: ['jawaban'],
  example: ['contoh'],
  empty: [],
  chosen: ['jawaban'],
  out_of_range: ['jumlah'],
  too_long: ['batas'],
  pick_one: [],
  must_answer: [],
  voice: [],
  photo: [],
  sticker: [],
  document: [],
  media: [],
  contact: [],
  contact_not_own: [],
  location: [],
  unreadable: [],
  group: [],
  stale_button: [],
  notice_words: [],
  nudge: [],
  card: ['langkah', 'jawaban'],
  card_plain: ['langkah'],
  expired: [],
  resumed: [],
  cancel_confirm: [],
  cancelled: [],
  nothing_open: [],
  restart_confirm: [],
  leave_confirm: ['langkah'],
  blocked: [],
  back_first: [],
  back_saved: [],
  fix_which: [],
  keep: ['jawaban'],
  unavailable: [],
  lost: [],
  error: [],
  language_changed: [],
  retry_choice: [],
  retry_yesno: [],
  retry_text: [],
  retry_name: [],
  retry_phone: [],
  retry_number: [],
  retry_rupiah: [],
  retry_date: [],
  retry_time: [],
  retry_when: [],
  retry_place: [],
  retry_nik: [],
  retry_location: [],
  place_kota: [],
  place_kecamatan: ['kota'],
  place_kelurahan: ['kecamatan', 'kota'],
  place_outside: [],
  numbers_hint: [],
  late: [],
} as const satisfies Record<string, readonly string[]>
export type CommonText = keyof typeof COMMON_TEXTS

export const COMMON_LABELS = [
  'yes', 'no', 'right', 'wrong', 'none_of_these', 'more', 'done', 'save', 'fix', 'cancel', 'resume', 'change', 'restart',
  'menu', 'human', 'register', 'cancel_yes', 'stay', 'leave', 'restart_yes', 'share_contact',
] as const // prettier-ignore
export type CommonLabel = (typeof COMMON_LABELS)[number]

/** Placeholders that every text may use: the operator's settings, the channel, and where the person came from. */
export const FACTS: Readonly<Record<string, VarType>> = {
  pengelola: 'text',
  kontak_pengelola: 'text',
  url_privasi: 'text',
  masa_simpan: 'text',
  aplikasi: 'text',
  source: 'text',
  sekarang: 'datetime',
}

/** Facts that calls may be given though nobody has been asked; missing ones are null. */
export const GIVEN = ['source'] as const

export const TYPE_OF: Readonly<Record<AskKind, VarType>> = {
  choice: 'choice',
  choices: 'choices',
  yesno: 'choice',
  text: 'text',
  name: 'name',
  phone: 'phone',
  number: 'number',
  rupiah: 'rupiah',
  date: 'date',
  time: 'time',
  when: 'text',
  place: 'place',
  location: 'location',
  document: 'text',
  nik: 'nik',
}

/** Commands that a flow can answer; the others (kembali, batal, ulang…) are the engine's own. */
export const FLOW_COMMANDS = [
  'menu', 'start', 'help', 'human', 'stop', 'register', 'language', 'my_data', 'delete_data', 'withdraw', 'opt_out',
  'reminders', 'switch_person', 'register_other', 'book', 'my_booking', 'move_booking', 'cancel_booking', 'absent', 'faq',
  'templates', 'entry', 'debts', 'question',
] as const // prettier-ignore

/** The input in which a flow is told by which command it was opened. It makes no other conversation of it. */
export const OPENED_BY = 'command'

/** Nothing may stand between a person and these. */
export const UNBLOCKABLE: ReadonlySet<string> = new Set([
  'stop',
  'human',
  'my_data',
  'delete_data',
  'withdraw',
  'opt_out',
])

/** Limits of the strictest channel, in characters; a page of a list is 10 rows. */
export const LIMITS = {
  button: 20,
  row: 24,
  description: 72,
  text: 4096,
  title: 24,
  /** Up to this many choices are buttons; more are a list. */
  buttons: 3,
  page: 10,
  rows: 40,
  answer: 200,
  /** How far *kembali* goes; a flow that asks in a circle must not let the state grow. */
  history: 40,
} as const

/** Why an inbound is met with silence; docs/input.md says what each means. */
export const SILENCES = [
  'edited', 'blocked', 'unblocked', 'moved', 'group', 'second_tap', 'stale_timer', 'early_timer', 'late_nudge', 'night', 'expired',
  'withdrawn', 'notice_empty', 'notice_failed', 'late',
] as const // prettier-ignore
export type Silence = (typeof SILENCES)[number]

/** An endless flow ends its own conversation and nothing else. */
export const STEPS_A_TURN = 100
export const CALLS_A_TURN = 20
