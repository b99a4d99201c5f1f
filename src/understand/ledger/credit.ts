import type { Clause } from './clause.ts'
import { isPerson } from './clause.ts'
import type { Context } from './context.ts'
import { openOf } from './context.ts'
import { isMine, lending } from './lending.ts'
import type { Party } from './parties.ts'
import { BUY, OWE, OWN, SELL } from './verbs.ts'
import { asks, entry, nothing, type Says, type Verdict } from './verdict.ts'
import { boughtAs } from './buying.ts'

/** Not paid: "belum dibayar", "tempo", "bayar besok", "bayarnya nanti", "ambil dulu". */
function unpaid(clause: Clause): boolean {
  if (['bayar', 'dibayar', 'lunas', 'transfer'].some(word => clause.says('belum', word))) return true
  if (clause.has('tempo', 'belakangan') || (clause.has('ambil', 'bawa') && clause.has('dulu'))) return true
  if (clause.words.some((word, at) => word === 'bayar' && LATER.has(clause.words[at + 1] ?? ''))) return true
  return clause.items.some((item, at) => {
    const before = clause.items.slice(Math.max(0, at - 2), at)
    const ahead = item.is === 'date' ? isAhead(item.marks) : isLaterMonth(clause, at)
    return ahead && before.some(each => ['bayar', 'janji', 'dibayar', 'lunas'].includes(each.word)) // prettier-ignore
  })
}

/** "bayar habis panen", "bayarnya kalau sudah gajian". */
const LATER = new Set(['habis', 'setelah', 'sesudah', 'nanti', 'kalau', 'pas', 'belakangan', 'besok'])

const isAhead = (marks: readonly { is: string }[]): boolean =>
  !marks.some(mark => mark.is === 'past') && marks.length > 0

/** "beli kain 400rb bayar bulan depan": a month that is named after the price. */
const isLaterMonth = ({ items }: Clause, at: number): boolean =>
  items[at]?.is === 'period' && items.slice(0, at).some(item => item.is === 'amount')

/** Somebody took goods or money and owes: who owes whom is read from who stands where. */
export function owing(clause: Clause, context: Context): Verdict | undefined {
  const lent = lending(clause)
  if (lent !== undefined) return lent
  const owed = clause.hasAny(OWE)
  const credit = unpaid(clause)
  if (!owed && !credit) return undefined
  if (clause.has('bayar', 'lunasi', 'cicil', 'dibayar', 'balikin', 'lunas', 'pelunasan', 'terima', 'cicilan', 'masuk') && !credit && !isOnlyDue(clause)) return undefined // prettier-ignore
  if (!owed && !clause.hasAny(BUY) && !clause.hasAny(SELL) && !clause.has('ambil', 'bawa'))
    return leftUnpaid(clause, context)
  const verdict = lessened(clause) ?? made(clause)
  return verdict.is === 'entry' && isStanding(clause) ? asks('new_or_status', verdict.says) : verdict
}

const LESSENS = new Set(['potong', 'kurangi', 'kurangin', 'dikurangi', 'dipotong', 'ngurangin'])

/** "potong utang bu ani 7rb": paid by her, or by the owner. */
function lessened(clause: Clause): Verdict | undefined {
  const [party] = clause.parties
  const smaller = clause.words.some((word, at) => LESSENS.has(word) && OWE.has(clause.words[at + 1] ?? ''))
  const named = party === undefined ? {} : { party: party.name }
  return smaller
    ? asks('direction', { kind: 'receivable_paid', ...named }, { kind: 'payable_paid', ...named })
    : undefined
}

/** "utang bu ani tinggal 20rb", "total utang bu ani 50rb": how a debt stands, or a first record of it. */
const isStanding = (clause: Clause): boolean =>
  clause.hasAny(OWE) &&
  !clause.hasAny(BUY) &&
  !clause.hasAny(SELL) &&
  clause.has('tinggal', 'sisa', 'total', 'masih')

const isOnlyDue = (clause: Clause): boolean => clause.says('belum', 'bayar')

