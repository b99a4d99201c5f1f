import spoken from '../data/faq.json' with { type: 'json' }
import outside from '../data/outside.json' with { type: 'json' }
import { ledgerLexicon } from '../ledger/vocabulary.ts'
import { makeLexicon, PARTICLES, POLITE } from '../lexicon.ts'
import { squeeze } from '../spelling.ts'
import { tokenise } from '../tokens.ts'

/** Abbreviations that a lexicon would take for something else. */
const KEPT = new Set(['hpp', 'kbli', 'oss', 'bep'])
const lexicon = makeLexicon(spoken.spellings, ledgerLexicon)
const wordIn = (text: string): string => tokenise(text, lexicon)[0]?.word ?? ''
/**
 * One stands for all: a keyword that names Bekasi holds for every town outside Jakarta, one that names crisps for all packed
 * food.
 */
const EXAMPLES: ReadonlyMap<string, string> = new Map([
  ...outside.places.flat().flatMap(name => (name.includes(' ') || name.length < 4 ? [] : [[squeeze(name), 'bekasi'] as const])), // prettier-ignore
  ...spoken.foods.map(food => [squeeze(food), 'keripik'] as const),
])

/** A word that is right as it stands: it is no misspelling of another. */
export const isKnown = (word: string): boolean => lexicon.listed(word) !== undefined

/** Words that say little by themselves ("cara", "bikin"). */
export const SMALL_WORDS: ReadonlySet<string> = new Set(spoken.small.map(standard))
/** Words that decide by themselves ("calo", "iumk"). */
export const STRONG: ReadonlySet<string> = new Set(spoken.strong.map(standard))
/** Words that find their entry, but yield to any other subject ("okoce", "modal"). */
export const GENERAL: ReadonlySet<string> = new Set(spoken.general.map(standard))

/** Words in standard spelling; "ok oce" is one word, "nib-nya" and "p-irt" lose their dashes, "pas 3" is a step. */
export function fold(text: string): string[] {
  const joined = text
    .toLowerCase()
    .replace(/(?<!\p{L})(?:\p{L}\.){2,}\p{L}?(?!\p{L})/gu, letters => letters.replaceAll('.', ''))
    .replace(/\bo+k+e*h* ?-?o+ce+\b/g, 'okoce')
    .replace(/\bp[ -]?irt\b/g, 'pirt')
    .replace(/\bspp?-?(?:p-?)?irt\b/g, 'pirt')
    .replace(/\bak ?- ?1\b/g, 'ak1')
    .replace(/\bp(?:as)? ?(?:ke[ -]?)?([1-7])\b/g, 'p$1')
  return joined
    .replace(/(\d)(\p{L})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}%]+/u)
    .filter(word => word !== '')
    .map(standard)
    .filter(
      word =>
        word !== '' && (word === 'kasih' || !POLITE.has(word)) && !(PARTICLES.has(word) && word.length < 5),
    )
}

/** Words of letters get their standard spelling; "ak1", "p7" and numbers stay as they are; "cair2" is "cair-cair". */
function standard(typed: string): string {
  const word = typed.replace(/^(\p{L}{3,})2$/u, '$1').replace(/^(hpp|nib|kur|oss)nya$/, '$1')
  if (/\d/.test(word) || KEPT.has(word)) return word
  if (word === '%') return 'persen'
  const found = EXAMPLES.get(squeeze(word)) ?? wordIn(word)
  return EXAMPLES.get(found) ?? found
}
