import { wordAt } from './scan-common.ts'
import type { Token } from './tokens.ts'

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

export const UNITS: Record<string, number> = { ribu: 1e3, juta: 1e6, miliar: 1e9, triliun: 1e12 }

/** "jutaan": the unit, and only about. */
export const ROUND_UNITS: Record<string, number> = { ribuan: 1e3, jutaan: 1e6, miliaran: 1e9 }

export type Literal = Pick<Quantity, 'value' | 'next'> & Partial<Quantity>

/** "satu setengah juta" is one and a half of the unit that follows. */
export function halved(tokens: readonly Token[], number: Literal): Literal {
  const half = wordAt(tokens, number.next) === 'setengah' && wordAt(tokens, number.next + 1) in UNITS
  return half ? { ...number, value: number.value + 0.5, next: number.next + 1 } : number
}

/**
 * Digits with separators: a dot before three digits is for thousands, a comma is the decimal sign; "1.5jt" (dot and
 * unit) is one and a half; ",-" and ",00" end an amount. "1,500" could be either: unsure.
 */
export function literalAt(tokens: readonly Token[], at: number): Literal | undefined {
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
  if (wordAt(tokens, next) === 'koma' && /^\d$/.test(wordAt(tokens, next + 1)))
    return { value: Number(`${first.text}.${wordAt(tokens, next + 1)}`), next: next + 2, unit: false }
  const spaced = groups.length === 0 ? spacedGroups(tokens, next) : ''
  if (spaced !== '') return { ...grouped(first.text, spaced), next: next + spaced.length / 3, unit: false }
  const number = withGroups(first.text, groups, tokens, next)
  return number === undefined ? undefined : halved(tokens, { ...number, next: ending(tokens, next) })
}

const isGroup = (tokens: readonly Token[], at: number): boolean =>
  (wordAt(tokens, at) === '.' || wordAt(tokens, at) === ',') &&
  tokens[at]?.glued === true &&
  tokens[at + 1]?.kind === 'number' &&
  tokens[at + 1]?.glued === true

/** "2 000 000", but not "2 275rb" and not "3 15.000": there the first number is a count. */
function spacedGroups(tokens: readonly Token[], at: number): string {
  let digits = ''
  let next = at
  const isThree = (): boolean => tokens[next]?.kind === 'number' && tokens[next]?.text.length === 3
  for (; isThree() && tokens[next]?.glued === false; next++) digits += tokens[next]?.text ?? ''
  const goesOn = isGroup(tokens, next) || wordAt(tokens, next) in UNITS || wordAt(tokens, next) in ROUND_UNITS
  return goesOn ? '' : digits
}

/** "3 500": three thousand five hundred, or three of five hundred. */
function grouped(first: string, spaced: string): Pick<Literal, 'value'> & Partial<Quantity> {
  const value = Number(first + spaced)
  const either = spaced.length === 3 && spaced !== '000' && first.length === 1
  return either ? { value, others: [Number(first) * Number(spaced)] } : { value }
}

function withGroups(
  first: string,
  groups: readonly string[],
  tokens: readonly Token[],
  next: number,
): Omit<Literal, 'next'> | undefined {
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
