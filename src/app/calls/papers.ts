import { laporanOf } from '../../domain/ledger/laporan.ts'
import { pictureOf, pictureText } from '../../domain/ledger/picture.ts'
import { monthOf, weekSpan } from '../../domain/ledger/reports.ts'
import type { Entry, Span } from '../../domain/ledger/types.ts'
import type { Paper } from '../../domain/ports/papers.ts'
import { dayOf, monthAway } from '../../lib/days.ts'
import { formatMonth } from '../../lib/format.ts'
import type { CallContext } from '../ports.ts'
import { openBook } from './books.ts'
import type { Call } from './types.ts'

const NOBODY = { outcome: 'nobody', output: {} } as const
const EMPTY = { outcome: 'empty', output: {} } as const

async function keep(context: CallContext, { name, ...paper }: Paper, alt?: string) {
  const { repos, conversation, now } = context
  const key = await repos.files.add(conversation.id, paper, now)
  return {
    key,
    name,
    as: alt === undefined ? ('document' as const) : ('picture' as const),
    ...(alt ? { alt } : {}),
  }
}

export const book_picture: Call<'book_picture'> = async ({ what }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const span = what === 'week' ? weekSpan(book.today) : monthOf(book.today)
  if (!book.entries.some(({ date }) => date >= span.from && date <= span.to)) return EMPTY
  return { outcome: 'made', output: await pictureFile(book.entries, span, context) }
}

/** The picture of a span, with its words. */
export async function pictureFile(entries: readonly Entry[], span: Span, context: CallContext) {
  const { papers, language } = context
  const data = pictureOf(entries, span, language)
  const words = pictureText(data, language)
  return { file: await keep(context, await papers.picture(data, language), words), words }
}

/** A month (`YYYY-MM`) of somebody's own entries as a workbook. */
export const monthFile = async (entries: readonly Entry[], month: string, context: CallContext) =>
  keep(context, await context.papers.month(entries, month))

export const book_month: Call<'book_month'> = async ({ what }, context) => {
  const { language, now } = context
  const book = await openBook(context)
  if (!book) return NOBODY
  const away = monthAway(dayOf(now), what === 'last_month' ? -1 : 0)
  const month = `${away.year}-${String(away.month).padStart(2, '0')}`
  if (!book.entries.some(({ date }) => date.startsWith(month))) return EMPTY
  const file = await monthFile(book.entries, month, context)
  return { outcome: 'made', output: { file, month: formatMonth(month, language) } }
}

export const book_report: Call<'book_report'> = async (_, context) => {
  const { repos, papers, language } = context
  const book = await openBook(context)
  if (!book) return NOBODY
  const daysOff = await repos.books.daysOff(book.residentId)
  const laporan = laporanOf(book.entries, daysOff, book.today.slice(0, 7))
  if (laporan.recorded === 0) return EMPTY
  const { recorded, of } = laporan
  const alt = { id: 'Laporan usaha, satu baris tiap bulan', en: 'Business report, one row a month' }[language]
  const file = await keep(context, await papers.laporan(laporan))
  const picture = await keep(context, await papers.laporanPicture(laporan, language), alt)
  return { outcome: 'made', output: { file, picture, recorded, of } }
}
