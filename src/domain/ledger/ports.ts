import type { Row, Said } from './types.ts'

/** A row to add: an entry (perhaps in place of another), or the undoing of a row. */
export type NewRow = { does: 'add'; said: Said; replaces?: number } | { does: 'reverse'; row: number }

export interface BookSettings {
  /** Hour of the evening summary, WIB; null = none. */
  eveningHour: number | null
  /** The evening summary was offered once. */
  offered: boolean
  /** Evenings in a row without an answer. */
  ignored: number
  /** The opening cash was asked for once. */
  askedOpening: boolean
  /** Where entries between 00.00 and 03.59 go; null = not asked yet. */
  nightDay: 'today' | 'yesterday' | null
  /** The coach may see the totals. */
  shared: boolean
}

export const NEW_BOOK: BookSettings = {
  eveningHour: null,
  offered: false,
  ignored: 0,
  askedOpening: false,
  nightDay: null,
  shared: false,
}

/** The questions whose answers are learned. Never an amount, a date or the direction of a debt. */
export type LearnedQuestion = 'in_out' | 'total_unit' | 'business_home' | 'goods_money' | 'who'

/** What somebody means by a phrase. */
export interface Phrase {
  phrase: string
  question: LearnedQuestion
  answer: string
}

/** The books of one resident. Always in the turn's transaction. */
export interface Books {
  /** Every row, oldest first. */
  rows(residentId: string): Promise<Row[]>
  /**
   * Adds the rows that one message makes. A row that was reversed meanwhile (two taps at once) is left as it is.
   * @returns the new ids, in order; null for a reversal that was there already
   */
  add(residentId: string, inboundId: bigint, rows: NewRow[], at: number): Promise<(number | null)[]>
  daysOff(residentId: string): Promise<string[]>
  markDayOff(residentId: string, date: string): Promise<void>
  settings(residentId: string): Promise<BookSettings>
  set(residentId: string, changes: Partial<BookSettings>): Promise<void>
  phrases(residentId: string): Promise<Phrase[]>
  learn(residentId: string, phrase: Phrase, at: number): Promise<void>
  forgetPhrase(residentId: string, phrase: string): Promise<void>
}
