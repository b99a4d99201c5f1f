import {
  answerOf,
  candidateRows,
  hintText,
  learned,
  phraseOf,
  questionText,
} from '../../domain/ledger/asking.ts'
import { justRecorded, standing } from '../../domain/ledger/book.ts'
import { debtsOf } from '../../domain/ledger/debts.ts'
import { recordedDays } from '../../domain/ledger/months.ts'
import type { BookSettings, NewRow } from '../../domain/ledger/ports.ts'
import { echo } from '../../domain/ledger/reports.ts'
import type { Entry, Said } from '../../domain/ledger/types.ts'
import { entryLine } from '../../domain/ledger/words.ts'
import { HOUR } from '../../lib/time.ts'
import { readLedger, type LedgerReading } from '../../understand/index.ts'
import type { CallContext } from '../ports.ts'
import { openBook, undo, undoingOf, type OpenBook } from './books.ts'
import { heardFrom } from './booksEvening.ts'
import { askNight, isNight, NIGHT_ENDS } from './booksNight.ts'
import type { Call, InputOf, ResultOf } from './types.ts'

const NOBODY = { outcome: 'nobody', output: {} } as const

/** "Salah, 45rb" means what was written so long ago at most. */
const RECENT_MS = 12 * HOUR

type Answer = ResultOf<'record_entry'>

interface Writing {
  book: OpenBook
  settings: BookSettings
  context: CallContext
  input: InputOf<'record_entry'>
}

export const record_entry: Call<'record_entry'> = async (input, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const settings = await context.repos.books.settings(book.residentId)
  const writing = { book, settings, context, input }
  return answer(writing, await picked(writing, read(input.text, writing)))
}

/** Entries of the last message come first to mind: "hapus", "eh salah". */
const recentOf = ({ entries }: OpenBook, now: number): Entry[] => {
  const last = entries.at(-1)
  if (!last || now - last.recordedAt > RECENT_MS) return []
  return entries.filter(entry => entry.message === last.message)
}

function read(
  text: string,
  { book, settings, context }: Pick<Writing, 'book' | 'settings' | 'context'>,
): LedgerReading {
  const { now, holidays } = context
  const shifted = isNight(now) && settings.nightDay === 'yesterday' ? now - NIGHT_ENDS * HOUR : now
  return readLedger(
    text,
    { now: shifted, holidays, hours: { open: '08:00', close: '16:00' } },
    { recent: recentOf(book, now), open: debtsOf(book.entries).all.filter(debt => debt.left > 0) },
  )
}

/** A question that was answered, by a tap or in an earlier message. */
async function picked({ book, context, input }: Writing, reading: LedgerReading): Promise<LedgerReading> {
  if (reading.is !== 'ask') return reading
  const { why, candidates } = reading
  const phrase = phraseOf(input.text)
  if (input.pick !== null) {
    const at = Number(input.pick)
    const known = answerOf(why, candidates, at)
    if (known && phrase !== '')
      await context.repos.books.learn(book.residentId, { phrase, ...known }, context.now)
    return { is: 'entries', entries: [...(candidates[at] ?? [])] }
  }
  const known = (await context.repos.books.phrases(book.residentId)).find(each => each.phrase === phrase)
  const entries = known && learned(why, candidates, known)
  return entries ? { is: 'entries', entries: [...entries] } : reading
}

async function answer(writing: Writing, reading: LedgerReading): Promise<Answer> {
  const { book, context, input } = writing
  const { language } = context
  switch (reading.is) {
    case 'entries':
      return write(writing, reading.entries)
    case 'edit': {
      const old = recentOf(book, context.now)[reading.at]
      return old ? replace(writing, old, reading.entry) : unread('unread', context)
    }
    case 'delete': {
      const old = recentOf(book, context.now)[reading.at]
      const undone = await undo(book, old ? [old] : [], context)
      return undone.outcome === 'undone'
        ? { ...undone, outcome: 'removed' }
        : unread('nothing_to_undo', context)
    }
    case 'ask': {
      if (reading.candidates.length === 0 || input.pick !== null) return unread(reading.why, context)
      const rows = candidateRows(reading.candidates, language)
      return { outcome: 'ask', output: { question: questionText(reading.why, language) }, rows }
    }
    case 'none':
      return reading.why === 'plan' ? { outcome: 'plan', output: {} } : unread(reading.why, context)
  }
}

const unread = (why: string, { language }: CallContext) =>
  ({ outcome: 'unread', output: { hint: hintText(why, language) } }) as const

