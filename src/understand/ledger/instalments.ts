import { boughtAs } from './buying.ts'
import { isPerson, type Clause } from './clause.ts'
import { openOf, type Context } from './context.ts'
import { asks, entry, type Verdict } from './verdict.ts'
import { BUY, OWE } from './verbs.ts'
import { GOODS } from './vocabulary.ts'

/** Things that are bought on credit for a business and for nothing else, and words that say so. */
const FOR_BUSINESS = new Set(
  'gerobak etalase freezer mesin showcase oven mixer kompor tenda usaha warung toko jualan dagang antar kios'.split(
    ' ',
  ),
)

/** "cicilan koperasi", "angsuran kur", "cicilan motor", "cicilan ke-2 kebaya mbak rani". */
export function instalment(clause: Clause, context: Context): Verdict | undefined {
  if (!clause.has('cicilan', 'angsuran', 'cicil', 'setor', 'setoran', 'tebus')) return undefined
  if (clause.has('denda', 'bunga', 'terima', 'dapat') || clause.hasAny(OWE)) return undefined
  const lender = clause.parties.find(party => party.class === 'lender')
  if (lender !== undefined) return entry({ kind: 'loan_out', party: lender.name })
  // "beli mixer 350rb nyicil 2x": what it costs, or what was paid of it.
  const bought = boughtAs(clause)
  if (clause.hasAny(BUY)) return asks('kind', { ...bought, kind: 'payable' }, bought, { kind: 'loan_out' })
  if (clause.has('setor', 'setoran') || clause.parties.some(party => party.class === 'shop')) return undefined
  if (clause.has('tebus', 'pinjaman', 'bank')) return entry({ kind: 'loan_out' })
  const customer = clause.parties.find(isPerson)
  return customer === undefined ? own(clause) : ofCustomer(clause, customer.name, context)
}

/** "cicilan ke-2 kebaya mbak rani": for goods, or of a debt that is open. */
function ofCustomer(clause: Clause, party: string, context: Context): Verdict | undefined {
  if (openOf(context, 'receivable', party) !== undefined) return undefined
  const goods = clause.itemWords().some(item => GOODS.has(item.word) || item.text.length > 2)
  if (goods) return clause.hasThing('alat') ? undefined : entry({ kind: 'receivable_paid', party })
  if (isPrivate(clause) || clause.hasAny(FOR_BUSINESS)) return own(clause)
  return asks('direction', { kind: 'receivable_paid', party }, { kind: 'loan_out', party })
}

const isPrivate = (clause: Clause): boolean =>
  clause.hasThing('household') || clause.has('rumah', 'pribadi', 'kpr')

/** The owner's: for the household, for the business, or nobody says. */
function own(clause: Clause): Verdict {
  if (isPrivate(clause)) return entry({ kind: 'prive' })
  if (clause.hasAny(FOR_BUSINESS)) return entry({ kind: 'loan_out' })
  return asks('business_or_private', { kind: 'loan_out' }, { kind: 'prive' })
}
