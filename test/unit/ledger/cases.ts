import { readFileSync } from 'node:fs'
import { understand } from '../../../src/cli/understand.ts'
import { Readable } from 'node:stream'
import { moment } from '../understand/support.ts'

export type Noted = Record<string, unknown>

export interface LedgerCase {
  id: string
  in: string
  after?: string
  want: Noted | Noted[]
  tier: number
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/understand/${name}`, import.meta.url), 'utf8')

export const tableCases = (JSON.parse(fixture('ledger-cases.json')) as { cases: LedgerCase[] }).cases

/** Our own tables: `[recorded before] message => kind amount field=value … + …`, alternatives divided by " | ". */
export interface OwnCase {
  row: string
  in: string
  after?: string
  wants: Noted[][]
}

export const ownCases: OwnCase[] = ['ledger-own.txt', 'ledger-people.txt', 'ledger-trades.txt']
  .flatMap(name => fixture(name).split('\n'))
  .filter(row => row !== '' && !row.startsWith('#'))
  .map(row => {
    const [left = '', right = ''] = row.split(' => ')
    const [, after, text = left] = /^\[(.*?)\] (.*)$/.exec(left) ?? []
    const wants = right.split(' | ').map(way => way.split(' + ').map(entryOf))
    return { row, in: text.replaceAll('\\n', '\n'), ...(after === undefined ? {} : { after }), wants }
  })

function entryOf(text: string): Noted {
  const [kind = '', amount, ...fields] = text.trim().split(' ')
  const entry: Noted = { kind, ...(amount === undefined ? {} : { amount: Number(amount) }) }
  let last = ''
  for (const field of fields) {
    const [name = '', value] = field.split('=')
    if (value === undefined) entry[last] = `${String(entry[last])} ${name}`
    else entry[(last = name)] = value
  }
  return entry
}

/** What the command line answers to messages, each with what was recorded before. */
export async function answers(
  cases: readonly { in: string; after?: string }[],
): Promise<(Noted | Noted[])[]> {
  const lines: string[] = []
  const input = Readable.from(
    cases.map(each => `${JSON.stringify({ kind: 'ledger', in: each.in, after: each.after })}\n`),
  )
  await understand([], { input, write: line => lines.push(line), now: () => moment.now })
  return lines.map(line => (JSON.parse(line) as { got: Noted | Noted[] }).got)
}

const FIELDS = ['category', 'qty', 'unitPrice', 'party', 'method', 'cash', 'due', 'dp', 'full']
const folded = (value: unknown): string => String(value).toLowerCase().replace(/\s+/g, '')

/** As the table says: kind, op, amount and date always; further fields when they are wanted; the rest is advice. */
export function agrees(got: Noted | Noted[], want: Noted | Noted[]): boolean {
  if (Array.isArray(want)) return Array.isArray(got) && got.length === want.length && want.every((each, at) => agrees(got[at] ?? {}, each)) // prettier-ignore
  if (Array.isArray(got)) return false
  if (want['kind'] === 'ask' || want['kind'] === 'none') return got['kind'] === want['kind']
  return (
    ['kind', 'op', 'amount', 'date'].every(field => got[field] === want[field]) &&
    FIELDS.every(field => want[field] === undefined || folded(got[field]) === folded(want[field]))
  )
}

export const isConfident = (got: Noted | Noted[]): boolean =>
  Array.isArray(got) || !['ask', 'none'].includes(String(got['kind']))
