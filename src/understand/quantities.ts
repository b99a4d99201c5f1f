import data from './data/money.json' with { type: 'json' }
import { common, FILLERS, makeLexicon, PARTICLES, POLITE } from './lexicon.ts'
import { NUMBER_SPELLINGS, spokenAt } from './number-words.ts'
import { squeeze } from './spelling.ts'
import { saidOnce, tokenise, type Token } from './tokens.ts'

const slang = new Map<string, readonly number[]>(
  Object.entries(data.slang).map(([word, amounts]) => [squeeze(word), amounts]),
)
const lexicon = makeLexicon(
  {
    ...NUMBER_SPELLINGS,
    ...Object.fromEntries(Object.keys(data.slang).map(word => [word, []])),
    ...data.spellings,
    seratus: ['sratus'],
  },
  common,
)

export const moneyTokens = (text: string): Token[] => saidOnce(tokenise(text, lexicon))
/** Words that carry no meaning beside an amount. */
export const MONEY_QUIET: ReadonlySet<string> = new Set([
  ...PARTICLES,
  ...POLITE,
  ...FILLERS,
  ...data.fillers.map(word => lexicon.find(word) ?? squeeze(word)),
  'rupiah',
  'banyak',
  'sedikit',
  'lebih',
])

const UNITS: Record<string, number> = { ribu: 1e3, juta: 1e6, miliar: 1e9, triliun: 1e12 }
/** "jutaan": the unit, and only about. */
const ROUND_UNITS: Record<string, number> = { ribuan: 1e3, jutaan: 1e6, miliaran: 1e9 }
const ONES: Record<string, number> = {
  seribu: 1e3,
  sejuta: 1e6,
  semiliar: 1e9,
  setriliun: 1e12,
  selusin: 12,
  sekodi: 20,
}
const COUNTS: Record<string, number> = { lusin: 12, kodi: 20 }

export interface Quantity {
  value: number
  next: number
  /** Has a unit, "Rp" or is a word: "500" alone has none. */
  unit: boolean
  /** The multiplier of its first term, for ranges ("5-10 jt"). */
  scale: number
  about: boolean
  /** To be confirmed: slang, "1jt500", "1,500". */
  unsure: boolean
  /** Other readings that are just as likely. */
  others: readonly number[]
}

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''

/** An amount at a place: digits with separators or words, units, and what is added to them ("2 juta 500 ribu"). */
export function quantityAt(tokens: readonly Token[], at: number): Quantity | undefined {
  let from = at
  while (wordAt(tokens, from) === 'rupiah' || (from > at && wordAt(tokens, from) === '.')) from++
  const currency = from > at
  const found = slangAt(tokens, from) ?? termsAt(tokens, from)
  if (found === undefined) return undefined
  const after = suffixes(tokens, found)
  const hasUnit = found.unit || currency || after.rupiah
  return {
    ...found,
    unit: hasUnit,
    next: after.next,
    about: found.about || after.about,
    unsure: found.unsure && !(currency && found.scale === 1),
  }
}

function slangAt(tokens: readonly Token[], at: number): Quantity | undefined {
  const amounts = slang.get(squeeze(wordAt(tokens, at)))
  const [first] = amounts ?? []
  if (amounts === undefined || first === undefined) return undefined
  const scale = UNITS[wordAt(tokens, at + 1)]
  if (scale !== undefined)
    return { value: first * scale, next: at + 2, unit: true, scale, about: false, unsure: true, others: [] }
  return {
    value: first,
    next: at + 1,
    unit: true,
    scale: 1,
    about: false,
    unsure: true,
    others: amounts.slice(1),
  }
}

/** "2 juta 500 ribu": terms of falling size. */
function termsAt(tokens: readonly Token[], at: number): Quantity | undefined {
  const first = termAt(tokens, at)
  if (first === undefined) return undefined
  let total = first
  let smallest = first.scale
  while (smallest > 1) {
    const half = wordAt(tokens, total.next) === 'setengah' && !(wordAt(tokens, total.next + 1) in UNITS)
    if (half) return { ...total, value: total.value + smallest / 2, next: total.next + 1 }
    const term = termAt(tokens, total.next)
    if (term === undefined || term.scale >= smallest || tokens[total.next]?.text === '0') break
    total = added(total, term, smallest)
    smallest = term.scale
  }
  return { ...total, value: Math.round(total.value * 100) / 100 }
}

