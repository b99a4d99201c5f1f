import MiniSearch from 'minisearch'
import { isVowelDropped, nearMiss, squeeze } from '../spelling.ts'
import { stemOf } from './stems.ts'
import type { FaqEntry, FaqHit } from './types.ts'
import { fold, GENERAL, isKnown, SMALL_WORDS, STRONG } from './words.ts'

/** What a word of a keyword counts for: most when it is a keyword by itself ("halal"), little when it only asks ("cara"). */
const DECIDING = 6
const NAME = 3
const CONTENT = 2
const SMALL = 0.5
/** Nothing beside a question about one of the programme's centres. */
const CENTRE = new Set(['alamat', 'lokasi', 'klinik', 'coach', 'jadwal', 'jam', 'nomor', 'telepon', 'whatsapp', 'kantor', 'janji'].map(squeeze)) // prettier-ignore
/** Below this the question is about something else: a person is offered. */
const CONFIDENT = 2

interface Keyword {
  id: string
  entry: number
  text: string
}

export type FaqSearch = (question: string) => FaqHit | undefined

/**
 * A search over the entries that forgives spelling: chat spellings by the lexicons, then missing vowels and typing mistakes.
 * A keyword counts when every one of its words occurs in the question, in any order; the entry with the most wins.
 */
export function makeFaqSearch(entries: readonly FaqEntry[]): FaqSearch {
  const index = new MiniSearch<Keyword>({
    fields: ['text'],
    storeFields: ['entry', 'text'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
  })
  const keywords = entries.flatMap(entry =>
    entry.keywords.map((keyword, at) => ({
      id: `${entry.number}.${at}`,
      entry: entry.number,
      text: fold(keyword).join(' '),
    })),
  )
  index.addAll(keywords)
  const vocabulary = new Set(keywords.flatMap(keyword => keyword.text.split(' ')))
  const names = new Set(keywords.map(keyword => keyword.text).filter(text => !GENERAL.has(text)))
  const weightOf = (sum: number, word: string): number =>
    sum + (STRONG.has(word) ? DECIDING : SMALL_WORDS.has(word) ? SMALL : names.has(word) ? NAME : CONTENT)
  const weigh = (some: readonly string[]): number => some.reduce(weightOf, 0)
  return question => best(scores(index, termsOf(question, vocabulary), weigh), entries)
}

/** The words of a question as the keywords spell them: what is mistyped or lacks its vowels is repaired to a word of ours. */
const termsOf = (question: string, vocabulary: ReadonlySet<string>): string[] =>
  fold(question).map(word => (vocabulary.has(word) ? word : (repaired(word, vocabulary) ?? word)))

function repaired(word: string, vocabulary: ReadonlySet<string>): string | undefined {
  const only = (fits: (each: string) => boolean): string | undefined => {
    const found = [...vocabulary].filter(each => each[0] === word[0] && each.length > 3 && fits(each))
    return found.length === 1 ? found[0] : undefined
  }
  const full = only(each => isVowelDropped(word, each))
  if (full !== undefined || word.length < 5) return full
  const stem = stemOf(word, vocabulary)
  if (stem !== undefined || isKnown(word)) return stem
  return only(each => each.length > 4 && nearMiss(word, each) !== undefined)
}

/** By entry: the weight of its keywords that fit whole; each word of the question counts once, plus a little for overlap. */
function scores(
  index: MiniSearch<Keyword>,
  terms: readonly string[],
  weigh: (words: readonly string[]) => number,
): Map<number, number> {
  const said = new Set(terms)
  const isAboutCentre = terms.some(word => CENTRE.has(word))
  const found = new Map<number, Set<string>>()
  const overlap = new Map<number, number>()
  for (const hit of index.search(terms.join(' '), { combineWith: 'OR' })) {
    const text = String(hit['text'])
    const parts = text.split(' ')
    if (!parts.every(word => said.has(word)) || (isAboutCentre && GENERAL.has(text))) continue
    const entry = Number(hit['entry'])
    found.set(entry, new Set([...(found.get(entry) ?? []), ...parts]))
    overlap.set(entry, (overlap.get(entry) ?? 0) + weigh(parts))
  }
  return new Map(
    [...found].map(([entry, parts]) => [entry, weigh([...parts]) + (overlap.get(entry) ?? 0) / 100]),
  )
}

function best(found: ReadonlyMap<number, number>, entries: readonly FaqEntry[]): FaqHit | undefined {
  const [first] = [...found].sort((left, right) => right[1] - left[1] || left[0] - right[0])
  if (first === undefined || first[1] < CONFIDENT) return undefined
  const entry = entries.find(each => each.number === first[0])
  return entry === undefined ? undefined : { entry, score: first[1] }
}
