import type { Clause, Count } from './clause.ts'
import { discounted, figuresOf, type Figure } from './figures.ts'

/** What an entry comes to. `others`: readings that are as likely, and why it must be asked. */
export interface Price {
  amount: number
  qty?: number
  unitPrice?: number
  confirm?: boolean
  /** All that is open. */
  full?: boolean
}
export type Priced =
  | { is: 'price'; price: Price }
  | { is: 'ask'; why: string; prices: Price[] }
  | { is: 'none'; why: 'amount' | 'price' }

/** A single portion on a Jakarta street costs between these; outside, the other reading was meant. */
const BAND = { from: 500, to: 100_000 }
/** A figure beyond a micro business's books is confirmed first. */
const UNUSUAL = 200_000_000

/**
 * Amount, quantity and unit price of a clause. A marker decides ("@", "per porsi", "total"); without one a purchase, a cost
 * or a debt is the total, and a sale is asked unless only one reading gives a believable unit price.
 */
export function priceOf(clause: Clause, sale: boolean): Priced {
  const figures = figuresOf(clause)
  const [first] = figures
  if (first === undefined) return withoutAmount(clause)
  const counts = clause.counts.filter(count => count.value > 0)
  const count = counts.find(each => each.is === 'count') ?? counts[0]
  const { rest, off } = discounted(figures, clause)
  const priced = rangeOf(first) ?? weigh(rest, counts.length > 1 ? undefined : count, sale, clause)
  return checked(less(priced, off))
}

function less(priced: Priced, off: number): Priced {
  if (priced.is !== 'price' || off === 0) return priced
  return priced.price.amount > off ? { is: 'price', price: { amount: priced.price.amount - off } } : priced
}

function withoutAmount(clause: Clause): Priced {
  const numbers = clause.counts.filter(count => count.is === 'number')
  const [number] = numbers
  if (numbers.length !== 1 || number === undefined || number.value < 5) return { is: 'none', why: 'amount' }
  const prices = [number.value * 1000, number.value].filter(Number.isInteger)
  return { is: 'ask', why: 'amount_unit', prices: prices.map(amount => ({ amount })) }
}

const rangeOf = ({ item }: Figure): Priced | undefined =>
  item.others.length === 0
    ? undefined
    : { is: 'ask', why: 'amount_unit', prices: [item.value, ...item.others].map(amount => ({ amount })) }

function weigh(figures: readonly Figure[], count: Count | undefined, sale: boolean, clause: Clause): Priced {
  const confirm = figures.some(figure => figure.item.confirm || figure.item.about)
  const priced = marked(figures, count) ?? unmarked(figures, count, sale, clause)
  return confirm && priced.is === 'price' ? { is: 'price', price: { ...priced.price, confirm } } : priced
}

const price = (found: Price): Priced => ({ is: 'price', price: found })

/** A marker says what a figure is; unit price and total must agree. */
function marked(figures: readonly Figure[], count: Count | undefined): Priced | undefined {
  const of = (role: Figure['role']): number | undefined =>
    figures.find(figure => figure.role === role)?.item.value
  const total = of('total')
  const unit = of('each')
  if (count === undefined || (unit ?? total) === undefined) return total === undefined ? undefined : price({ amount: total }) // prettier-ignore
  const sum = total ?? of('plain')
  if (unit !== undefined) return agreed(byUnit(unit, count.value), sum, count)
  const shown = of('plain') ?? 0
  return shown * count.value === total
    ? price(byUnit(shown, count.value))
    : price(inAll(total ?? 0, count.value))
}

function agreed(found: Price, sum: number | undefined, count: Count): Priced {
  if (sum === undefined || sum === found.amount) return price(found)
  return { is: 'ask', why: 'qty_price', prices: [found, inAll(sum, count.value)] }
}

function unmarked(
  figures: readonly Figure[],
  count: Count | undefined,
  sale: boolean,
  clause: Clause,
): Priced {
  const plain = figures.filter(figure => figure.role === 'plain')
  const [only] = plain
  const [first] = figures
  if (first === undefined) return { is: 'none', why: 'amount' }
  if (only === undefined)
    return isOne(clause) ? price({ amount: first.item.value }) : { is: 'ask', why: 'price_or_sale', prices: [{ amount: first.item.value }] } // prettier-ignore
  if (only.item.each && count === undefined && !glued(only.item, clause)) return { is: 'none', why: 'price' }
  if (plain.length > 1) return several(plain, count)
  if (count === undefined) return price({ amount: only.item.value })
  return sale ? banded(only.item.value, count) : price(inAll(only.item.value, count.value))
}

/** "seporsi 15rb", "sekilo gula 18rb": one was sold. */
const isOne = (clause: Clause): boolean => clause.items.some(item => item.is === 'each' && item.se)

/** "50rban" is "about 50rb", "15 ribuan" is what one costs. */
const glued = (item: Figure['item'], clause: Clause): boolean =>
  !/\s|ribuan|rebuan/.test(clause.written(item.from, item.to))

function several(plain: readonly Figure[], count: Count | undefined): Priced {
  const values = plain.map(figure => figure.item.value)
  const [small = 0, large = 0] = [...values].sort((left, right) => left - right)
  if (values.length === 2 && count !== undefined && small * count.value === large)
    return { is: 'price', price: byUnit(small, count.value) }
  return { is: 'ask', why: 'amount', prices: values.map(amount => ({ amount })) }
}

function banded(value: number, count: Count): Priced {
  if (count.is === 'count' && count.fraction) return price({ amount: value })
  if (count.value === 1) return price(byUnit(value, 1))
  const likely = (unit: number): boolean => unit >= BAND.from && unit <= BAND.to
  const [all, each] = [inAll(value, count.value), byUnit(value, count.value)]
  const [fitsAll, fitsEach] = [likely(value / count.value), likely(value)]
  if (fitsAll === fitsEach) return { is: 'ask', why: 'qty_price', prices: [all, each] }
  return price(fitsAll ? all : each)
}

const byUnit = (unitPrice: number, qty: number): Price => ({
  amount: Math.round(unitPrice * qty),
  qty,
  unitPrice,
})

const inAll = (amount: number, qty: number | undefined): Price =>
  qty === undefined ? { amount } : { amount, qty, unitPrice: Math.round((amount / qty) * 100) / 100 }

function checked(priced: Priced): Priced {
  if (priced.is !== 'price' || priced.price.amount < UNUSUAL) return priced
  return { is: 'ask', why: 'unusual', prices: [priced.price] }
}
