import type { Said } from './types.ts'

/** The questions that may be asked about an entry; the answer to them is learned by phrase, never amount, day or direction of a debt. */
export type Question = 'in_or_out' | 'total_or_each' | 'business_or_private' | 'money_or_goods' | 'who'

/** What a message says to the books. */
export type LedgerReading =
  | { is: 'entries'; entries: Said[] }
  /** The entry at `at` of the last message becomes `entry`. */
  | { is: 'edit'; at: number; entry: Said }
  | { is: 'delete'; at: number; entry: Said }
  /** One question. `candidates` are whole readings of the message; an empty one records nothing. */
  | { is: 'ask'; why: string; candidates: Said[][] }
  | { is: 'none'; why: string }
