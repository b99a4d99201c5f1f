import { openDebts, debtsOf } from '../../domain/ledger/debts.ts'
import { hasSlowedDown, nextEvening } from '../../domain/ledger/evening.ts'
import { monthSpan } from '../../domain/ledger/months.ts'
import { partyName } from '../../domain/ledger/words.ts'
import { daySpan, summaryText, weekSpan } from '../../domain/ledger/reports.ts'
import { summarise } from '../../domain/ledger/summary.ts'
import { dayFromIso, isoOf, weekdayOf } from '../../lib/days.ts'
import { formatRupiah } from '../../lib/format.ts'
import { HOUR } from '../../lib/time.ts'
import type { BookSettings } from '../../domain/ledger/ports.ts'
import type { CallContext } from '../ports.ts'
import { openBook, progressOf, type OpenBook } from './books.ts'
import { monthFile, pictureFile } from './papers.ts'
import type { Call } from './types.ts'

const NOBODY = { outcome: 'nobody', output: {} } as const

const subjectOf = (residentId: string) => `books:${residentId}`

/** The next summary, if there is to be one. */
function nextOf(
  residentId: string,
  { hour, ignored }: { hour: number | null; ignored: number },
  now: number,
) {
  const dueAt = hour === null ? undefined : nextEvening(now, hour, ignored)
  const about = { subject: subjectOf(residentId), version: dueAt === undefined ? 0 : dueAt / HOUR }
  const reminder = { kind: 'book_evening', to: { resident: residentId } } as const
  return { about, reminders: dueAt === undefined ? [] : [{ ...reminder, dueAt }] }
}

export const set_evening: Call<'set_evening'> = async ({ hour }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const eveningHour = /^h(1[7-9]|20)$/.test(hour) ? Number(hour.slice(1)) : null
  await context.repos.books.set(book.residentId, { eveningHour, offered: true, ignored: 0 })
  const { about, reminders } = nextOf(book.residentId, { hour: eveningHour, ignored: 0 }, context.now)
  await context.repos.reminders.replace(about, reminders, context.now)
  return eveningHour === null
    ? { outcome: 'off', output: {} }
    : { outcome: 'on', output: { hour: `${eveningHour}:00` } }
}

/** Somebody is there: where the summary had become rare or had ended, it comes every evening again. */
export async function heardFrom(
  residentId: string,
  { eveningHour, ignored }: BookSettings,
  { repos, now }: CallContext,
): Promise<void> {
  await repos.books.set(residentId, { ignored: 0 })
  if (eveningHour === null || !hasSlowedDown(ignored)) return
  const { about, reminders } = nextOf(residentId, { hour: eveningHour, ignored: 0 }, now)
  await repos.reminders.replace(about, reminders, now)
}

/** An answer, though nothing is to be written: the summary keeps coming. */
export const evening_later: Call<'evening_later'> = async (_, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  await heardFrom(book.residentId, await context.repos.books.settings(book.residentId), context)
  return { outcome: 'noted', output: {} }
}

/** What the evening brings: the day's figures, or whether something is missing. Plans the next evening. */
export const evening_book: Call<'evening_book'> = async (_, context) => {
  const { repos } = context
  const book = await openBook(context)
  const settings = book && (await repos.books.settings(book.residentId))
  if (!book || !settings || settings.eveningHour === null) return { outcome: 'silent', output: {} }
  const daysOff = await repos.books.daysOff(book.residentId)
  const written = book.entries.some(entry => entry.date === book.today)
  const quiet = !written && !daysOff.includes(book.today)
  const ignored = quiet ? settings.ignored + 1 : 0
  await repos.books.set(book.residentId, { ignored })
  // added, not replaced: the reminder that is being said is about the same books
  const { about, reminders } = nextOf(book.residentId, { hour: settings.eveningHour, ignored }, context.now)
  await repos.reminders.plan(about, reminders, context.now)
  const paper = await paperOf(book, context)
  if (paper) return paper
  if (quiet) return { outcome: 'nothing', output: {} }
  return written
    ? { outcome: 'summary', output: { text: await eveningText(book, context) } }
    : { outcome: 'silent', output: {} }
}

/** On Sundays the picture of the week; on the first of a month that of the last one, and its workbook. */
async function paperOf({ entries, today }: OpenBook, context: CallContext) {
  const day = dayFromIso(today) ?? 0
  const lastMonth = isoOf(day - 1).slice(0, 7)
  if (today.endsWith('-01') && entries.some(({ date }) => date.startsWith(lastMonth))) {
    const { file, words } = await pictureFile(entries, monthSpan(lastMonth), context)
    const workbook = await monthFile(entries, lastMonth, context)
    return { outcome: 'month', output: { text: words, picture: file, workbook } } as const
  }
  const week = weekSpan(today)
  if (weekdayOf(day) !== SUNDAY || !entries.some(({ date }) => date >= week.from && date <= week.to))
    return undefined
  const { file, words } = await pictureFile(entries, week, context)
  return { outcome: 'picture', output: { text: words, picture: file } } as const
}

const SUNDAY = 0
const TOP_DEBTS = 3

/** In, out and left of the day, the largest debts, and how far the records have come. */
async function eveningText(book: OpenBook, context: CallContext): Promise<string> {
  const { language } = context
  const debts = openDebts(debtsOf(book.entries).all, 'receivable').slice(0, TOP_DEBTS)
  const owing = debts.map(
    debt => `• ${debt.party === '' ? '?' : partyName(debt.party)} ${formatRupiah(debt.left, language)}`,
  )
  const title = language === 'id' ? 'Belum bayar ke Anda:' : 'Owed to you:'
  return [
    language === 'id' ? 'Ringkasan hari ini' : 'Summary of today',
    summaryText(summarise(book.entries, daySpan(book.today)), language),
    ...(owing.length > 0 ? ['', title, ...owing] : []),
    '',
    await progressOf(book, context),
  ].join('\n')
}
