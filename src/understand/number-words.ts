import { makeLexicon } from './lexicon.ts'

const UNITS: Record<string, number> = {
  nol: 0, satu: 1, dua: 2, tiga: 3, empat: 4, lima: 5, enam: 6, tujuh: 7, delapan: 8, sembilan: 9,
  sepuluh: 10, sebelas: 11,
} // prettier-ignore

/** Number words and their chat spellings; English ones too. */
export const numberLexicon = makeLexicon({
  nol: ['kosong', 'zero'],
  satu: ['stu', 'siji', 'one'],
  dua: ['dwa', 'loro', 'two'],
  tiga: ['tge', 'telu', 'three'],
  empat: ['empt', 'ampat', 'mpat', 'papat', 'four'],
  lima: ['lma', 'limo', 'five'],
  enam: ['enem', 'nem', 'anam', 'six'],
  tujuh: ['tuju', 'tjuh', 'pitu', 'seven'],
  delapan: ['lapan', 'delapn', 'dlapan', 'dlpn', 'wolu', 'eight'],
  sembilan: ['smbilan', 'smbln', 'sembiln', 'songo', 'nine'],
  sepuluh: ['spuluh', 'ten', 'sepulu'],
  sebelas: ['sblas', 'eleven', 'seblas'],
  belas: ['blas'],
  puluh: ['pluh', 'pulu'],
  ratus: ['rtus'],
  seratus: ['sratus'],
})

/** The value of a single number word (0–11), or undefined. */
export const cardinal = (word: string): number | undefined => UNITS[numberLexicon.find(word) ?? '']
