import { isPerson, type Clause } from './clause.ts'
import { GOODS_BOUGHT, isForSale, isMixed } from './buying.ts'
import { withParty } from './trade.ts'
import type { Category } from './types.ts'
import { asks, entry, type Says, type Verdict, SALE } from './verdict.ts'
import { BUY, GET } from './verbs.ts'
import { GOODS, INGREDIENTS } from './vocabulary.ts'

/** A cost known by its name; no verb is needed. */
export function cost(clause: Clause): Verdict | undefined {
  const staff = isStaffPaid(clause)
  if ((staff || clause.hasAny(WAGES)) && !clause.has('dapat', 'terima')) return wages(clause)
  if (clause.hasAny(GET) && !clause.has('bayar')) return undefined
  const category = costOf(clause)
  if (category === undefined) return replaced(clause) ?? unnamed(clause)
  if (category === 'alat') return tool(clause)
  const says: Says = category === 'bahan' ? GOODS_BOUGHT : { kind: 'expense', category }
  return unclear(clause, says) ?? entry(says)
}

/** A cost's name that may be something else here. */
function unclear(clause: Clause, says: Says): Verdict | undefined {
  return toCustomer(clause, says) ?? otherwise(clause, says)
}

/** Costs that others sell: "pulsa bu ani 25rb", "cat rambut bu vera". */
const SOLD = new Set<Says['category']>(['bahan', 'utilitas', 'kemasan'])

/** Done for a customer, sold to one, or paid by who brings it. */
function toCustomer(clause: Clause, says: Says): Verdict | undefined {
  if (clause.says('dibayar', 'kurir')) return asks('in_or_out', SALE, says)
  const customer = clause.parties.find(party => isPerson(party) && party.preposition === '')
  if (customer === undefined || clause.has('bayar', 'isi')) return undefined
  const sale = withParty(clause, SALE)
  if (says.category === 'perawatan') return asks('sale_or_expense', sale, says)
  return customer.class === 'person' && SOLD.has(says.category) ? asks('kind', sale, says) : undefined
}

/** For the family, for sale, flowers, or one amount for two things. */
function otherwise(clause: Clause, says: Says): Verdict | undefined {
  const own = clause.parties.some(party => party.class === 'family' && party.at > (clause.things[0]?.at ?? 0))
  // "sewa rumah 900rb": to live or to work in.
  const home = says.category === 'sewa' && clause.has('rumah')
  if (own || home) return asks('business_or_private', says, { kind: 'prive' })
  if (says.category === 'bunga' && isTopic(clause)) return asks('kind', says, { kind: 'loan_in' })
  const flowers = says.category === 'bunga' && clause.says('bunga') && !clause.has(...INTEREST)
  if (flowers) return asks('kind', says, SALE)
  // "diskon 5rb": less came in, nothing went out.
  if (clause.has('diskon', 'korting') && !clause.has('bayar', 'biaya')) return asks('kind', says)
  return isMixed(clause) || isForSale(clause) ? asks('kind', says, GOODS_BOUGHT) : undefined
}

/** "bayar tukang masak 150rb": whose work it was is named. */
const isStaffPaid = (clause: Clause): boolean =>
  clause.has('bayar') &&
  clause.things.length === 0 &&
  clause.itemWords().length > 0 &&
  clause.parties.some(party => party.class === 'staff')

const WAGES = new Set(['gaji', 'upah', 'karyawan', 'lembur', 'thr'])
/** "kur 50jt bunganya": the amount of a loan and a word about its interest, with nothing paid. */
function isTopic(clause: Clause): boolean {
  const amount = clause.items.findIndex(item => item.is === 'amount')
  const interest = clause.items.findIndex(item => item.word === 'bunga')
  return (
    amount >= 0 && amount < interest && !clause.has('bayar', 'denda', 'admin', 'potongan', 'biaya', 'kena')
  )
}

/** What tells interest from flowers. */
const INTEREST = ['bayar', 'denda', 'admin', 'potongan', 'biaya', 'pinjaman', 'kur', 'koperasi', 'transfer']

function costOf(clause: Clause): Category | undefined {
  const named = clause.things.flatMap(({ thing }) =>
    thing === 'household' || thing === 'other_income' ? [] : [thing],
  )
  return named.find(thing => thing !== 'lain') ?? named[0]
}

/** Equipment without "beli": bought, or sold? "ganti selang kompor" mends it. */
function tool(clause: Clause): Verdict {
  const part = clause.place(new Set(['ganti']))
  const [named] = clause.things
  if (part >= 0 && named !== undefined && named.at > part + 1)
    return entry({ kind: 'expense', category: 'perawatan' })
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

/** "ganti kampas rem": a part that nobody listed, put in for an old one. */
function replaced(clause: Clause): Verdict | undefined {
  const [verb] = clause.itemWords()
  const part = verb?.word === 'ganti' && clause.itemWords().length > 1 && clause.parties.length === 0
  return part && !clause.has('uang', 'rugi', 'harga') && !clause.hasAny(GOODS)
    ? entry({ kind: 'expense', category: 'perawatan' })
    : undefined
}

/** "pengeluaran 50rb", "biaya lain-lain 20rb": certainly a cost, of no known kind. */
function unnamed(clause: Clause): Verdict | undefined {
  const goods = clause.has('pengeluaran', 'biaya', 'keluar') && clause.hasAny(INGREDIENTS)
  if (goods) return entry({ kind: 'purchase', category: 'bahan' })
  const plain = clause.has('pengeluaran', 'biaya')
  return plain && clause.parties.length === 0 ? entry({ kind: 'expense', category: 'lain' }) : undefined
}
