import type { Item } from './item.ts'
import {
  adjacent,
  DONE_BY,
  isNameWord,
  make,
  nameEnd,
  PREPOSITIONS,
  wordOf,
  type Party,
  type Row,
  type WordItem,
} from './naming.ts'
import { CUSTOMERS, FAMILY, GOODS, LENDERS, NAMES, SHOPS, STAFF, THINGS, TITLES } from './vocabulary.ts'

export type { Party } from './naming.ts'

/** Forms of address that stand at the beginning of a message and name nobody. */
const VOCATIVE = new Set(['min', 'kak', 'coach', 'admin', 'gan', 'sis', 'bro', 'bos', 'boss'])
const PEOPLE = new Set(['teman', 'tetangga', 'kenalan'])
/** Words after which a word nobody knows is a name. */
const BEFORE_NAME = new Set(['gaji', 'upah', 'pinjamkan', 'kasbon', 'piutang'])

const TEA = 'teh'

export function findParties(
  words: readonly WordItem[],
  items: readonly Item[],
  written: (from: number, to: number) => string,
): Party[] {
  const row: Row = { words, items, written }
  const found: Party[] = []
  for (let at = 0; at < words.length;) {
    const party = partyAt(row, at)
    if (party !== undefined) found.push(party)
    at = party?.to ?? at + 1
  }
  return found
}

function partyAt(row: Row, at: number): Party | undefined {
  return titled(row, at) ?? placed(row, at) ?? related(row, at) ?? unknownName(row, at)
}

/** "bu ani", "pak haji", "bu siti aminah". */
function titled(row: Row, at: number): Party | undefined {
  const word = wordOf(row, at)
  if (!TITLES.has(word) || !adjacent(row, at + 1)) return undefined
  if (word === TEA && !isElderSister(row, at)) return undefined
  if (VOCATIVE.has(word) && at === 0 && !NAMES.has(row.words[at + 1]?.text ?? '')) return undefined
  const named = isNameable(row, at + 1) || (isWordOfGoods(row, at + 1) && DONE_BY.has(wordOf(row, at + 2)))
  return named ? make(row, at, nameEnd(row, at + 2), 'person') : undefined
}

/** "teh" is tea, unless it stands before a known name or in front of what somebody does: "teh rina", "teh ocha ngutang". */
const isElderSister = (row: Row, at: number): boolean =>
  NAMES.has(row.words[at + 1]?.text ?? '') || DONE_BY.has(wordOf(row, at + 2))

/** A title may stand before any word that is no word of the trade: "bu rt", "pak haji", "mbak rani". */
const isNameable = (row: Row, at: number): boolean => {
  const word = wordOf(row, at)
  return word.length > 1 && (TITLES.has(word) || word === 'rt' || word === 'rw' || isNameWord(row, at))
}

/** "mpok ati ngutang": Ati is liver too, and a name before what she does. */
const isWordOfGoods = (row: Row, at: number): boolean => GOODS.has(wordOf(row, at))

/** "toko maju", "agen telur", "warung pak haji", "koperasi", "bank bri", "kur". */
function placed(row: Row, at: number): Party | undefined {
  const word = wordOf(row, at)
  if (LENDERS.has(word)) return lender(row, at)
  const branch = ['lapak', 'cabang', 'pasar'].includes(word) && wordOf(row, at - 1) in PREPOSITIONS
  if (!SHOPS.has(word) && !branch) return undefined
  const owner = adjacent(row, at + 1) ? titled(row, at + 1) : undefined
  if (owner !== undefined) return make(row, at, owner.to, 'shop')
  const to = shopEnd(row, at)
  return word === 'warung' && to === at + 1 ? undefined : make(row, at, to, 'shop')
}

/** "bank bri", "koperasi mekar". */
function lender(row: Row, at: number): Party {
  const next = wordOf(row, at + 1)
  const second = adjacent(row, at + 1) && (LENDERS.has(next) || isNameWord(row, at + 1))
  return make(row, at, second ? at + 2 : at + 1, 'lender')
}

/** A shop has one word of a name or of its goods, and a second that nobody knows. */
function shopEnd(row: Row, at: number): number {
  const next = wordOf(row, at + 1)
  const named = adjacent(row, at + 1) && (isNameWord(row, at + 1) || GOODS.has(next) || next === 'cabang')
  if (!named) return at + 1
  const second = adjacent(row, at + 2) && isNameWord(row, at + 2) && !THINGS.at([wordOf(row, at + 2)], 0)
  return second ? at + 3 : at + 2
}

function related(row: Row, at: number): Party | undefined {
  const { word = '', text = '' } = row.words[at] ?? {}
  if (PEOPLE.has(word)) return make(row, at, at + 1, 'person')
  if (word === 'doi') return make(row, at, at + 1, 'pronoun')
  if (STAFF.has(word)) return make(row, at, at + 1, 'staff')
  if (CUSTOMERS.has(word) && word !== 'orang') return make(row, at, at + 1, 'customer')
  // "bu" alone is how one addresses somebody; "ibu" is a mother.
  const family = FAMILY.has(text)
  return family ? make(row, at, at + 1, 'family') : undefined
}

/** "budi utang 20rb", "gaji siti 450rb", "ke udin": a word that nobody knows where a name belongs. */
function unknownName(row: Row, at: number): Party | undefined {
  const { text = '' } = row.words[at] ?? {}
  if (!isNameWord(row, at) || text.length < 3) return undefined
  const isName = NAMES.has(text) || doesSomething(row, at) || isPlacedName(row, at)
  return isName ? make(row, at, nameEnd(row, at + 1), 'person') : undefined
}

/** First in what is said, and a verb follows: "budi utang". */
const doesSomething = (row: Row, at: number): boolean =>
  (at === 0 || !adjacent(row, at)) && adjacent(row, at + 1) && DONE_BY.has(wordOf(row, at + 1))

/** After "ke", "dari" or "gaji"; after "di" it is a place, after "sama" or "untuk" a thing. */
function isPlacedName(row: Row, at: number): boolean {
  const before = wordOf(row, at - 1)
  const placed = adjacent(row, at) && (before in PREPOSITIONS || BEFORE_NAME.has(before))
  return placed && !['di', 'untuk', 'sama'].includes(before)
}
