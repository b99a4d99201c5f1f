import { boughtAs } from './buying.ts'
import type { Clause } from './clause.ts'
import type { Party } from './parties.ts'
import { withParty } from './trade.ts'
import { BUY } from './verbs.ts'
import { asks, entry, SALE, type Says, type Verdict } from './verdict.ts'

const DP_VERBS = new Set(['bayar', 'kasih', 'setor', 'transfer'])
const RECEIVED: Says = { ...SALE, dp: true }

/** A down payment received, or paid; and what remained to be paid after one. */
export function downPayment(clause: Clause): Verdict | undefined {
  const dp = clause.has('dp') || clause.says('uang', 'muka')
  if (!dp) return clause.has('pelunasan') ? pelunasan(clause) : undefined
  if (clause.has('balikin', 'kembali', 'refund')) return asks('refund')
  const to = clause.parties.find(party => party.preposition === 'ke')
  const gives = to !== undefined || clause.hasAny(DP_VERBS) || clause.has('keluar') || clause.hasAny(BUY)
  return gives ? given(clause, to) : received(clause)
}

function given(clause: Clause, to: Party | undefined): Verdict {
  const customer = clause.subject(clause.place(DP_VERBS))
  if (customer !== undefined && customer.class !== 'family')
    return entry({ ...RECEIVED, party: customer.name })
  const says: Says = { ...boughtAs(clause), dp: true }
  if (clause.things.length > 0) return entry(says)
  return to?.class === 'shop' ? entry({ ...says, party: to.name }) : asks('in_or_out', says, RECEIVED)
}

/** "dp gerobak 700rb" is paid, "dp kue bu lina" is received; of a shop it may be either. */
function received(clause: Clause): Verdict {
  const says: Says = { ...boughtAs(clause), dp: true }
  const bill = clause.hasThing('alat', 'sewa') && !clause.has('terima', 'dapat', 'masuk')
  if (bill) return entry(says)
  if (clause.parties.some(party => party.class === 'shop')) return asks('in_or_out', says, RECEIVED)
  return entry({ ...withParty(clause, SALE), dp: true })
}

function pelunasan(clause: Clause): Verdict | undefined {
  if (clause.parties.some(party => party.class === 'lender')) return entry({ kind: 'loan_out' })
  const says = withParty(clause, SALE)
  return asks('kind', says, {
    kind: 'receivable_paid',
    ...(says.party === undefined ? {} : { party: says.party }),
  })
}
