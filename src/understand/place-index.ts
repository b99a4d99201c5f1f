import outside from './data/outside.json' with { type: 'json' }
import { allRegions, areas } from './regions.ts'
import { squeeze } from './spelling.ts'
import { tokenise, type Token } from './tokens.ts'

/** Short and older spellings inside place names. */
const SPELLINGS: Record<string, string> = {
  kp: 'kampung', kpg: 'kampung', kmp: 'kampung', kampong: 'kampung', kb: 'kebon', kbn: 'kebon', kebun: 'kebon',
  pd: 'pondok', pdk: 'pondok', pndok: 'pondok', psr: 'pasar', ps: 'pasar', tj: 'tanjung', tjg: 'tanjung', tg: 'tanjung',
  tjung: 'tanjung', gn: 'gunung', gng: 'gunung', gnung: 'gunung', klp: 'kelapa', brt: 'barat', tmr: 'timur',
  tim: 'timur', utr: 'utara', sel: 'selatan', slt: 'selatan', pst: 'pusat', bsr: 'besar', br: 'baru', bru: 'baru', dlm: 'dalam',
  keramat: 'kramat', durian: 'duren', mgg: 'minggu', mggu: 'minggu', tmn: 'taman', swh: 'sawah', lm: 'lama', lma: 'lama',
  rebu: 'rebo', kby: 'kebayoran', keb: 'kebayoran', cip: 'cipinang', jkt: 'jakarta', jakart: 'jakarta', jkrt: 'jakarta', jak: 'jakarta',
  jbt: 'jembatan', kep: 'kepulauan', kab: 'kabupaten', dki: 'jakarta', north: 'utara', south: 'selatan', east: 'timur', west: 'barat',
  central: 'pusat', wtn: 'wetan', kpk: 'kapuk', mpg: 'mampang', tnh: 'tanah', tn: 'tanah', cmpaka: 'cempaka', sukabumy: 'sukabumi',
} // prettier-ignore
const standard = new Map(Object.entries(SPELLINGS).map(([spelling, word]) => [squeeze(spelling), word]))
const DIGITS = ['nol', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']

export interface Entry {
  /** Region code, or undefined for a place outside Jakarta. */
  code?: string
  /** An area that only suggests its kecamatan. */
  area?: boolean
  /** Everyday word or a single direction ("barat"): counts only as the whole answer. */
  whole?: boolean
}

const EMPTY = { find: () => undefined, listed: () => undefined, repaired: () => undefined }

/** A word of a place name in its standard spelling; digits as words ("Mangga 2" is Mangga Dua). */
export function placeWord(token: Token): string {
  if (token.kind === 'number') return DIGITS[Number(token.text)] ?? token.text
  return squeeze(standard.get(token.text) ?? token.text)
}

export const placeTokens = (text: string): Token[] => tokenise(text, EMPTY)
const keyOf = (name: string): string =>
  squeeze(
    placeTokens(name)
      .filter(token => token.kind !== 'sign')
      .map(placeWord)
      .join(''),
  )

/** Every spelling, words run together, with what it may mean. */
export const index = new Map<string, Entry[]>()
/** Standard names only, by key: what a typing mistake is compared with. */
export const names = new Map<string, Entry[]>()
/** Standard names as words, to find names that a typed word is part of. */
export const nameWords: { words: string[]; code: string }[] = []

function add(name: string, entry: Entry, isName: boolean): void {
  const key = keyOf(name)
  for (const map of isName ? [index, names] : [index]) {
    const entries = map.get(key) ?? []
    if (!entries.some(known => known.code === entry.code)) map.set(key, [...entries, entry])
  }
}

const DIRECTIONS = new Set(['barat', 'timur', 'utara', 'selatan', 'pusat', 'jp', 'js', 'kg'])

for (const region of allRegions()) {
  const entry: Entry = region.everyday === true ? { code: region.code, whole: true } : { code: region.code }
  add(region.name, entry, true)
  nameWords.push({ words: placeTokens(region.name).map(placeWord), code: region.code })
  for (const other of region.also)
    add(other, DIRECTIONS.has(other) ? { ...entry, whole: true } : entry, false)
}
for (const area of areas())
  if (!index.has(keyOf(area.name))) add(area.name, { code: area.kecamatan, area: true }, true)
for (const group of outside.places)
  for (const name of group) if (!index.has(keyOf(name))) add(name, {}, name.length > 4)

/** Names that exist outside Jakarta too although a longer name in Jakarta starts with them. */
export const isOutside = (entries: readonly Entry[]): boolean =>
  entries.length > 0 && entries.every(entry => entry.code === undefined)

/** What a text may name as a whole. */
export const entriesOf = (text: string): readonly Entry[] => index.get(keyOf(text)) ?? []
