import { ROUND_UNITS, UNITS as MONEY_UNITS, type Quantity } from '../literals.ts'
import { spokenAt } from '../number-words.ts'
import { quantityAt } from '../quantities.ts'
import { wordAt } from '../scan-common.ts'
import type { Token } from '../tokens.ts'
import { unitOf } from './each.ts'
import type { Item, Streams } from './item.ts'
import { lowOfRange, rangeAt } from './ranges.ts'

const LENGTHS = new Set(['hari', 'minggu', 'bulan', 'tahun'])
type Figure = Extract<Item, { is: 'amount' }>

/** Larger figures are identity or phone numbers, not money. */
const LARGEST = 1e13

/** Money, or a bare number. */
export function amountItemAt(streams: Streams, at: number, before: readonly Item[]): Item | undefined {
  const { ledger, money } = streams
  const found = spacedDot(money, at) ?? quantityAt(money.slice(0, endOfAmount(streams, at)), at)
  if (found === undefined || found.value <= 0) return undefined
  const next = withoutMore(money, found.next)
  if (!found.unit && found.value < 1000) return smallAt(streams, at, { value: found.value, next })
  if (found.value > LARGEST || (!found.unit && isYear(found.value, before)))
    return { is: 'skip', word: '', from: at, to: next }
  const unclear = cutShort(money, found, at)
  if (unclear !== undefined) return { is: 'amount', ...unclear, about: false, confirm: true, each: false, word: '', from: at } // prettier-ignore
  const between = wordAt(ledger, at - 1) === 'antara'
  const range = rangeAt(money, next, between)
  return {
    is: 'amount',
    value: Math.round(found.value),
    ...readAs(found, next),
    ...(range === undefined ? {} : { others: range.others }),
    each: wordAt(money, next - 1) in ROUND_UNITS,
    word: ledger[next - 1]?.text === 'm' ? 'm' : '',
    from: at,
    to: range?.next ?? next,
  }
}

/** The "50" of "1jt50", but not that of "1jt50rb". */
function isTail(money: readonly Token[], at: number): boolean {
  const token = money[at]
  const short = token?.kind === 'number' && token.glued && token.text.length < 3
  return short && !(wordAt(money, at + 1) in MONEY_UNITS)
}

/** "1jt50", "15rb5", ".5jt": a half or a slip of the thumb; both are shown. */
function cutShort(
  money: readonly Token[],
  { value, scale, next }: Quantity,
  at: number,
): { value: number; others: number[]; to: number } | undefined {
  const [tail, sign] = [money[next], money[at - 1]]
  if (tail !== undefined && isTail(money, next) && scale > 1) {
    const rest = Number(tail.text)
    return {
      value: value + (rest * scale) / 10 ** tail.text.length,
      others: [value + (rest * scale) / 1000],
      to: next + 1,
    }
  }
  const decimal = sign !== undefined && ['.', ','].includes(sign.text) && !sign.glued && money[at]?.glued === true && scale > 1 // prettier-ignore
  return decimal ? { value: value / 10, others: [value], to: next } : undefined
}

/** How sure a figure is. "kurang" that belongs to what follows makes nothing approximate. */
const readAs = (found: Quantity, next: number): Pick<Figure, 'about' | 'confirm' | 'others'> => ({
  about: found.about && next === found.next,
  confirm: found.unsure,
  others: found.others,
})

/** A number below a thousand: the low end of "5-10rb", a count, or a word that only looks like one. */
function smallAt(
  { ledger, money }: Streams,
  at: number,
  found: { value: number; next: number },
): Item | undefined {
  const { value, next } = found
  const low = lowOfRange(money, next)
  if (low !== undefined)
    return { is: 'amount', value: Math.round(value * low.scale), about: false, confirm: false, others: [low.value], each: false, word: '', from: at, to: low.next } // prettier-ignore
  const counts = ledger[at]?.kind === 'number' || next > at + 1 || ledger[at + 1]?.kind === 'word'
  return counts ? { is: 'number', value, word: '', from: at, to: next } : undefined
}

/** "100rb 5 porsi", "36rb selusin", "20rb 2 gas": a count after the unit begins something else. */
function endOfAmount(streams: Streams, at: number): number {
  const { money } = streams
  for (let next = at + 1; next < Math.min(money.length, at + 12); next++)
    if (wordAt(money, next - 1) in MONEY_UNITS && (isTail(money, next) || beginsCount(streams, next)))
      return next
  return money.length
}

function beginsCount({ ledger, money }: Streams, at: number): boolean {
  if (/^se(lusin|kodi)/.test(ledger[at]?.text ?? '') || wordAt(ledger, at) === 'satunya') return true
  const after = wordAt(money, at + 1)
  if (after in MONEY_UNITS) return false
  const isNumber = money[at]?.kind === 'number'
  if (isNumber && wordAt(money, at).length <= 2 && !['.', ',', 'ratus'].includes(after)) return true
  return isCounted(ledger, isNumber ? at + 1 : (spokenAt(money, at)?.next ?? ledger.length))
}

const isCounted = (ledger: readonly Token[], at: number): boolean =>
  unitOf(ledger[at]?.text ?? '') !== undefined || LENGTHS.has(wordAt(ledger, at))

/** "Rp 50. 000": a space after the dot. */
function spacedDot(tokens: readonly Token[], at: number): ReturnType<typeof quantityAt> {
  const from = wordAt(tokens, at) === 'rupiah' ? at + 1 : at
  const [whole, group] = [tokens[from], tokens[from + 2]]
  const isGroup =
    from > at && whole?.kind === 'number' && whole.text.length <= 3 && wordAt(tokens, from + 1) === '.' &&
    group?.kind === 'number' && group.text.length === 3 && !group.glued // prettier-ignore
  if (!isGroup) return undefined
  const value = Number(whole.text + group.text)
  return { value, next: from + 3, unit: true, scale: 1, about: false, unsure: true, others: [] }
}

/** "bayar 30rb kurang 20rb": what is missing, not "about". */
function withoutMore(tokens: readonly Token[], next: number): number {
  const hedge = ['kurang', 'lebih'].includes(wordAt(tokens, next - 1))
  return hedge && quantityAt(tokens, next) !== undefined ? next - 1 : next
}

/** A year stands alone and is not round: "2019" is one, "parkir 2000" is money. */
const isYear = (value: number, before: readonly Item[]): boolean =>
  value >= 1945 && value <= 2099 && (value % 100 !== 0 || before.at(-1)?.word === 'dari')
