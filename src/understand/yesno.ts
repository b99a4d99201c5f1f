import { PARTICLES } from './lexicon.ts'
import { isNumber, wordAt } from './scan-common.ts'
import { nearMiss } from './spelling.ts'
import { contentWords, isTooLong, tokenise, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'
import {
  lexicon,
  WEAK_YES,
  YES,
  NO,
  UNKNOWN,
  LATER,
  CANCEL,
  KNOWING,
  HARMLESS,
  AUXILIARY,
  NEGATORS,
  QUESTIONS,
  QUIET,
  HEDGES,
} from './yesno-words.ts'

export type YesNo = 'yes' | 'no' | 'not_yet' | 'unknown' | 'later' | 'cancel'

interface Mark {
  answer: YesNo
  at: number
  /** How many words it covers. */
  length: number
  weak?: boolean
}

/**
 * Reads an answer to a yes/no question in Indonesian or English. Negation comes first: a negated word never counts as
 * itself ("tidak setuju" is no, "ga jadi batal" is no). `belum` is its own answer, and so are "tidak tahu", "nanti" and
 * "ga jadi". Reasons: `unread`, `too_long`, `number` (a digit answers the menu on screen), `conflict` (yes and no).
 */
export function readYesNo(text: string): Reading<YesNo> {
  if (isTooLong(text)) return none('too_long')
  const all = contentWords(apart(tokenise(text, lexicon)))
  const telling = all.filter(token => !QUIET.has(token.word))
  if (telling.length > 0 && telling.every(token => token.kind === 'number')) return none('number')
  const marks = findMarks(all)
  if (marks.length === 0) return repaired(all)
  const covered = (index: number): boolean =>
    marks.some(mark => index >= mark.at && index < mark.at + mark.length)
  const left = all.filter((token, index) => !covered(index) && !QUIET.has(token.word))
  if (marks.every(mark => mark.weak === true) && trails(all, left, marks)) return none('unread')
  const why = left.find(token => QUESTIONS.has(token.word))
  if (why !== undefined) return asksBack(why, marks, left)
  const hasChoice = all.some(token => token.word === 'atau')
  const answer = hasChoice ? undefined : settle(marks, all)
  if (answer === undefined) return ask([...new Set(marks.map(mark => mark.answer))], 'conflict')
  return isSure(all, left, marks) ? value(answer) : approximate(answer)
}

/** "Tidak, salah" is no twice; "tidak salah" is none. A comma behind a negation stands as a word that it cannot reach across. */
const apart = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, at) =>
    token.word === ',' && NEGATORS.has(tokens[at - 1]?.word ?? '') ? { ...token, kind: 'word' } : token,
  )

/** Nothing else is said, or the answer comes first; and it is not hedged ("kayaknya iya"). */
function isSure(all: readonly Token[], left: readonly Token[], marks: readonly Mark[]): boolean {
  if (all.some(token => HEDGES.has(token.word))) return false
  const first = all.findIndex(token => !QUIET.has(token.word) || WEAK_YES.has(token.word))
  return left.length === 0 || (first === (marks[0]?.at ?? 0) && left.length <= 8)
}

/** "nasi uduk ya": a particle after something else is no answer. */
const trails = (all: readonly Token[], left: readonly Token[], marks: readonly Mark[]): boolean =>
  left.length > 0 && all.indexOf(left[0] as Token) < (marks[0]?.at ?? 0)

/** "kenapa tidak?" agrees; any other question is not an answer. */
function asksBack(why: Token, marks: readonly Mark[], left: readonly Token[]): Reading<YesNo> {
  const agrees = ['kenapa', 'knp', 'mengapa', 'why'].includes(why.word) && left.length === 1
  return agrees && marks.every(mark => mark.answer === 'no') ? approximate('yes') : none('unread')
}

function findMarks(all: readonly Token[]): Mark[] {
  const marks: Mark[] = []
  for (let at = 0; at < all.length;) {
    const mark = markAt(all, at)
    if (mark !== undefined) marks.push(mark)
    at += mark?.length ?? 1
  }
  return marks
}

function markAt(all: readonly Token[], at: number): Mark | undefined {
  const word = wordAt(all, at)
  const fixed = FIXED[`${word} ${wordAt(all, at + 1)}`]
  if (fixed !== undefined) return { ...fixed, at, length: 2 }
  if (word === 'no' && isNumber(all, at + 1)) return undefined
  if (NEGATORS.has(word)) return negated(all, at)
  if (word === 'belum' || word === 'kurang') return notQuite(all, at, word)
  if (WEAK_YES.has(word)) return { answer: 'yes', at, length: 1, weak: true }
  const answer = meaningOf(word)
  return answer === undefined ? undefined : { answer, at, length: 1 }
}

/** Two words that mean something else together; "masa enggak?" is a yes that asks back. */
const FIXED: Record<string, Pick<Mark, 'answer' | 'weak'>> = {
  'tahu ah': { answer: 'unknown' }, 'lain kali': { answer: 'later' }, 'tidak belum': { answer: 'not_yet' },
  'masa tidak': { answer: 'yes', weak: true }, 'masa bukan': { answer: 'yes', weak: true },
} // prettier-ignore