async function write(writing: Writing, entries: readonly Said[]): Promise<Answer> {
  const { book, context, input } = writing
  if (entries.length === 0) return unread('unread', context)
  const twin = input.sure === 'yes' ? undefined : twinOf(entries, book, context.now)
  if (twin) return { outcome: 'again', output: { line: entryLine(twin, context.language) } }
  return add(
    writing,
    entries,
    entries.map(said => ({ does: 'add', said })),
  )
}

/** The whole message stands there already, written minutes ago. */
const twinOf = (entries: readonly Said[], book: OpenBook, now: number): Entry | undefined => {
  const twins = entries.map(said => justRecorded(book.entries, said, now))
  return twins.every(twin => twin !== undefined) ? twins[0] : undefined
}

const replace = (writing: Writing, old: Entry, said: Said): Promise<Answer> =>
  add(
    writing,
    [said],
    [
      { does: 'reverse', row: undoingOf(writing.book.rows, old.id) },
      { does: 'add', said, replaces: old.id },
    ],
  )

async function add(
  { book, settings, context }: Writing,
  said: readonly Said[],
  rows: NewRow[],
): Promise<Answer> {
  const { repos, inboundId, now, language } = context
  const ids = await repos.books.add(book.residentId, inboundId, rows, now)
  const entry = ids.filter((id, at) => id !== null && rows[at]?.does === 'add').join(',')
  const all = standing(await repos.books.rows(book.residentId))
  await heardFrom(book.residentId, settings, context)
  const after = { residentId: book.residentId, entries: all, settings, today: book.today }
  const next = (await askNight(said, after, context)) ? 'night' : await whatNext(after, context)
  return { outcome: 'recorded', output: { echo: echo(said, all, language), entry, next } }
}

interface After {
  residentId: string
  entries: readonly Entry[]
  settings: BookSettings
  today: string
}

/** Opening cash on the third day, the evening summary after the third entry: each is brought up once. */
async function whatNext(
  { residentId, entries, settings, today }: After,
  { repos }: CallContext,
): Promise<string> {
  const days = recordedDays(entries, [], { from: '0000-01-01', to: today }).length
  const opening = days >= 3 && !settings.askedOpening && !entries.some(entry => entry.opening)
  const evening = !opening && entries.length >= 3 && !settings.offered && settings.eveningHour === null
  if (opening) await repos.books.set(residentId, { askedOpening: true })
  if (evening) await repos.books.set(residentId, { offered: true })
  return opening ? 'opening' : evening ? 'evening' : 'none'
}

/** What is different in an entry ("55rb"), or a whole sentence in its place. */
export const fix_entry: Call<'fix_entry'> = async ({ entry, text, pick }, context) => {
  const book = await openBook(context)
  if (!book) return NOBODY
  const old = book.entries.find(each => String(each.id) === entry)
  if (!old) return { outcome: 'gone', output: {} }
  const settings = await context.repos.books.settings(book.residentId)
  const said = fixed(text, pick, { old, book, settings, context })
  if (Array.isArray(said)) {
    const rows = candidateRows(said, context.language)
    return { outcome: 'ask', output: { question: questionText('kind', context.language) }, rows }
  }
  if (!said) return { outcome: 'unread', output: {} }
  const writing = { book, settings, context, input: { text, pick, sure: null } }
  const done = await replace(writing, old, said)
  return done.outcome === 'recorded'
    ? { outcome: 'fixed', output: { echo: done.output.echo, entry: done.output.entry } }
    : { outcome: 'unread', output: {} }
}

/** The entry as it should be; several readings of a whole sentence are asked. */
function fixed(
  text: string,
  pick: string | null,
  at: { old: Entry; book: OpenBook; settings: BookSettings; context: CallContext },
): Said | (readonly Said[])[] | undefined {
  const moment = {
    now: at.context.now,
    holidays: at.context.holidays,
    hours: { open: '08:00', close: '16:00' },
  }
  const open = debtsOf(at.book.entries).all.filter(debt => debt.left > 0)
  const whole = readLedger(text, moment, { recent: [], open })
  if (whole.is === 'entries' && whole.entries.length === 1) return whole.entries[0]
  const asks = whole.is === 'ask' && phraseOf(text) !== '' && whole.candidates.length > 0
  const change = readLedger(`ralat ${text}`, moment, { recent: [at.old], open })
  if (change.is === 'edit' && !asks) return change.entry
  if (whole.is !== 'ask') return undefined
  const single = whole.candidates.filter(each => each.length === 1)
  return pick === null ? single : single[Number(pick)]?.[0]
}
