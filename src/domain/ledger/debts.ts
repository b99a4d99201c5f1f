import type { Category, Direction, Entry } from './types.ts'

/** What one person or shop owes, or is owed. Rupiah; `left` and `over` are never both above zero. */
export interface Debt {
  direction: Direction
  /** As written last; '' when no name was said. */
  party: string
  given: number
  paid: number
  left: number
  /** Paid more than was open: theirs, and used up by what is written down next. */
  over: number
  /** The day of the oldest claim that is still open. */
  since?: string
  /** The earliest day named for paying what is still open. */
  due?: string
}

/** What a payment settled: goods and services by the category of what was bought, money that was lent, or nothing known. */
export interface Settled {
  lent: number
  trade: Partial<Record<Category, number>>
}

/** One sale, purchase or loan that was to be paid later. */
export interface Claim {
  /** Of the entry that made it. */
  id: number
  amount: number
  left: number
  date: string
  due: string | undefined
  lent: boolean
  category: Category
}

interface Account {
  debt: Debt
  claims: Claim[]
}

export interface Debts {
  all: Debt[]
  /** Every claim, paid or not, with whom it is of. */
  claims: (Claim & { direction: Direction; party: string })[]
  /** By the id of the paying entry. */
  settled: ReadonlyMap<number, Settled>
}

/** Names are compared without regard to case and spaces, and never by a part: "Tio" is not "Muhammad Tio". */
export const partyKey = (party: string | undefined): string =>
  (party ?? '').toLowerCase().replace(/\s+/g, ' ').trim()

const OPENS: Partial<Record<Entry['kind'], Direction>> = { receivable: 'receivable', payable: 'payable' }
const PAYS: Partial<Record<Entry['kind'], Direction>> = {
  receivable_paid: 'receivable',
  payable_paid: 'payable',
}

/**
 * All debts, in the order they began. A payment settles the oldest claim of its person first; a payment without any claim
 * (the debt is older than the book) counts as over. Lent money is told from goods on credit, since its return is no income.
 */
export function debtsOf(entries: readonly Entry[]): Debts {
  const accounts = new Map<string, Account>()
  const settled = new Map<number, Settled>()
  for (const entry of byDate(entries)) {
    const direction = OPENS[entry.kind] ?? PAYS[entry.kind]
    if (direction === undefined) continue
    const account = accountOf(accounts, direction, entry.party ?? '')
    if (entry.kind in OPENS) open(account, entry)
    else settled.set(entry.id, pay(account, entry.amount))
  }
  const claims = [...accounts.values()].flatMap(({ debt: { direction, party }, claims: own }) =>
    own.map(claim => ({ ...claim, direction, party })),
  )
  return { all: [...accounts.values()].map(finished), claims, settled }
}

export const byDate = (entries: readonly Entry[]): Entry[] =>
  [...entries].sort((left, right) =>
    left.date === right.date ? left.id - right.id : left.date < right.date ? -1 : 1,
  )

function accountOf(accounts: Map<string, Account>, direction: Direction, party: string): Account {
  const key = `${direction} ${partyKey(party)}`
  const known = accounts.get(key)
  const account = known ?? { debt: { direction, party, given: 0, paid: 0, left: 0, over: 0 }, claims: [] }
  account.debt.party = party
  accounts.set(key, account)
  return account
}

function open({ debt, claims }: Account, entry: Entry): void {
  const used = Math.min(debt.over, entry.amount)
  debt.given += entry.amount
  debt.over -= used
  claims.push({
    id: entry.id,
    amount: entry.amount,
    left: entry.amount - used,
    date: entry.date,
    due: entry.due,
    lent: entry.cash === 'out',
    category: entry.category ?? (entry.kind === 'payable' ? 'bahan' : 'penjualan'),
  })
}

function pay({ debt, claims }: Account, amount: number): Settled {
  const settled: Settled = { lent: 0, trade: {} }
  let rest = amount
  for (const claim of claims) {
    const part = Math.min(claim.left, rest)
    if (part === 0) continue
    claim.left -= part
    rest -= part
    if (claim.lent) settled.lent += part
    else add(settled.trade, claim.category, part)
  }
  if (rest > 0) add(settled.trade, debt.direction === 'payable' ? 'bahan' : 'penjualan', rest)
  debt.paid += amount
  debt.over += rest
  return settled
}

function add(trade: Settled['trade'], category: Category, amount: number): void {
  trade[category] = (trade[category] ?? 0) + amount
}

function finished({ debt, claims }: Account): Debt {
  const unpaid = claims.filter(claim => claim.left > 0)
  const dues = unpaid.flatMap(claim => claim.due ?? []).sort()
  return {
    ...debt,
    left: unpaid.reduce((sum, claim) => sum + claim.left, 0),
    ...(unpaid[0] ? { since: unpaid[0].date } : {}),
    ...(dues[0] === undefined ? {} : { due: dues[0] }),
  }
}

/** What one party still owes or is owed. */
export const debtOf = (debts: readonly Debt[], direction: Direction, party: string): Debt | undefined =>
  debts.find(debt => debt.direction === direction && partyKey(debt.party) === partyKey(party))

/** "siapa belum bayar": open debts of one direction, the largest first. */
export const openDebts = (debts: readonly Debt[], direction: Direction): Debt[] =>
  debts
    .filter(debt => debt.direction === direction && debt.left > 0)
    .sort((left, right) => right.left - left.left || (left.party < right.party ? -1 : 1))
