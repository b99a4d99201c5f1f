import { isPerson, type Clause } from './clause.ts'
import type { Party } from './parties.ts'
import { asks, entry, type Verdict } from './verdict.ts'
import { OWN, SELL } from './verbs.ts'

/** Money lent and borrowed. */
export function lending(clause: Clause): Verdict | undefined {
  if (clause.has('bayar', 'lunasi', 'cicil', 'cicilan', 'angsuran', 'balikin', 'bunga', 'dibayar', 'setor')) return undefined // prettier-ignore
  const lender = clause.parties.find(party => party.class === 'lender')
  const lends = clause.has('pinjam')
  if (clause.has('dipinjamkan') || (lends && clause.has('dikasih'))) return loan(clause.parties[0])
  if (clause.has('pinjamkan') || (lends && clause.has('kasih')))
    return (
      lentToMe(clause) ?? lentTo(clause.parties.find(party => isPerson(party) || party.class === 'staff'))
    )
  if (clause.has('gadai')) return loan(lender)
  return clause.has('pinjam', 'pinjaman') ? borrowed(clause, lender) : paidOut(clause, lender)
}

const LENDS = new Set(['pinjamkan', 'kasih'])

/** "bu haji minjemin saya 500rb": the owner borrows. */
function lentToMe(clause: Clause): Verdict | undefined {
  const verb = clause.place(LENDS)
  const giver = clause.subject(verb)
  const toMe = clause.words.slice(verb + 1).some(word => OWN.has(word))
  return giver !== undefined && toMe ? loan(giver) : undefined
}

function lentTo(party: Party | undefined): Verdict {
  return party === undefined
    ? asks('who', { kind: 'receivable', cash: 'out' })
    : entry({ kind: 'receivable', party: party.name, cash: 'out' })
}

/** "kur cair", "dapat dari koperasi". */
function paidOut(clause: Clause, lender: Party | undefined): Verdict | undefined {
  const came = lender !== undefined && clause.has('cair', 'dapat', 'terima', 'masuk')
  return came && !isIncome(clause) ? loan(lender) : undefined
}

/** "pinjam koperasi": a loan; "bang jali pinjem": lent to him. */
function borrowed(clause: Clause, lender: Party | undefined): Verdict {
  const verb = clause.place(new Set(['pinjam', 'pinjaman']))
  const subject = clause.subject(verb)
  if (subject !== undefined && !isMine(clause, verb)) return lentTo(subject)
  const from = lender ?? clause.parties.find(party => party.class !== 'customer')
  // "warung sebelah pinjam 20rb": named first, it borrows; only its name says that it might lend.
  if (from?.class === 'shop' && from.to <= verb && from.preposition === '' && !isMine(clause, verb))
    return asks(
      'who',
      { kind: 'receivable', party: from.name, cash: 'out' },
      { kind: 'loan_in', party: from.name },
    )
  return from === undefined && clause.has('pinjam') ? asks('who', { kind: 'loan_in' }) : loan(from)
}

const isIncome = (clause: Clause): boolean => clause.hasThing('other_income', 'bunga') || clause.hasAny(SELL)

const loan = (party: Party | undefined): Verdict =>
  entry({ kind: 'loan_in', ...(party === undefined ? {} : { party: party.name }) })

/** "saya utang ke …": the owner owes. "tolong catat utang …" says nothing about who. */
export function isMine(clause: Clause, verb: number): boolean {
  const before = clause.words.slice(0, Math.max(0, verb))
  const at = before.findLastIndex(word => OWN.has(word))
  return (
    at >= 0 && !before.slice(at).includes('catat') && before[at - 1] !== 'ke' && before[at - 1] !== 'sama'
  )
}
