import { NEGATIONS } from './lexicon.ts'
import { MONEY_QUIET, moneyTokens } from './money-words.ts'
import type { Quantity } from './literals.ts'
import { quantityAt } from './quantities.ts'
import { wordAt } from './scan-common.ts'
import { isTooLong, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'

export type Period = 'day' | 'week' | 'month' | 'year'

/** An amount in whole rupiah. */
export interface Rupiah {
  amount: number
  /** The upper end of a range ("5-10 jt"). */
  to?: number
  /** "kurang dari", "lebih dari", "sekitar": what the amount is to the truth. */
  bound?: 'below' | 'above' | 'about'
  /** What it is earned or paid in; never assumed. */
  period?: Period
}

/** Larger amounts are identity or phone numbers, not money: 100 trillion rupiah. */
const LARGEST = 1e14

/**
 * Reads an amount of rupiah: "500rb", "1,5 juta", "Rp 500.000,-", "satu setengah juta", "5-10 jt", "300rb sehari". A dot
 * before three digits separates thousands, a comma is the decimal sign, M is a thousand million. Slang, rounded amounts,
 * ranges and bounds are `approximate`; "cepek" and a bare number below 1,000 are asked, since both rupiah and thousands
 * are likely. Reasons for `ask`: `unit`, `slang`, `several`, `vague` ("jutaan"); for `none`: `unread`, `nothing` ("belum
 * ada"), `negated`, `too_large`, `too_long`.
 */
export function readRupiah(text: string): Reading<Rupiah> {
  if (isTooLong(text)) return none('too_long')
  const tokens = moneyTokens(text)
  const found = scanAmounts(tokens)
  const [first] = found.amounts
  if (first === undefined) return withoutAmount(tokens, found)
  if (found.negated) return none('negated')
  if (found.amounts.some(amount => amount.value > LARGEST)) return none('too_large')
  const period = found.period === undefined ? {} : { period: found.period }
  const asking = (amounts: readonly number[], why: string): Reading<Rupiah> =>
    ask(
      amounts.map(amount => ({ amount, ...period })),
      why,
    )
  if (found.amounts.length > 1) return several(found, period) ?? asking(sharedUnit(found.amounts), 'several')
  if (first.others.length > 0) return asking([first.value, ...first.others], 'slang')
  if (!first.unit && first.value > 0 && first.value < 1000) return asking(likely(first.value), 'unit')
  return single(first, found, period)
}

function single(first: Quantity, found: Amounts, period: { period?: Period }): Reading<Rupiah> {
  const bound = found.bound ?? (first.about ? 'about' : undefined)
  const amount = Math.round(first.value)
  if (bound !== undefined) return approximate({ amount, bound, ...period })
  const plain = first.unit || amount === 0 || amount >= 10_000
  const sure = plain && !first.unsure && found.unknown === 0
  return (sure ? value : approximate)({ amount, ...period })
}

/** "500" without a unit: thousands, millions or rupiah? */
const likely = (amount: number): number[] =>
  [amount * 1000, amount * 1_000_000, amount].filter(each => Number.isInteger(each))

export interface Amounts {
  amounts: Quantity[]
  joint: 'to' | 'or' | undefined
  bound: Rupiah['bound']
  period: Period | undefined
  negated: boolean
  vague: boolean
  /** "antara 3 dan 5 juta" */
  between: boolean
  unknown: number
}

const PERIODS: Record<string, Period> = {
  sehari: 'day', seminggu: 'week', sebulan: 'month', setahun: 'year',
} // prettier-ignore
const UNITS: Record<string, Period> = { hari: 'day', minggu: 'week', bulan: 'month', tahun: 'year' }
const VAGUE = new Set(['jutaan', 'ribuan', 'miliaran', 'ratusan', 'puluhan'])

export function scanAmounts(tokens: readonly Token[]): Amounts {
  const found: Amounts = {
    amounts: [],
    joint: undefined,
    bound: undefined,
    period: undefined,
    negated: false,
    vague: false,
    between: false,
    unknown: 0,
  }
  for (let at = 0; at < tokens.length;) {
    const next = boundEnd(tokens, at, found) ?? periodEnd(tokens, at, found) ?? amountEnd(tokens, at, found)
    if (next === undefined) note(tokens, at, found)
    at = next ?? at + 1
  }
  return found
}

function amountEnd(tokens: readonly Token[], at: number, found: Amounts): number | undefined {
  const amount = quantityAt(tokens, at)
  if (amount !== undefined) found.amounts.push(amount)
  return amount?.next
}

const BOUNDS: Record<string, 'below' | 'above' | 'about'> = {
  bawah: 'below', maksimal: 'below', '<': 'below', atas: 'above', minimal: 'above', '>': 'above', sekitar: 'about', kira: 'about', '±': 'about', '~': 'about',
} // prettier-ignore

/** Bounds of two words. */
const PAIRS: Record<string, 'below' | 'above' | 'about'> = {
  'kurang lebih': 'about', 'kurang dari': 'below', 'lebih dari': 'above', 'kurang than': 'below', 'lebih than': 'above',
  'tidak sampai': 'below', 'belum sampai': 'below', 'sekitar banyak': 'below', 'sekitar sedikit': 'above',
} // prettier-ignore

/** "kurang dari", "di bawah", "tidak sampai", "ke atas", "kurang lebih", "paling banyak". */
function boundEnd(tokens: readonly Token[], at: number, found: Amounts): number | undefined {
  const word = wordAt(tokens, at)
  const pair = PAIRS[`${word} ${wordAt(tokens, at + 1)}`]
  const bound = pair ?? BOUNDS[word]
  if (bound === undefined || (bound === 'about' && found.bound !== undefined)) return undefined
  found.bound = bound
  return pair === undefined ? at + 1 : at + 2
}

/** "sehari", "per bulan", "/bln", "tiap hari", "perbulan", "bulanan". */
function periodEnd(tokens: readonly Token[], at: number, found: Amounts): number | undefined {
  const single = PERIODS[wordAt(tokens, at)]
  const opener = wordAt(tokens, at) === 'per' || wordAt(tokens, at) === '/'
  const joined = /^per|an$|ly$/.test(tokens[at]?.text ?? '') ? UNITS[wordAt(tokens, at)] : undefined
  const period = single ?? joined ?? (opener ? UNITS[wordAt(tokens, at + 1)] : undefined)
  if (period === undefined) return undefined
  found.period = period
  return single !== undefined || joined !== undefined ? at + 1 : at + 2
}

const JOINTS: Record<string, 'to' | 'or'> = { '-': 'to', sampai: 'to', atau: 'or', '/': 'or', dan: 'or' }

function note(tokens: readonly Token[], at: number, found: Amounts): void {
  const { kind, word } = tokens[at] ?? { kind: 'sign', word: '' }
  const joint = JOINTS[word]
  if (joint !== undefined && found.amounts.length > 0) found.joint ??= found.between ? 'to' : joint
  else if (word === 'antara') found.between = true
  else if (VAGUE.has(word)) found.vague = true
  else if (NEGATIONS.has(word)) found.negated = true
  else if (kind === 'number' || (kind === 'word' && !MONEY_QUIET.has(word))) found.unknown++
}

function withoutAmount(tokens: readonly Token[], found: Amounts): Reading<Rupiah> {
  if (found.vague) return ask([], 'vague')
  const nothing =
    tokens.some(token => token.word === 'gaada') ||
    (found.negated && tokens.some(token => ['ada', 'punya'].includes(token.word)))
  return none(nothing ? 'nothing' : 'unread')
}

/** "5-10 jt": the unit said last holds for both. */
function sharedUnit(amounts: readonly Quantity[]): number[] {
  const scale = amounts.at(-1)?.scale ?? 1
  return amounts.map(({ value: amount, unit }) =>
    Math.round(unit || amount >= 1000 ? amount : amount * scale),
  )
}

/** A range; two numbers that no unit makes an amount; else undefined ("2 atau 3 juta" is asked). */
function several(found: Amounts, period: { period?: Period }): Reading<Rupiah> | undefined {
  if (!found.amounts.some(amount => amount.unit || amount.value >= 1000)) return ask([], 'unit')
  const [from = 0, to = 0] = sharedUnit(found.amounts)
  const isRange = found.joint === 'to' && found.amounts.length === 2 && from < to
  return isRange ? approximate({ amount: from, to, ...period }) : undefined
}
