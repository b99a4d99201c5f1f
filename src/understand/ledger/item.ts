import type { DayMark } from '../marks.ts'
import type { Token } from '../tokens.ts'

/** What a place of a message is. `word` is the standard spelling of a word, '' where there is none. */
export type Item = { word: string; from: number; to: number } & (
  | { is: 'word'; text: string; glued: boolean }
  | { is: 'sign' }
  /** Money. `others`: readings that are as likely; `each`: "15 ribuan". */
  | {
      is: 'amount'
      value: number
      about: boolean
      confirm: boolean
      others: readonly number[]
      each: boolean
    }
  /** A number below a thousand that nothing explains: a count, or an amount without its unit. */
  | { is: 'number'; value: number }
  | { is: 'count'; value: number; unit: string; fraction: boolean }
  /** "3kg" of gas, "16oz". */
  | { is: 'size' }
  | { is: 'date'; marks: readonly DayMark[] }
  /** "sehari", "per bulan", "3 bulan", "bulan november": how long or what for, not when. */
  | { is: 'period'; month: boolean }
  /** What follows or stands before is the price of one: "@", "per porsi", "satunya"; `se`: "seporsi" may be a count. */
  | { is: 'each'; unit: string; se: boolean }
  | { is: 'times' }
  | { is: 'secret'; why: 'secret' | 'nik' | 'phone' }
  | { is: 'skip' }
)

/** The same message word by word in three vocabularies: the places agree. */
export interface Streams {
  ledger: readonly Token[]
  money: readonly Token[]
  calendar: readonly Token[]
}

export interface Message {
  items: Item[]
  /** As typed (cleaned), from one item to another, `to` not included. */
  written(from: number, to: number): string
}