/** "1jt500" and "sejuta dua ratus" leave the thousands unsaid: to be confirmed. */
function added(total: Quantity, term: Quantity, unit: number): Quantity {
  const short = term.scale === 1 && unit >= 1e6 && term.value >= 100 && term.value < 1000
  const value = total.value + (short ? (term.value * unit) / 1000 : term.value)
  return { ...total, value, next: term.next, about: total.about || term.about, unsure: total.unsure || short }
}

function termAt(tokens: readonly Token[], at: number): Quantity | undefined {
  const base = { about: false, unsure: false, others: [], unit: true }
  const single = ONES[wordAt(tokens, at)]
  if (single !== undefined) return { ...base, value: single, next: at + 1, scale: single < 100 ? 1 : single }
  const number = fractionAt(tokens, at) ?? literalAt(tokens, at) ?? wordsAt(tokens, at)
  if (number === undefined) return undefined
  return scaled(tokens, { ...base, ...number })
}

type Number_ = Pick<Quantity, 'value' | 'next'> & Partial<Quantity>

/** "setengah juta", "seperempat juta", "1/2 juta", "tiga perempat juta": only before a unit. */
function fractionAt(tokens: readonly Token[], at: number): Number_ | undefined {
  const before = (next: number): boolean => wordAt(tokens, next) in UNITS || wordAt(tokens, next) in COUNTS
  if (wordAt(tokens, at) === 'setengah' && before(at + 1)) return { value: 0.5, next: at + 1 }
  if (wordAt(tokens, at) === 'seperempat' && before(at + 1)) return { value: 0.25, next: at + 1 }
  if (wordAt(tokens, at) === 'tiga' && wordAt(tokens, at + 1) === 'seperempat' && before(at + 2))
    return { value: 0.75, next: at + 2 }
  const half = wordAt(tokens, at) === '1' && wordAt(tokens, at + 1) === '/' && wordAt(tokens, at + 2) === '2'
  return half && before(at + 3) ? { value: 0.5, next: at + 3 } : undefined
}

function wordsAt(tokens: readonly Token[], at: number): Number_ | undefined {
  const whole = spokenAt(tokens, at)
  if (whole === undefined) return undefined
  if (wordAt(tokens, whole.next) === 'koma') {
    const decimal = spokenAt(tokens, whole.next + 1)
    if (decimal !== undefined && decimal.value < 10)
      return { value: whole.value + decimal.value / 10, next: decimal.next }
  }
  return halved(tokens, { ...whole, unit: false })
}

/** "satu setengah juta" is one and a half of the unit that follows. */
function halved(tokens: readonly Token[], number: Number_): Number_ {
  const half = wordAt(tokens, number.next) === 'setengah' && wordAt(tokens, number.next + 1) in UNITS
  return half ? { ...number, value: number.value + 0.5, next: number.next + 1 } : number
}

/**
 * Digits with separators: a dot before three digits is for thousands, a comma is the decimal sign; "1.5jt" (dot and
 * unit) is one and a half; ",-" and ",00" end an amount. "1,500" could be either: unsure.
 */
function literalAt(tokens: readonly Token[], at: number): Number_ | undefined {
  const first = tokens[at]
  if (
    first?.kind !== 'number' ||
    first.text.length > 15 ||
    (first.text.length > 1 && first.text.startsWith('0'))
  )
    return undefined
  const groups: string[] = []
  let next = at + 1
  while (isGroup(tokens, next)) {
    groups.push(wordAt(tokens, next) + wordAt(tokens, next + 1))
    next += 2
  }
  const spaced = groups.length === 0 ? spacedGroups(tokens, next) : ''
  if (spaced !== '')
    return { value: Number(first.text + spaced), next: next + spaced.length / 3, unit: false }
  const number = withGroups(first.text, groups, tokens, next)
  return number === undefined ? undefined : halved(tokens, { ...number, next: ending(tokens, next) })
}

