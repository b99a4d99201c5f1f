import data from './data/money.json' with { type: 'json' }
import { common, FILLERS, makeLexicon, PARTICLES, POLITE } from './lexicon.ts'
import { NUMBER_SPELLINGS } from './number-words.ts'
import { squeeze } from './spelling.ts'
import { saidOnce, tokenise, untilWritten, type Token } from './tokens.ts'

export const slang = new Map<string, readonly number[]>(
  Object.entries(data.slang).map(([word, amounts]) => [squeeze(word), amounts]),
)

const lexicon = makeLexicon(
  {
    ...NUMBER_SPELLINGS,
    ...Object.fromEntries(Object.keys(data.slang).map(word => [word, []])),
    ...data.spellings,
    seratus: ['sratus'],
  },
  common,
)

/** The words of `text` one by one, as other readings of it count them. */
export const alignedMoney = (text: string): Token[] => tokenise(text, lexicon)

export const moneyTokens = (text: string): Token[] => saidOnce(tokenise(untilWritten(text), lexicon))

/** Words that carry no meaning beside an amount. */
export const MONEY_QUIET: ReadonlySet<string> = new Set([
  ...PARTICLES,
  ...POLITE,
  ...FILLERS,
  ...data.fillers.map(word => lexicon.find(word) ?? squeeze(word)),
  'rupiah',
  'banyak',
  'sedikit',
  'lebih',
])
