import { standing } from '../../domain/ledger/book.ts'
import type { BookSettings, NewRow } from '../../domain/ledger/ports.ts'
import { echo } from '../../domain/ledger/reports.ts'
import type { Entry, Said } from '../../domain/ledger/types.ts'
import { dayOf, isoOf, minuteOf } from '../../lib/days.ts'
import type { CallContext } from '../ports.ts'
import { idsOf, openBook, undoingOf, type OpenBook } from './books.ts'
import type { Call } from './types.ts'

/**
 * Entries between 00.00 and 03.59. They are written down at once, for the new day; the first time it is offered to count
 * them to the evening before, which is then remembered. Nothing waits for an answer, so nothing gets lost without one.
 */

/** A day of business that ends after midnight belongs to the evening before, for who says so. */
export const NIGHT_ENDS = 4

export const isNight = (now: number): boolean => minuteOf(now) < NIGHT_ENDS * 60

/** @returns whether to ask which day was meant: once, when an entry of the night is of the new day */
export async function askNight(
  said: readonly Said[],
  { residentId, settings }: { residentId: string; settings: BookSettings },
  { repos, now }: CallContext,
): Promise<boolean> {
  const today = isoOf(dayOf(now))
  if (settings.nightDay !== null || !isNight(now) || !said.some(({ date }) => date === today)) return false
  await repos.books.set(residentId, { nightDay: 'today' })
  return true
}

export const night_day: Call<'night_day'> = async ({ day, entry }, context) => {
  const { repos, inboundId, now, language } = context
  const book = await openBook(context)
  if (!book) return { outcome: 'nobody', output: {} }
  const nightDay = day === 'yesterday' ? day : 'today'
  await repos.books.set(book.residentId, { nightDay })
  const moved = nightDay === 'yesterday' && entry !== null ? ofTheNight(book, idsOf(entry)) : []
  if (moved.length === 0) return { outcome: 'noted', output: {} }
  const said = moved.map(theDayBefore)
  const rows = moved.flatMap(({ id }, at): NewRow[] => [
    { does: 'reverse', row: undoingOf(book.rows, id) },
    ...said.slice(at, at + 1).map(each => ({ does: 'add' as const, said: each, replaces: id })),
  ])
  const ids = await repos.books.add(book.residentId, inboundId, rows, now)
  const all = standing(await repos.books.rows(book.residentId))
  const added = ids.filter((id, at) => id !== null && rows[at]?.does === 'add').join(',')
  return { outcome: 'moved', output: { echo: echo(said, all, language), entry: added } }
}

/** What was written in the same night for its new day. */
function ofTheNight({ entries }: OpenBook, ids: readonly number[]): Entry[] {
  const one = entries.find(({ id }) => ids.includes(id))
  if (!one || !isNight(one.recordedAt)) return []
  const night = dayOf(one.recordedAt)
  return entries.filter(
    ({ recordedAt, date }) => isNight(recordedAt) && dayOf(recordedAt) === night && date === isoOf(night),
  )
}

function theDayBefore({ id: _, recordedAt, message: __, ...said }: Entry): Said {
  return { ...said, date: isoOf(dayOf(recordedAt) - 1) }
}
