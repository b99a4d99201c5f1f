import { halved, literalAt, ROUND_UNITS, UNITS, type Literal, type Quantity } from './literals.ts'
import { slang } from './money-words.ts'
import { spokenAt } from './number-words.ts'
import { wordAt } from './scan-common.ts'
import { squeeze } from './spelling.ts'
import type { Token } from './tokens.ts'

const ONES: Record<string, number> = {
  seribu: 1e3,
  sejuta: 1e6,
  semiliar: 1e9,
  setriliun: 1e12,
  selusin: 12,
  sekodi: 20,
}

const COUNTS: Record<string, number> = { lusin: 12, kodi: 20 }

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
  // "gopek ribu" is 500 thousand; "gocap" says its thousands itself, and "gocap ribu" no more than that
  if (scale === 1000 && first >= 1000)
    return { value: first, next: at + 2, unit: true, scale: 1, about: false, unsure: true, others: [] }
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
    if (term === undefined || Math.max(term.scale, term.value) >= smallest || tokens[total.next]?.text === '0') break // prettier-ignore
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

/** "setengah juta", "seperempat juta", "1/2 juta", "tiga perempat juta": only before a unit. */
function fractionAt(tokens: readonly Token[], at: number): Literal | undefined {
  const before = (next: number): boolean => wordAt(tokens, next) in UNITS || wordAt(tokens, next) in COUNTS
  if (wordAt(tokens, at) === 'setengah' && before(at + 1)) return { value: 0.5, next: at + 1 }
  if (wordAt(tokens, at) === 'seperempat' && before(at + 1)) return { value: 0.25, next: at + 1 }
  if (wordAt(tokens, at) === 'tiga' && wordAt(tokens, at + 1) === 'seperempat' && before(at + 2))
    return { value: 0.75, next: at + 2 }
  const half = wordAt(tokens, at) === '1' && wordAt(tokens, at + 1) === '/' && wordAt(tokens, at + 2) === '2'
  return half && before(at + 3) ? { value: 0.5, next: at + 3 } : undefined
}

function wordsAt(tokens: readonly Token[], at: number): Literal | undefined {
  const whole = spokenAt(tokens, at)
  if (whole === undefined) return undefined
  if (wordAt(tokens, whole.next) === 'koma') {
    const decimal = spokenAt(tokens, whole.next + 1)
    if (decimal !== undefined && decimal.value < 10)
      return { value: whole.value + decimal.value / 10, next: decimal.next }
  }
  return halved(tokens, { ...whole, unit: false })
}

function scaled(tokens: readonly Token[], number: Quantity | (Literal & Omit<Quantity, 'scale'>)): Quantity {
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
