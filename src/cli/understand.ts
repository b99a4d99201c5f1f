import { Command, InvalidArgumentError } from 'commander'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { faqSearch } from '../app/faq.ts'
import { debtsOf } from '../domain/ledger/debts.ts'
import {
  defaultHolidays,
  NO_CONTEXT,
  noted,
  NOTATIONS,
  readLedger,
  type LedgerContext,
  type Moment,
  type Said,
} from '../understand/index.ts'

/** A text that was not understood, masked, with the step it was written at and how often. */
export interface UnreadText {
  text: string
  step: string
  count: number
}

export interface UnderstandIo {
  input: NodeJS.ReadableStream
  write(line: string): void
  now(): number
  /** Where unread texts are kept; without one `--report` says that there is nothing to read. */
  unread?: () => Promise<readonly UnreadText[]>
}

const KINDS = [...Object.keys(NOTATIONS), 'ledger', 'faq'].join(', ')

interface Options {
  now?: number
  open: string
  close: string
  report?: true
}

const instant = (text: string): number => {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new InvalidArgumentError('an ISO time, such as 2026-11-25T10:00+07:00')
  return ms
}
const clock = (text: string): string => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new InvalidArgumentError('HH:MM, such as 08:00')
  return text
}

/** `npm run understand`: readings of JSON lines `{"kind","in"}`, or the report of what was not understood. */
export async function understand(argv: readonly string[], io: UnderstandIo): Promise<number> {
  const command = new Command('npm run understand --')
    .description('Reads JSON lines {"kind","in"} and prints {"kind","in","got"}. Kinds: ' + KINDS)
    .option('--now <time>', 'the moment to read relative to (default: now)', instant)
    .option('--open <time>', 'opening time, WIB', clock, '08:00')
    .option('--close <time>', 'closing time, WIB', clock, '16:00')
    .option('--report', 'lists masked texts that were not understood, most frequent first')
  const options = command.parse([...argv], { from: 'user' }).opts<Options>()
  if (options.report) return report(io)
  const hours = { open: options.open, close: options.close }
  return readLines(io, { now: options.now ?? io.now(), holidays: defaultHolidays, hours })
}

async function readLines(io: UnderstandIo, moment: Moment): Promise<number> {
  let faults = 0
  let number = 0
  for await (const line of createInterface({ input: io.input, crlfDelay: Infinity })) {
    number++
    if (line.trim() === '') continue
    const answer = readLine(line, moment)
    if ('error' in answer) faults++
    io.write(JSON.stringify('error' in answer ? { line: number, ...answer } : answer))
  }
  return faults === 0 ? 0 : 1
}

function readLine(
  line: string,
  moment: Moment,
): { error: string } | { kind: string; in: string; got: unknown } {
  const parsed = parse(line)
  if (parsed === undefined) return { error: 'expected one JSON object {"kind": text, "in": text}' }
  if (parsed.kind === 'faq')
    return { kind: parsed.kind, in: parsed.in, got: faqSearch()(parsed.in)?.entry.number ?? 0 }
  if (parsed.kind === 'ledger') return { kind: parsed.kind, in: parsed.in, got: ledger(parsed, moment) }
  const read = NOTATIONS[parsed.kind]
  if (read === undefined)
    return {
      error: `unknown kind ${JSON.stringify(parsed.kind)}: use one of ${KINDS}`,
    }
  return { kind: parsed.kind, in: parsed.in, got: read(parsed.in, moment) }
}

/** A message for the books, after what `after` has recorded in the same chat. */
function ledger({ in: text, after }: Line, moment: Moment): unknown {
  const book: Said[] = []
  let context: LedgerContext = NO_CONTEXT
  for (const earlier of after) {
    const reading = readLedger(earlier, moment, context)
    if (reading.is !== 'entries') continue
    book.push(...reading.entries)
    const entries = book.map((said, at) => ({ ...said, id: at + 1, recordedAt: moment.now }))
    context = { recent: reading.entries, open: debtsOf(entries).all }
  }
  return noted(readLedger(text, moment, context))
}

interface Line {
  kind: string
  in: string
  /** Messages recorded just before, for the kind `ledger`. */
  after: readonly string[]
}

function parse(line: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || !('kind' in value) || !('in' in value))
      return undefined
    if (typeof value.kind !== 'string' || typeof value.in !== 'string') return undefined
    return { kind: value.kind, in: value.in, after: 'after' in value ? textsOf(value.after) : [] }
  } catch {
    return undefined
  }
}

const textsOf = (value: unknown): string[] =>
  [value].flat().filter((text): text is string => typeof text === 'string')

async function report(io: UnderstandIo): Promise<number> {
  if (io.unread === undefined) {
    io.write('No store of unread texts is connected. Set DATABASE_URL and start the assistant once.')
    return 1
  }
  const rows = [...(await io.unread())].sort(
    (left, right) => right.count - left.count || left.text.localeCompare(right.text, 'en'),
  )
  if (rows.length === 0) io.write('Everything was understood: no unread texts.')
  for (const row of rows) io.write(`${String(row.count).padStart(6)}  ${row.step.padEnd(28)}  ${row.text}`)
  return 0
}

/** The store of the settings; opened only for the report, so that reading needs no database. */
async function unread() {
  const { readConfig } = await import('../config.ts')
  const { openStore } = await import('../db/open.ts')
  const { readUnread } = await import('../db/unread.ts')
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRET_KEY: secretKey } = readConfig()
  const store = await openStore({ databaseUrl, dataDir, secretKey })
  try {
    return await readUnread(store.db)
  } finally {
    await store.stop()
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await understand(process.argv.slice(2), {
    input: process.stdin,
    write: line => process.stdout.write(`${line}\n`),
    now: () => Date.now(),
    unread,
  })
}
