import { byNothing, isAround, numberOf, phrasesOf, type Phrase } from './choices.ts'
import { NEGATIONS } from './lexicon.ts'
import { nearMiss } from './spelling.ts'
import { isTooLong, saidOnce, tokenise, type Token } from './tokens.ts'
import { approximate, ask, none, value, type ChoiceOption, type Reading } from './types.ts'
import { BREAKS, CONNECTORS, exclusive, inOrder, onlyNumbers, saysNone } from './multi-numbers.ts'

const ALL = new Set(['semua', 'komplit', 'lengkap', 'everything'])

const EXCEPT = new Set(['kecuali', 'selain', 'except'])

const LONGEST_LABEL = 12

/** These deny what follows; others may also deny what they follow ("halal belum"). */
const FORWARD = new Set(['bukan', 'jangan', 'tanpa', 'selain', 'kecuali', 'no', 'not'])

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
  const words = saidOnce(tokens.filter(token => token.kind !== 'sign' || BREAKS.has(token.word)))
  const all = words.findIndex(token => ALL.has(token.word))
  const scan = scanWords({ words: words.filter((_, index) => index !== all), options, phrases })
  if (all >= 0) return everything(scan, options, words)
  return conclude(scan, options)
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
  let last: Named | undefined
  for (let at = 0; at < words.length;) {
    const hit = longestLabel(words, at, phrases) ?? shown(words, at, sentence.options)
    const next = at + (hit?.length ?? 1)
    if (refuses(sentence, at, hit, last)) negated = negates(sentence, { at, next }, scan, last)
    else if (hit === undefined) loosely(words[at]?.word ?? '', phrases, scan, negated)
    else {
      ;(negated ? scan.refused : scan.chosen).add(hit.option)
      last = negated ? undefined : { option: hit.option, end: next }
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

/** The option named last, and where its name ended. */
interface Named {
  option: string
  end: number
}

/** No comma or "dan" between the option named last and this place. */
const isSamePart = (words: readonly Token[], last: Named | undefined, at: number): last is Named =>
  last !== undefined && words.slice(last.end, at).every(token => !CONNECTORS.has(token.word))

/** A negation; or "halal belum ada", "belum ada NIB": the option "Belum ada" said of another option. */
function refuses(
  { words, options, phrases }: Sentence,
  at: number,
  hit: Hit | undefined,
  last: Named | undefined,
): boolean {
  if (hit === undefined) return NEGATIONS.has(words[at]?.word ?? '')
  const option = options.find(each => each.value === hit.option)
  if (option === undefined || !saysNone(option)) return false
  return isSamePart(words, last, at) || longestLabel(words, at + hit.length, phrases) !== undefined
}

/**
 * A negation after an option takes it back ("halal belum"), unless a comma stands between or the word only looks
 * forward; else it waits for the next option. "nib belum halal" could be either: to be confirmed.
 */
function negates(
  { words, phrases }: Sentence,
  { at, next }: { at: number; next: number },
  scan: Scan,
  last: Named | undefined,
): boolean {
  if (!isSamePart(words, last, at) || FORWARD.has(words[at]?.word ?? '')) return true
  scan.chosen.delete(last.option)
  scan.refused.add(last.option)
  scan.repaired ||= longestLabel(words, next, phrases) !== undefined
  return false
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

function longestLabel(words: readonly Token[], at: number, phrases: readonly Phrase[]): Hit | undefined {
  if (BREAKS.has(words[at]?.word ?? '')) return undefined
  for (let length = Math.min(LONGEST_LABEL, words.length - at); length > 0; length--) {
    const own = words.slice(at, at + length).map(token => token.word)
    const key = own.filter(word => !BREAKS.has(word)).join(' ')
    const found = BREAKS.has(own.at(-1) ?? '') ? undefined : phrases.find(phrase => phrase.key === key)
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
