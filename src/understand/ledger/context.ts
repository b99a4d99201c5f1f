import type { Said } from './types.ts'

export interface OpenDebt {
  direction: 'receivable' | 'payable'
  party: string
  left: number
}

/** What the books say already, for messages that lean on it. */
export interface Context {
  /** The entries of the last message, in order. */
  recent: readonly Said[]
  /** Debts that are open. */
  open: readonly OpenDebt[]
}

export const NO_CONTEXT: Context = { recent: [], open: [] }

const key = (name: string): string => name.toLowerCase().replace(/\s+/g, ' ').trim()

export const openOf = (
  context: Context,
  direction: OpenDebt['direction'],
  party: string,
): OpenDebt | undefined =>
  context.open.find(debt => debt.direction === direction && debt.left > 0 && key(debt.party) === key(party))

/** The only open debt of a direction, for "lunas" and "dia" without a name. */
export function onlyOpen(context: Context, direction?: OpenDebt['direction']): OpenDebt | undefined {
  const open = context.open.filter(debt => debt.left > 0 && (direction ?? debt.direction) === debt.direction)
  return open.length === 1 ? open[0] : undefined
}
