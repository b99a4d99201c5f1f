import type { Said } from '../../understand/ledger/types.ts'

export { CATEGORIES, KINDS, type Category, type Kind, type Said } from '../../understand/ledger/types.ts'

/** An entry that stands in the books of one resident. */
export interface Entry extends Said {
  /** Grows with every row of the book: a later row has a larger id. */
  id: number
  /** When it was recorded, epoch ms. */
  recordedAt: number
  /** Entries of one message have the same. */
  message?: number
}

/**
 * A row of the append-only book: an entry, or the reversal of another row. Nothing is ever changed or removed: an entry
 * is undone by reversing it, and the undoing is undone by reversing the reversal.
 */
export type Row = { id: number; recordedAt: number; message?: number } & (
  { does: 'add'; said: Said; replaces?: number } | { does: 'reverse'; row: number }
)

/** Days, both included, `YYYY-MM-DD`. */
export interface Span {
  from: string
  to: string
}

export type Direction = 'receivable' | 'payable'
