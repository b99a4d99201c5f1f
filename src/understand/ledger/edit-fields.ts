import { FILLERS, PARTICLES, POLITE } from '../lexicon.ts'
import type { Moment } from '../types.ts'
import { Clause } from './clause.ts'
import { whenOf } from './days.ts'
import { CHANGES, POINTS } from './edit-target.ts'
import type { Item } from './item.ts'
import { priceOf } from './price.ts'
import { boughtAs } from './buying.ts'
import type { Said } from './types.ts'
import { BUY, OWE, SELL } from './verbs.ts'

/** What of an entry becomes different; `all` is the clause with what it denies. */
export function changeIn(clause: Clause, said: Said, all: Clause, moment: Moment): Partial<Said> | undefined {
  return (
    figures(clause, said) ??
    dates(clause, moment) ??
    meaning(clause, said) ??
    perUnit(clause, said) ??
    kinds(clause, said) ??
    wording(clause, said, all)
  )
}

/** A new amount; the quantity is kept where the figure is what all came to. */
function figures(clause: Clause, said: Said): Partial<Said> | undefined {
  const last = clause.amounts.at(-1)
  if (last === undefined) {
    const [count] = clause.counts
    if (count === undefined) return undefined
    const known = said.amount % 1000 === 0 && count.is === 'number' && count.value >= 5
    if (known && said.qty === undefined) return { amount: count.value * 1000 }
    return said.unitPrice === undefined ? undefined : { qty: count.value, amount: Math.round(count.value * said.unitPrice) } // prettier-ignore
  }
  if (clause.has('harga') && said.qty !== undefined && clause.counts.length === 0)
    return { amount: Math.round(last.value * said.qty), unitPrice: last.value }
  const priced = priceOf(new Clause(afterLastCorrection(clause.items), clause.written), false)
  const price = priced.is === 'price' ? priced.price : { amount: last.value }
  if (price.qty !== undefined && price.unitPrice !== undefined)
    return { amount: price.amount, qty: price.qty, unitPrice: price.unitPrice }
  return said.qty === undefined ? { amount: price.amount } : { amount: price.amount, unitPrice: price.amount / said.qty } // prettier-ignore
}

/** "bukan 120rb tapi 102rb": what stands after the last amount's own words. */
function afterLastCorrection(items: readonly Item[]): Item[] {
  const amounts = items.flatMap((item, at) => (item.is === 'amount' ? [at] : []))
  return amounts.length < 2 ? [...items] : items.slice((amounts.at(-2) ?? 0) + 1)
}

function dates(clause: Clause, moment: Moment): Partial<Said> | undefined {
  const named = clause.items.filter(item => item.is === 'date')
  if (named.length === 0) return undefined
  const { day } = whenOf(clause, moment)
  return 'value' in day ? { date: day.value } : undefined
}

/** "bukan jual, beli": what stands last is what was meant. */
function kinds(clause: Clause, said: Said): Partial<Said> | undefined {
  const verbs = clause.words.filter(word => SELL.has(word) || BUY.has(word))
  const last = verbs.at(-1)
  if (last === undefined) return undefined
  if (SELL.has(last)) return said.kind === 'sale' ? undefined : { kind: 'sale', category: 'penjualan' }
  return said.kind === 'purchase' ? undefined : boughtAs(clause)
}

/** "itu per kilo", "itu totalnya": what the figure was. */
function perUnit(clause: Clause, said: Said): Partial<Said> | undefined {
  if (said.qty === undefined || said.unitPrice === undefined) return undefined
  if (clause.items.some(item => item.is === 'each'))
    return { amount: said.amount * said.qty, unitPrice: said.amount }
  return clause.has('total') ? { amount: said.unitPrice, unitPrice: said.unitPrice / said.qty } : undefined
}

const PRIVATE = ['rumah', 'pribadi', 'prive', 'sendiri', 'anak', 'dapur', 'keluarga', 'istri', 'suami']

/** "itu buat rumah", "itu belum dibayar", "itu modal". */
function meaning(clause: Clause, said: Said): Partial<Said> | undefined {
  const spent = said.kind === 'purchase' || said.kind === 'expense'
  if (spent && clause.has(...PRIVATE)) return { kind: 'prive' }
  return (
    unpaidAfterAll(clause, said, spent) ?? otherMoney(clause, said) ?? (spent ? otherCost(clause) : undefined)
  )
}

/** "itu utang", "itu belum dibayar". */
function unpaidAfterAll(clause: Clause, said: Said, spent: boolean): Partial<Said> | undefined {
  const unpaid = clause.hasAny(OWE) || (clause.has('belum') && clause.has('bayar', 'dibayar', 'lunas'))
  const party = clause.parties[0]?.name ?? said.party
  const named = party === undefined ? {} : { party }
  if (!unpaid || (said.kind === 'sale' && party === undefined)) return undefined
  if (said.kind === 'sale') return { kind: 'receivable', ...named }
  return spent ? { kind: 'payable', ...named } : undefined
}

/** "itu modal", "itu pinjaman": money that came in, and was no sale. */
function otherMoney(clause: Clause, said: Said): Partial<Said> | undefined {
  if (!['sale', 'other_income', 'loan_in', 'capital'].includes(said.kind)) return undefined
  if (clause.has('modal') && said.kind !== 'capital') return { kind: 'capital' }
  return clause.has('pinjaman', 'pinjam') && said.kind !== 'loan_in' ? { kind: 'loan_in' } : undefined
}

/** "salah, itu bensin". */
function otherCost(clause: Clause): Partial<Said> | undefined {
  if (clause.thing === undefined || !clause.has('bukan', 'salah', 'itu', 'maksudnya')) return undefined
  const { thing } = clause
  const last = clause.itemWords().at(-1)
  // Water and interest that put a cost right are costs, not goods.
  const cost: Partial<Said> = thing === 'utilitas' || thing === 'bunga' ? { kind: 'expense', category: thing } : boughtAs(clause) // prettier-ignore
  return { ...cost, ...(last === undefined ? {} : { item: clause.written(last.from, last.to) }) }
}

/** Another person, thing or way of paying. */
function wording(clause: Clause, said: Said, all: Clause): Partial<Said> | undefined {
  const party = clause.parties.at(-1)
  if (party !== undefined && said.party !== undefined) return { party: party.name }
  if (clause.method !== undefined) return { method: clause.method }
  const words = clause.itemWords().filter(item => !CHANGES.has(item.word) && !POINTS.has(item.word) && ![FILLERS, PARTICLES, POLITE].some(set => set.has(item.word))) // prettier-ignore
  const last = words.at(-1)
  return last !== undefined && said.item !== undefined && all.has('bukan', 'maksudnya', 'ralat', 'salah')
    ? { item: clause.written(last.from, last.to) }
    : undefined
}
