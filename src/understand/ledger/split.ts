import { Clause, type WordItem } from './clause.ts'
import type { Item, Message } from './item.ts'
import { GOODS, INGREDIENTS, METHODS, THINGS, TITLES } from './vocabulary.ts'
import { BUY, OWE, SELL } from './verbs.ts'

const STRONG = new Set([',', ';', '\n', '.', 'terus', 'lalu', 'kemudian', 'sekalian', 'sedangkan', 'tapi']) // prettier-ignore
const WEAK = new Set(['dan', 'sama', '+', '&', 'plus', 'juga', 'dengan', '/'])
/** What begins so goes on with what was said before. */
const GOES_ON = new Set(['eh', 'ralat', 'salah', 'maksudnya', 'harusnya', 'bukan', 'ups', 'total', 'sisa', 'kembali', 'jadi', 'kurang', 'belum', 'masing', 'diskon', 'dipotong', 'korting', 'tinggal', 'termasuk', 'pokok']) // prettier-ignore
const EVENTS = new Set([...SELL, ...BUY])

const isMoney = (item: Item): boolean => item.is === 'amount'
const isSeparator = (item: Item): boolean => STRONG.has(item.word) || WEAK.has(item.word)

/** The parts of a message that each say one thing, with the verb and the day carried on to those that leave them out. */
export function clausesOf({ items, written }: Message): Clause[] {
  const chunks = merge(cut(withoutCheck(items))).flatMap(implicit)
  const carried: Clause[] = []
  for (const chunk of chunks) {
    const previous = carried.at(-1)
    const clause = new Clause(chunk, written)
    carried.push(previous === undefined ? clause : new Clause(carry(clause, previous), written))
  }
  return sharingDay(carried, written)
}

/** "tunai 200rb qris 100rb hari ini": without any verb the day said last is that of all. */
function sharingDay(clauses: Clause[], written: Message['written']): Clause[] {
  const day = clauses.at(-1)?.items.find(item => item.is === 'date')
  const dated = clauses.filter(clause => clause.items.some(item => item.is === 'date'))
  if (day === undefined || dated.length !== 1 || clauses.some(clause => clause.hasAny(VERBS))) return clauses
  return clauses.map(clause =>
    dated.includes(clause) ? clause : new Clause([day, ...clause.items], written),
  )
}

/** "300rb + 150rb total 450rb": a total that is the sum of what stands before it is only a check. */
function withoutCheck(items: readonly Item[]): readonly Item[] {
  const amounts = items.flatMap((item, at) => (item.is === 'amount' ? [{ value: item.value, at }] : []))
  const last = amounts.at(-1)
  const parts = amounts.slice(0, -1)
  const label = last === undefined ? undefined : items[last.at - 1]
  const isSum =
    parts.length > 1 && label !== undefined && ['total', 'semua', 'jadi', '='].includes(label.word) &&
    parts.reduce((sum, part) => sum + part.value, 0) === last?.value // prettier-ignore
  return isSum && last !== undefined ? items.slice(0, last.at - 1) : items
}

interface Chunk {
  items: Item[]
  /** Cut from what stands before by a comma or "terus", not by "sama". */
  strong: boolean
}

function cut(items: readonly Item[]): Chunk[] {
  const chunks: Chunk[] = [{ items: [], strong: true }]
  for (const item of items) {
    if (isSeparator(item)) chunks.push({ items: [item], strong: STRONG.has(item.word) })
    else chunks.at(-1)?.items.push(item)
  }
  return chunks
}

/** A chunk without money belongs to its neighbour, unless it is an event of its own that lacks its amount. */
function merge(chunks: readonly Chunk[]): Item[][] {
  const merged: Item[][] = []
  for (const { items, strong } of chunks) {
    const last = merged.at(-1)
    const opened = last !== undefined && (last.some(isMoney) || lacksUnit(last))
    const first = items.find(item => item.is === 'word' && !isSeparator(item))
    const goesOn = first !== undefined && GOES_ON.has(first.word)
    const stands = items.some(isMoney) ? !goesOn : strong && (isEvent(items) || lacksUnit(items))
    if (last === undefined || !opened || !stands) {
      if (last === undefined) merged.push([...items])
      else last.push(...items)
    } else merged.push(items.filter((item, at) => at > 0 || !isSeparator(item)))
  }
  return merged
}

