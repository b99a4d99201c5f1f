import { byNothing, isAround, numberOf, phrasesOf, type Phrase } from './choices.ts'
import { NEGATIONS } from './lexicon.ts'
import { nearMiss } from './spelling.ts'
import { contentWords, isTooLong, tokenise, type Token } from './tokens.ts'
import { approximate, ask, none, value, type ChoiceOption, type Reading } from './types.ts'

const CONNECTORS = new Set([
  'dan',
  'sama',
  'serta',
  'juga',
  'terus',
  'plus',
  'lalu',
  'dengan',
  'tambah',
  'atau',
  'sampai',
])
const ALL = new Set(['semua', 'komplit', 'lengkap', 'everything'])
const EXCEPT = new Set(['kecuali', 'selain', 'except'])
const LONGEST_LABEL = 8

interface Scan {
  chosen: Set<string>
  refused: Set<string>
  /** Groups of which the message named more than one option at once. */
  unsure: string[][]
  repaired: boolean
  unknown: number
}

/**
 * Reads an answer that may name several options: "1,3", "1 dan 3", "2-4", "NIB sama halal", "semua", "semua kecuali
 * halal". What is negated is left out ("NIB ada, halal belum ada" → NIB). An option that itself says "belum ada" excludes
 * the others: together with one of them → `ask`. Repaired or partly understood messages are `approximate`.
 * Reasons: `unread`, `too_long`, `negated`, `out_of_range`, `ambiguous`.
 */
export function readChoices(text: string, options: readonly ChoiceOption[]): Reading<string[]> {
  if (isTooLong(text)) return none('too_long')
  const tokens = tokenise(text)
  const phrases = phrasesOf(options)
  const numbers = onlyNumbers(tokens, options)
  if (numbers !== undefined) return numbers
  const nothing = byNothing(text, options)
  if (nothing?.kind === 'value') return value([nothing.value])
  const words = contentWords(tokens)
  const all = words.findIndex(token => ALL.has(token.word))
  const scan = scanWords({ words: words.filter((_, index) => index !== all), options, phrases })
  if (all >= 0) return everything(scan, options, words)
  return conclude(scan, options)
}

/** "1,3", "1 3", "1-3": numbers and signs only. Beyond the list, or "13" for 1 and 3, it asks. */
function onlyNumbers(
  tokens: readonly Token[],
  options: readonly ChoiceOption[],
): Reading<string[]> | undefined {
  const rest = tokens.filter(
    token => token.kind !== 'sign' && !CONNECTORS.has(token.word) && !isAround(token.word),
  )
  if (rest.length === 0 || !rest.every(token => token.kind === 'number')) return undefined
  const shown: number[] = []
  for (const [index, token] of rest.entries()) {
    const before = tokens[tokens.indexOf(token) - 1]
    const from = Number(rest[index - 1]?.text)
    const isRange =
      index > 0 && (before?.word === '-' || before?.word === 'sampai') && from < Number(token.text)
    for (let next = isRange ? from + 1 : Number(token.text); next <= Math.min(Number(token.text), 99); next++)
      shown.push(next)
  }
  const found = [...new Set(shown)].map(number => options[number - 1]?.value)
  if (found.length > 0 && found.every(option => option !== undefined))
    return exclusive(inOrder(new Set(found), options), options)
  return runTogether(rest, options)
}

function runTogether(rest: readonly Token[], options: readonly ChoiceOption[]): Reading<string[]> {
  const digits = rest.length === 1 ? [...(rest[0]?.text ?? '')] : []
  const found = digits.map(digit => options[Number(digit) - 1]?.value)
  const known = found.filter(option => option !== undefined)
  const apart = known.length === found.length && new Set(known).size > 1
  return apart ? ask([inOrder(new Set(known), options)], 'ambiguous') : none('out_of_range')
}

/** The words that are read and what they are read against. */
interface Sentence {
  words: readonly Token[]
  options: readonly ChoiceOption[]
  phrases: readonly Phrase[]
}

function scanWords(sentence: Sentence): Scan {
  const { words, phrases } = sentence
  const scan: Scan = { chosen: new Set(), refused: new Set(), unsure: [], repaired: false, unknown: 0 }
  let negated = false
  let last: string | undefined
  for (let at = 0; at < words.length;) {
    const hit = longestLabel(words, at, phrases) ?? shown(words, at, sentence.options)
    const next = at + (hit?.length ?? 1)
    if (refuses(sentence, at, hit, last)) negated = negates(words, next, scan, last)
    else if (hit === undefined) loosely(words[at]?.word ?? '', phrases, scan, negated)
    else {
      ;(negated ? scan.refused : scan.chosen).add(hit.option)
      last = negated ? undefined : hit.option
      negated = false
    }
    at = next
  }
  return scan
}

interface Hit {
  option: string
  length: number
}

