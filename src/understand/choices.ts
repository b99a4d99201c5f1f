import { readCommand } from './commands.ts'
import { common, FILLERS, NEGATIONS, PARTICLES, POLITE, unrepaired } from './lexicon.ts'
import { cardinal } from './number-words.ts'
import { nearMiss, squeeze } from './spelling.ts'
import { contentWords, isTooLong, tokenise, type Token } from './tokens.ts'
import { approximate, ask, none, value, type ChoiceOption, type Reading } from './types.ts'
import { readYesNo } from './yesno.ts'

/** Words around a choice ("pilih yang nomor 2 aja kak"). */
const AROUND = new Set([
  ...PARTICLES,
  ...FILLERS,
  ...POLITE,
  'nomor',
  'pilihan',
  'opsi',
  'no',
  'option',
  'number',
  'angka',
  'poin',
  'point',
])
/** Doubled letters are said once in a token: "keempat" is "kempat". */
const ORDINALS: Record<string, number> = {
  pertama: 1, kesatu: 1, kedua: 2, ketiga: 3, kempat: 4, kelima: 5, kenam: 6, ketujuh: 7, kedelapan: 8,
  kesembilan: 9, kesepuluh: 10, first: 1, second: 2, third: 3, fourth: 4, fifth: 5,
} // prettier-ignore

/** Consent, money, dates and deletion: no spelling is repaired. */
const LISTED = unrepaired(common)

export interface Phrase {
  option: ChoiceOption
  words: string[]
  /** The label itself or a synonym; a part of the label is weaker. */
  key: string
}

/** "Siti A.": what tells two Sitis apart is no particle. */
const INITIAL = /\s(\p{Lu})\.$/u

/** How a text stands for comparison: standard spellings, no signs, no quiet words unless nothing else is left. */
function phraseOf(text: string, lexicon = common): string[] {
  const [end, initial] = INITIAL.exec(text) ?? []
  if (end !== undefined && initial !== undefined)
    return [...phraseOf(text.slice(0, -end.length), lexicon), initial.toLowerCase()]
  const words = contentWords(tokenise(text, lexicon))
    .filter(token => token.kind !== 'emoji')
    .map(token => token.word)
  const telling = words.filter(word => !AROUND.has(word))
  return telling.length > 0 ? telling : words
}

/** What a message says without particles, politeness and slang: "rekap dong kak" and "mau rekap" are "rekap". */
export const gist = (text: string): string => phraseOf(text).join(' ')

/** Lists of options are asked again and again: their labels are read once. */
const known = new WeakMap<readonly ChoiceOption[], Phrase[]>()

export function phrasesOf(options: readonly ChoiceOption[]): Phrase[] {
  const before = known.get(options)
  if (before !== undefined) return before
  const phrases = options.flatMap(option =>
    [option.label, ...(option.also ?? [])].map(text => {
      const words = phraseOf(text)
      return { option, words, key: words.join(' ') }
    }),
  )
  known.set(options, phrases)
  return phrases
}

/**
 * Reads the answer to a list: the number shown (1-based; "2", "nomor dua", "yang kedua"), a label, a synonym, a copied
 * line ("2. Jakarta Barat"), a telling part of one label, or a near-miss (distance 1 from 5 letters, 2 from 8:
 * `approximate`). More than one option fits → `ask` with them. With `strict` (consent, money, dates, deletion) only the
 * number shown and an exact label or synonym count. Reasons: `unread`, `too_long`, `negated`, `out_of_range`.
 */
export function readChoice(
  text: string,
  options: readonly ChoiceOption[],
  rules: { strict?: boolean } = {},
): Reading<string> {
  if (isTooLong(text)) return none('too_long')
  const phrases = phrasesOf(options)
  const exact = byPhrase(text, phrases, rules.strict === true ? LISTED : common)
  const number = shownNumber(contentWords(tokenise(text)))
  if (number !== undefined) return byNumber(number, options, exact)
  if (exact.length > 0) return oneOf(exact, value)
  const copied = byCopiedLine(text, options, phrases)
  if (copied !== undefined) return copied
  return rules.strict === true ? none('unread') : loosely(text, options, phrases)
}

function byNumber(
  number: number,
  options: readonly ChoiceOption[],
  exact: readonly string[],
): Reading<string> {
  const shown = options[number - 1]?.value
  if (shown === undefined) return exact.length > 0 ? oneOf(exact, value) : none('out_of_range')
  return oneOf([...new Set([shown, ...exact])], value)
}

/** The number a message consists of, whatever politeness is around it. */
function shownNumber(words: readonly Token[]): number | undefined {
  const telling = words.filter(token => !AROUND.has(token.word))
  const [first] = telling
  if (first === undefined) return undefined
  const isOrdinalPair = telling.length === 2 && first.word === 'ke' && telling[1]?.kind === 'number'
  if (telling.length > 1 && !isOrdinalPair) return undefined
  return numberOf(isOrdinalPair ? telling[1] : first)
}

