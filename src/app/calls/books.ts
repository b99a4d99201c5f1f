import { standing } from '../../domain/ledger/book.ts'
import { debtsOf, openDebts, partyKey } from '../../domain/ledger/debts.ts'
import {
  daySpan,
  debtsText,
  duePlea,
  monthOf,
  progressText,
  spanText,
  weekSpan,
} from '../../domain/ledger/reports.ts'
import type { Entry, Row, Span } from '../../domain/ledger/types.ts'
import { entryLine, partyName } from '../../domain/ledger/words.ts'
import { dayOf, isoOf } from '../../lib/days.ts'
import { formatRupiah } from '../../lib/format.ts'
import { HOUR } from '../../lib/time.ts'
import type { CallContext } from '../ports.ts'
import type { Call } from './types.ts'

/** Looking at a book and taking things back. Writing into it is in `booksRecord.ts`. */

export interface OpenBook {
  residentId: string
  rows: Row[]
  entries: Entry[]
  today: string
}

/** The book of who is speaking; undefined before registration and once the consent is withdrawn. */
export async function openBook({ repos, conversation, now }: CallContext): Promise<OpenBook | undefined> {
  const resident = await repos.residents.active(conversation.id)
  if (!resident || resident.restrictedAt !== null) return undefined
  const rows = await repos.books.rows(resident.id)
  return { residentId: resident.id, rows, entries: standing(rows), today: isoOf(dayOf(now)) }
}

const NOBODY = { outcome: 'nobody', output: {} } as const

export const book_status: Call<'book_status'> = async (_, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  if (book.entries.length === 0) return { outcome: 'empty', output: {} }
  return { outcome: 'kept', output: { progress: await progressOf(book, context) } }
}

export async function progressOf(book: OpenBook, { repos, language }: CallContext): Promise<string> {
  const daysOff = await repos.books.daysOff(book.residentId)
  return progressText(book.entries, daysOff, book.today, language)
}

export const idsOf = (numbers: string): number[] =>
  numbers.split(',').map(Number).filter(Number.isSafeInteger)
const entriesOf = (book: OpenBook, numbers: string): Entry[] => {
  const ids = idsOf(numbers)
  return book.entries.filter(entry => ids.includes(entry.id))
}

/** A list row has 24 characters, its second line 72. */
const cut = (text: string, most: number) =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`

export const book_entry: Call<'book_entry'> = async ({ entry }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const entries = entriesOf(book, entry)
  const [first] = entries
  if (!first) return { outcome: 'gone', output: {} }
  if (entries.length === 1)
    return {
      outcome: 'one',
      output: { entry: String(first.id), line: entryLine(first, context.language) },
    }
  const rows = entries.map(each => ({
    value: String(each.id),
    label: cut(
      `${formatRupiah(each.amount, context.language)} ${each.item ?? partyName(each.party ?? '')}`.trim(),
      24,
    ),
    description: cut(entryLine(each, context.language), 72),
  }))
  return { outcome: 'several', output: {}, rows }
}

export const undo_entry: Call<'undo_entry'> = async ({ entry }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  return undo(book, entriesOf(book, entry), context)
}

/** Takes entries back by adding their reversals. */
export async function undo(book: OpenBook, entries: readonly Entry[], context: CallContext) {
  const { repos, inboundId, now, language } = context
  if (entries.length === 0) return { outcome: 'gone', output: {} } as const
  const reversals = entries.map(({ id }) => ({ does: 'reverse', row: undoingOf(book.rows, id) }) as const)
  const ids = await repos.books.add(book.residentId, inboundId, reversals, now)
  const row = ids.filter(id => id !== null).join(',')
  const line = entries.map(each => entryLine(each, language)).join('\n')
  return row === ''
    ? ({ outcome: 'gone', output: {} } as const)
    : ({ outcome: 'undone', output: { line, row } } as const)
}

/** Which row to reverse so that an entry stands no more: itself, or what last brought it back. */
export function undoingOf(rows: readonly Row[], id: number): number {
  const reversal = rows.find(row => row.does === 'reverse' && row.row === id)
  const again = reversal && rows.find(row => row.does === 'reverse' && row.row === reversal.id)
  return again ? undoingOf(rows, again.id) : id
}

/** How long an undoing can be undone. */
const REDO_MS = 24 * HOUR

export const redo_entry: Call<'redo_entry'> = async ({ row }, context) => {
  const { repos, inboundId, now, language } = context
  const book = await openBook(context)
  if (!book) return NOBODY
  const ids = idsOf(row)
  const undoings = book.rows.filter(each => each.does === 'reverse' && ids.includes(each.id))
  if (undoings.length === 0) return { outcome: 'gone', output: {} }
  if (undoings.some(each => now - each.recordedAt > REDO_MS)) return { outcome: 'late', output: {} }
  const reversals = undoings.map(({ id }) => ({ does: 'reverse', row: id }) as const)
  const added = await repos.books.add(book.residentId, inboundId, reversals, now)
  if (added.every(id => id === null)) return { outcome: 'gone', output: {} }
  const before = book.entries.map(each => each.id)
  const all = standing(await repos.books.rows(book.residentId))
  const entries = all.filter(each => !before.includes(each.id))
  const line = entries.map(each => entryLine(each, language)).join('\n')
  return { outcome: 'redone', output: { line, entry: entries.map(each => each.id).join(',') } }
}

const SPANS: Record<string, (date: string) => Span> = { day: daySpan, week: weekSpan, month: monthOf }

export const spanOf = (name: string, today: string): Span => (SPANS[name] ?? daySpan)(today)

export const show_book: Call<'show_book'> = async ({ span }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  if (book.entries.length === 0) return { outcome: 'empty', output: {} }
  const text = spanText(book.entries, spanOf(span, book.today), context.language)
  return { outcome: 'shown', output: { text, progress: await progressOf(book, context) } }
}

export const show_debts: Call<'show_debts'> = async (_, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const text = debtsText(book.entries, context.language)
  if (text === '') return { outcome: 'none', output: {} }
  const rows = openDebts(debtsOf(book.entries).all, 'receivable')
    .filter(debt => debt.party !== '')
    .map(debt => ({
      value: partyKey(debt.party),
      label: cut(partyName(debt.party), 24),
      description: formatRupiah(debt.left, context.language),
    }))
  return rows.length > 0
    ? { outcome: 'owed', output: { text }, rows }
    : { outcome: 'owing', output: { text } }
}

export const debt_text: Call<'debt_text'> = async ({ party }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const open = openDebts(debtsOf(book.entries).all, 'receivable')
  const debt = open.find(each => partyKey(each.party) === partyKey(party))
  return debt
    ? { outcome: 'ready', output: { text: duePlea(debt, context.language) } }
    : { outcome: 'gone', output: {} }
}

export const learned_phrases: Call<'learned_phrases'> = async (_, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const phrases = await context.repos.books.phrases(book.residentId)
  if (phrases.length === 0) return { outcome: 'none', output: {} }
  const text = phrases.map(({ phrase, answer }) => `• “${phrase}” = ${answer}`).join('\n')
  const rows = phrases.map(({ phrase }) => ({ value: cut(phrase, 100), label: cut(phrase, 24) }))
  return { outcome: 'some', output: { text }, rows }
}
