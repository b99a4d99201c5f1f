import { cashEffect } from './book.ts'
import { DEFAULT_CATEGORY } from './categories.ts'
import { debtsOf, type Debts } from './debts.ts'
import { CATEGORIES, type Category, type Entry, type Span } from './types.ts'

export type ByCategory = Readonly<Record<Category, number>>

/**
 * The figures of a span of days, whole rupiah, all from the standing entries. Everybody who shows a figure takes it from
 * here: the chat's "ringkasan", the picture, the workbook and the laporan.
 */
export interface Summary {
  /** Sold and paid at once. */
  sales: number
  otherIncome: number
  /** Customers' debts that were paid: goods and services only, not lent money coming back. */
  collected: number
  /** Paid for, by category, debts to suppliers that were paid included; `alat` among them. */
  paid: ByCategory
  /** sales + otherIncome + collected */
  operatingIn: number
  /** Everything in `paid` but equipment. */
  operatingOut: number
  /** "Sisa usaha (hitungan kas)": operatingIn − operatingOut. Never called profit. */
  surplus: number
  equipment: number
  capital: number
  prive: number
  loanIn: number
  /** Instalments and principal. */
  loanOut: number
  /** Lent, staff advances included. */
  lent: number
  /** Lent money that came back. */
  returned: number
  /** All that came into and went out of the till; the difference is what the cash changed by. */
  cashIn: number
  cashOut: number
  cashChange: number
  /** Delivered and not paid at once: goods sold, and what was bought by category. */
  creditSales: number
  creditBought: ByCategory
  /** Trade debts to and of the business: how they changed. */
  receivableChange: number
  /** Without equipment on credit. */
  payableChange: number
  /** Entries counted. */
  entries: number
}

type Sums = { -readonly [K in keyof Summary]: Summary[K] extends number ? number : Record<Category, number> }

export const inSpan = (date: string, span: Span): boolean => date >= span.from && date <= span.to

/** @param entries every standing entry of the book: payments settle claims from before the span too. */
export function summarise(entries: readonly Entry[], span: Span): Summary {
  const debts = debtsOf(entries)
  const sums = empty()
  for (const entry of entries) if (inSpan(entry.date, span)) count(sums, entry, debts)
  const operatingIn = sums.sales + sums.otherIncome + sums.collected
  const operatingOut = totalOf(sums.paid) - sums.paid.alat
  return {
    ...sums,
    operatingIn,
    operatingOut,
    surplus: operatingIn - operatingOut,
    equipment: sums.paid.alat,
    cashChange: sums.cashIn - sums.cashOut,
  }
}

function empty(): Sums {
  return {
    sales: 0, otherIncome: 0, collected: 0, paid: byCategory(), operatingIn: 0, operatingOut: 0, surplus: 0, equipment: 0,
    capital: 0, prive: 0, loanIn: 0, loanOut: 0, lent: 0, returned: 0, cashIn: 0, cashOut: 0, cashChange: 0,
    creditSales: 0, creditBought: byCategory(), receivableChange: 0, payableChange: 0, entries: 0,
  } // prettier-ignore
}

const byCategory = (): Record<Category, number> =>
  Object.fromEntries(CATEGORIES.map(category => [category, 0])) as Record<Category, number>

export const totalOf = (amounts: ByCategory): number =>
  CATEGORIES.reduce((sum, category) => sum + amounts[category], 0)

function count(sums: Sums, entry: Entry, debts: Debts): void {
  const { amount } = entry
  const cash = cashEffect(entry)
  sums.entries++
  if (cash > 0) sums.cashIn += cash
  else sums.cashOut -= cash
  switch (entry.kind) {
    case 'sale':
      sums.sales += amount
      break
    case 'other_income':
      sums.otherIncome += amount
      break
    case 'purchase':
      sums.paid[entry.category ?? 'bahan'] += amount
      break
    case 'expense':
      sums.paid[entry.category ?? 'lain'] += amount
      break
    case 'capital':
      if (entry.opening !== true) sums.capital += amount
      break
    case 'prive':
      sums.prive += amount
      break
    case 'loan_in':
      sums.loanIn += amount
      break
    case 'loan_out':
      sums.loanOut += amount
      break
    default:
      countDebt(sums, entry, debts)
  }
}

function countDebt(sums: Sums, entry: Entry, debts: Debts): void {
  if (entry.kind === 'receivable') {
    if (entry.cash === 'out') sums.lent += entry.amount
    else {
      sums.creditSales += entry.amount
      sums.receivableChange += entry.amount
    }
  } else if (entry.kind === 'payable') {
    const category = entry.category ?? 'bahan'
    sums.creditBought[category] += entry.amount
    if (category !== 'alat') sums.payableChange += entry.amount
  } else settle(sums, entry, debts)
}

function settle(sums: Sums, entry: Entry, debts: Debts): void {
  const { lent, trade } = debts.settled.get(entry.id) ?? { lent: 0, trade: {} }
  sums.returned += lent
  for (const category of CATEGORIES) {
    const part = trade[category] ?? 0
    if (entry.kind === 'receivable_paid') {
      sums.collected += part
      sums.receivableChange -= part
    } else {
      sums.paid[category] += part
      if (category !== 'alat') sums.payableChange -= part
    }
  }
}

/** What was bought and used, by category, whether it is paid yet or not: goods, costs and equipment. */
export function boughtAccrued(entries: readonly Entry[], span: Span): ByCategory {
  const sums = byCategory()
  for (const { kind, category, amount, date } of entries) {
    if (kind !== 'purchase' && kind !== 'expense' && kind !== 'payable') continue
    if (inSpan(date, span)) sums[category ?? DEFAULT_CATEGORY[kind] ?? 'lain'] += amount
  }
  return sums
}

/**
 * Cash in the till at the end of a day. The opening count that is nearest before it is where counting starts (the count is
 * of the morning); without one, counting starts from nothing.
 */
export function cashAt(entries: readonly Entry[], date: string): number {
  const opening = entries
    .filter(entry => entry.opening === true && entry.date <= date)
    .reduce<Entry | undefined>(
      (last, entry) => (last === undefined || entry.date >= last.date ? entry : last),
      undefined,
    )
  return entries
    .filter(entry => entry.date <= date && (opening === undefined || entry.date >= opening.date))
    .reduce((sum, entry) => sum + cashEffect(entry), opening?.amount ?? 0)
}
