import type { Clause } from './clause.ts'
import { isOtherShop } from './buying.ts'
import { isPerson } from './clause.ts'
import { onlyOpen, openOf, type Context } from './context.ts'
import { instalment } from './instalments.ts'
import type { Party } from './parties.ts'
import { received } from './receiving.ts'
import { BUY, OWE, OWN, SELL } from './verbs.ts'
import { GOODS, SERVICES } from './vocabulary.ts'
import { asks, entry, SALE, type Says, type Verdict } from './verdict.ts'

const PAYS = new Set([
  'bayar',
  'lunasi',
  'cicil',
  'balikin',
  'dibayar',
  'lunas',
  'pelunasan',
  'transfer',
  'setor',
])
/** Verbs that only a debt explains. */
const ENDS_DEBT = new Set(['lunasi', 'cicil', 'balikin', 'lunas'])
const named = (party: Party | undefined): { party?: string } =>
  party === undefined ? {} : { party: party.name }

/** A debt is paid, wholly or in part: by whom is read from who stands where, or from what is open. */
export function paying(clause: Clause, context: Context): Verdict | undefined {
  const verb = clause.place(PAYS)
  const owed = clause.hasAny(OWE)
  if (clause.hasAny(BUY)) return undefined
  if (clause.has('terima', 'dapat', 'masuk', 'cair')) return received(clause, context)
  if (verb < 0) return undefined
  const subject = payer(clause, verb)
  if (subject !== undefined) return paidBy(clause, subject, context)
  const shop = clause.parties.find(party => party.at === 0 && party.to <= verb && isOtherShop(clause, party))
  if (shop !== undefined) return paidByShop(clause, shop)
  const target = clause.parties.find(party => party.class !== 'staff' && !(party.class === 'family' && !owed))
  if (clause.has('dibayar')) return paidPassive(clause, target, context)
  return paidTo(clause, target, context)
}

/** Who pays: named before the verb. "saya bayar …" is the owner. */
function payer(clause: Clause, verb: number): Party | undefined {
  const subject = clause.subject(verb)
  if (subject === undefined) return undefined
  const before = clause.words[subject.at - 1] ?? ''
  // "utang bu ani dibayar": bu ani is whose debt it is, which comes to the same.
  return OWN.has(before) ? undefined : subject
}

function paidBy(clause: Clause, subject: Party, context: Context): Verdict | undefined {
  const known = subject.class === 'pronoun' ? onlyOpen(context, 'receivable') : openOf(context, 'receivable', subject.name) // prettier-ignore
  const says: Says = { kind: 'receivable_paid', party: known?.party ?? subject.name }
  const other = clause.parties.some(party => party !== subject && party.preposition !== '' && ['shop', 'lender'].includes(party.class)) // prettier-ignore
  if (other) return undefined
  const owed = clause.hasAny(OWE)
  if (known !== undefined && !owed) return forGoods(clause) ? asks('kind', { ...SALE, party: known.party }, says) : entry(says) // prettier-ignore
  return owed ? entry(says) : paidUnknown(clause, subject, says)
}

/** "supplier balikin uang 80rb", "toko maju bayar 100rb": to the owner, it seems. */
function paidByShop(clause: Clause, { name: party }: Party): Verdict {
  if (clause.has('balikin') && !clause.hasAny(OWE))
    return asks('refund', { kind: 'other_income', category: 'pendapatan_lain', party })
  return asks(
    'direction',
    { ...SALE, party },
    { kind: 'receivable_paid', party },
    { kind: 'payable_paid', party },
  )
}

/** Somebody without an open debt pays: for one all the same, or for what they bought. */
function paidUnknown(clause: Clause, subject: Party, says: Says): Verdict | undefined {
  const bill = hasBill(clause)
  const sale: Says = { ...SALE, party: subject.name }
  // "jahit seragam bu guru 350rb lunas": paid at once, or what was owed.
  if (!bill && clause.has('lunas') && clause.itemWords().length > 0) return asks('kind', sale, says)
  if (clause.hasAny(ENDS_DEBT) && !bill) return entry(says)
  if (bill || subject.class === 'family' || clause.has('dp', 'muka')) return undefined
  return isForWares(clause) ? entry(sale) : asks('kind', sale, says)
}

