import type { Clause } from './clause.ts'
import type { LedgerReading } from './result.ts'
import type { Said } from './types.ts'

type Asked = LedgerReading & { is: 'ask' }

/** What the entries of one message say about each other, so that they cannot all be meant as they stand. */
export function doubtOf(entries: readonly Said[]): Asked | undefined {
  return wholeAndParts(entries) ?? debtAndPayment(entries)
}

/** "minyak 38rb, yg satu 20rb, yg satu 18rb": the first figure is what the others come to. */
function wholeAndParts(entries: readonly Said[]): Asked | undefined {
  const [whole, ...parts] = entries
  const same = parts.every(part => part.kind === whole?.kind && part.date === whole.date)
  const sum = parts.reduce((total, part) => total + part.amount, 0)
  if (whole === undefined || parts.length < 2 || !same || sum !== whole.amount) return undefined
  return { is: 'ask', why: 'amount', candidates: [[whole], parts, [...entries]] }
}

const PAID = { receivable: 'receivable_paid', payable: 'payable_paid' } as const

/** "utang pak yadi 35rb dibayar 20rb": a new debt and its payment, or the payment of one that is known. */
function debtAndPayment(entries: readonly Said[]): Asked | undefined {
  const [debt, paid, ...others] = entries
  if (debt?.kind !== 'receivable' && debt?.kind !== 'payable') return undefined
  const ofIt = paid?.kind === PAID[debt.kind] && paid.party === debt.party && paid.amount <= debt.amount
  if (!ofIt || others.length > 0) return undefined
  return { is: 'ask', why: 'new_or_status', candidates: [[paid], [debt, paid]] }
}

/** "jual soto 50rb, beli gas 22rb kemarin": the day said last may be that of all. */
export function lateDay(
  clauses: readonly Clause[],
  parts: readonly LedgerReading[],
  entries: readonly Said[],
): Asked | undefined {
  const at = clauses.findIndex(clause => clause.items.some(item => item.is === 'date'))
  const first = parts[at]
  if (at < 1 || clauses[at]?.endsWithDay !== true || first?.is !== 'entries') return undefined
  const date = first.entries[0]?.date ?? ''
  const before = parts.slice(0, at).flatMap(part => (part.is === 'entries' ? part.entries : []))
  const today = before.every(entry => entry.date !== date) && before.length > 0
  const moved = entries.map(entry => (before.includes(entry) ? { ...entry, date } : entry))
  return today ? { is: 'ask', why: 'date_word', candidates: [[...entries], moved] } : undefined
}
