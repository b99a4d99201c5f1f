import { nearMiss } from '../spelling.ts'
import type { Clause } from './clause.ts'
import type { Party } from './parties.ts'
import { OFF } from './figures.ts'
import { asks, entry, SALE, type Says, type Verdict } from './verdict.ts'
import { BUY, HOUSE } from './verbs.ts'
import { COSTS, GOODS, THINGS, TITLES } from './vocabulary.ts'

/** What was bought: goods for sale, equipment, or a cost with a name. */
export function boughtAs(clause: Clause): Says {
  // "beli ayam 200rb diskon 10rb": what came off is no cost.
  const things = clause.things.filter(
    ({ at }) => clause.amounts.length < 2 || !OFF.has(clause.words[at] ?? ''),
  )
  const thing = things.find(each => each.thing !== 'lain')?.thing ?? things[0]?.thing
  const flowers = thing === 'bunga' || (thing === 'utilitas' && clause.says('air') && !clause.has('galon'))
  if (thing === undefined || thing === 'other_income' || thing === 'household' || flowers)
    return { kind: 'purchase', category: 'bahan' }
  if (thing === 'alat') return { kind: 'purchase', category: 'alat' }
  return thing === 'bahan' ? { kind: 'purchase', category: 'bahan' } : { kind: 'expense', category: thing }
}

/** Could be for the shop or for the family. */
const EITHER = ['motor', 'mobil', 'hp', 'sepeda', 'laptop', 'tablet', 'kamera']

/** "beli …": by the owner, the staff or the family; by anybody else it is a sale. */
export function bought(clause: Clause): Verdict {
  const customer = customerOf(clause)
  if (customer !== undefined) return boughtBy(clause, customer)
  if (clause.says('ada', 'yang') || clause.says('ada', 'orang') || clause.words[0] === 'orang')
    return entry(SALE)
  const says = boughtAs(clause)
  // "bapak beli rokok di warung": at the owner's own shop, or on an errand.
  const family = clause.subject(clause.place(BUY))?.class === 'family'
  if (family && clause.words.some((word, at) => word === 'di' && HOUSE.has(clause.words[at + 1] ?? '')))
    return asks('kind', SALE, { kind: 'prive' }, says)
  if (isEither(clause, says)) return asks('business_or_private', says, { kind: 'prive' })
  return unclear(clause, says) ?? entry(fromShop(clause, says))
}

function fromShop(clause: Clause, says: Says): Says {
  const shop = clause.parties.find(party => party.class === 'shop')
  return shop === undefined ? says : { ...says, party: shop.name }
}

export const GOODS_BOUGHT: Says = { kind: 'purchase', category: 'bahan' }

/** Two things for one amount, a cost that is sold again, on credit, for oneself, or nearly the name of a cost. */
function unclear(clause: Clause, says: Says): Verdict | undefined {
  if (isMixed(clause) || (says.kind === 'expense' && isForSale(clause)))
    return asks('kind', says, GOODS_BOUGHT)
  const lender = clause.parties.some(party => party.class === 'lender')
  if (clause.has('kredit') || (lender && clause.has('pakai', 'via', 'lewat')))
    return asks('kind', { kind: 'payable', category: says.category ?? 'bahan' }, says)
  if (clause.has('pribadi', 'sendiri')) return asks('business_or_private', says, { kind: 'prive' })
  const meant = misspelt(clause)
  return meant === undefined ? undefined : asks('kind', meant, says)
}

/** Words of who sells again what he buys: "restok pulsa", "isi saldo pulsa", "beli pulsa buat dijual". */
const STOCKS = ['restok', 'stok', 'kulakan', 'borong', 'saldo', 'deposit', 'dijual']
export const isForSale = (clause: Clause): boolean => clause.has(...STOCKS)

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
      party.to <= verb && party.preposition === '' && (BUYERS.has(party.class) || isOtherShop(clause, party)),
  )
}

const BUYERS = new Set<Party['class']>(['person', 'customer', 'pronoun'])

/** "pengepul beli lele", "toko maju beli kue"; "toko beli gas" is the owner's. */
export const isOtherShop = (clause: Clause, party: Party): boolean =>
  party.class === 'shop' && (party.to - party.at > 1 || !HOUSE.has(clause.words[party.at] ?? ''))

function boughtBy(clause: Clause, customer: Party): Verdict {
  if (customer.class === 'customer') return entry(SALE)
  const says: Says = { ...SALE, party: customer.name }
  // Without a form of address it may be the staff on an errand.
  const addressed =
    ['pronoun', 'shop'].includes(customer.class) || TITLES.has(clause.words[customer.at] ?? '')
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
  // "sewa tenda sama kursi": the rent of both.
  return first !== undefined && second !== undefined && first !== second && !clause.has('sewa')
}
