import words from './data/words.json' with { type: 'json' }
import { isVowelDropped, skeleton, squeeze } from './spelling.ts'

/** A closed vocabulary: finds the standard spelling of a word in any of its chat spellings. */
export interface Lexicon {
  find(text: string): string | undefined
  /** Only the listed spellings (doubled letters aside): for consent, where nothing may be repaired. */
  listed(text: string): string | undefined
  /** Missing vowels ("slasa") and meaningless endings ("datanya"), when exactly one word fits. */
  repaired(text: string): string | undefined
}

/** Endings that add no meaning here ("datanya", "besoklah", "jamnya"). */
const ENDINGS = ['nya', 'lah', 'kah', 'pun']

/**
 * Builds a lexicon from standard words and their other spellings. Doubled letters never matter. A word that is listed
 * nowhere is repaired: missing vowels (standard words of 4 letters or more, other spellings of 5), then the endings -nya/-lah/-kah/-pun.
 * A word unknown here is looked for in `base`; a listed spelling of the base goes before a repair.
 */
export function makeLexicon(spec: Record<string, readonly string[]>, base?: Lexicon): Lexicon {
  const bySpelling = new Map<string, string>()
  const bySkeleton = new Map<string, string[]>()
  for (const [standard, others] of Object.entries(spec)) {
    for (const spelling of others) bySpelling.set(squeeze(spelling), standard)
  }
  const addSkeleton = (key: string): void =>
    void bySkeleton.set(skeleton(key), [...(bySkeleton.get(skeleton(key)) ?? []), key])
  for (const standard of Object.keys(spec)) {
    const key = squeeze(standard)
    bySpelling.set(key, standard)
    if (key.length >= 4) addSkeleton(key)
  }
  for (const key of bySpelling.keys()) if (key.length >= 5) addSkeleton(key)
  const withVowels = (key: string): string | undefined => {
    const full = (bySkeleton.get(skeleton(key)) ?? []).filter(each => isVowelDropped(key, each))
    const fits = new Set(full.map(each => bySpelling.get(each)))
    return fits.size === 1 ? [...fits][0] : undefined
  }
  const own = (key: string): string | undefined => bySpelling.get(key) ?? withVowels(key)
  const listed = (text: string): string | undefined => bySpelling.get(squeeze(text)) ?? base?.listed(text)
  const repaired = (text: string): string | undefined =>
    withVowels(squeeze(text)) ?? withoutEnding(squeeze(text), own) ?? base?.repaired(text)
  return { listed, repaired, find: text => listed(text) ?? repaired(text) }
}

/** "-nya" after an n is typed "nnya" and squeezed to "nya": the stem may have kept its n. */
function withoutEnding(key: string, lookUp: (key: string) => string | undefined): string | undefined {
  for (const ending of ENDINGS) {
    if (!key.endsWith(ending) || key.length - ending.length < 3) continue
    const stem = key.slice(0, -ending.length)
    const found = lookUp(stem) ?? (ending === 'nya' ? lookUp(`${stem}n`) : undefined)
    if (found !== undefined) return found
  }
  return undefined
}

/** The same vocabulary without any repair. */
export const unrepaired = (lexicon: Lexicon): Lexicon => ({
  ...lexicon,
  find: lexicon.listed,
  repaired: () => undefined,
})

/** Everyday function words, negations and fillers, shared by all readers. */
export const common = makeLexicon(words.spellings)

const set = (list: readonly string[]): ReadonlySet<string> =>
  new Set(list.map(word => common.listed(word) ?? squeeze(word)))

/** Particles and forms of address: they carry no meaning in any answer. */
export const PARTICLES = set(words.particles)
/** Greetings, thanks and politeness around an answer. */
export const POLITE = set(words.polite)
/** "saya", "mau", "yang", "untuk": carry no meaning in a date, a time, an amount or a command. */
export const FILLERS = set(words.fillers)
export const NEGATIONS = set(words.negations)
