import { CHART } from './categories.ts'
import { boughtAccrued, summarise } from './summary.ts'
import { CATEGORIES, type Category, type Entry, type Span } from './types.ts'

/** What a book of entries cannot know: stock is counted, depreciation is computed from what was bought for how long. */
export interface Counted {
  openingStock: number
  closingStock: number
  depreciation: number
}

/** Profit and loss of a span, accrual basis (SAK EMKM). Prive, capital and loans are nowhere in it. */
export interface Profit {
  sales: number
  /** Opening stock + purchases − closing stock. */
  costOfGoods: number
  gross: number
  expenses: Partial<Record<Category, number>>
  depreciation: number
  otherIncome: number
  profit: number
}

/** From "sisa usaha (hitungan kas)" to profit: the four lines between the two. */
export interface Bridge {
  surplus: number
  receivableChange: number
  payableChange: number
  stockChange: number
  depreciation: number
  /** surplus + receivableChange − payableChange + stockChange − depreciation */
  profit: number
}

export function profitOf(entries: readonly Entry[], span: Span, counted: Counted): Profit {
  const { sales: paidSales, creditSales, otherIncome } = summarise(entries, span)
  const bought = boughtAccrued(entries, span)
  const sales = paidSales + creditSales
  const costOfGoods = counted.openingStock + bought.bahan - counted.closingStock
  const costs = CATEGORIES.filter(
    each => each !== 'bahan' && CHART[each].flow === 'operating' && bought[each] !== 0,
  )
  const expenses = costs.reduce((sum, each) => sum + bought[each], 0)
  return {
    sales,
    costOfGoods,
    gross: sales - costOfGoods,
    expenses: Object.fromEntries(costs.map(each => [each, bought[each]])),
    depreciation: counted.depreciation,
    otherIncome,
    profit: sales - costOfGoods - expenses - counted.depreciation + otherIncome,
  }
}

export function bridgeOf(entries: readonly Entry[], span: Span, counted: Counted): Bridge {
  const { surplus, receivableChange, payableChange } = summarise(entries, span)
  const stockChange = counted.closingStock - counted.openingStock
  return {
    surplus,
    receivableChange,
    payableChange,
    stockChange,
    depreciation: counted.depreciation,
    profit: surplus + receivableChange - payableChange + stockChange - counted.depreciation,
  }
}
