import { common, type Lexicon } from './lexicon.ts'
import { squeeze } from './spelling.ts'

/** Longer messages than this are not answers; every reader says `too_long` and stays fast on any input. */
const MAX_LENGTH = 1000

export interface Token {
  kind: 'word' | 'number' | 'sign' | 'emoji'
  /** As typed, lower case, doubled letters said once: "iyaaa" is "iya", "minggu" is "mingu". */
  text: string
  /** What the readers compare: the standard spelling when the lexicon knows it, else the squeezed text. */
  word: string
  /** No white space before it: "500rb" is a number and a glued word. */
  glued: boolean
  /** Place in the cleaned text. */
  start: number
  end: number
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\u20e3\ufeff\u{1f3fb}-\u{1f3ff}]/gu
const LETTER = /[\p{L}\p{M}]/u
const SIGNS = new Set('±~.,:;/-+?&()#*=[]<>%\n|@_')
const SAME_SIGN: Record<string, string> = {
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '⁄': '/',
  '•': '*',
  '×': '*',
}
const APOSTROPHES = new Set("'’‘`´ʼ")
const EMOJI: Record<string, string> = {
  '👍': 'ya', '👌': 'ya', '✅': 'ya', '✔': 'ya', '☑': 'ya', '🆗': 'ya', '💯': 'ya', '🙆': 'ya',
  '❌': 'tidak', '👎': 'tidak', '✖': 'tidak', '🚫': 'tidak', '🙅': 'tidak', '❎': 'tidak',
  '👋': 'halo', '❓': '?', '❔': '?',
} // prettier-ignore

/** NFKC, lower case, without invisible characters. Lower case never depends on the machine's locale. */
export function clean(text: string): string {
  return text
    .trim()
    .slice(0, MAX_LENGTH * 2)
    .normalize('NFKC')
    .toLowerCase()
    .replace(INVISIBLE, '')
    .replace(JOINED, ' ')
    .slice(0, MAX_LENGTH)
}

/** Any of some words, each letter once or more: "tiga", "tiiga". */
const anyOf = (words: string): string =>
  words
    .split(' ')
    .map(word => word.replace(/./g, '$&+'))
    .join('|')
const UNIT_WORDS = anyOf('dua tiga empat lima enam tujuh delapan sembilan')
const SCALE_WORDS = anyOf('belas puluh ratus ribu juta')
/** Between the words of a number: "tigaratus ribu", "limapuluhribu". */
const JOINED = new RegExp(
  `(?<=(?<!\\p{L})(?:${UNIT_WORDS})|\\p{L}(?:${anyOf('belas puluh ratus')}))(?=(?:${SCALE_WORDS})+(?:an|nya)?(?!\\p{L}))`,
  'gu',
)

export const isTooLong = (text: string): boolean =>
  text.length > MAX_LENGTH && text.trim().length > MAX_LENGTH

type CharKind = 'letter' | 'digit' | 'sign' | 'apostrophe' | 'emoji' | 'space'

function kindOf(char: string): CharKind {
  if (char >= 'a' && char <= 'z') return 'letter'
  if (char >= '0' && char <= '9') return 'digit'
  if (SIGNS.has(char) || char in SAME_SIGN) return 'sign'
  if (APOSTROPHES.has(char)) return 'apostrophe'
  if (char in EMOJI) return 'emoji'
  return char > '\u007f' && LETTER.test(char) ? 'letter' : 'space'
}

/** Splits a message into words, runs of digits, signs and the emoji that mean something, in one pass. */
export function tokenise(text: string, lexicon: Lexicon = common): Token[] {
  const chars = [...clean(text)]
  const tokens: Token[] = []
  let glued = false
  for (let at = 0; at < chars.length;) {
    const char = chars[at] ?? ''
    const kind = kindOf(char)
    if (kind === 'space' || kind === 'apostrophe') {
      glued = kind === 'apostrophe' && glued
      at++
      continue
    }
    const end = kind === 'letter' || kind === 'digit' ? endOfRun(chars, at, kind) : at + 1
    tokens.push(makeToken(chars, { at, end, kind, glued }, lexicon))
    glued = char !== '\n'
    at = end
  }
  return tokens
}

function endOfRun(chars: readonly string[], from: number, kind: 'letter' | 'digit'): number {
  let at = from
  while (at < chars.length) {
    const next = kindOf(chars[at] ?? '')
    const inside =
      next === kind ||
      (kind === 'letter' && next === 'apostrophe' && kindOf(chars[at + 1] ?? '') === 'letter')
    if (!inside) break
    at++
  }
  return at
}

interface Span {
  at: number
  end: number
  kind: CharKind
  glued: boolean
}

function makeToken(chars: readonly string[], span: Span, lexicon: Lexicon): Token {
  const { at, end, glued } = span
  const base = { glued, start: at, end }
  if (span.kind === 'digit') {
    const text = chars.slice(at, end).join('')
    return { kind: 'number', text, word: text, ...base }
  }
  if (span.kind === 'letter') {
    const letters = chars.slice(at, end).filter(char => !APOSTROPHES.has(char))
    const text = squeeze(letters.join(''))
    return { kind: 'word', text, word: lexicon.find(text) ?? text, ...base }
  }
  const char = chars[at] ?? ''
  if (span.kind === 'emoji') return { kind: 'emoji', text: char, word: EMOJI[char] ?? char, ...base }
  const sign = SAME_SIGN[char] ?? char
  return { kind: 'sign', text: sign, word: sign, ...base }
}

/** "s/d" is how "sampai dengan" is written between two values. */
export const untilWritten = (text: string): string => text.replace(/\bs ?\/ ?d\b/gi, ' sampai ')

/** Words that people write with a 2 for "said twice" ("kira2"). Others keep it: "jam2" is two o'clock. */
const REDUPLICATED = new Set([
  'kapan',
  'kira',
  'apa',
  'sama',
  'usaha',
  'orang',
  'pikir',
  'kadang',
  'lihat',
  'baik',
  'rata',
  'pagi',
  'sore',
  'nanti',
  'tanya',
])

/** "pagi-pagi", "sore sore", "kira2": said twice, meant once. Only "kapan-kapan" (some day) is not "kapan". */
export function saidOnce(tokens: readonly Token[]): Token[] {
  const kept: Token[] = []
  for (const token of tokens) {
    const dashed = kept.at(-1)?.word === '-'
    const said = kept.at(dashed ? -2 : -1)
    if (said?.kind !== 'word' || !isRepeated(said, token)) {
      kept.push(token)
      continue
    }
    if (dashed) kept.pop()
    if (said.word === 'kapan') kept[kept.length - 1] = { ...said, word: 'kapankapan' }
  }
  return kept
}

/** "minggu minggu" stays twice: it can be a week and a Sunday. */
function isRepeated(said: Token, token: Token): boolean {
  if (token.kind === 'word') return token.word === said.word && token.word !== 'minggu'
  return token.glued && token.text === '2' && REDUPLICATED.has(said.text)
}

/** The tokens that carry words: signs dropped, repeated words said once. */
export const contentWords = (tokens: readonly Token[]): Token[] =>
  saidOnce(tokens.filter(token => token.kind !== 'sign'))
