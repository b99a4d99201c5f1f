import type { Moment } from '../types.ts'
import type { Clause } from './clause.ts'
import { whenOf } from './days.ts'
import type { LedgerReading } from './result.ts'
import type { Said } from './types.ts'

interface Labelled {
  value: number
  label: string
  /** "bunganya": that of the sum named before. */
  definite: boolean
}

/** "angsuran kur 450rb termasuk bunga 50rb", "pokok 400rb bunga 50rb": the principal, and the interest that is a cost. */
export function withInterest(clause: Clause, moment: Moment): LedgerReading | undefined {
  const [whole, ...others] = figuresOf(clause)
  const interest = others.find(figure => figure.label === 'bunga')
  const { day } = whenOf(clause, moment)
  if (whole === undefined || interest === undefined || others.length > 2 || !('value' in day))
    return undefined
  const date = day.value
  const lender = clause.parties.find(party => party.class === 'lender')
  const cost: Said = { kind: 'expense', category: 'bunga', amount: interest.value, date }
  const paid = (amount: number): Said[] => [
    { kind: 'loan_out', amount, date, ...(lender === undefined ? {} : { party: lender.name }) },
    cost,
  ]
  const [principal, ...likely] = principals(clause, [whole, ...others], interest)
  if (principal === undefined || principal <= 0) return undefined
  if (likely.length === 0) return { is: 'entries', entries: paid(principal) }
  return { is: 'ask', why: 'amount', candidates: [principal, ...likely].map(paid) }
}

/** What was paid back: named, or the instalment without the interest in it, or beside it. Of "bunganya" nobody says which. */
function principals(clause: Clause, figures: readonly Labelled[], interest: Labelled): number[] {
  const whole = figures[0]?.value ?? 0
  const named = figures.find(figure => figure.label === 'pokok')?.value
  if (named !== undefined) return [named]
  if (clause.has('termasuk')) return [whole - interest.value]
  if (!clause.has('cicilan', 'angsuran', 'cicil', 'setoran')) return []
  return interest.definite ? [whole - interest.value, whole] : [whole]
}

const figuresOf = ({ items }: Clause): Labelled[] =>
  items.flatMap((item, at) => {
    const before = items[at - 1]
    const definite = before?.is === 'word' && before.text.endsWith('nya')
    return item.is === 'amount' ? [{ value: item.value, label: before?.word ?? '', definite }] : []
  })
