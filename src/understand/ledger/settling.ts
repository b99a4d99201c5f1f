import type { Clause } from './clause.ts'
import { onlyOpen, openOf, type Context, type OpenDebt } from './context.ts'
import type { Priced } from './price.ts'
import type { Says, Verdict } from './verdict.ts'

/** More is paid than is open: what is open comes first of the two. */
export function overPaid(verdict: Verdict, priced: Priced, context: Context): Priced | undefined {
  if (verdict.is !== 'entry' || priced.is !== 'price') return undefined
  const open = openFor(verdict.says, context)
  if (open === undefined || verdict.says.party === undefined || priced.price.amount <= open.left)
    return undefined
  return { is: 'ask', why: 'over_balance', prices: [{ amount: open.left }, priced.price] }
}

/** The open debt that an entry would pay. */
function openFor({ kind, party }: Says, context: Context): OpenDebt | undefined {
  if (kind !== 'receivable_paid' && kind !== 'payable_paid') return undefined
  const direction = kind === 'receivable_paid' ? 'receivable' : 'payable'
  return party === undefined ? onlyOpen(context, direction) : openOf(context, direction, party)
}

/** "udah lunas", "bayar setengahnya": the amount is what is open, or half of it. */
export function settledPrice(clause: Clause, verdict: Verdict, context: Context): Priced | undefined {
  if (verdict.is !== 'entry' || clause.amounts.length > 0) return undefined
  const open = openFor(verdict.says, context)
  if (open === undefined) return undefined
  if (clause.has('separuh', 'setengah')) return { is: 'price', price: { amount: Math.round(open.left / 2) } }
  const full = clause.has('lunas', 'lunasi', 'semua', 'sisa') && clause.counts.length === 0
  return full ? { is: 'price', price: { amount: open.left, full: true } } : undefined
}
