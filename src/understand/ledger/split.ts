import { apart, isMoney } from './apart.ts'
import { carry, VERBS } from './carry.ts'
import { Clause } from './clause.ts'
import type { Item, Message } from './item.ts'
import { BUY, SELL } from './verbs.ts'

const STRONG = new Set([',', ';', '\n', '.', 'terus', 'lalu', 'kemudian', 'sekalian', 'sedangkan', 'tapi']) // prettier-ignore
const WEAK = new Set(['dan', 'sama', '+', '&', 'plus', 'juga', 'dengan', '/'])
/** What begins so goes on with what was said before. */
const GOES_ON = new Set(['eh', 'ralat', 'salah', 'maksudnya', 'harusnya', 'bukan', 'ups', 'total', 'sisa', 'kembali', 'jadi', 'kurang', 'belum', 'masing', 'diskon', 'dipotong', 'korting', 'tinggal', 'termasuk', 'pokok']) // prettier-ignore
const EVENTS = new Set([...SELL, ...BUY])

const isSeparator = (item: Item): boolean => STRONG.has(item.word) || WEAK.has(item.word)

/** The parts of a message that each say one thing, with the verb and the day carried on to those that leave them out. */
export function clausesOf({ items, written }: Message): Clause[] {
  const chunks = merge(cut(withoutCheck(withoutBullets(items)))).flatMap(({ items: chunk, strong }) =>
    apart(chunk).map((part, at) => ({ items: part, strong: strong && at === 0 })),
  )
  const carried: Clause[] = []
  for (const chunk of chunks) {
    const previous = carried.at(-1)
    const clause = new Clause(chunk.items, written)
    carried.push(previous === undefined ? clause : new Clause(carry(clause, previous), written))
  }
  const cuts = chunks.map(chunk => chunk.strong)
  return sharingDay(carried, cuts, written)
}

/**
 * The day said last is that of the parts joined to it ("jual es 20rb sama kopi 30rb kemarin"), and of all where there is no
 * verb ("tunai 200rb, qris 100rb hari ini").
 */
function sharingDay(clauses: Clause[], cuts: readonly boolean[], written: Message['written']): Clause[] {
  const at = clauses.findIndex(clause => clause.items.some(item => item.is === 'date'))
  const [day] = clauses[at]?.items.filter(item => item.is === 'date') ?? []
  if (day === undefined || clauses[at]?.endsWithDay !== true) return clauses
  const listed = at === clauses.length - 1 && !clauses.some(clause => clause.hasAny(VERBS))
  const from = listed ? 0 : cuts.slice(0, at + 1).lastIndexOf(true)
  return clauses.map((clause, place) =>
    place >= from && place < at ? new Clause([day, ...clause.items], written) : clause,
  )
}

/** "1. jual bakso 300rb", "2) parkir 2rb": the number of a line counts nothing. */
const withoutBullets = (items: readonly Item[]): readonly Item[] =>
  items.filter((item, at) => !(item.is === 'number' && isLineStart(items[at - 1]) && [')', '.'].includes(items[at + 1]?.word ?? ''))) // prettier-ignore

const isLineStart = (before: Item | undefined): boolean => before === undefined || before.word === '\n'

/** "300rb + 150rb total 450rb": a total that is the sum of what stands before it is only a check. */
function withoutCheck(items: readonly Item[]): readonly Item[] {
  const amounts = items.flatMap((item, at) => (item.is === 'amount' ? [{ value: item.value, at }] : []))
  const last = amounts.at(-1)
  const parts = amounts.slice(0, -1)
  const label = last === undefined ? undefined : items[last.at - 1]
  const isSum =
    parts.length > 1 && label !== undefined && ['total', 'semua', 'jadi', '='].includes(label.word) &&
    parts.reduce((sum, part) => sum + part.value, 0) === last?.value // prettier-ignore
  return isSum && last !== undefined ? items.slice(0, last.at - 1) : items
}

interface Chunk {
  items: Item[]
  /** Cut from what stands before by a comma or "terus", not by "sama". */
  strong: boolean
}

function cut(items: readonly Item[]): Chunk[] {
  const chunks: Chunk[] = [{ items: [], strong: true }]
  for (const item of items) {
    if (isSeparator(item)) chunks.push({ items: [item], strong: STRONG.has(item.word) })
    else chunks.at(-1)?.items.push(item)
  }
  return chunks
}

/** A chunk without money belongs to its neighbour, unless it is an event of its own that lacks its amount. */
function merge(chunks: readonly Chunk[]): Chunk[] {
  const merged: Chunk[] = []
  for (const { items, strong } of chunks) {
    const last = merged.at(-1)?.items
    const opened = last !== undefined && (last.some(isMoney) || lacksUnit(last))
    const first = items.find(item => item.is === 'word' && !isSeparator(item))
    const goesOn = first !== undefined && GOES_ON.has(first.word)
    const stands = items.some(isMoney) ? !goesOn : strong && (isEvent(items) || lacksUnit(items))
    if (last === undefined || !opened || !stands) {
      if (last === undefined) merged.push({ items: [...items], strong })
      else last.push(...items)
    } else merged.push({ items: items.filter((item, at) => at > 0 || !isSeparator(item)), strong })
  }
  return merged
}

/** "…, gas 22": a figure after its thing whose unit nobody said. */
function lacksUnit(items: readonly Item[]): boolean {
  const said = items.filter(item => item.is !== 'sign')
  const [thing, figure] = said.slice(-2)
  return figure?.is === 'number' && thing?.is === 'word' && said.filter(item => item.is === 'word').length < 4
}

/** "…, beli tepung": said without an amount. Not "…, belum bayar" and not "…, makasih". */
const isEvent = (items: readonly Item[]): boolean =>
  items.some(item => item.is === 'word' && EVENTS.has(item.word) && item.word !== 'jualan') &&
  items.filter(item => item.is === 'word').length > 1 &&
  !items.some(item => item.word === 'belum' || item.word === 'tidak')