/** "bu ani belum bayar 30rb": a new debt, or a remark about one that is known. */
function leftUnpaid(clause: Clause, context: Context): Verdict | undefined {
  const debtor = clause.parties.find(isPerson)
  const served = clause.things.every(({ thing }) => thing === 'perawatan')
  if (debtor === undefined || !served) return clause.has('belum') ? nothing('plan') : undefined
  const says: Says = { kind: 'receivable', party: debtor.name }
  return openOf(context, 'receivable', debtor.name) === undefined ? entry(says) : asks('new_or_status', says)
}

/** A debt that comes into being. */
function made(clause: Clause): Verdict {
  const verb = clause.place(MADE_BY)
  const debtor = clause.subject(verb)
  if (clause.has('piutang')) return receivable(clause, debtor ?? clause.parties[0])
  const sells = clause.hasAny(SELL) && !clause.hasAny(BUY)
  if (sells) return receivable(clause, debtor ?? clause.parties.find(isPerson))
  const shop = clause.parties.some(
    party => party.class === 'shop' && party.preposition === '' && party.at > verb,
  )
  if (debtor !== undefined && shop && !isMine(clause, verb)) return askWho(debtor)
  if (debtor !== undefined && !isMine(clause, verb)) return owes(clause, debtor)
  return byOwner(clause, verb) ?? ofOwner(clause, verb)
}

const MADE_BY = new Set([...OWE, ...BUY, ...SELL, 'ambil', 'bawa'])

const creditorOf = (clause: Clause): Party | undefined =>
  clause.parties.find(
    party => ['ke', 'di', 'sama', 'dari'].includes(party.preposition) && party.class !== 'staff',
  )

/** "bu ani ngutang": owed to the business, unless somebody else is named whom they owe. */
function owes(clause: Clause, debtor: Party): Verdict {
  const creditor = creditorOf(clause)
  return creditor === undefined || isHere(creditor) ? receivable(clause, debtor) : askWho(debtor)
}

/** "ngutang di toko maju", "beli … belum dibayar": the business owes. */
function byOwner(clause: Clause, verb: number): Verdict | undefined {
  const creditor = creditorOf(clause)
  const shop = clause.parties.find(party => party.class === 'shop' && party.preposition === '')
  if (shop !== undefined && shop.to <= verb) return askWho(shop)
  if (creditor !== undefined || shop !== undefined) return payable(clause, creditor ?? shop)
  if (isMine(clause, verb)) return payable(clause, ownerOf(clause, verb))
  return clause.hasAny(BUY) ? payable(clause, undefined) : undefined
}

const ownerOf = (clause: Clause, verb: number): Party | undefined =>
  clause.parties.find(party => party.at > verb && isPerson(party))

/** "utang bu ani 30rb": bu ani's debt. */
function ofOwner(clause: Clause, verb: number): Verdict {
  const owner = ownerOf(clause, verb)
  if (clause.has('kasbon')) return receivable(clause, clause.parties[0])
  return owner !== undefined && verb === owner.at - 1 ? receivable(clause, owner) : askWho(owner)
}

const isHere = (party: Party): boolean => OWN.has(party.name) || /^(saya|warung|sini)/.test(party.name)

function receivable(clause: Clause, party: Party | undefined): Verdict {
  if (party === undefined) return askWho(undefined)
  const says: Says = { kind: 'receivable', party: party.name }
  if (!clause.has('kasbon') || clause.itemWords().length > 0) return entry(says)
  // Staff draw money in advance; of anybody else it may be money or goods.
  return party.class === 'staff'
    ? entry({ ...says, cash: 'out' })
    : asks('money_or_goods', { ...says, cash: 'out' }, says)
}

function payable(clause: Clause, party: Party | undefined): Verdict {
  const named = party === undefined ? {} : { party: party.name }
  if (party?.class === 'lender')
    return asks('kind', { kind: 'loan_in', ...named }, { kind: 'payable', ...named })
  return entry({ kind: 'payable', category: boughtAs(clause).category ?? 'bahan', ...named })
}

const askWho = (party: Party | undefined): Verdict => {
  const named = party === undefined ? {} : { party: party.name }
  return asks('who', { kind: 'receivable', ...named }, { kind: 'payable', ...named })
}