const isGroup = (tokens: readonly Token[], at: number): boolean =>
  (wordAt(tokens, at) === '.' || wordAt(tokens, at) === ',') &&
  tokens[at]?.glued === true &&
  tokens[at + 1]?.kind === 'number' &&
  tokens[at + 1]?.glued === true

/** "2 000 000" */
function spacedGroups(tokens: readonly Token[], at: number): string {
  let digits = ''
  for (
    let next = at;
    tokens[next]?.kind === 'number' && tokens[next]?.text.length === 3 && tokens[next]?.glued === false;
    next++
  )
    digits += tokens[next]?.text ?? ''
  return digits
}

function withGroups(
  first: string,
  groups: readonly string[],
  tokens: readonly Token[],
  next: number,
): Omit<Number_, 'next'> | undefined {
  if (groups.length === 0) return { value: Number(first), unit: false }
  const last = groups.at(-1) ?? ''
  const thousands = groups.filter(group => group.length === 4)
  const sameSign = new Set(groups.map(group => group[0])).size === 1
  const hasUnit = wordAt(tokens, next) in UNITS || wordAt(tokens, next) in ROUND_UNITS
  if (groups.length === 1 && last.length === 4 && last.startsWith(',')) {
    return hasUnit
      ? { value: Number(`${first}.${last.slice(1)}`) }
      : { value: Number(first + last.slice(1)), unit: false, unsure: true }
  }
  if (thousands.length === groups.length && sameSign && first.length <= 3)
    return { value: Number(first + groups.map(group => group.slice(1)).join('')), unit: groups.length > 1 }
  const whole =
    first +
    groups
      .slice(0, -1)
      .map(group => group.slice(1))
      .join('')
  const decimals = last.slice(1)
  if (thousands.length < groups.length - 1 || decimals.length > 2) return undefined
  return { value: Number(`${whole}.${decimals}`), unit: decimals === '00' && groups.length > 1 }
}

/** ",-" and ".-" after an amount. */
const ending = (tokens: readonly Token[], at: number): number =>
  [',', '.'].includes(wordAt(tokens, at)) && wordAt(tokens, at + 1) === '-' ? at + 2 : at

function scaled(tokens: readonly Token[], number: Quantity | (Number_ & Omit<Quantity, 'scale'>)): Quantity {
  let { value, next } = number
  let scale = 1
  let about = number.about
  let unit = number.unit
  if (tokens[next]?.text === '-' && wordAt(tokens, next + 1) in UNITS) next++
  while (wordAt(tokens, next) === 'ratus' || wordAt(tokens, next) === 'puluh') {
    value *= wordAt(tokens, next) === 'ratus' ? 100 : 10
    next++
  }
  const word = wordAt(tokens, next)
  const factor = UNITS[word] ?? ROUND_UNITS[word] ?? COUNTS[word]
  if (factor !== undefined) {
    scale = word in COUNTS ? 1 : factor
    value *= factor
    about ||= word in ROUND_UNITS
    unit = true
    next++
  }
  return { ...number, value: Math.round(value * 100) / 100, next, scale, about, unit }
}

/** "rupiah", "perak", "-an", "lebih" after an amount. */
function suffixes(
  tokens: readonly Token[],
  found: Quantity,
): { next: number; about: boolean; rupiah: boolean } {
  let { next } = found
  let about = false
  let rupiah = false
  for (;;) {
    const word = wordAt(tokens, next)
    if (word === 'rupiah') rupiah = true
    else if (tokens[next]?.text === 'an') about = true
    else if (word === '-' && tokens[next + 1]?.text === 'an') about = true
    else if ((word === 'lebih' || word === 'kurang') && !['dari', 'lebih'].includes(wordAt(tokens, next + 1)))
      about = true
    else return { next, about, rupiah }
    next++
  }
}
