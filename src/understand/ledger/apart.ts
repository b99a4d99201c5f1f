import type { Item } from './item.ts'
import { METHODS } from './vocabulary.ts'

const METHODS_WORDS: ReadonlySet<string> = new Set(METHODS.keys())

export const isMoney = (item: Item): boolean => item.is === 'amount'

/** Several amounts without a separator between them: "tunai 300rb qris 150rb", "beli 50rb jual 80rb". */
export function apart(items: Item[]): Item[][] {
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
  return before === 'bunga' && items.some(item => INSTALMENT.has(item.word))
}

const INSTALMENT = new Set(['pokok', 'termasuk', 'cicilan', 'angsuran', 'cicil', 'setoran'])
