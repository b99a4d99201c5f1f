import data from './data/needs.json' with { type: 'json' }
import { common, makeLexicon, NEGATIONS, PARTICLES, POLITE } from './lexicon.ts'
import { cardinal } from './number-words.ts'
import { nearMiss } from './spelling.ts'
import { contentWords, isTooLong, tokenise, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'

export type Need = 'cari_kerja' | 'mulai_usaha' | 'naik_kelas'

/** In the order of the list on screen, where 1, 2 and 3 mean them. */
export const NEEDS: readonly Need[] = ['cari_kerja', 'mulai_usaha', 'naik_kelas']

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

/** What the message says, each fact once. */
interface Facts {
  work: boolean
  /** Has work ("sudah kerja"), so work is not what is wanted. */
  employed: boolean
  /** Has no work ("belum kerja", "kena phk"). */
  jobless: boolean
  business: boolean
  /** Capital, sales, branches: of a business, but which? */
  money: boolean
  wants: boolean
  starts: boolean
  owns: boolean
  /** "belum punya usaha". */
  ownsNot: boolean
  grows: boolean
  /** "baru mulai": just started, or wants to start? */
  justStarted: boolean
}

/**
 * Reads which of the three needs a person means: the number on the list, or what they say of work and business.
 * A goal they have already ("sudah kerja, mau usaha") or deny ("bukan cari kerja") is not one. Two goals → `ask`, and so
 * is a business without a word on whether it exists ("jualan nasi uduk"). Reasons: `two`, `which`, `unread`, `too_long`,
 * `out_of_range`.
 */
export function readNeed(text: string): Reading<Need> {
  if (isTooLong(text)) return none('too_long')
  const all = contentWords(tokenise(text, lexicon))
  const words = all.filter(token => !PASSED.has(token.word))
  const numbered = byNumber(words)
  if (numbered !== undefined) return numbered
  const facts = factsOf(words)
  if (!facts.wants && !facts.starts && isOwnBusiness(all)) facts.owns = true
  const goals = goalsOf(facts)
  const [only] = goals
  if (only === undefined) return byNearMiss(words)
  if (goals.length > 1) return ask(goals, facts.work || facts.ownsNot ? 'two' : 'which')
  return value(only)
}

function byNumber(words: readonly Token[]): Reading<Need> | undefined {
  const [first] = words
  const numbers = words.filter(token => token.word !== 'dan' && token.word !== 'sama')
  const listed =
    numbers.length > 1 &&
    numbers.every(token => token.kind === 'number' && NEEDS[Number(token.text) - 1] !== undefined)
  if (listed) return ask([...new Set(numbers.flatMap(token => NEEDS[Number(token.text) - 1] ?? []))], 'two')
  if (words.length !== 1 || first === undefined) return undefined
  if (ALL.has(first.word)) return ask([...NEEDS], 'two')
  const number = first.kind === 'number' ? Number(first.text) : (ORDINAL[first.text] ?? cardinal(first.text))
  if (number === undefined) return undefined
  const need = NEEDS[number - 1]
  return need === undefined ? none('out_of_range') : value(need)
}
const ALL = new Set(['semua', 'ketiganya', 'keduanya', 'duanya'])
const ORDINAL: Record<string, number> = { pertama: 1, kedua: 2, ketiga: 3 }

/** How many words a negation reaches: "belum punya usaha", "tidak lagi punya kerja". */
const REACH = 2

function factsOf(words: readonly Token[]): Facts {
  const said = words.map(token => token.word)
  const has = (word: string): boolean => said.includes(word)
  const denied = (at: number): boolean => {
    const reach = said[at] === 'mau' ? 1 : REACH
    for (let back = at - 1; back >= Math.max(0, at - reach); back--) {
      if (said[back] === 'tapi') return false
      if (said[back] === 'mau') return NEGATIONS.has(said[back - 1] ?? '')
      if (NEGATIONS.has(said[back] ?? '')) return true
    }
    return false
  }
  const positive = (list: ReadonlySet<string>): boolean =>
    said.some((word, at) => list.has(word) && !denied(at))
  const negative = (list: ReadonlySet<string>): boolean =>
    said.some((word, at) => list.has(word) && denied(at))
  const work = new Set(['kerja'])
  const endsWork = (has('habis') && has('kontrak')) || (has('lulus') && !BUSINESS.has(said.at(-1) ?? ''))
  const wants = positive(new Set(['mau', 'cari']))
  const ownsNot = negative(BUSINESS)
  return {
    work: positive(work),
    employed: saidAfter(said, 'kerja', new Set(['sudah', 'sambil', 'punya', 'jadi'])) || has('karyawan'),
    jobless: positive(new Set(['menganggur'])) || endsWork || (negative(work) && !deniesSearch(said)),
    business: positive(BUSINESS),
    money: positive(new Set(['modal', 'omzet', 'cabang'])) && !has('kerja'),
    wants,
    starts:
      positive(new Set(['mulai', 'buka', 'pemula', 'ide'])) ||
      follows(said, BUSINESS, 'baru') ||
      positive(new Set(['sambil'])),
    owns: !ownsNot && owning(said, wants, positive),
    ownsNot,
    grows:
      positive(new Set(['kembang', 'sepi', 'cabang', 'omzet'])) ||
      (has('naik') && has('kelas')) ||
      (has('cari') && has('karyawan')),
    justStarted: before(said, 'baru', new Set(['mulai', 'buka', 'jualan', 'usaha'])) && !wants,
  }
}

/** "usaha saya", "toko kami". */
const isOwnBusiness = (all: readonly Token[]): boolean =>
  all.some((token, at) => BUSINESS.has(token.word) && ['saya', 'kami'].includes(all[at + 1]?.word ?? ''))

/** "tidak mau kerja", "bukan cari kerja": says what is not wanted, not that there is no work. */
const deniesSearch = (said: readonly string[]): boolean => {
  const at = said.findIndex(word => NEGATIONS.has(word))
  return said[at] === 'bukan' || said[at + 1] === 'mau' || said[at + 1] === 'cari'
}

/** "udah jualan", "usaha saya", "jualan 2 tahun", "punya warung" (but not "mau punya warung"). */
function owning(
  said: readonly string[],
  wants: boolean,
  positive: (list: ReadonlySet<string>) => boolean,
): boolean {
  const already =
    said.some((word, at) => word === 'sudah' && !NEGATIONS.has(said[at + 1] ?? '')) &&
    said.some(word => BUSINESS.has(word))
  const lasting = said.some(
    (word, at) => /^\d+$/.test(word) && ['tahun', 'bulan'].includes(said[at + 1] ?? ''),
  )
  const has = positive(new Set(['punya'])) && !(wants && before(said, 'mau', new Set(['punya'])))
  return (
    (already && !saidAfter(said, 'kerja', new Set(['sudah']))) || lasting || has || said.includes('jalan')
  )
}

const saidAfter = (said: readonly string[], word: string, openers: ReadonlySet<string>): boolean =>
  said.some((each, at) => each === word && openers.has(said[at - 1] ?? ''))
const follows = (said: readonly string[], first: ReadonlySet<string>, second: string): boolean =>
  said.some((each, at) => each === second && first.has(said[at - 1] ?? ''))
const before = (said: readonly string[], first: string, second: ReadonlySet<string>): boolean =>
  said.some((each, at) => each === first && second.has(said[at + 1] ?? ''))

function goalsOf(facts: Facts): Need[] {
  const goals: Need[] = []
  if (facts.jobless || (facts.work && !facts.employed)) goals.push('cari_kerja')
  if (!facts.business) {
    if (facts.ownsNot && goals.length === 0) goals.push('cari_kerja', 'mulai_usaha')
    if (facts.grows && goals.length === 0) return ['naik_kelas']
    return facts.money && goals.length === 0 ? ['mulai_usaha', 'naik_kelas'] : goals
  }
  const funding = facts.money && !facts.starts && !facts.owns && !facts.grows
  if (facts.justStarted || funding) return [...goals, 'mulai_usaha', 'naik_kelas']
  if (facts.grows || facts.owns) return [...goals, 'naik_kelas']
  if (facts.jobless && !facts.work) return ['mulai_usaha']
  if (facts.starts || facts.wants || goals.length > 0) return [...goals, 'mulai_usaha']
  return ['mulai_usaha', 'naik_kelas']
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
