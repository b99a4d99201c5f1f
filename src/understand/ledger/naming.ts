import type { Item } from './item.ts'
import { HOUSE } from './verbs.ts'
import { GOODS, isKnown, NAMES } from './vocabulary.ts'

export type WordItem = Extract<Item, { is: 'word' }>

/** The other side of an entry. Places are places among the words of a clause. */
export interface Party {
  /** As written: "bu ani", "toko maju". */
  name: string
  class: 'person' | 'pronoun' | 'family' | 'shop' | 'lender' | 'staff' | 'customer'
  preposition: '' | 'ke' | 'dari' | 'di' | 'sama' | 'untuk'
  at: number
  to: number
}

export const PREPOSITIONS: Record<string, Party['preposition']> = {
  ke: 'ke', kepada: 'ke', dari: 'dari', di: 'di', sama: 'sama', dengan: 'sama', oleh: 'sama', untuk: 'untuk', pada: 'ke',
} // prettier-ignore

/** Verbs before which a word nobody knows is somebody's name. */
export const DONE_BY = new Set(['utang', 'ngutang', 'bon', 'kasbon', 'pinjam', 'lunasi', 'cicil', 'balikin', 'belum', 'bayar', 'sudah', 'ambil', 'beli']) // prettier-ignore

/** The words of a clause, and its items and text around them. */
export interface Row {
  words: readonly WordItem[]
  items: readonly Item[]
  written: (from: number, to: number) => string
}

export const wordOf = ({ words }: Row, at: number): string => words[at]?.word ?? ''

/** The words stand side by side, with no figure or sign between them. */
export const adjacent = ({ words }: Row, at: number): boolean =>
  words[at] !== undefined && words[at - 1]?.to === words[at]?.from

export function make(row: Row, at: number, to: number, of: Party['class']): Party {
  const first = row.words[at]
  const last = row.words[to - 1]
  return {
    name: row.written(first?.from ?? 0, last?.to ?? 0),
    class: of,
    preposition: PREPOSITIONS[wordOf(row, at - 1)] ?? '',
    at,
    to,
  }
}

export const isNameWord = (row: Row, at: number): boolean => {
  const { text = '', word = '' } = row.words[at] ?? {}
  return NAMES.has(text) || (!isKnown(word) && !/^\d/.test(text) && !GOODS.has(word) && !HOUSE.has(word))
}

/** A name goes on over known names, and over any word when the verb follows ("bu siti aminah utang"). */
export function nameEnd(row: Row, from: number): number {
  let to = from
  while (to < from + 2 && adjacent(row, to) && isNameWord(row, to)) {
    const goesOn =
      NAMES.has(row.words[to]?.text ?? '') || (adjacent(row, to + 1) && DONE_BY.has(wordOf(row, to + 1)))
    if (!goesOn) break
    to++
  }
  return to
}
