import { isPerson, type Clause } from './clause.ts'
import { isMixed, SALE, withParty } from './trade.ts'
import type { Category } from './types.ts'
import { asks, entry, type Says, type Verdict } from './verdict.ts'
import { BUY, GET } from './verbs.ts'
import { SERVICES } from './vocabulary.ts'

/** Work done for somebody, or paid to somebody. */
export function service(clause: Clause): Verdict | undefined {
  const at = clause.place(SERVICES)
  if (at < 0 || clause.has('bayar', 'upah', 'gaji', 'biaya', 'ongkos', 'sewa', 'beli', 'tukang', 'sabun'))
    return undefined
  const customer = clause.parties.find(isPerson)
  const sale = withParty(clause, SALE)
  if (clause.words[at] === 'servis' || customer === undefined) {
    const tool = clause.hasThing('alat') && customer === undefined
    if (tool) return entry({ kind: 'expense', category: 'perawatan' })
    return asks('sale_or_expense', sale, { kind: 'expense', category: 'perawatan' })
  }
  return entry(sale)
}

/** A cost known by its name; no verb is needed. */
export function cost(clause: Clause): Verdict | undefined {
  if (clause.hasAny(WAGES) && !clause.has('dapat', 'terima')) return wages(clause)
  if (clause.hasAny(GET) && !clause.has('bayar')) return undefined
  const category = costOf(clause)
  if (category === undefined) return unnamed(clause)
  if (category === 'alat') return tool(clause)
  const flowers = category === 'bunga' && clause.says('bunga') && !clause.has(...INTEREST)
  if (flowers) return asks('kind', { kind: 'expense', category }, SALE)
  if (isMixed(clause))
    return asks('kind', { kind: 'expense', category }, { kind: 'purchase', category: 'bahan' })
  return entry({ kind: 'expense', category })
}

const WAGES = new Set(['gaji', 'upah', 'karyawan', 'lembur', 'thr'])
/** What tells interest from flowers. */
const INTEREST = ['bayar', 'denda', 'admin', 'potongan', 'biaya', 'pinjaman', 'kur', 'koperasi', 'transfer']

function costOf(clause: Clause): Category | undefined {
  const named = clause.things.flatMap(({ thing }) =>
    thing === 'household' || thing === 'other_income' ? [] : [thing],
  )
  return named.find(thing => thing !== 'lain') ?? named[0]
}

/** Equipment without "beli": bought, or sold? */
function tool(clause: Clause): Verdict {
  const says: Says = { kind: 'purchase', category: 'alat' }
  const bought = clause.has('bikin', 'bayar', 'isi', 'tambah') || clause.hasAny(BUY)
  return bought ? entry(says) : asks('kind', says, SALE)
}

function wages(clause: Clause): Verdict {
  const person = clause.parties.find(party => party.class === 'person')
  const says: Says = {
    kind: 'expense',
    category: 'gaji',
    ...(person === undefined ? {} : { party: person.name }),
  }
  const family = clause.parties.some(party => party.class === 'family') || clause.has('saya', 'kami', 'sendiri', 'ambil') || clause.all.some(item => item.text === 'gajian' && person === undefined && !clause.has('karyawan')) // prettier-ignore
  return family ? asks('business_or_private', says, { kind: 'prive' }) : entry(says)
}

/** "pengeluaran 50rb", "biaya lain-lain 20rb": certainly a cost, of no known kind. */
function unnamed(clause: Clause): Verdict | undefined {
  const plain = clause.has('pengeluaran', 'biaya')
  return plain && clause.parties.length === 0 ? entry({ kind: 'expense', category: 'lain' }) : undefined
}
