import { makeLexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

const UNITS: Record<string, number> = {
  nol: 0, satu: 1, dua: 2, tiga: 3, empat: 4, lima: 5, enam: 6, tujuh: 7, delapan: 8, sembilan: 9,
  sepuluh: 10, sebelas: 11,
} // prettier-ignore

/** Number words with their chat and English spellings, for the lexicons of dates, times and money. */
export const NUMBER_SPELLINGS: Record<string, readonly string[]> = {
  nol: ['zero'],
  satu: ['stu', 'siji', 'hiji', 'one'],
  dua: ['dwa', 'loro', 'two'],
  tiga: ['telu', 'tilu', 'three'],
  empat: ['ampat', 'opat', 'mpat', 'papat', 'four'],
  lima: ['limo', 'five'],
  enam: ['enem', 'genep', 'nem', 'anam', 'six'],
  tujuh: ['tuju', 'pitu', 'seven'],
  delapan: ['lapan', 'dalapan', 'dlpn', 'wolu', 'eight'],
  sembilan: ['smbln', 'salapan', 'songo', 'sanga', 'nine'],
  sepuluh: ['ten', 'sepulu', 'sapuluh'],
  sebelas: ['eleven'],
  belas: [],
  puluh: ['pulu'],
  ratus: ['hundred'],
  seratus: ['cepe'],
}

const numberLexicon = makeLexicon(NUMBER_SPELLINGS)

/** The value of a single number word (0–11), or undefined. */
export const cardinal = (word: string): number | undefined => UNITS[numberLexicon.find(word) ?? '']

export interface Spoken {
  value: number
  /** The token after the number. */
  next: number
}

/**
 * The number from 0 to 999 spoken in words at a place ("dua puluh lima", "seratus lima", "tiga belas"). The tokens must
 * carry the standard spellings of `NUMBER_SPELLINGS`.
 */
export function spokenAt(tokens: readonly Token[], at: number): Spoken | undefined {
  const hundreds = hundredsAt(tokens, at)
  const rest = tensAt(tokens, hundreds?.next ?? at)
  if (rest === undefined) return hundreds
  return hundreds === undefined ? rest : { value: hundreds.value + rest.value, next: rest.next }
}

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''

function hundredsAt(tokens: readonly Token[], at: number): Spoken | undefined {
  if (wordAt(tokens, at) === 'seratus') return { value: 100, next: at + 1 }
  const unit = unitAt(tokens, at)
  const isHundreds = unit !== undefined && wordAt(tokens, at + 1) === 'ratus'
  return isHundreds ? { value: unit * 100, next: at + 2 } : undefined
}

/** A word for 1 to 9; 0, 10 and 11 do not combine. */
function unitAt(tokens: readonly Token[], at: number): number | undefined {
  const unit = UNITS[wordAt(tokens, at)]
  return unit !== undefined && unit > 0 && unit < 10 ? unit : undefined
}

function tensAt(tokens: readonly Token[], at: number): Spoken | undefined {
  const unit = unitAt(tokens, at)
  const after = wordAt(tokens, at + 1)
  if (unit !== undefined && after === 'belas') return { value: 10 + unit, next: at + 2 }
  if (unit !== undefined && after === 'puluh') {
    const ones = unitAt(tokens, at + 2)
    const value = unit * 10 + (ones ?? 0)
    return { value, next: ones === undefined ? at + 2 : at + 3 }
  }
  const alone = UNITS[wordAt(tokens, at)]
  return alone === undefined ? undefined : { value: alone, next: at + 1 }
}

/** Digits or words: a whole number below `limit`, or undefined. */
export function integerAt(tokens: readonly Token[], at: number, limit: number): Spoken | undefined {
  const token = tokens[at]
  if (token?.kind !== 'number') return spokenAt(tokens, at)
  const value = token.text.length <= 12 ? Number(token.text) : limit
  return value < limit ? { value, next: at + 1 } : undefined
}
