import { isPerson, type Clause } from './clause.ts'
import { openOf, type Context } from './context.ts'
import { asks, entry, type Says, type Verdict } from './verdict.ts'
import { GOODS } from './vocabulary.ts'

/** "terima bayaran utang bu ani", "terima 100rb dari bu tini", "piutang bu ani masuk". */
export function received(clause: Clause, context: Context): Verdict | undefined {
  const party = clause.parties.find(each => isPerson(each) || each.class === 'shop')
  if (party === undefined) return undefined
  const known = openOf(context, 'receivable', party.name)
  const says: Says = { kind: 'receivable_paid', party: party.name }
  if (known !== undefined || clause.has('utang', 'piutang', 'cicilan', 'kasbon', 'bon')) return entry(says)
  if (clause.has('dp', 'muka', 'pelunasan') || clause.hasThing('other_income') || clause.has('modal', 'arisan', 'pinjaman')) return undefined // prettier-ignore
  if (clause.itemWords().some(item => GOODS.has(item.word))) return undefined
  if (!clause.has('terima')) return undefined
  const options: Says[] = [
    { kind: 'sale', category: 'penjualan', party: party.name },
    says,
    { kind: 'loan_in', party: party.name },
  ]
  return asks('kind', ...options)
}
