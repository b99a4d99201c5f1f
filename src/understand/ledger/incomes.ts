import type { Clause } from './clause.ts'
import { withParty } from './trade.ts'
import { asks, entry, type Says, type Verdict, SALE } from './verdict.ts'
import { GET } from './verbs.ts'
import { OTHER_INCOME } from './vocabulary.ts'

/** Income beside sales, money that came in on a named day, and takings by the way they were paid. */
export function income(clause: Clause): Verdict | undefined {
  return besides(clause) ?? fromCustomer(clause) ?? takings(clause)
}

const NOT_INCOME = ['bayar', 'kasih', 'biaya', 'potongan', 'admin', 'pinjaman', 'koperasi', 'kur', 'beli']

/** Cashback, scrap, grants: by their own name, or because they were received. */
function besides(clause: Clause): Verdict | undefined {
  const staff = clause.has('karyawan') || clause.parties.some(party => party.class === 'staff')
  if (staff || clause.has(...NOT_INCOME) || OTHER_INCOME.all(clause.words).length === 0) return undefined
  const certain =
    clause.hasAny(GET) || clause.has('dari', 'cashback', 'bantuan', 'hibah', 'insentif', 'bank', 'agen')
  const says: Says = withParty(clause, { kind: 'other_income', category: 'pendapatan_lain' })
  if (certain) return entry(says)
  const [found] = OTHER_INCOME.all(clause.words)
  const covered = clause.things.some(each => found !== undefined && each.length > 1 && found.at >= each.at && found.at < each.at + each.length) // prettier-ignore
  const unclear = !covered && !clause.has('ganti', 'servis')
  return unclear ? asks('in_or_out', says, { kind: 'expense', category: 'lain' }) : undefined
}

const CUSTOMER_DOES = new Set(['bayar', 'transfer', 'kasih', 'ambil'])

function fromCustomer(clause: Clause): Verdict | undefined {
  const verb = clause.place(CUSTOMER_DOES)
  const customer = clause.parties.some(party => party.class === 'customer' && party.to <= verb)
  const from = clause.parties.some(party => party.class === 'customer' && party.preposition === 'dari')
  if (customer || (from && clause.hasAny(GET))) return entry(SALE)
  return clause.has('setoran') && clause.has('dari') ? entry(withParty(clause, SALE)) : undefined
}

/** "hari ini dapet 275rb", "tunai 300rb hari ini": without a giver, on a named day, the day's sales. */
function takings(clause: Clause): Verdict | undefined {
  const day = clause.items.some(item => item.is === 'date')
  if (!day || clause.parties.length > 0 || clause.has('dikasih', 'cair', 'arisan', 'pinjaman', 'bayar'))
    return undefined
  const got = clause.has('dapat', 'masuk', 'terima', 'pemasukan') && clause.things.length === 0
  const method = clause.method !== undefined && clause.itemWords().length === 0 && !clause.has('transfer')
  return got || method ? entry(SALE) : undefined
}
