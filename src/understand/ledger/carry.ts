import type { Clause, WordItem } from './clause.ts'
import { isDue } from './days.ts'
import type { Item } from './item.ts'
import { BUY, OWE, SELL } from './verbs.ts'
import { GOODS, INGREDIENTS, METHODS, PLATFORMS, THINGS, TITLES } from './vocabulary.ts'

export const VERBS = new Set([...SELL, ...BUY, ...OWE, 'bayar', 'gaji', 'upah', 'pinjam', 'pinjamkan', 'prive', 'modal', 'ambil', 'dapat', 'terima', 'setor', 'cicil', 'cicilan', 'angsuran', 'lunasi', 'keluar', 'pengeluaran', 'masuk', 'dp', 'servis', 'sewa', 'kasih', 'transfer', 'bikin', 'isi', 'jasa']) // prettier-ignore

/** A clause without a verb takes the one before it; costs with a name of their own do not take "jual". */
export const carry = (clause: Clause, previous: Clause): readonly Item[] => [
  ...dayBefore(clause, previous),
  ...(hasOwnVerb(clause, previous) ? clause.items : (feeOf(clause, previous) ?? withVerb(clause, previous))),
]

const dayBefore = (clause: Clause, previous: Clause): readonly Item[] =>
  clause.items.some(item => item.is === 'date')
    ? []
    : previous.items.filter(item => item.is === 'date' && !isDue(previous, item))

/** "jualan tunai 180rb transfer 70rb": another way in which it was paid is no other event. */
const hasOwnVerb = (clause: Clause, previous: Clause): boolean =>
  clause.hasAny(VERBS) && !(previous.method !== undefined && clause.words.every(word => METHODS.has(word)))

function withVerb(clause: Clause, previous: Clause): readonly Item[] {
  const spoken = previous.all.filter(item => VERBS.has(item.word))
  // "belanja katering: ayam 50rb, beras 20rb": bought for it.
  const verbs = spoken.some(item => BUY.has(item.word)) ? spoken.filter(item => !SELL.has(item.word)) : spoken
  const takes = verbs.length > 0 && clause.words[0] !== 'untuk' && !refuses(clause, previous, verbs)
  if (!takes) return clause.items
  if (!verbs.some(item => OWE.has(item.word))) return [...verbs, ...clause.items]
  if (clause.parties.length > 0) return [...clause.items, ...verbs]
  return [...(isOnlyGoods(clause) ? spokenOf(previous) : []), ...verbs, ...clause.items]
}

const FEES = new Set(['admin', 'potongan', 'komisi', 'layanan'])
const INSTALMENTS = new Set(['cicilan', 'angsuran'])

/**
 * "penjualan shopee 300rb, admin 24rb": the fee is that of the place where it was sold. "cicilan koperasi 100rb, bunga 10rb":
 * a cost of the loan, no flowers.
 */
function feeOf(clause: Clause, previous: Clause): readonly Item[] | undefined {
  if (clause.has('bunga', 'denda')) {
    const loan = previous.all.find(item => INSTALMENTS.has(item.word))
    return loan === undefined ? undefined : [{ ...loan, word: 'biaya' }, ...clause.items]
  }
  const place = previous.all.find(item => PLATFORMS.has(item.word))
  const named = clause.hasAny(PLATFORMS) || !clause.hasAny(FEES)
  return place === undefined || named ? undefined : [place, ...clause.items]
}

/** Whatever is no good may be the next one's name: "bu ani utang 6rb, lek jo 4rb". */
const isOnlyGoods = (clause: Clause): boolean =>
  clause.itemWords().every(item => GOODS.has(item.word) || THINGS.at([item.word], 0) !== undefined) &&
  !clause.hasAny(TITLES)

/** The person of the clause before: "bu ani utang bakso 30rb, kopi 10rb". */
const spokenOf = (previous: Clause): Item[] =>
  previous.all.filter((_, at) => previous.parties.some(party => at >= party.at && at < party.to && party.class !== 'shop')) // prettier-ignore

function refuses(clause: Clause, previous: Clause, verbs: readonly WordItem[]): boolean {
  const pays = verbs.every(item => BUY.has(item.word) || PAYS.has(item.word))
  if (pays) return false
  if (clause.things.length > 0) return clause.thing !== previous.thing
  const sells = verbs.some(item => SELL.has(item.word))
  return sells && isIngredient(clause) && !isIngredient(previous)
}

/** "es jeruk" is a drink: what a thing is made of stands after it. */
const isIngredient = (clause: Clause): boolean => INGREDIENTS.has(clause.itemWords()[0]?.word ?? '')

/** Verbs that fit any cost: "bayar listrik 100rb, wifi 300rb". */
const PAYS = new Set(['bayar', 'isi', 'bikin', 'keluar', 'pengeluaran', 'servis', 'sewa'])
