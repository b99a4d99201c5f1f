import data from '../data/ledger.json' with { type: 'json' }
import { common, makeLexicon } from '../lexicon.ts'
import { squeeze } from '../spelling.ts'
import type { Category } from './types.ts'

const wordsOf = (texts: readonly string[]): string[] => texts.flatMap(text => text.split(' '))
const named = [
  ...data.units, ...data.goods, ...data.names, ...data.other_income, ...data.household, ...data.shops, ...data.lenders,
  ...data.staff, ...data.family, ...data.services, ...Object.values(data.expenses).flat(),
] // prettier-ignore

/**
 * The words of bookkeeping over the everyday ones. Things and names stand in it as they are, so that none of them is taken
 * for a misspelling of another ("cat" is paint, not "catat").
 */
export const ledgerLexicon = makeLexicon(
  {
    ...Object.fromEntries(
      wordsOf(named)
        .filter(word => common.listed(word) === undefined && !isSpelling(word))
        .map(word => [word, []]),
    ),
    ...data.spellings,
  },
  common,
)

function isSpelling(word: string): boolean {
  return Object.values(data.spellings).some(others => (others as string[]).includes(word))
}

const standard = (word: string): string => ledgerLexicon.listed(word) ?? squeeze(word)
const phrase = (text: string): string => text.split(' ').map(standard).join(' ')
export const wordSet = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(standard))

export const UNITS = wordSet(data.units)
/** "16oz", "2 tungku": how large a thing is, never how many. */
export const SIZES = wordSet(data.sizes)
/** Things that are sold by size: "gas 3kg" is one bottle. */
export const SIZED = wordSet(data.sized)
export const TITLES = wordSet(data.titles)
export const SHOPS = wordSet(data.shops)
export const LENDERS = wordSet(data.lenders)
/** As typed: "bu" alone is how one addresses somebody, "ibu" is a mother. */
export const FAMILY: ReadonlySet<string> = new Set(data.family.map(squeeze))
export const STAFF = wordSet(data.staff)
export const CUSTOMERS = wordSet(data.customers)
/** As typed, doubled letters said once: a name has no standard spelling. */
export const NAMES: ReadonlySet<string> = new Set(data.names.map(squeeze))
export const GOODS = wordSet(data.goods)
/** Bought to make something, hardly ever sold as it is. */
export const INGREDIENTS = wordSet(data.ingredients)
export const SERVICES = wordSet(data.services)
export const PLATFORMS = wordSet(data.platforms)
export const METHODS: ReadonlyMap<string, string> = new Map(
  Object.entries(data.methods).flatMap(([method, words]) => words.map(word => [standard(word), method])),
)

/** A table of phrases of up to three words. */
export class Phrases<T> {
  private readonly table = new Map<string, T>()

  constructor(entries: Iterable<readonly [string, T]>) {
    for (const [text, value] of entries) this.table.set(phrase(text), value)
  }

  /** The longest phrase at a place. */
  at(words: readonly string[], from: number): { value: T; length: number } | undefined {
    for (let length = 3; length > 0; length--) {
      const value = this.table.get(words.slice(from, from + length).join(' '))
      if (value !== undefined && from + length <= words.length) return { value, length }
    }
    return undefined
  }

  /** All phrases in a row of words, each word used once. */
  all(words: readonly string[]): { value: T; at: number; length: number }[] {
    const found: { value: T; at: number; length: number }[] = []
    for (let at = 0; at < words.length;) {
      const hit = this.at(words, at)
      if (hit !== undefined) found.push({ ...hit, at })
      at += hit?.length ?? 1
    }
    return found
  }
}

/** What a thing is to a business, and what belongs to the household whatever verb stands beside it. */
export type Thing = Category | 'household' | 'other_income'

export const THINGS = new Phrases<Thing>([
  ...Object.entries(data.expenses).flatMap(([category, texts]) =>
    texts.map(text => [text, category as Category] as const),
  ),
  ...data.household.map(text => [text, 'household'] as const),
])
/** Costs of one word, for what is nearly one of them. */
export const COSTS: readonly (readonly [string, Category])[] = Object.entries(data.expenses).flatMap(
  ([category, texts]) =>
    texts
      .filter(text => !text.includes(' ') && text.length > 4)
      .map(text => [standard(text), category as Category] as const),
)
export const OTHER_INCOME = new Phrases(data.other_income.map(text => [text, true] as const))

/** Every word that has a meaning of its own here: not part of a name. */
const KNOWN = new Set([
  ...Object.keys(data.spellings).map(standard),
  ...[UNITS, SHOPS, GOODS, LENDERS, STAFF, PLATFORMS, SERVICES].flatMap(words => [...words]),
  ...Object.values(data.expenses).flatMap(texts => texts.flatMap(text => text.split(' ').map(standard))),
  ...data.household.flatMap(text => text.split(' ').map(standard)),
  ...METHODS.keys(),
  ...wordSet(data.adverbs),
])
export const isKnown = (word: string): boolean =>
  !NAMES.has(word) && (KNOWN.has(word) || common.listed(word) !== undefined)
