import type { Count } from './clause.ts'

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
export const BAND = { from: 500, to: 100_000 }

export const price = (found: Price): Priced => ({ is: 'price', price: found })

/** A figure beside a count: the price of one, or what all came to, whichever a portion may cost; asked when both may be. */
export function banded(value: number, count: Count): Priced {
  if (count.is === 'count' && count.fraction) return price({ amount: value })
  if (count.value === 1) return price(byUnit(value, 1))
  const likely = (unit: number): boolean => unit >= BAND.from && unit <= BAND.to
  const [all, each] = [inAll(value, count.value), byUnit(value, count.value)]
  const [fitsAll, fitsEach] = [likely(value / count.value), likely(value)]
  if (fitsAll === fitsEach) return { is: 'ask', why: 'qty_price', prices: [all, each] }
  return price(fitsAll ? all : each)
}

export const byUnit = (unitPrice: number, qty: number): Price => ({
  amount: Math.round(unitPrice * qty),
  qty,
  unitPrice,
})

export const inAll = (amount: number, qty: number | undefined): Price =>
  qty === undefined ? { amount } : { amount, qty, unitPrice: Math.round((amount / qty) * 100) / 100 }
