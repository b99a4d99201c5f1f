import { bought } from './buying.ts'
import type { Clause } from './clause.ts'
import { isPerson } from './clause.ts'
import { BUY, HOUSE, SELL } from './verbs.ts'
import { PLATFORMS } from './vocabulary.ts'
import { asks, entry, SALE, nothing, type Says, type Verdict } from './verdict.ts'

export const withParty = (clause: Clause, says: Says): Says => {
  const party = clause.parties.find(each => isPerson(each) || each.class === 'shop')
  return party === undefined ? says : { ...says, party: party.name }
}

/** Names of what is sold: beside "biaya" or "bayar" they say what was paid for. */
const NOUNS = new Set(['pesanan', 'orderan', 'katering', 'jasa'])

/** What a household sells once: no trade. */
const BELONGINGS = ['emas', 'perhiasan', 'kalung', 'cincin', 'gelang', 'tanah', 'rumah']

/** Something was sold or bought. */
export function trade(clause: Clause): Verdict | undefined {
  // "gas buat jualan": what it is for; "upah bantu jualan": whose work is paid.
  const sells = clause.words.filter((word, at) => SELL.has(word) && clause.words[at - 1] !== 'untuk' && !(word === 'jualan' && isPurpose(clause, at))) // prettier-ignore
  const buys = clause.hasAny(BUY)
  if (
    sells.length > 0 &&
    sells.every(word => NOUNS.has(word)) &&
    (clause.hasAny(PAID_FOR) || clause.hasThing('transport'))
  )
    return clause.hasAny(RIDES) && !clause.hasAny(FARES) ? asks('in_or_out', SALE, FARE) : undefined
  if (buys && sells.every(word => ['jualan', 'dibeli', 'katering', 'jasa'].includes(word)))
    return bought(clause)
  if (buys) return asks('kind', SALE, { kind: 'purchase', category: 'bahan' })
  return sells.length > 0 ? sold(clause, sells) : undefined
}

/** "sewa tempat jualan", "plastik jualan", "upah bantu jualan": what it is for. */
const isPurpose = (clause: Clause, at: number): boolean =>
  clause.has('gaji', 'upah') ||
  clause.things.some(
    each => each.at + each.length === at && (each.thing !== 'sewa' || clause.has('sewa', 'bayar')),
  )

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

/** Apps and marketplaces: what they pay out is a sale, what they keep is promotion. */
export function platform(clause: Clause): Verdict | undefined {
  if (!clause.hasAny(PLATFORMS) || clause.has('cashback')) return undefined
  const fee = clause.has('biaya', 'admin') && clause.things.every(({ thing }) => thing === 'bunga')
  if (!fee && clause.has('bayar', 'beli', 'biaya', 'iklan', 'ongkir')) return undefined
  if (clause.hasThing('promosi')) return entry({ kind: 'expense', category: 'promosi' })
  if (fee || clause.has('potongan', 'admin', 'dipotong'))
    return entry({ kind: 'expense', category: 'promosi' })
  const paid = clause.has('cair', 'masuk', 'dapat', 'terima', 'penjualan', 'pemasukan')
  const day = clause.items.some(item => item.is === 'date')
  if (paid || day) return entry(SALE)
  return clause.things.length === 0 && !clause.hasAny(SELL) ? asks('kind', SALE) : undefined
}
