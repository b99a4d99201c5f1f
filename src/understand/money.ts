import { NEGATIONS } from './lexicon.ts'
import { MONEY_QUIET, moneyTokens } from './money-words.ts'
import { quantityAt, type Quantity } from './quantities.ts'
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
  const [first, second] = found.amounts
  if (first === undefined) return withoutAmount(tokens, found)
  if (found.negated) return none('negated')
  if (found.amounts.some(amount => amount.value > LARGEST)) return none('too_large')
  const period = found.period === undefined ? {} : { period: found.period }
  if (second !== undefined) return several(found, first, second, period)
  if (first.others.length > 0)
    return ask(
      [first.value, ...first.others].map(amount => ({ amount, ...period })),
      'slang',
    )
  if (!first.unit && first.value > 0 && first.value < 1000) return bare(first.value, period)
  const bound = found.bound ?? (first.about ? 'about' : undefined)
  const rupiah: Rupiah = {
    amount: Math.round(first.value),
    ...(bound === undefined ? {} : { bound }),
    ...period,
  }
  const sure =
    bound === undefined &&
    !first.unsure &&
    found.unknown === 0 &&
    (first.unit || first.value === 0 || first.value >= 10_000)
  return sure ? value(rupiah) : approximate(rupiah)
}

interface Amounts {
  amounts: Quantity[]
  joint: 'to' | 'or' | undefined
  bound: Rupiah['bound']
  period: Period | undefined
  negated: boolean
  vague: boolean
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

/** "kurang dari", "di bawah", "tidak sampai", "ke atas", "kurang lebih", "paling banyak". */
function boundEnd(tokens: readonly Token[], at: number, found: Amounts): number | undefined {
  const word = wordAt(tokens, at)
  const after = wordAt(tokens, at + 1)
  const set = (bound: 'below' | 'above' | 'about', next: number): number => {
    found.bound = bound
    return next
  }
  if (word === 'kurang' && after === 'lebih') return set('about', at + 2)
  if ((word === 'kurang' || word === 'lebih') && (after === 'dari' || after === 'than'))
    return set(word === 'kurang' ? 'below' : 'above', at + 2)
  if (NEGATIONS.has(word) && after === 'sampai') return set('below', at + 2)
  if (word === 'sekitar' && (after === 'banyak' || after === 'sedikit'))
    return set(after === 'banyak' ? 'below' : 'above', at + 2)
  const bound = BOUNDS[word]
  return bound === undefined || (bound === 'about' && found.bound !== undefined)
    ? undefined
    : set(bound, at + 1)
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

function note(tokens: readonly Token[], at: number, found: Amounts): void {
  const word = wordAt(tokens, at)
  const isJoint = found.amounts.length > 0
  if (isJoint && (word === '-' || word === 'sampai')) found.joint = 'to'
  else if (isJoint && (word === 'atau' || word === '/' || word === 'dan'))
    found.joint ??= tokens.some(token => token.word === 'antara') ? 'to' : 'or'
  else if (VAGUE.has(word)) found.vague = true
  else if (NEGATIONS.has(word)) found.negated = true
  else if (
    tokens[at]?.kind === 'number' ||
    (tokens[at]?.kind === 'word' && !MONEY_QUIET.has(word) && word !== 'antara')
  )
    found.unknown++
}

function withoutAmount(tokens: readonly Token[], found: Amounts): Reading<Rupiah> {
  if (found.vague) return ask([], 'vague')
  const nothing =
    tokens.some(token => token.word === 'gaada') ||
    (found.negated && tokens.some(token => ['ada', 'punya'].includes(token.word)))
  return none(nothing ? 'nothing' : 'unread')
}

/** "5-10 jt": the unit said last holds for both; "2 atau 3 juta" is asked. */
function several(
  found: Amounts,
  first: Quantity,
  second: Quantity,
  period: { period?: Period },
): Reading<Rupiah> {
  const shared = !first.unit && second.scale > 1 && first.value < 1000 ? second.scale : 1
  const amounts = [first.value * shared, ...found.amounts.slice(1).map(amount => amount.value)].map(
    Math.round,
  )
  const [from, to] = amounts
  if (
    from === undefined ||
    to === undefined ||
    !found.amounts.some(amount => amount.unit || amount.value >= 1000)
  )
    return ask([], 'unit')
  const isRange = found.joint === 'to' && amounts.length === 2 && from < to
  return isRange
    ? approximate({ amount: from, to, ...period })
    : ask(
        amounts.map(amount => ({ amount, ...period })),
        'several',
      )
}

/** "500" without a unit: rupiah, thousands or millions? */
function bare(amount: number, period: { period?: Period }): Reading<Rupiah> {
  const likely = [amount * 1000, amount * 1_000_000, amount].filter(each => Number.isInteger(each))
  return ask(
    likely.map(each => ({ amount: each, ...period })),
    'unit',
  )
}
