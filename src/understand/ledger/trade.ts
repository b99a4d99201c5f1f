import type { Clause } from './clause.ts'
import { isPerson } from './clause.ts'
import type { Party } from './parties.ts'
import { BUY, HOUSE, SELL } from './verbs.ts'
import { nearMiss } from '../spelling.ts'
import { COSTS, GOODS, PLATFORMS, THINGS, TITLES } from './vocabulary.ts'
import { asks, entry, nothing, type Says, type Verdict } from './verdict.ts'

export const SALE: Says = { kind: 'sale', category: 'penjualan' }
export const withParty = (clause: Clause, says: Says): Says => {
  const party = clause.parties.find(each => isPerson(each) || each.class === 'shop')
  return party === undefined ? says : { ...says, party: party.name }
}

const DP_VERBS = new Set(['bayar', 'kasih', 'setor', 'transfer'])

/** A down payment received, or paid. */
export function downPayment(clause: Clause): Verdict | undefined {
  const dp = clause.has('dp') || clause.says('uang', 'muka')
  if (!dp) return clause.has('pelunasan') ? pelunasan(clause) : undefined
  const gives = clause.hasAny(DP_VERBS) || clause.has('keluar') || clause.hasAny(BUY)
  const customer = gives ? clause.subject(clause.place(DP_VERBS)) : undefined
  if (customer !== undefined && customer.class !== 'family')
    return entry({ ...SALE, party: customer.name, dp: true })
  const bill = clause.hasThing('alat', 'sewa') && !clause.has('terima', 'dapat', 'masuk')
  if (bill || (gives && clause.things.length > 0)) return entry({ ...boughtAs(clause), dp: true })
  if (gives)
    return asks('in_or_out', { kind: 'purchase', category: 'bahan', dp: true }, { ...SALE, dp: true })
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

/** What was bought: goods for sale, equipment, or a cost with a name. */
export function boughtAs(clause: Clause): Says {
  const thing = clause.things.find(each => each.thing !== 'lain')?.thing ?? clause.thing
  const flowers = thing === 'bunga' || (thing === 'utilitas' && clause.says('air') && !clause.has('galon'))
  if (thing === undefined || thing === 'other_income' || thing === 'household' || flowers)
    return { kind: 'purchase', category: 'bahan' }
  if (thing === 'alat') return { kind: 'purchase', category: 'alat' }
  return thing === 'bahan' ? { kind: 'purchase', category: 'bahan' } : { kind: 'expense', category: thing }
}

/** Could be for the shop or for the family. */
const EITHER = ['motor', 'mobil', 'hp', 'sepeda', 'laptop', 'tablet', 'kamera']

/** Names of what is sold: beside "biaya" or "bayar" they say what was paid for. */
const NOUNS = new Set(['pesanan', 'orderan', 'katering', 'jasa'])

/** What a household sells once: no trade. */
const BELONGINGS = ['emas', 'perhiasan', 'kalung', 'cincin', 'gelang', 'tanah', 'rumah']

/** Something was sold or bought. */
export function trade(clause: Clause): Verdict | undefined {
  const sells = clause.words.filter(word => SELL.has(word))
  const buys = clause.hasAny(BUY)
  if (sells.length > 0 && sells.every(word => NOUNS.has(word)) && clause.hasAny(PAID_FOR))
    return clause.hasAny(RIDES) && !clause.hasAny(FARES) ? asks('in_or_out', SALE, FARE) : undefined
  if (buys && sells.every(word => ['jualan', 'dibeli', 'katering', 'jasa'].includes(word)))
    return bought(clause)
  if (buys) return asks('kind', SALE, { kind: 'purchase', category: 'bahan' })
  return sells.length > 0 ? sold(clause, sells) : undefined
}

const PAID_FOR = new Set(
  'bayar biaya ongkos ongkir gaji upah iklan komisi antar ojek ojol kurir gojek grab'.split(' '),
)
/** To a driver an order is income, to everybody else a fare. */
const RIDES = new Set(['gojek', 'grab', 'ojek', 'ojol'])
const FARES = new Set('bayar biaya ongkos ongkir antar kirim'.split(' '))
const FARE: Says = { kind: 'expense', category: 'transport' }
const OTHER: Says = { kind: 'other_income', category: 'pendapatan_lain' }

function sold(clause: Clause, sells: readonly string[]): Verdict {
  return (
    soldPeriod(clause, sells) ??
    soldOnce(clause) ??
    soldUnclear(clause, sells) ??
    entry(withParty(clause, SALE))
  )
}

/** A week's or a month's figure is no entry of a day; "omzet 300rb" without a day is an answer to a question. */
function soldPeriod(clause: Clause, sells: readonly string[]): Verdict | undefined {
  if (clause.items.some(item => item.is === 'date')) return undefined
  const period = clause.items.find(item => item.is === 'period')
  if (period?.is === 'period') return period.month ? asks('date_range', SALE) : nothing('period_figure')
  return sells.every(word => word === 'omzet' || word === 'pendapatan') ? nothing('period_figure') : undefined
}

/** Paid beside the price: "bonus penjualan dari pabrik". */
const EXTRAS = ['bonus', 'insentif', 'cashback', 'hadiah', 'komisi']

/** Scrap is no sale of the trade; what a household or a business sells once is asked. */
function soldOnce(clause: Clause): Verdict | undefined {
  const tool = clause.thing === 'alat'
  if (clause.has(...EXTRAS)) return clause.has('dari') ? entry(OTHER) : asks('kind', OTHER, SALE)
  if (clause.has('bekas', 'jelantah', 'kardus', 'rongsok'))
    return tool ? asks('kind', OTHER, SALE) : entry(OTHER)
  return clause.has(...BELONGINGS) || (tool && !clause.has('sewa', 'jasa'))
    ? asks('kind', SALE, OTHER)
    : undefined
}

function soldUnclear(clause: Clause, sells: readonly string[]): Verdict | undefined {
  if (clause.has('untung', 'laba', 'rugi', 'modal')) return asks('summary', SALE)
  const day = clause.items.some(item => item.is === 'date')
  const yields = clause.has('hasil') && sells.length === 1 && !clause.hasAny(HOUSE) && !day
  return yields || clause.has('pesan') ? asks('kind', SALE) : undefined
}

/** "beli …": by the owner, the staff or the family; by anybody else it is a sale. */
function bought(clause: Clause): Verdict {
  const customer = customerOf(clause)
  if (customer !== undefined) return boughtBy(clause, customer)
  if (clause.says('ada', 'yang') || clause.says('ada', 'orang') || clause.words[0] === 'orang')
    return entry(SALE)
  const says = boughtAs(clause)
  if (isEither(clause, says)) return asks('business_or_private', says, { kind: 'prive' })
  if (isMixed(clause)) return asks('kind', says, { kind: 'purchase', category: 'bahan' })
  if (says.kind === 'expense' && clause.has(...STOCKS))
    return asks('kind', says, { kind: 'purchase', category: 'bahan' })
  if (clause.has('pribadi', 'sendiri')) return asks('business_or_private', says, { kind: 'prive' })
  const meant = misspelt(clause)
  if (meant !== undefined) return asks('kind', meant, says)
  const shop = clause.parties.find(party => party.class === 'shop')
  return entry(shop === undefined ? says : { ...says, party: shop.name })
}

/** Verbs of who sells again what he buys. */
const STOCKS = ['restok', 'stok', 'kulakan', 'borong']

/** "beli kouta": nearly a cost that we know. */
function misspelt(clause: Clause): Says | undefined {
  const words = clause.itemWords()
  if (clause.things.length > 0 || words.some(item => GOODS.has(item.word))) return undefined
  for (const { text } of words) {
    const near = COSTS.find(([name]) => name[0] === text[0] && isSlip(text, name))
    if (near !== undefined) return near[1] === 'alat' ? { kind: 'purchase', category: 'alat' } : { kind: 'expense', category: near[1] } // prettier-ignore
  }
  return undefined
}

/** A letter missing, doubled or swapped with its neighbour; another letter in its place makes another word. */
const isSlip = (typed: string, meant: string): boolean =>
  (nearMiss(typed, meant) ?? 0) > 0 &&
  (typed.length !== meant.length || [...typed].sort().join('') === [...meant].sort().join(''))

/** Who buys, when it is not the owner, the family or the staff. */
function customerOf(clause: Clause): Party | undefined {
  const verb = clause.place(BUY)
  return clause.parties.find(
    party =>
      party.to <= verb && party.preposition === '' && ['person', 'customer', 'pronoun'].includes(party.class),
  )
}

function boughtBy(clause: Clause, customer: Party): Verdict {
  if (customer.class === 'customer') return entry(SALE)
  const says: Says = { ...SALE, party: customer.name }
  // Without a form of address it may be the staff on an errand.
  const addressed = customer.class === 'pronoun' || TITLES.has(clause.words[customer.at] ?? '')
  return addressed ? entry(says) : asks('kind', says, boughtAs(clause))
}

/** "uang belanja", "belanja bulanan", a phone: for the shop or for the family? */
function isEither(clause: Clause, says: Says): boolean {
  const period = clause.items.some(item => item.is === 'period')
  if (clause.has('belanja') && (clause.says('uang', 'belanja') || period)) return true
  const business = clause.has('usaha', 'antar', 'warung', 'toko', 'jualan', 'kasir')
  return says.category === 'alat' && clause.has(...EITHER) && !business
}

/** "plastik sama gula 50rb": one amount for a cost and for goods. */
export function isMixed(clause: Clause): boolean {
  if (!clause.has('sama', 'dan')) return false
  const joint = clause.place(new Set(['sama', 'dan']))
  const [left, right] = [clause.words.slice(0, joint), clause.words.slice(joint + 1)]
  const of = (words: readonly string[]): string | undefined => {
    const thing = THINGS.all(words)[0]?.value
    return thing ?? (words.some(word => GOODS.has(word)) ? 'bahan' : undefined)
  }
  const [first, second] = [of(left), of(right)]
  return first !== undefined && second !== undefined && first !== second
}

/** Apps and marketplaces: what they pay out is a sale, what they keep is promotion. */
export function platform(clause: Clause): Verdict | undefined {
  if (!clause.hasAny(PLATFORMS)) return undefined
  const fee = clause.has('biaya', 'admin') && clause.things.every(({ thing }) => thing === 'bunga')
  if (!fee && clause.has('bayar', 'beli', 'biaya', 'iklan', 'ongkir')) return undefined
  if (clause.hasThing('promosi')) return entry({ kind: 'expense', category: 'promosi' })
  if (fee || clause.has('potongan', 'admin', 'dipotong'))
    return entry({ kind: 'expense', category: 'promosi' })
  const paid = clause.has('cair', 'masuk', 'dapat', 'terima', 'penjualan', 'pemasukan')
  const day = clause.items.some(item => item.is === 'date')
  if (paid || day) return entry(SALE)
  return clause.things.length === 0 ? asks('kind', SALE) : undefined
}
