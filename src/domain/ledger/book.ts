import { KIND_FACTS } from './categories.ts'
import type { Entry, Row, Said } from './types.ts'

/**
 * The entries that stand: added and not reversed (a reversed reversal lets its row stand again), in the order of the
 * book. Every figure is computed from these and from nothing else.
 */
export function standing(rows: readonly Row[]): Entry[] {
  const reversed = new Set<number>()
  // Newest first: whether a reversal holds is known before the row that it reverses is reached.
  for (const row of [...rows].sort((left, right) => right.id - left.id))
    if (row.does === 'reverse' && !reversed.has(row.id)) reversed.add(row.row)
  return rows
    .filter(row => row.does === 'add' && !reversed.has(row.id))
    .sort((left, right) => left.id - right.id)
    .flatMap(row => (row.does === 'add' ? [entryOf(row)] : []))
}

const entryOf = ({ said, id, recordedAt, message }: Row & { does: 'add' }): Entry => ({
  ...said,
  id,
  recordedAt,
  ...(message === undefined ? {} : { message }),
})

/** What an entry does to the till, in rupiah with its sign. Opening cash is a count, not a movement. */
export function cashEffect(said: Said): number {
  if (said.opening === true) return 0
  if (said.kind === 'receivable' && said.cash === 'out') return -said.amount
  return KIND_FACTS[said.kind].cash * said.amount || 0
}

/** Adding two entries for one message is refused by the book's key; a repeated text minutes later is asked instead. */
export const REPEAT_WINDOW_MS = 10 * 60_000

/** An entry that says the same as `said` and was recorded just before: a double press, or a second sale. */
export function justRecorded(entries: readonly Entry[], said: Said, now: number): Entry | undefined {
  return entries.findLast(entry => now - entry.recordedAt <= REPEAT_WINDOW_MS && saysTheSame(entry, said))
}

const saysTheSame = (entry: Said, said: Said): boolean =>
  (['kind', 'amount', 'date', 'category', 'item', 'party', 'qty'] as const).every(
    field => entry[field] === said[field],
  )
