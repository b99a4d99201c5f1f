import data from './data/needs.json' with { type: 'json' }
import { common, makeLexicon, NEGATIONS, PARTICLES, POLITE } from './lexicon.ts'
import { cardinal } from './number-words.ts'
import { nearMiss } from './spelling.ts'
import { contentWords, isTooLong, tokenise, type Token } from './tokens.ts'
import { PART, Said } from './said.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'

export type Need = 'cari_kerja' | 'mulai_usaha' | 'naik_kelas'

/** In the order of the list on screen, where 1, 2 and 3 mean them. */
const NEEDS: readonly Need[] = ['cari_kerja', 'mulai_usaha', 'naik_kelas']

const lexicon = makeLexicon(data.spellings, common)
const BUSINESS = new Set(['usaha', 'jualan', 'warung', 'produk'])
const PASSED = new Set([
  ...PARTICLES,
  ...POLITE,
  'saya',
  'kami',
  'yang',
  'itu',
  'ini',
  'lagi',
  'juga',
  'di',
  'ke',
  'untuk',
  'a',
  'the',
  'my',
  'nomor',
  'pilihan',
  'no',
])

/**
 * Reads which of the three needs a person means: the number on the list, or what they say of work and business.
 * A goal they have already ("sudah kerja, mau usaha") or deny ("bukan cari kerja") is not one. Two goals → `ask`, and so
 * is a business without a word on whether it exists ("jualan nasi uduk"). Reasons: `two`, `which`, `unread`, `too_long`,
 * `out_of_range`.
 */
export function readNeed(text: string): Reading<Need> {
  if (isTooLong(text)) return none('too_long')
  const all = contentWords(denialsFirst(tokenise(text, lexicon)))
  const parts = all.filter(token => !PASSED.has(token.word))
  const words = parts.filter(token => token.word !== PART)
  const numbered = byNumber(words)
  if (numbered !== undefined) return numbered
  const said = new Said(
    parts.map(token => token.word),
    isOwnBusiness(all),
  )
  const goals = said.has(BUSINESS) && !worksInShop(said) ? withBusiness(said) : withoutBusiness(said)
  const [only] = goals
  if (only === undefined) return byNearMiss(words)
  if (goals.length > 1) return ask(goals, goals.includes('cari_kerja') ? 'two' : 'which')
  return value(only)
}

const ENDS = new Set([',', '.', ';', '!', '\n'])

/**
 * "cari kerja enggak, …", "mulai usaha? belum", "kerja udah": what a part ends with is put before what it is said of.
 * Between two parts stands a word of its own, which no denial reaches across.
 */
function denialsFirst(tokens: readonly Token[]): Token[] {
  const parts: Token[][] = [[]]
  for (const token of tokens) {
    if (ENDS.has(token.word)) parts.push([{ ...token, kind: 'word', word: PART }])
    else if (token.word === 'tapi') parts.push([token])
    else parts.at(-1)?.push(token)
  }
  return parts.flatMap((part, at) => {
    const last = part.findLast(({ kind, word }) => kind === 'word' && !PASSED.has(word))
    const own = last && (NEGATIONS.has(last.word) || last.word === 'sudah')
    if (!own || part.some(each => each !== last && NEGATIONS.has(each.word))) return part
    const others = part.filter(each => each !== last)
    return at === 0 ? [last, ...others] : [...others.slice(0, 1), last, ...others.slice(1)]
  })
}

function byNumber(words: readonly Token[]): Reading<Need> | undefined {
  const [first] = words
  const numbers = words.filter(token => token.word !== 'dan' && token.word !== 'sama')
  const listed =
    numbers.length > 1 &&
    numbers.every(token => token.kind === 'number' && NEEDS[Number(token.text) - 1] !== undefined)
  if (listed) return ask([...new Set(numbers.flatMap(token => NEEDS[Number(token.text) - 1] ?? []))], 'two')
  if (words.length <= 2 && ALL.has(words.at(-1)?.word ?? '')) return ask([...NEEDS], 'two')
  if (words.length !== 1 || first === undefined) return undefined
  const number = first.kind === 'number' ? Number(first.text) : (ORDINAL[first.text] ?? cardinal(first.text))
  if (number === undefined) return undefined
  const need = NEEDS[number - 1]
  return need === undefined ? none('out_of_range') : value(need)
}
const ALL = new Set(['semua', 'ketiganya', 'keduanya', 'duanya'])
const ORDINAL: Record<string, number> = { pertama: 1, kedua: 2, ketiga: 3, terakhir: 3 }

/** "usaha saya", "toko kami". */
const isOwnBusiness = (all: readonly Token[]): boolean =>
  all.some((token, at) => BUSINESS.has(token.word) && ['saya', 'kami'].includes(all[at + 1]?.word ?? ''))

const WORK = new Set(['kerja'])
const WISH = new Set(['mau', 'cari'])
/** Where one may work for somebody: "kerja di toko". */
const SHOP = new Set(['warung'])
const FUNDS = new Set(['modal', 'omzet', 'cabang'])

const wantsWork = (said: Said): boolean =>
  said.lostWork() || said.wishesJob() || (said.has(WORK) && !said.employed())

const worksInShop = (said: Said): boolean =>
  said.pair(WORK, SHOP) && wantsWork(said) && !said.starts() && !said.grows() && !said.owns(false)

function withoutBusiness(said: Said): Need[] {
  if (wantsWork(said)) return ['cari_kerja']
  if (said.denies(BUSINESS)) return said.starts() ? ['mulai_usaha'] : ['cari_kerja', 'mulai_usaha']
  if (said.grows()) return ['naik_kelas']
  return said.has(FUNDS) && !said.has(WORK) ? ['mulai_usaha', 'naik_kelas'] : []
}

function withBusiness(said: Said): Need[] {
  const work: Need[] = wantsWork(said) ? ['cari_kerja'] : []
  const wishes = said.has(WISH)
  const starts = said.starts()
  const exists = said.grows() || said.owns(wishes || starts)
  const justStarted = !wishes && said.justStarted()
  if (justStarted || (said.has(FUNDS) && !starts && !exists)) return [...work, 'mulai_usaha', 'naik_kelas']
  if (exists) return [...work, 'naik_kelas']
  const intends = starts || wishes || work.length > 0
  if (!intends) return ['mulai_usaha', 'naik_kelas']
  return said.lostWork() && !said.has(WORK) ? ['mulai_usaha'] : [...work, 'mulai_usaha']
}

function byNearMiss(words: readonly Token[]): Reading<Need> {
  const typed = words.map(token => token.word).join('')
  const near = (['carikerja', 'mulaiusaha', 'naikelas', 'menganggur'] as const).map(meant =>
    nearMiss(typed, meant),
  )
  const at = near.findIndex(apart => apart !== undefined)
  if (at < 0) return none('unread')
  return approximate(NEEDS[at % 3] ?? 'cari_kerja')
}
