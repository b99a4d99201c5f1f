import data from './data/calendar.json' with { type: 'json' }
import { common, FILLERS, makeLexicon, PARTICLES, POLITE } from './lexicon.ts'
import { NUMBER_SPELLINGS } from './number-words.ts'
import { squeeze } from './spelling.ts'
import { tokenise, untilWritten, type Token } from './tokens.ts'

const lexicon = makeLexicon({ ...NUMBER_SPELLINGS, ...data.spellings }, common)

/** The words of `text` one by one, as other readings of it count them. */
export const alignedCalendar = (text: string): Token[] => tokenise(text, lexicon)

/** "9 a.m." is written without its dots. */
export const calendarTokens = (text: string): Token[] =>
  tokenise(untilWritten(text).replace(/(\d ?[ap])\.m\b\.?/gi, '$1m'), lexicon)

export const WEEKDAYS: Record<string, number> = {
  ahad: 0, senin: 1, selasa: 2, rabu: 3, kamis: 4, jumat: 5, sabtu: 6,
} // prettier-ignore

export const MONTHS: Record<string, number> = {
  januari: 1, februari: 2, maret: 3, april: 4, mei: 5, juni: 6, juli: 7, agustus: 8, september: 9, oktober: 10,
  november: 11, desember: 12,
} // prettier-ignore

export const ORDINALS: Record<string, number> = { pertama: 1, kedua: 2, ketiga: 3, keempat: 4, terakhir: -1 }

/** Words that carry no meaning in a date or a time. */
export const QUIET: ReadonlySet<string> = new Set([
  ...PARTICLES,
  ...POLITE,
  ...FILLERS,
  ...data.fillers.map(word => lexicon.find(word) ?? squeeze(word)),
])

/** A negation after one of these asks ("besok bisa ga?") instead of denying. */
export const ASKING = new Set([
  'bisa',
  'boleh',
  'buka',
  'ada',
  'kosong',
  'ya',
  'sempat',
  'mau',
  'jadi',
  'atau',
])