/** A negation; or "halal belum ada", "belum ada NIB": the option "Belum ada" said of another option. */
function refuses(
  { words, options, phrases }: Sentence,
  at: number,
  hit: Hit | undefined,
  last: string | undefined,
): boolean {
  if (hit === undefined) return NEGATIONS.has(words[at]?.word ?? '')
  const option = options.find(each => each.value === hit.option)
  if (option === undefined || !saysNone(option)) return false
  const follows = last !== undefined && !CONNECTORS.has(words[at - 1]?.word ?? '')
  const next = at + hit.length
  return follows || (next < words.length && longestLabel(words, next, phrases) !== undefined)
}

/** "punya", "ada": say that one has it, never an option by themselves. */
const OWNING = new Set([
  'punya',
  'ada',
  'sudah',
  'baru',
  'cuma',
  'hanya',
  'memiliki',
  'urus',
  'dipunya',
  'only',
  'have',
])

/** A negation after the last word of a part takes the option before it back ("halal belum"); else it waits for the next. */
function negates(words: readonly Token[], at: number, scan: Scan, last: string | undefined): boolean {
  const next = words[at]
  const trailing =
    last !== undefined && (next === undefined || CONNECTORS.has(next.word) || OWNING.has(next.word))
  if (!trailing) return true
  scan.chosen.delete(last)
  scan.refused.add(last)
  return false
}

function longestLabel(words: readonly Token[], at: number, phrases: readonly Phrase[]): Hit | undefined {
  for (let length = Math.min(LONGEST_LABEL, words.length - at); length > 0; length--) {
    const key = words
      .slice(at, at + length)
      .map(token => token.word)
      .join(' ')
    const found = phrases.find(phrase => phrase.key === key)
    if (found !== undefined) return { option: found.option.value, length }
  }
  return undefined
}

function shown(words: readonly Token[], at: number, options: readonly ChoiceOption[]): Hit | undefined {
  const number = numberOf(words[at])
  const option = number === undefined ? undefined : options[number - 1]
  return option === undefined ? undefined : { option: option.value, length: 1 }
}

function loosely(word: string, phrases: readonly Phrase[], scan: Scan, negated: boolean): void {
  if (CONNECTORS.has(word) || isAround(word) || OWNING.has(word)) return
  const parts = unique(phrases.filter(phrase => phrase.words.includes(word)))
  const found =
    parts.length > 0
      ? parts
      : unique(phrases.filter(phrase => nearMiss(word, phrase.words.join('')) !== undefined))
  const [option] = found
  if (option === undefined) scan.unknown++
  else if (found.length > 1) scan.unsure.push(found)
  else (negated ? scan.refused : scan.chosen).add(option)
  if (parts.length === 0 && option !== undefined) scan.repaired = true
}

const unique = (phrases: readonly Phrase[]): string[] => [
  ...new Set(phrases.map(phrase => phrase.option.value)),
]

function everything(
  scan: Scan,
  options: readonly ChoiceOption[],
  words: readonly Token[],
): Reading<string[]> {
  const except = words.some(token => EXCEPT.has(token.word))
  const left = new Set(options.filter(option => !saysNone(option)).map(option => option.value))
  for (const option of [...scan.refused, ...(except ? scan.chosen : [])]) left.delete(option)
  const chosen = inOrder(left, options)
  const negatedAll = !except && words.some(token => NEGATIONS.has(token.word))
  if (negatedAll) return none('negated')
  return scan.unknown > 0 || scan.unsure.length > 0 ? approximate(chosen) : value(chosen)
}

function conclude(scan: Scan, options: readonly ChoiceOption[]): Reading<string[]> {
  const unsure = scan.unsure.filter(
    group => !group.some(option => scan.chosen.has(option) || scan.refused.has(option)),
  )
  const chosen = inOrder(scan.chosen, options)
  if (unsure[0] !== undefined)
    return ask(
      unsure[0].map(option => inOrder(new Set([...chosen, option]), options)),
      'ambiguous',
    )
  if (chosen.length === 0) return none(scan.refused.size > 0 ? 'negated' : 'unread')
  const result = exclusive(chosen, options)
  return result.kind === 'value' && (scan.repaired || scan.unknown > 0) ? approximate(result.value) : result
}

function exclusive(chosen: string[], options: readonly ChoiceOption[]): Reading<string[]> {
  const nothing = options.filter(option => saysNone(option)).map(option => option.value)
  const clash = chosen.length > 1 && chosen.some(option => nothing.includes(option))
  if (!clash) return value(chosen)
  return ask(
    [chosen.filter(option => !nothing.includes(option)), chosen.filter(option => nothing.includes(option))],
    'ambiguous',
  )
}

const saysNone = (option: ChoiceOption): boolean => {
  const [first] = contentWords(tokenise(option.label))
  return first !== undefined && NEGATIONS.has(first.word)
}

const inOrder = (chosen: ReadonlySet<string>, options: readonly ChoiceOption[]): string[] =>
  options.map(option => option.value).filter(option => chosen.has(option))
