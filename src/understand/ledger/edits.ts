import { FILLERS, PARTICLES, POLITE } from '../lexicon.ts'
import type { Moment } from '../types.ts'
import { Clause } from './clause.ts'
import type { Context } from './context.ts'
import { whenOf } from './days.ts'
import type { Item, Message } from './item.ts'
import { priceOf } from './price.ts'
import type { LedgerReading } from './result.ts'
import { boughtAs } from './trade.ts'
import type { Said } from './types.ts'
import { BUY, OWE, SELL } from './verbs.ts'

const DELETES = new Set(['batal', 'hapus', 'undo'])
const CHANGES = new Set([
  'eh',
  'salah',
  'ralat',
  'harusnya',
  'maksudnya',
  'bukan',
  'ganti',
  'ubah',
  'ups',
  'koreksi',
  'benar',
])
const POINTS = new Set(['tadi', 'barusan', 'terakhir', 'itu', 'yang'])

/** A change to what was just recorded: taken back, or one thing of it put right. Undefined for a message of its own. */
export function changeOf(message: Message, moment: Moment, context: Context): LedgerReading | undefined {
  const clause = new Clause(message.items, message.written)
  const deletes = isDeletion(clause)
  if (context.recent.length === 0) {
    const bare = clause.amounts.length === 0 && clause.itemWords().every(item => POINTS.has(item.word))
    return deletes && bare ? { is: 'none', why: 'nothing_to_undo' } : undefined
  }
  if (message.items.some(item => item.word === '?')) return undefined
  if (deletes) return deletion(clause, context)
  return isChange(clause) ? edited(clause, moment, context) : undefined
}

function isDeletion(clause: Clause): boolean {
  if (clause.hasAny(DELETES)) return !clause.has('jangan')
  return clause.says('tidak', 'jadi')
}

/** Which of the entries is meant: the one whose thing or person is named, or the only one. */
function target(clause: Clause, context: Context): number | undefined {
  const order = ['pertama', 'kedua', 'ketiga', 'kempat'].findIndex(word => clause.has(word))
  if (order >= 0 && order < context.recent.length) return order
  const words = new Set(clause.words)
  const matches = context.recent.flatMap((said, at) => {
    const names = `${said.item ?? ''} ${said.party ?? ''} ${said.category ?? ''}`
      .toLowerCase()
      .split(/[\s,]+/)
    return names.some(name => name.length > 2 && (words.has(name) || clause.all.some(item => item.text === name))) ? [at] : [] // prettier-ignore
  })
  if (matches.length === 1) return matches[0]
  const named = clause.itemWords().filter(item => !POINTS.has(item.word) && !CHANGES.has(item.word) && !DELETES.has(item.word)) // prettier-ignore
  const points = ['itu', 'tadi'].includes(clause.words[0] ?? '') || clause.says('yang', 'tadi')
  if (context.recent.length === 1 && (matches.length > 0 || named.length === 0 || points)) return 0
  return clause.has('terakhir') ? context.recent.length - 1 : undefined
}

function deletion(clause: Clause, context: Context): LedgerReading | undefined {
  const at = target(clause, context)
  const said = at === undefined ? undefined : context.recent[at]
  if (at !== undefined && said !== undefined) {
    const [amount] = clause.amounts
    return amount === undefined || amount.value === said.amount
      ? { is: 'delete', at, entry: said }
      : undefined
  }
  const unnamed = clause.itemWords().every(item => POINTS.has(item.word) || DELETES.has(item.word))
  return unnamed
    ? { is: 'ask', why: 'which_entry', candidates: context.recent.map(each => [each]) }
    : undefined
}

/** "eh salah, 45rb", "yang tadi jadi 55rb", "eh itu kemarin", "bukan jual, beli", "daging harusnya 165rb". */
function isChange(clause: Clause): boolean {
  const ordered = clause.has('yang') && clause.has('jadi', 'harusnya', 'pertama', 'kedua', 'ketiga')
  const pointed = (clause.has('tadi', 'barusan') || clause.items.some(item => item.is === 'date')) && clause.has('yang') && clause.has('jadi', 'salah', 'itu', 'bukan', 'harusnya') // prettier-ignore
  const points =
    ['itu', 'tadi'].includes(clause.words[0] ?? '') &&
    clause.amounts.length === 0 &&
    !clause.has('jadi', 'bagaimana')
  return clause.hasAny(CHANGES) || pointed || ordered || points
}

/** "bukan jual, beli", "qris bukan tunai": only what is not denied. */
function meant(clause: Clause): Clause {
  const at = clause.items.findIndex(item => item.word === 'bukan')
  if (at < 0) return clause
  const end = clause.items.findIndex(
    (item, place) => place > at + 1 && (item.word === ',' || item.word === 'tapi'),
  )
  const rest =
    end < 0 ? clause.items.slice(0, at) : [...clause.items.slice(0, at), ...clause.items.slice(end + 1)]
  const says = rest.some(item => item.is !== 'sign' && !CHANGES.has(item.word) && !POINTS.has(item.word))
  return says ? new Clause(rest, clause.written) : clause
}

function edited(all: Clause, moment: Moment, context: Context): LedgerReading | undefined {
  const clause = meant(all)
  const at = target(all, context) ?? target(clause, context)
  if (at === undefined)
    return context.recent.length > 1 && clause.amounts.length > 0
      ? { is: 'ask', why: 'which_entry', candidates: context.recent.map(each => [each]) }
      : undefined
  const said = context.recent[at]
  if (said === undefined) return undefined
  const change =
    figures(clause, said) ??
    dates(clause, moment) ??
    meaning(clause, said) ??
    perUnit(clause, said) ??
    kinds(clause, said) ??
    wording(clause, said, all)
  if (change === undefined)
    return isBare(all) ? { is: 'ask', why: 'what_to_fix', candidates: [[said]] } : undefined
  return { is: 'edit', at, entry: cleaned({ ...said, ...change }) }
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

/** "salah", "eh keliru": something is wrong, and nobody says what. */
const isBare = (clause: Clause): boolean =>
  clause.amounts.length === 0 &&
  clause.has('salah', 'ralat') &&
  clause.words.every(word => CHANGES.has(word) || POINTS.has(word) || PARTICLES.has(word) || POLITE.has(word) || FILLERS.has(word)) // prettier-ignore

/** A kind without a category or a person keeps none of the former entry. */
function cleaned(said: Said): Said {
  const { category, item, ...rest } = said
  if (said.kind === 'prive') return rest
  const categorised = ['sale', 'purchase', 'expense', 'other_income', 'payable'].includes(said.kind)
  return { ...rest, ...(item === undefined ? {} : { item }), ...(categorised && category !== undefined ? { category } : {}) } // prettier-ignore
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
  const last = clause.itemWords().at(-1)
  return { ...boughtAs(clause), ...(last === undefined ? {} : { item: clause.written(last.from, last.to) }) }
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
