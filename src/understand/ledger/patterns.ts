import { FILLERS, PARTICLES, POLITE } from '../lexicon.ts'
import type { Moment } from '../types.ts'
import { isPerson, type Clause } from './clause.ts'
import { whenOf } from './days.ts'
import type { Item } from './item.ts'
import type { LedgerReading } from './result.ts'
import { boughtAs, isOtherShop } from './buying.ts'
import type { Said } from './types.ts'
import { BUY, SELL } from './verbs.ts'

const CORRECTS = new Set(['eh', 'maksudnya', 'ralat', 'salah', 'harusnya', 'ups', 'koreksi'])

/** What stands between a correction and its figure: "eh maaf, yang benar 45rb". */
const BETWEEN = new Set([...PARTICLES, ...POLITE, ...FILLERS, 'nya', 'rp', 'benar', 'ding', 'tapi', 'tadi'])

const isFigure = (item: Item): boolean => item.is === 'amount'

/** "50rb eh 45rb", "bukan 120rb tapi 102rb": the figure before the word is taken back. */
export function corrected(all: readonly Item[]): Item[] {
  const items = withoutDenied(all)
  const kept: Item[] = []
  for (const [at, item] of items.entries()) {
    const back = item.is === 'amount' ? correctionBefore(items, at) : undefined
    if (back !== undefined && kept.some(isFigure)) {
      const last = kept.findLastIndex(isFigure)
      kept.splice(last, kept.length - last)
    }
    kept.push(item)
  }
  return kept.filter((item, at) => !(CORRECTS.has(item.word) && kept.slice(at + 1).some(isFigure)))
}

/** "bukan 120rb tapi 102rb", "102rb bukan 120rb": the figure that is denied goes, with its words. */
function withoutDenied(all: readonly Item[]): readonly Item[] {
  const items = withoutTakenBack(all)
  const at = items.findIndex((item, place) => item.word === 'bukan' && items[place + 1]?.is === 'amount')
  if (at < 0 || items.filter(isFigure).length < 2) return items
  const but = items[at + 2]?.word === 'tapi' ? 1 : 0
  return [...items.slice(0, at), ...items.slice(at + 2 + but)]
}

/** "60rb bukan, 65rb": the figure before the word goes. */
function withoutTakenBack(items: readonly Item[]): readonly Item[] {
  const at = items.findIndex((item, place) => item.word === 'bukan' && items[place - 1]?.is === 'amount')
  const next = items.slice(at + 1).find(item => item.is !== 'sign')
  return at < 0 || next?.is !== 'amount' || items[at + 1] === next
    ? items
    : [...items.slice(0, at - 1), ...items.slice(items.indexOf(next))]
}

/** The word of correction between an amount and the one before it, with nothing but small words between. */
function correctionBefore(items: readonly Item[], at: number): Item | undefined {
  for (let back = at - 1; back >= Math.max(0, at - 4); back--) {
    const item = items[back]
    if (item === undefined || item.is === 'amount') return undefined
    if (CORRECTS.has(item.word)) return item
    if (item.is === 'word' && !BETWEEN.has(item.word)) return undefined
  }
  return undefined
}

const PARTS = new Set(['bayar', 'dibayar', 'dp'])
const RESTS = new Set(['sisa', 'kurang', 'tinggal'])

/** "beli kue 50rb bayar 30rb sisanya utang": what was paid at once, and what is owed. */
export function partlyPaid(clause: Clause, moment: Moment): LedgerReading | undefined {
  const { items } = clause
  const amounts = items.flatMap((item, at) => (item.is === 'amount' ? [{ value: item.value, at }] : []))
  const [whole, part] = amounts
  if (whole === undefined || part === undefined || part.value >= whole.value) return undefined
  const before = items[part.at - 1]?.word ?? ''
  const rest =
    items[part.at - 2]?.word === 'baru' || items.slice(part.at + 1).some(item => RESTS.has(item.word))
  const left = amounts[2]?.value
  if (!PARTS.has(before) || !(rest || clause.has('utang', 'ngutang', 'bon'))) return undefined
  if (left !== undefined && left !== whole.value - part.value)
    return { is: 'ask', why: 'amount', candidates: [] }
  const { day } = whenOf(clause, moment)
  if (!('value' in day)) return undefined
  return entriesOf(clause, whole.value, part.value, day.value)
}

/**
 * "orderan katering 1,2jt baru dp 500rb": a part of the price was paid, not the price and the part. Whether the whole was
 * paid too, only the person can say.
 */
export function deposit(entries: readonly Said[]): Said[][] | undefined {
  const [whole, part, ...others] = entries
  if (whole?.kind !== 'sale' || part?.kind !== 'sale' || !part.dp || others.length > 0) return undefined
  if (part.item !== undefined || part.party !== undefined || part.amount >= whole.amount) return undefined
  const { item, party } = whole
  const paid = { ...part, ...(item === undefined ? {} : { item }), ...(party === undefined ? {} : { party }) }
  return [[paid], [whole]]
}

/** "jual bakso 500rb (200rb qris, 300rb cash)": how the whole was paid; a smaller sum may be a part of it, or more. */
export function byMethod(entries: readonly Said[]): LedgerReading | undefined {
  const [whole, ...parts] = entries
  const isPart = ({ kind, method, item, date }: Said): boolean =>
    kind === 'sale' && method !== undefined && item === undefined && date === whole?.date
  if (whole?.kind !== 'sale' || whole.method !== undefined || parts.length === 0 || !parts.every(isPart)) return undefined // prettier-ignore
  const sum = parts.reduce((total, part) => total + part.amount, 0)
  const named = parts.map(part => (whole.item === undefined ? part : { ...part, item: whole.item }))
  if (sum === whole.amount) return { is: 'entries', entries: named }
  return sum > whole.amount ? undefined : { is: 'ask', why: 'amount', candidates: [[whole], [...entries]] }
}

function entriesOf(clause: Clause, whole: number, part: number, date: string): LedgerReading {
  const verb = clause.place(new Set([...BUY, ...SELL, 'ambil']))
  const shop = clause.parties.find(
    party => party.to <= verb && party.preposition === '' && isOtherShop(clause, party),
  )
  const customer =
    clause.subject(verb) ?? shop ?? (clause.hasAny(SELL) ? clause.parties.find(isPerson) : undefined)
  const { item } = clause
  const what = item === undefined ? {} : { item }
  const sells = customer !== undefined || clause.hasAny(SELL)
  const named = sells ? customer : clause.parties[0]
  const party = named === undefined ? {} : { party: named.name }
  const paid: Said = sells
    ? { kind: 'sale', category: 'penjualan', amount: part, date, ...what, ...party }
    : { ...boughtAs(clause), amount: part, date, ...what, ...party }
  const owed: Said = sells
    ? { kind: 'receivable', amount: whole - part, date, ...what, ...party }
    : { kind: 'payable', category: boughtAs(clause).category ?? 'bahan', amount: whole - part, date, ...what, ...party } // prettier-ignore
  if (sells && customer === undefined) return { is: 'ask', why: 'who', candidates: [[paid, owed]] }
  return { is: 'entries', entries: [paid, owed] }
}