/** Goods, work or an order; "sebagian" and words that nobody knows may be about a debt. */
const isForWares = (clause: Clause): boolean =>
  clause.hasAny(SELL) || clause.itemWords().some(({ word }) => GOODS.has(word) || SERVICES.has(word))

/** "bu ani bayar cabe": with a debt open, for the goods or for the debt. */
const forGoods = (clause: Clause): boolean => clause.itemWords().some(item => GOODS.has(item.word))

/** Something that is paid for: then nobody's debt is. */
const hasBill = (clause: Clause): boolean => clause.things.some(({ thing }) => thing !== 'alat')

/** "utang bu ani dibayar 30rb", "utang ke toko maju sudah dibayar", "dibayar bu ani 30rb". */
function paidPassive(clause: Clause, party: Party | undefined, context: Context): Verdict | undefined {
  if (party === undefined) return undefined
  const mine = party.class === 'shop' || ['ke', 'di'].includes(party.preposition)
  if (clause.hasAny(OWE)) return entry({ kind: mine ? 'payable_paid' : 'receivable_paid', ...named(party) })
  const known = openOf(context, 'receivable', party.name)
  if (known !== undefined) return entry({ kind: 'receivable_paid', party: known.party })
  return isPerson(party) && !hasBill(clause) ? entry({ kind: 'receivable_paid', ...named(party) }) : undefined
}

/** The owner pays: a shop, a lender, or somebody of whom only the books know whether they are owed. */
function paidTo(clause: Clause, party: Party | undefined, context: Context): Verdict | undefined {
  const repaid = repaidLoan(clause, party)
  if (repaid !== undefined) return repaid
  const ends = clause.hasAny(OWE) || clause.hasAny(ENDS_DEBT)
  if (party === undefined) return withoutParty(clause, context, clause.hasAny(OWE))
  const known = knownSide(party, context)
  if (known === 'payable') return entry({ kind: 'payable_paid', party: party.name })
  const says: Says = { kind: 'payable_paid', ...named(party) }
  if (ends && (party.class === 'shop' || ['ke', 'di'].includes(party.preposition))) return entry(says)
  const back: Says = { kind: 'receivable_paid', ...named(party) }
  if (known === 'receivable' && (clause.hasAny(OWE) || clause.has('lunas'))) return entry(back)
  if (ends) return asks('direction', says, back)
  const shop = party.class === 'shop' && !hasBill(clause)
  return shop ? asks('kind', { kind: 'purchase', category: 'bahan', ...named(party) }, says) : undefined
}

/** The one side on which something is open, if it is only one. */
function knownSide(party: Party, context: Context): 'payable' | 'receivable' | undefined {
  const payable = openOf(context, 'payable', party.name) !== undefined
  const receivable = openOf(context, 'receivable', party.name) !== undefined
  if (payable === receivable) return undefined
  return payable ? 'payable' : 'receivable'
}

/** "bayar pinjol", "balikin pinjaman kakak". */
function repaidLoan(clause: Clause, party: Party | undefined): Verdict | undefined {
  const loan = party?.class === 'lender' || clause.has('pinjaman', 'pinjam', 'gadai')
  if (!loan || clause.has('bunga', 'denda', 'admin') || clause.hasAny(SELL)) return undefined
  const lender = party ?? clause.parties.find(each => each.class === 'family')
  return entry({ kind: 'loan_out', ...named(lender) })
}

function withoutParty(clause: Clause, context: Context, owed: boolean): Verdict | undefined {
  const settled = clause.has('lunas') && clause.amounts.length === 0 ? onlyOpen(context) : undefined
  if (settled !== undefined)
    return entry({ kind: settled.direction === 'receivable' ? 'receivable_paid' : 'payable_paid', party: settled.party }) // prettier-ignore
  if (!owed && !clause.has('lunasi', 'cicil')) return undefined
  const only = onlyOpen(context, 'payable')
  if (owed && only !== undefined && clause.itemWords().length === 0)
    return entry({ kind: 'payable_paid', party: only.party })
  if (clause.hasThing('alat')) return instalment(clause, context)
  if (owed && (clause.has('bon') || clause.itemWords().length > 0)) return entry({ kind: 'payable_paid' })
  return asks('who', { kind: 'payable_paid' }, { kind: 'loan_out' })
}
