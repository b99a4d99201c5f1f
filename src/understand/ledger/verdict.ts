import type { Said } from './types.ts'

/** What a clause says beside its figures. */
export type Says = Partial<Omit<Said, 'amount' | 'date'>> & Pick<Said, 'kind'>

export const SALE: Says = { kind: 'sale', category: 'penjualan' }

export type Verdict =
  { is: 'entry'; says: Says } | { is: 'ask'; why: string; options: Says[] } | { is: 'none'; why: string }

export const entry = (says: Says): Verdict => ({ is: 'entry', says })
export const asks = (why: string, ...options: Says[]): Verdict => ({ is: 'ask', why, options })
export const nothing = (why: string): Verdict => ({ is: 'none', why })
