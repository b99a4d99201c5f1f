import { BAND, banded, byUnit, inAll, price, type Price, type Priced } from './band.ts'
import type { Clause, Count } from './clause.ts'
import { countsOf, discounted, figuresOf, type Figure } from './figures.ts'

export type { Price, Priced } from './band.ts'

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
  const counts = countsOf(clause)
  const [count] = counts.length > 1 ? [] : counts
  const { rest, off } = discounted(figures, clause)
  const unsure = sale && off === 0 ? unrelated(rest, counts, clause) : undefined
  return checked(less(rangeOf(first) ?? unsure ?? weigh(rest, count, sale, clause), off))
}

/**
 * "3 nasi 2 es 15rb", "es 1000 5": a sale of several counts for one figure, or with a number that nothing says what it
 * counts. Nobody but the writer knows how they belong together.
 */
function unrelated(figures: readonly Figure[], counts: readonly Count[], clause: Clause): Priced | undefined {
  const [figure, ...others] = figures
  const [count, ...more] = counts
  if (figure?.role !== 'plain' || others.length > 0 || count === undefined) return undefined
  const stray = count.is === 'number' && clause.items.indexOf(count) > clause.items.indexOf(figure.item)
  if (more.length === 0 && !stray) return undefined
  const { value } = figure.item
  const each = counts.map(({ value: qty }) => byUnit(value, qty))
  return { is: 'ask', why: 'qty_price', prices: [{ amount: value }, ...each] }
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
  const priced = marked(figures, count, clause) ?? unmarked(figures, count, sale, clause)
  return confirm && priced.is === 'price' ? { is: 'price', price: { ...priced.price, confirm } } : priced
}

/** Units that are measured or packed: of another unit's price nothing follows ("3 kg, 2rb per butir"). */
const MEASURED = new Set(
  'kg ons gram liter meter lusin kodi dus karung sak peti rim pack bal renteng renceng slop tray krat papan'.split(
    ' ',
  ),
)

function isOtherUnit({ items }: Clause, count: Count): boolean {
  const each = items.find(item => item.is === 'each')
  if (each?.is !== 'each' || each.unit === '' || count.is !== 'count' || each.unit === count.unit)
    return false
  return MEASURED.has(each.unit) || MEASURED.has(count.unit)
}

/** A marker says what a figure is; unit price and total must agree. */
function marked(figures: readonly Figure[], count: Count | undefined, clause: Clause): Priced | undefined {
  const of = (role: Figure['role']): number | undefined =>
    figures.find(figure => figure.role === role)?.item.value
  const total = of('total')
  const unit = of('each')
  if (count === undefined || (unit ?? total) === undefined) return total === undefined ? undefined : price({ amount: total }) // prettier-ignore
  const sum = total ?? of('plain')
  if (unit !== undefined && isOtherUnit(clause, count))
    return { is: 'ask', why: 'qty_price', prices: [byUnit(unit, count.value), { amount: unit }] }
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
  if (only.item.each && only.item.value <= BAND.to && count === undefined && !glued(only.item, clause))
    return { is: 'none', why: 'price' }
  if (plain.length > 1) return several(plain, count)
  if (count === undefined) return price({ amount: only.item.value })
  return sale ? banded(only.item.value, count) : price(inAll(only.item.value, count.value))
}

/** "seporsi 15rb", "sekilo gula 18rb": one was sold. "15rb seporsi" is what one costs. */
const isOne = ({ items }: Clause): boolean =>
  items.some((item, at) => item.is === 'each' && item.se && items[at - 1]?.is !== 'amount')

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

function checked(priced: Priced): Priced {
  if (priced.is !== 'price' || priced.price.amount < UNUSUAL) return priced
  return { is: 'ask', why: 'unusual', prices: [priced.price] }
}