/** "…, gas 22": a figure after its thing whose unit nobody said. */
function lacksUnit(items: readonly Item[]): boolean {
  const said = items.filter(item => item.is !== 'sign')
  const [thing, figure] = said.slice(-2)
  return figure?.is === 'number' && thing?.is === 'word' && said.filter(item => item.is === 'word').length < 4
}

/** "…, beli tepung": said without an amount. Not "…, belum bayar" and not "…, makasih". */
const isEvent = (items: readonly Item[]): boolean =>
  items.some(item => item.is === 'word' && EVENTS.has(item.word) && item.word !== 'jualan') &&
  items.filter(item => item.is === 'word').length > 1 &&
  !items.some(item => item.word === 'belum' || item.word === 'tidak')

/** Several amounts without a separator between them: "tunai 300rb qris 150rb", "beli 50rb jual 80rb". */
function implicit(items: Item[]): Item[][] {
  const plain = items.flatMap((item, at) => (isMoney(item) && isPlain(items, at) ? [at] : []))
  if (plain.length < 2) return [items]
  const cuts = isLedByAmount(items)
    ? plain.slice(1)
    : plain.slice(0, -1).map((at, number) => endOf(items, (plain[number - 1] ?? -1) + 1, at))
  const parts = [0, ...cuts].map((from, number) => items.slice(from, cuts[number]))
  return parts.every(part => part.some(item => item.is === 'word')) ? parts : [items]
}

/** "50rb jual bakso 20rb beli gas": the amount comes first in each part. */
function isLedByAmount(items: readonly Item[]): boolean {
  const first = items.find(item => item.is !== 'sign' && item.is !== 'date')
  const last = items.at(-1)
  return first !== undefined && last !== undefined && isMoney(first) && !isMoney(last)
}

/** An amount keeps its own "per porsi", and the day and the way of paying that its part has not named yet. */
function endOf(items: readonly Item[], from: number, at: number): number {
  const before = items.slice(from, at)
  const takes = (item: Item | undefined): boolean =>
    item?.is === 'each' ||
    item?.is === 'period' ||
    (item?.is === 'date' && !before.some(each => each.is === 'date')) ||
    (item !== undefined && METHODS_WORDS.has(item.word) && !before.some(each => METHODS_WORDS.has(each.word)))
  let end = at + 1
  while (takes(items[end])) end++
  return end
}

const ROLE_BEFORE = new Set(['total', 'kembali', 'sisa', 'kurang', 'tinggal', 'pokok', 'eh', 'maksudnya', 'jadi', 'harusnya', 'tapi', 'bukan', 'salah', 'ralat', '=', 'diskon', 'potongan', 'dipotong', 'korting', 'dikurangi']) // prettier-ignore

/** Not the price of one, a total, change or a correction. */
function isPlain(items: readonly Item[], at: number): boolean {
  const before = items[at - 1]?.word ?? ''
  const near = [items[at - 1], items[at + 1]]
  if (near.some(item => item?.is === 'each' || item?.is === 'times') || ROLE_BEFORE.has(before)) return false
  const later = (word: string): boolean => items.slice(at).some(item => item.word === word)
  if (before === 'uang' && later('kembali')) return false
  if (['bayar', 'dibayar', 'dp'].includes(before) && (items[at - 2]?.word === 'baru' || ['sisa', 'kurang', 'tinggal'].some(later))) return false // prettier-ignore
  const counted = items.some(item => item.is === 'count' || item.is === 'number')
  if (counted && ['dapat', 'semua', 'hasil'].includes(before)) return false
  return !isInterest(items, at, before)
}

/** "450rb termasuk bunga 50rb", "pokok 400rb bunga 50rb": two figures of one instalment. */
function isInterest(items: readonly Item[], at: number, before: string): boolean {
  if (items.slice(Math.max(0, at - 2), at).some(item => item.word === 'termasuk')) return true
  return before === 'bunga' && items.some(item => item.word === 'pokok' || item.word === 'termasuk')
}