const meaningOf = (word: string): YesNo | undefined => SINGLE.find(([, list]) => list.has(word))?.[0]

const SINGLE: readonly [YesNo, ReadonlySet<string>][] = [
  ['yes', YES],
  ['no', NO],
  ['unknown', UNKNOWN],
  ['later', LATER],
  ['cancel', CANCEL],
]

/** The next word that means something, for what a negation takes with it. */
function nextMeaning(all: readonly Token[], at: number): number {
  let next = at + 1
  while (next < all.length && PASSED_OVER.has(wordAt(all, next))) next++
  return next
}
const PASSED_OVER = new Set([
  ...PARTICLES,
  'saya',
  'kami',
  'itu',
  'begitu',
  'gitu',
  'terlalu',
  'ada',
  'yang',
  'i',
  'do',
  'lagi',
])

/** What a negation turns the next word into; everything else it simply denies. */
const NEGATED: Record<string, YesNo> = {
  sekarang: 'later', yet: 'not_yet', ...Object.fromEntries([...HARMLESS].map(word => [word, 'yes' as const])),
  ...Object.fromEntries([...KNOWING].map(word => [word, 'unknown' as const])),
} // prettier-ignore

function negated(all: readonly Token[], at: number): Mark {
  const next = nextMeaning(all, at)
  const word = wordAt(all, next)
  const covering = (answer: YesNo, end = next): Mark => ({ answer, at, length: end - at + 1 })
  const turned = NEGATED[word]
  if (turned !== undefined) return covering(turned)
  const after = nextMeaning(all, next)
  if (word === 'jadi') return CANCEL.has(wordAt(all, after)) ? covering('no', after) : covering('cancel')
  if (NEGATORS.has(word) || word === 'belum')
    return covering(negated(all, next).answer, next + negated(all, next).length - 1)
  if (AUXILIARY.has(word))
    return covering('no', ['cancel', 'yes'].includes(meaningOf(wordAt(all, after)) ?? '') ? after : next)
  const means = meaningOf(word) !== undefined && word !== 'nanti'
  return means ? covering('no') : { answer: 'no', at, length: owned(all, at, next) }
}

/** How far a negation reaches when nothing after it has a meaning of its own: over "ada". */
function owned(all: readonly Token[], at: number, next: number): number {
  let end = at
  for (let index = at + 1; index < next; index++) if (YES.has(wordAt(all, index))) end = index
  return end - at + 1
}

/** "belum" and "kurang" with the word they soften: "belum tahu", "kurang setuju". */
function notQuite(all: readonly Token[], at: number, first: string): Mark | undefined {
  const next = nextMeaning(all, at)
  const word = wordAt(all, next)
  const covering = (answer: YesNo, end = next): Mark => ({ answer, at, length: end - at + 1 })
  if (KNOWING.has(word)) return covering('unknown')
  const means = ['yes', 'no', 'cancel'].includes(meaningOf(word) ?? '')
  if (first === 'kurang') return means || word === 'suka' ? covering('no') : undefined
  if (word === 'sekarang') return covering('later')
  const after = nextMeaning(all, next)
  if (AUXILIARY.has(word) && CANCEL.has(wordAt(all, after))) return covering('not_yet', after)
  return means ? covering('not_yet') : { answer: 'not_yet', at, length: owned(all, at, next) }
}

/** One answer out of all marks, or undefined when they contradict each other. */
function settle(marks: readonly Mark[], all: readonly Token[]): YesNo | undefined {
  const answers = new Set(marks.map(mark => mark.answer))
  const first = marks[0]?.answer
  if (answers.size === 1) return first
  for (const strong of ['cancel', 'unknown'] as const) if (answers.has(strong)) return strong
  if (answers.has('not_yet')) {
    const questioned = marks.some(mark => all[mark.at]?.word === 'sudah')
    return questioned ? undefined : 'not_yet'
  }
  if (answers.has('later')) return 'later'
  const strongYes = marks.some(mark => mark.answer === 'yes' && mark.weak !== true)
  const corrected = all.some(token => token.word === 'eh' || token.word === 'maksudnya')
  return strongYes || corrected ? undefined : 'no'
}

/** A typing mistake in a one-word answer ("setjuu"): near enough to exactly one answer, to be confirmed. */
function repaired(all: readonly Token[]): Reading<YesNo> {
  const spoken = all.filter(token => !QUIET.has(token.word))
  const only = spoken.length === 1 ? spoken[0] : undefined
  if (only?.kind !== 'word') return none('unread')
  const found = new Set<YesNo>()
  for (const [answer, list] of SINGLE) {
    for (const word of list) if (nearMiss(only.word, word) !== undefined) found.add(answer)
  }
  const [answer] = found
  return answer !== undefined && found.size === 1 ? approximate(answer) : none('unread')
}
