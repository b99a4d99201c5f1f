import { entryLine } from '../../domain/ledger/words.ts'
import { openBook } from './books.ts'
import { heardFrom } from './booksEvening.ts'
import type { Call } from './types.ts'

const NOBODY = { outcome: 'nobody', output: {} } as const

export const day_off: Call<'day_off'> = async (_, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  await context.repos.books.markDayOff(book.residentId, book.today)
  await heardFrom(book.residentId, await context.repos.books.settings(book.residentId), context)
  return { outcome: 'noted', output: {} }
}

/** Cash there was on the morning of today: neither income nor new money. Said again, the later count holds. */
export const opening_cash: Call<'opening_cash'> = async ({ amount }, context) => {
  const { repos, inboundId, now, language } = context
  const book = await openBook(context)
  if (!book) return NOBODY
  const said = { kind: 'capital', amount, date: book.today, opening: true } as const
  await repos.books.add(book.residentId, inboundId, [{ does: 'add', said }], now)
  return { outcome: 'noted', output: { line: entryLine(said, language) } }
}

export const share_book: Call<'share_book'> = async ({ answer }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const shared = answer === 'yes'
  await context.repos.books.set(book.residentId, { shared })
  return { outcome: shared ? 'shared' : 'closed', output: {} }
}

export const forget_phrase: Call<'forget_phrase'> = async ({ phrase }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  await context.repos.books.forgetPhrase(book.residentId, phrase)
  return { outcome: 'forgotten', output: {} }
}