const VERBS = new Set([...SELL, ...BUY, ...OWE, 'bayar', 'gaji', 'upah', 'pinjam', 'pinjamkan', 'prive', 'modal', 'ambil', 'dapat', 'terima', 'setor', 'cicil', 'cicilan', 'angsuran', 'lunasi', 'keluar', 'pengeluaran', 'masuk', 'dp', 'servis', 'sewa', 'kasih', 'transfer', 'bikin', 'isi', 'jasa']) // prettier-ignore

/** A clause without a verb takes the one before it; costs with a name of their own do not take "jual". */
function carry(clause: Clause, previous: Clause): readonly Item[] {
  const dated = clause.items.some(item => item.is === 'date')
    ? []
    : previous.items.filter(item => item.is === 'date' && !isDue(previous, item))
  if (clause.hasAny(VERBS)) return [...dated, ...clause.items]
  const spoken = previous.all.filter(item => VERBS.has(item.word))
  // "belanja katering: ayam 50rb, beras 20rb": bought for it.
  const verbs = spoken.some(item => BUY.has(item.word)) ? spoken.filter(item => !SELL.has(item.word)) : spoken
  const takes = verbs.length > 0 && clause.words[0] !== 'untuk' && !refuses(clause, previous, verbs)
  if (!takes) return [...dated, ...clause.items]
  const owes = verbs.some(item => OWE.has(item.word))
  if (owes && clause.parties.length === 0)
    return [...dated, ...(isOnlyGoods(clause) ? spokenOf(previous) : []), ...verbs, ...clause.items]
  return owes ? [...dated, ...clause.items, ...verbs] : [...dated, ...verbs, ...clause.items]
}

/** "bahan buat jualan besok": what it is for, not when it happened. */
export const isPurpose = (clause: Clause, date: Item): boolean => {
  const at = clause.items.indexOf(date)
  const before = clause.items.slice(Math.max(0, at - 2), at)
  // "bayar utang kemarin": the day of the debt.
  const ofDebt = OWE.has(before.at(-1)?.word ?? '') && clause.has('bayar', 'lunasi', 'cicil', 'dibayar')
  return ofDebt || before.some(item => item.word === 'untuk')
}

/** "bayar besok" is when it is to be paid, not when it happened. */
export const isDue = (clause: Clause, date: Item): boolean => {
  const at = clause.items.indexOf(date)
  const before = clause.items.slice(Math.max(0, at - 2), at)
  return before.some(item => ['bayar', 'janji', 'tempo', 'dibayar', 'lunas', 'jatuh'].includes(item.word))
}

/** Whatever is no good may be the next one's name: "bu ani utang 6rb, lek jo 4rb". */
const isOnlyGoods = (clause: Clause): boolean =>
  clause.itemWords().every(item => GOODS.has(item.word) || THINGS.at([item.word], 0) !== undefined) &&
  !clause.hasAny(TITLES)

/** The person of the clause before: "bu ani utang bakso 30rb, kopi 10rb". */
const spokenOf = (previous: Clause): Item[] =>
  previous.all.filter((_, at) => previous.parties.some(party => at >= party.at && at < party.to && party.class !== 'shop')) // prettier-ignore

function refuses(clause: Clause, previous: Clause, verbs: readonly WordItem[]): boolean {
  const pays = verbs.every(item => BUY.has(item.word) || PAYS.has(item.word))
  if (pays) return false
  if (clause.things.length > 0) return clause.thing !== previous.thing
  const sells = verbs.some(item => SELL.has(item.word))
  return sells && clause.hasAny(INGREDIENTS) && !previous.hasAny(INGREDIENTS)
}

/** Verbs that fit any cost: "bayar listrik 100rb, wifi 300rb". */
const PAYS = new Set(['bayar', 'isi', 'bikin', 'keluar', 'pengeluaran', 'servis', 'sewa'])

const METHODS_WORDS: ReadonlySet<string> = new Set(METHODS.keys())
