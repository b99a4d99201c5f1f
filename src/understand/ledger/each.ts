import { wordAt } from '../scan-common.ts'
import type { Token } from '../tokens.ts'
import type { Item, Streams } from './item.ts'
import { ledgerLexicon, UNITS } from './vocabulary.ts'

const OPENERS = new Set(['per', '/', 'tiap', 'setiap', 'untuk1'])
const ALONE = new Set(['@', 'satunya', 'masing', 'each'])

/** "@", "per porsi", "/gelas", "seporsi", "satunya", "masing-masing", and "x" between two numbers. */
export function eachAt({ ledger }: Streams, at: number, before: readonly Item[]): Item | undefined {
  const word = wordAt(ledger, at)
  if (isTimes(ledger, at)) return { is: 'times', word: '', from: at, to: at + 1 }
  if (ALONE.has(word))
    return { is: 'each', unit: '', se: false, word: '', from: at, to: afterTwin(ledger, at) }
  if (OPENERS.has(word)) {
    const unit = unitOf(wordAt(ledger, at + 1))
    return unit === undefined || before.length === 0
      ? undefined
      : { is: 'each', unit, se: false, word: '', from: at, to: at + 2 }
  }
  return joined(ledger, at)
}

/** "masing-masing" */
const afterTwin = (tokens: readonly Token[], at: number): number => {
  const dash = wordAt(tokens, at + 1) === '-' ? at + 2 : at + 1
  return wordAt(tokens, at) === 'masing' && wordAt(tokens, dash) === 'masing' ? dash + 1 : at + 1
}

function joined(tokens: readonly Token[], at: number): Item | undefined {
  const text = tokens[at]?.kind === 'word' ? (tokens[at]?.text ?? '') : ''
  for (const [prefix, se] of [
    ['per', false],
    ['se', true],
  ] as const) {
    const unit = text.startsWith(prefix) ? unitOf(text.slice(prefix.length)) : undefined
    if (unit !== undefined) return { is: 'each', unit, se, word: '', from: at, to: at + 1 }
  }
  return undefined
}

/** "kilonya" is "kilo". */
export function unitOf(text: string): string | undefined {
  const word = ledgerLexicon.listed(text) ?? text
  if (UNITS.has(word)) return word
  const stem = /^(.{2,})nya$/.exec(text)?.[1]
  const found = stem === undefined ? undefined : (ledgerLexicon.listed(stem) ?? stem)
  return found !== undefined && UNITS.has(found) ? found : undefined
}

const NUMBERISH = (token: Token | undefined): boolean =>
  token?.kind === 'number' || token?.text === 'rp' || token?.text === '@'

const TIMES = new Set(['x', '*', 'kali', 'dikali'])

function isTimes(tokens: readonly Token[], at: number): boolean {
  if (!TIMES.has(wordAt(tokens, at))) return false
  const after = NUMBERISH(tokens[at + 1])
  return after && at > 0 && tokens.slice(Math.max(0, at - 3), at).some(token => token.kind === 'number')
}
