import type { Clause, Count } from './clause.ts'
import type { Item } from './item.ts'

/** Words after which a figure is what it all came to. */
const TOTAL = new Set(['total', 'semua', 'jadi', 'dapat', 'seluruh', 'habis', 'kena', 'seharga'])

/** An amount, and what its place says it is: the price of one, what all came to, or neither. */
export interface Figure {
  item: Extract<Item, { is: 'amount' }>
  role: 'each' | 'total' | 'plain'
}

/** Amounts with what stands around them; money handed over and change are not counted. */
export function figuresOf(clause: Clause): Figure[] {
  const { items } = clause
  return items.flatMap((item, at) =>
    item.is === 'amount' && !isHandedOver(items, at) ? [{ item, role: roleAt(clause, at) }] : [],
  )
}

function roleAt(clause: Clause, at: number): Figure['role'] {
  const { items } = clause
  const item = items[at]
  if ([items[at - 1], items[at + 1]].some(isEach)) return 'each'
  const counted = clause.counts.length > 0
  const before = items.slice(0, at).findLast(each => !isQuiet(each))?.word ?? ''
  if (before === '=' || before === 'total' || (counted && TOTAL.has(before))) return 'total'
  return item?.is === 'amount' && item.each && counted ? 'each' : 'plain'
}

const isEach = (item: Item | undefined): boolean => item?.is === 'each' || item?.is === 'times'
const isQuiet = (item: Item): boolean =>
  item.word === 'rp' || item.word === ':' || item.word === 'uang' || item.word === 'cuma'

/** How many, once or several times: "sisa 70" is none, and one crate beside fifteen kilos says nothing more. */
export function countsOf(clause: Clause): Count[] {
  const told = clause.counts.filter(count => count.value > 0 && !REMARKS.has(wordBefore(clause, count)))
  const sorted = [
    ...told.filter(count => count.is === 'count'),
    ...told.filter(count => count.is === 'number'),
  ]
  const many = sorted.filter(count => count.value !== 1)
  return many.length === 0 ? sorted.slice(0, 1) : many
}

const wordBefore = ({ items }: Clause, item: Item): string => items[items.indexOf(item) - 1]?.word ?? ''

/** "bayar 10rb sisa 20rb", "nambah utang 10rb jadi 40rb": how things stand afterwards. */
const REMARKS = new Set(['sisa', 'tinggal', 'kurang', 'jadi'])

/** "uangnya 50rb kembali 35rb": what was handed over, and the change. */
function isHandedOver(items: readonly Item[], at: number): boolean {
  const before = items[at - 1]
  if (before?.is !== 'word') return false
  if (before.word === 'kembali') return true
  if (REMARKS.has(before.word) && items.slice(0, at).some(item => item.is === 'amount')) return true
  const later = items.slice(at).some(item => item.word === 'kembali')
  return before.word === 'uang' && later
}

export const OFF: ReadonlySet<string> = new Set(['diskon', 'potongan', 'dipotong', 'korting', 'dikurangi'])

/** "500rb diskon 50rb": what came off the price is no figure of its own. */
export function discounted(figures: readonly Figure[], clause: Clause): { rest: Figure[]; off: number } {
  const isOff = ({ item }: Figure): boolean =>
    OFF.has(clause.items[clause.items.indexOf(item) - 1]?.word ?? '')
  const off = figures.length > 1 ? figures.filter(isOff) : []
  return {
    rest: figures.filter(figure => !off.includes(figure)),
    off: off.reduce((sum, figure) => sum + figure.item.value, 0),
  }
}
