import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import type { FaqEntry } from '../understand/index.ts'

/** What is wrong with an entry, where, and what to do about it. */
export interface FaqProblem {
  file: string
  line: number
  message: string
  remedy: string
}

/** Entries with mistakes are never answered from: the start ends with this. */
export class FaqErrors extends Error {
  override readonly name = 'FaqErrors'
  constructor(readonly problems: readonly FaqProblem[]) {
    super(
      `The answers in faq/ have ${problems.length} ${problems.length === 1 ? 'mistake' : 'mistakes'}:\n` +
        problems
          .map(each => `${each.file}:${each.line} ${each.message}.\n    Remedy: ${each.remedy}.`)
          .join('\n'),
    )
  }
}

const text = (max: number) => z.string().trim().min(1).max(max)
const front = z.strictObject({
  number: z.int().min(1).max(999),
  title: text(80),
  title_en: text(80),
  date: z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/),
  verify: z.boolean(),
  keywords: z.array(text(60)).min(1),
  next: text(300),
  next_en: text(300),
})

const REMEDIES: Record<string, string> = {
  number: 'a whole number that no other entry has, such as "number: 17"',
  date: 'the month in which the facts were gathered, such as "date: 2026-11"',
  verify: '"verify: true" when the facts may have changed, else "verify: false"',
  keywords: 'a list of words, one a line with "  - " before it',
}

interface Read {
  entry?: FaqEntry
  problems: FaqProblem[]
}

/** Every entry of a folder, by number. @throws FaqErrors naming every mistake */
export function loadFaq(dir: string): FaqEntry[] {
  const files = readdirSync(dir)
    .filter(name => name.endsWith('.md'))
    .toSorted()
  const read = files.map(name => readFaq(path.join(dir, name), readFileSync(path.join(dir, name), 'utf8')))
  const entries = read.flatMap(each => each.entry ?? [])
  const problems = [...read.flatMap(each => each.problems), ...doubled(read, files, dir)]
  if (problems.length > 0) throw new FaqErrors(problems)
  return entries.sort((left, right) => left.number - right.number)
}

function doubled(read: readonly Read[], files: readonly string[], dir: string): FaqProblem[] {
  return read.flatMap(({ entry }, at) => {
    const first = read.findIndex(each => each.entry !== undefined && each.entry.number === entry?.number)
    if (entry === undefined || first === at) return []
    const file = path.join(dir, files[at] ?? '')
    return [{ file, line: 2, message: `number ${entry.number} is that of ${files[first] ?? ''} too`, remedy: 'give one of them a number of its own' }] // prettier-ignore
  })
}

/** One entry: front matter between two lines of "---", the answer, and the English answer under "## English". */
export function readFaq(file: string, source: string): Read {
  const [, yaml, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source.replace(/\r\n/g, '\n')) ?? []
  if (yaml === undefined || body === undefined)
    return problem(file, 1, 'the front matter is missing', 'begin the file with "---", its fields, and "---"')
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  const [fault] = document.errors
  if (fault !== undefined)
    return problem(file, lines.linePos(fault.pos[0]).line + 1, 'this is no YAML', 'put values with signs such as ":" in quotes') // prettier-ignore
  const parsed = front.safeParse(document.toJS())
  if (!parsed.success)
    return { problems: parsed.error.issues.map(issue => problemOf(file, issue, document, lines)) }
  const [id = '', en = ''] = body.split(/^## English\s*$/m).map(part => part.trim())
  const bodyLine = yaml.split('\n').length + 3
  if (id === '') return problem(file, bodyLine, 'the answer is missing', 'write it under the front matter')
  if (en === '') return problem(file, bodyLine, 'the English answer is missing', 'write it at the end, under "## English"') // prettier-ignore
  const { number, title, title_en, date, verify, keywords, next, next_en } = parsed.data
  const entry: FaqEntry = {
    number,
    title: { id: title, en: title_en },
    answer: { id, en },
    next: { id: next, en: next_en },
    date,
    verify,
    keywords,
  }
  return { entry, problems: [] }
}

const problem = (file: string, line: number, message: string, remedy: string): Read => ({
  problems: [{ file, line, message, remedy }],
})

function problemOf(
  file: string,
  issue: z.core.$ZodIssue,
  document: Document,
  lines: LineCounter,
): FaqProblem {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = String(issue.path[0] ?? unknown ?? '')
  const missing = unknown === undefined && !document.has(field)
  const message = unknown !== undefined ? `there is no field "${field}"` : missing ? `the field "${field}" is missing` : `the field "${field}" is not right` // prettier-ignore
  const remedy = unknown !== undefined ? `the fields are ${Object.keys(front.shape).join(', ')}` : (REMEDIES[field] ?? `a short text, such as "${field}: …"`) // prettier-ignore
  return { file, line: lineOf(document, lines, field), message, remedy }
}

/** The line of a field in its file; the first of the front matter where the field is missing. */
function lineOf(document: Document, lines: LineCounter, field: string): number {
  const pair = isMap(document.contents)
    ? document.contents.items.find(item => isScalar(item.key) && item.key.value === field)
    : undefined
  const range = isScalar(pair?.key) ? pair.key.range : undefined
  return range ? lines.linePos(range[0]).line + 1 : 2
}