export function numberOf(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined
  if (token.kind === 'number') return token.text.length <= 3 ? Number(token.text) : undefined
  return ORDINALS[token.text] ?? cardinal(token.word)
}

function byPhrase(text: string, phrases: readonly Phrase[], lexicon = LISTED): string[] {
  const key = phraseOf(text, lexicon).join(' ')
  return unique(phrases.filter(phrase => phrase.key === key))
}

/** "2. Jakarta Barat", "2) Jakarta Barat", "2 Jakarta Barat": number and label must agree. */
function byCopiedLine(
  text: string,
  options: readonly ChoiceOption[],
  phrases: readonly Phrase[],
): Reading<string> | undefined {
  const tokens = tokenise(text)
  const first = tokens.findIndex(token => token.kind !== 'sign' && token.kind !== 'emoji')
  const number = tokens[first]?.kind === 'number' ? numberOf(tokens[first]) : undefined
  if (number === undefined || number === 0) return undefined
  const rest = text.normalize('NFKC')
  const label = byPhrase(rest.slice(rest.search(/\d/)).replace(/^\d{1,3}/, ''), phrases)
  if (label.length === 0) return undefined
  const shown = options[number - 1]?.value
  if (shown !== undefined && label.includes(shown)) return value(shown)
  return oneOf(shown === undefined ? label : [shown, ...label], value)
}

function loosely(
  text: string,
  options: readonly ChoiceOption[],
  phrases: readonly Phrase[],
): Reading<string> {
  const words = phraseOf(text)
  const polar = byPolarity(text, options) ?? byNothing(text, options)
  if (polar !== undefined) return polar
  const free = words.filter(word => !NEGATIONS.has(word))
  if (free.length < words.length) return none('negated')
  const holding = phrases.filter(
    phrase => phrase.words.length > 0 && phrase.words.every(word => words.includes(word)),
  )
  const longest = Math.max(0, ...holding.map(phrase => phrase.words.length))
  const said = unique(holding.filter(phrase => phrase.words.length === longest))
  if (said.length > 0) return oneOf(said, words.length === longest ? value : approximate)
  const parts = unique(
    phrases.filter(phrase => words.length > 0 && words.every(word => phrase.words.includes(word))),
  )
  if (parts.length > 0) return oneOf(parts, value)
  const inFull = unique(phrases.filter(phrase => isInFull(words, phrase.words)))
  return inFull.length > 0 ? oneOf(inFull, approximate) : byNearMiss(words, phrases)
}

/** "siti aminah" for "Siti A." */
const isInFull = (words: readonly string[], label: readonly string[]): boolean =>
  words.length === label.length &&
  label.every(
    (each, at) => words[at] === each || (at > 0 && each.length === 1 && words[at]?.startsWith(each)),
  )

/** "iya", "gak" under [Setuju] [Tidak setuju]: the one option that says the same. */
function byPolarity(text: string, options: readonly ChoiceOption[]): Reading<string> | undefined {
  const said = readYesNo(text)
  if (said.kind !== 'value') return undefined
  const same = options.filter(option => {
    const label = readYesNo(option.label)
    return label.kind === 'value' && label.value === said.value
  })
  return same.length === 1 && same[0] !== undefined ? value(same[0].value) : undefined
}

const saysNothing = (text: string): boolean => {
  const command = readCommand(text)
  return command?.command === 'none' && command.exact
}

/** "ga ada" under [NIB] … [Belum ada]: the one option that says there is nothing. */
export function byNothing(text: string, options: readonly ChoiceOption[]): Reading<string> | undefined {
  if (!saysNothing(text)) return undefined
  const same = options.filter(option => saysNothing(option.label))
  return same.length === 1 && same[0] !== undefined ? value(same[0].value) : undefined
}

function byNearMiss(words: readonly string[], phrases: readonly Phrase[]): Reading<string> {
  const typed = words.join('')
  let best = Infinity
  let found: Phrase[] = []
  for (const phrase of phrases) {
    const apart = nearMiss(squeeze(typed), squeeze(phrase.words.join('')))
    if (apart === undefined || apart > best) continue
    found = apart < best ? [phrase] : [...found, phrase]
    best = apart
  }
  return found.length === 0 ? none('unread') : oneOf(unique(found), approximate)
}

const unique = (phrases: readonly Phrase[]): string[] => [
  ...new Set(phrases.map(phrase => phrase.option.value)),
]

function oneOf(values: readonly string[], sure: (value: string) => Reading<string>): Reading<string> {
  const [first] = values
  if (first === undefined) return none('unread')
  return values.length === 1 ? sure(first) : ask([...values], 'ambiguous')
}

export const isAround = (word: string): boolean => AROUND.has(word)
