import { ASKING, calendarTokens, QUIET } from './calendar-words.ts'
import { NEGATIONS } from './lexicon.ts'
import type { Mark, Mode } from './marks.ts'
import { clockAt } from './scan-clock.ts'
import { dayAt } from './scan-day.ts'
import { isNumber, wordAt } from './scan-common.ts'
import { saidOnce, type Token } from './tokens.ts'

export interface Scan {
  marks: Mark[]
  /** "sekitar", "kira-kira", "kurang lebih". */
  about: boolean
  /** Words with a meaning of their own that no rule took. */
  unknown: number
  negated: boolean
  /** "sebelum jam 10". */
  before: boolean
}

/** One pass over a message about a date, a time or both: at each place the first rule that fits takes its words. */
export function scan(text: string, mode: Mode): Scan {
  const tokens = saidOnce(calendarTokens(text))
  const found: Scan = { marks: [], about: false, unknown: 0, negated: false, before: false }
  for (let at = 0; at < tokens.length;) {
    const next = addressEnd(tokens, at) ?? aboutEnd(tokens, at, found) ?? ruleEnd(tokens, at, mode, found)
    if (next !== undefined) at = next
    else {
      note(tokens, at, mode, found)
      at++
    }
  }
  return found
}

/** "rt 05/03": never a date. */
function addressEnd(tokens: readonly Token[], at: number): number | undefined {
  if (wordAt(tokens, at) !== 'rt' && wordAt(tokens, at) !== 'rw') return undefined
  let next = at + 1
  while (tokens[next]?.kind === 'number' || ['/', '.', ':'].includes(wordAt(tokens, next))) next++
  return next
}

function aboutEnd(tokens: readonly Token[], at: number, found: Scan): number | undefined {
  const word = wordAt(tokens, at)
  const pair = word === 'kurang' && wordAt(tokens, at + 1) === 'lebih'
  const single =
    (word === 'sekitar' && !['cepat', 'dekat'].includes(wordAt(tokens, at + 1))) ||
    word === 'kira' ||
    word === '±' ||
    word === '~'
  if (!pair && !single) return undefined
  found.about = true
  return pair ? at + 2 : at + 1
}

function ruleEnd(tokens: readonly Token[], at: number, mode: Mode, found: Scan): number | undefined {
  const isHours =
    mode === 'both' && found.marks.length > 0 && isNumber(tokens, at) && wordAt(tokens, at + 1) === '-'
  const rule = (isHours ? undefined : dayAt(tokens, at, mode)) ?? clockAt(tokens, at, mode)
  if (rule === undefined) return undefined
  found.marks.push(...rule.marks)
  return rule.next
}

const JOINTS: Record<string, Mark> = {
  atau: { is: 'or' },
  '/': { is: 'or' },
  dan: { is: 'or' },
  sampai: { is: 'to' },
  '-': { is: 'to' },
}

/** What no rule took: joints, bare days of a month, negations, quiet words, and the rest. */
function note(tokens: readonly Token[], at: number, mode: Mode, found: Scan): void {
  const { kind, word } = tokens[at] ?? { kind: 'sign', word: '' }
  const joint = JOINTS[word]
  if (joint !== undefined && (found.marks.length > 0 || kind === 'word')) found.marks.push(joint)
  else if (word === 'sebelum') found.before = true
  else if (word === 'habis') found.about = true
  else if (kind === 'number') bareNumber(word, mode, found)
  else if (NEGATIONS.has(word)) found.negated ||= !ASKING.has(wordAt(tokens, at - 1))
  else if (kind === 'word' && !QUIET.has(word)) found.unknown++
}

/** Under a date question a bare number is a day of the month. */
function bareNumber(text: string, mode: Mode, found: Scan): void {
  const day = Number(text)
  if (mode === 'date' && text.length <= 2 && day >= 1 && day <= 31)
    found.marks.push({ is: 'month_day', day, bare: true })
  else found.unknown++
}
