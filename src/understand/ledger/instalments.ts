import { isPerson, type Clause } from './clause.ts'
import { asks, entry, type Verdict } from './verdict.ts'
import { OWE } from './verbs.ts'
import { GOODS } from './vocabulary.ts'

/** Things that are bought on credit for a business and for nothing else. */
const BUSINESS_TOOLS = new Set([
  'gerobak',
  'etalase',
  'freezer',
  'mesin',
  'showcase',
  'oven',
  'mixer',
  'kompor',
  'tenda',
])
const FOR_BUSINESS = new Set(['usaha', 'warung', 'toko', 'jualan', 'dagang', 'antar', 'kios'])

/** "cicilan koperasi", "angsuran kur", "cicilan motor", "cicilan ke-2 kebaya mbak rani". */
export function instalment(clause: Clause): Verdict | undefined {
  if (!clause.has('cicilan', 'angsuran', 'cicil', 'setor', 'setoran', 'tebus')) return undefined
  if (clause.has('denda', 'bunga', 'terima', 'dapat') || clause.hasAny(OWE)) return undefined
  const lender = clause.parties.find(party => party.class === 'lender')
  if (lender !== undefined) return entry({ kind: 'loan_out', party: lender.name })
  if (clause.has('setor', 'setoran') || clause.parties.some(party => party.class === 'shop')) return undefined
  if (clause.has('tebus', 'pinjaman', 'bank')) return entry({ kind: 'loan_out' })
  const customer = clause.parties.find(isPerson)
  if (customer !== undefined && clause.itemWords().some(item => GOODS.has(item.word) || item.text.length > 2))
    return clause.hasThing('alat') ? undefined : entry({ kind: 'receivable_paid', party: customer.name })
  if (clause.hasThing('household') || clause.has('rumah', 'pribadi', 'kpr')) return entry({ kind: 'prive' })
  const business = clause.words.some(word => FOR_BUSINESS.has(word) || BUSINESS_TOOLS.has(word))
  if (business) return entry({ kind: 'loan_out' })
  if (customer !== undefined)
    return asks('direction', { kind: 'receivable_paid', party: customer.name }, { kind: 'loan_out', party: customer.name }) // prettier-ignore
  return asks('business_or_private', { kind: 'loan_out' }, { kind: 'prive' })
}
