import { index, isOutside, names, nameWords, placeTokens, placeWord, type Entry } from './place-index.ts'
import { placeOf, type Place } from './regions.ts'
import { nearMiss, squeeze } from './spelling.ts'
import { isTooLong, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'
import { BUSINESS, NEGATIVE, QUIET, STREET, withoutAddress } from './place-words.ts'

const LONGEST_NAME = 5

/** More look-alikes than a list can show: only the person can say. */
const MOST_CANDIDATES = 9

interface Match {
  at: number
  end: number
  entries: Entry[]
  /** Named as a street, or repaired: to be confirmed. */
  weak: boolean
}

interface Reader {
  words: string[]
  /** Places in `words` that a comma or a new line stands before: no name goes across. */
  breaks: ReadonlySet<number>
  level?: Place['level']
  context: { kota?: string; kecamatan?: string }
}

/**
 * Reads a place of Jakarta: kota, kecamatan or kelurahan, in its official or everyday spelling, with or without RT/RW,
 * street and "saya tinggal di" around it. What is typed in one message narrows itself ("jatinegara cakung"); `context`
 * is what earlier answers settled. Names that other places share or begin with are asked, areas and repaired spellings
 * are `approximate`. Source of names: see `data/regions.json`.
 * Reasons for `ask`: `ambiguous`; for `none`: `unread`, `too_long`, `outside` (not in Jakarta), `negated`.
 */
export function readPlace(text: string, context: { kota?: string; kecamatan?: string } = {}): Reading<Place> {
  if (isTooLong(text)) return none('too_long')
  const reader: Reader = { ...partsOf(withoutAddress(placeTokens(text))), context }
  const level = namedLevel(reader.words)
  if (level !== undefined) reader.level = level
  const matches = findMatches(reader)
  if (reader.words.some(word => NEGATIVE.has(word)))
    return none(
      matches.some(match => isOutside(match.entries)) || reader.words.includes('jakarta')
        ? 'outside'
        : 'negated',
    )
  if (matches.length > 0) return conclude(reader, matches)
  if (telling(reader).length === 0) return onlyJakarta(reader)
  return byPart(reader) ?? byNearMiss(reader)
}

function partsOf(tokens: readonly Token[]): { words: string[]; breaks: ReadonlySet<number> } {
  const words: string[] = []
  const breaks = new Set<number>()
  for (const token of tokens) {
    if (token.kind === 'word' || token.kind === 'number') words.push(placeWord(token))
    else if ([',', ';', '\n'].includes(token.text)) breaks.add(words.length)
  }
  return { words, breaks }
}

/** "jakarta" alone names no part of it. */
const onlyJakarta = (reader: Reader): Reading<Place> =>
  reader.words.includes('jakarta') ? ask([], 'ambiguous') : none('unread')

function namedLevel(words: readonly string[]): Place['level'] | undefined {
  if (words.includes('kelurahan') || words.includes('kel')) return 'kelurahan'
  if (words.includes('kecamatan') || words.includes('kec')) return 'kecamatan'
  return undefined
}

/** The longest known names first, never overlapping. */
function findMatches(reader: Reader): Match[] {
  const matches: Match[] = []
  const count = reader.words.length
  for (let length = Math.min(LONGEST_NAME, count); length > 0; length--) {
    for (let at = 0; at + length <= count; at++) {
      if (matches.some(match => at < match.end && at + length > match.at)) continue
      const entries = entriesAt(reader, at, length)
      if (entries.length > 0) matches.push({ at, end: at + length, entries, weak: isStreet(reader, at) })
    }
  }
  return withoutEveryday(reader, matches).sort((left, right) => left.at - right.at)
}

function entriesAt(reader: Reader, at: number, length: number): Entry[] {
  const own = reader.words.slice(at, at + length)
  const crosses = own.some((_, offset) => offset > 0 && reader.breaks.has(at + offset))
  if (crosses || own.every(word => QUIET.has(word))) return []
  return index.get(squeeze(own.join(''))) ?? []
}

/** "barat" and "baru" count as places only when nothing but places is said. */
function withoutEveryday(reader: Reader, matches: readonly Match[]): Match[] {
  const covered = (at: number): boolean => matches.some(match => at >= match.at && at < match.end)
  if (reader.words.every((word, at) => covered(at) || QUIET.has(word))) return [...matches]
  return matches
    .map(match => ({ ...match, entries: match.entries.filter(entry => entry.whole !== true) }))
    .filter(match => match.entries.length > 0)
}

const isStreet = (reader: Reader, at: number): boolean => STREET.has(reader.words[at - 1] ?? '')

const codesOf = (match: Match): string[] =>
  match.entries.flatMap(entry => (entry.code === undefined ? [] : [entry.code]))

function conclude(reader: Reader, matches: readonly Match[]): Reading<Place> {
  const inside = matches.filter(match => !isOutside(match.entries))
  const away = inside.length < matches.length
  if (inside.length === 0) return outsideOrPart(reader, matches)
  if (away && !reader.words.some(word => BUSINESS.has(word))) return none('outside')
  const strong = inside.filter(match => !match.weak)
  const used = strong.length > 0 ? strong : inside
  const codes = narrow(used.map(codesOf), reader)
  if (codes.length !== 1) return choose(codes)
  const code = codes[0] ?? ''
  const lookAlikes = used.length === 1 ? lookAlikesOf(code, reader, used[0]) : []
  if (lookAlikes.length > 0) return choose([code, ...lookAlikes])
  const unsure =
    away ||
    strong.length === 0 ||
    used.some(match =>
      match.entries.some(
        entry => (entry.area ?? entry.whole) === true && entry.code === code && code.length > 5,
      ),
    )
  return (unsure && !inContext(code, reader) ? approximate : value)(placeOf(code))
}

/** "sukabumi" is a city elsewhere and the start of two kelurahan here: the person says which. */
function outsideOrPart(reader: Reader, matches: readonly Match[]): Reading<Place> {
  const match = matches[0]
  if (matches.length !== 1 || match === undefined) return none('outside')
  const longer = startingWith(reader.words.slice(match.at, match.end))
  return longer.length > 0 && telling(reader).length === match.end - match.at
    ? choose(longer)
    : none('outside')
}

const inContext = (code: string, { context }: Reader): boolean => {
  const settled = context.kecamatan ?? context.kota
  return settled !== undefined && code.startsWith(settled)
}

/**
 * The codes that fit everything said: one name inside the other ("cideng, gambir"), the level that was named, then the
 * context. A kelurahan of the same name as its own kecamatan is that kecamatan, unless kelurahan are being asked.
 */
function narrow(groups: readonly string[][], reader: Reader): string[] {
  const all = [...new Set(groups.flat())]
  const inside = all.filter(code => groups.every(group => group.some(other => code.startsWith(other))))
  let codes = inside.length > 0 ? inside : all
  codes = preferred(codes, code => reader.level !== undefined && placeOf(code).level === reader.level)
  codes = preferred(
    codes,
    code => reader.context.kecamatan !== undefined && code.startsWith(`${reader.context.kecamatan}.`),
  )
  codes = preferred(codes, code => reader.context.kota !== undefined && code.startsWith(reader.context.kota))
  return withoutOwnKelurahan(codes)
}

const withoutOwnKelurahan = (codes: readonly string[]): string[] =>
  codes.filter(code => code.length <= 8 || !codes.includes(code.slice(0, 8)))

function preferred(codes: string[], fits: (code: string) => boolean): string[] {
  const some = codes.filter(fits)
  return some.length > 0 ? some : codes
}

const telling = (reader: Reader): string[] => reader.words.filter(word => !QUIET.has(word))

/** Names of other kecamatan that start with the whole answer: "grogol" is also the start of Grogol Utara in Jaksel. */
function lookAlikesOf(code: string, reader: Reader, match: Match | undefined): string[] {
  if (match === undefined || code.length <= 8 || reader.level !== undefined || inContext(code, reader))
    return []
  const typed = reader.words.slice(match.at, match.end)
  const longer = startingWith(typed).filter(other => !other.startsWith(code.slice(0, 8)))
  const here = reader.context.kota
  return here === undefined ? longer : longer.filter(other => other.startsWith(here))
}

const startingWith = (typed: readonly string[]): string[] =>
  nameWords
    .filter(({ words: full }) => full.length > typed.length && typed.every((word, at) => full[at] === word))
    .map(({ code }) => code)

function choose(codes: readonly string[]): Reading<Place> {
  const distinct = withoutOwnKelurahan([...new Set(codes)])
  return ask(distinct.length > MOST_CANDIDATES ? [] : distinct.map(placeOf), 'ambiguous')
}

/** Part of one or more names ("prapatan", "kebon"): one name → to confirm, several → ask. */
function byPart(reader: Reader): Reading<Place> | undefined {
  const typed = telling(reader)
  const holding = nameWords
    .filter(({ words: full }) => typed.every(word => full.includes(word)))
    .map(({ code }) => code)
  const codes = narrow([holding], reader)
  if (codes.length === 0) return undefined
  return codes.length === 1 ? approximate(placeOf(codes[0] ?? '')) : choose(codes)
}

/** A typing mistake in a name, tried on every run of words; the nearest names win, ties are asked. */
function byNearMiss(reader: Reader): Reading<Place> {
  const typed = telling(reader)
  if (typed.length > 8) return none('unread')
  let best = Infinity
  let found: Entry[] = []
  for (let length = Math.min(4, typed.length); length > 0; length--) {
    for (let at = 0; at + length <= typed.length; at++) {
      const near = nearest(squeeze(typed.slice(at, at + length).join('')), best)
      if (near === undefined) continue
      found = near.apart < best ? near.entries : [...found, ...near.entries]
      best = near.apart
    }
  }
  if (found.length === 0) return none('unread')
  if (isOutside(found)) return none('outside')
  const codes = narrow([found.flatMap(entry => entry.code ?? [])], reader)
  return codes.length === 1 ? approximate(placeOf(codes[0] ?? '')) : choose(codes)
}

function nearest(typed: string, limit: number): { apart: number; entries: Entry[] } | undefined {
  let best = limit
  let entries: Entry[] = []
  for (const [name, meant] of names) {
    if (Math.abs(name.length - typed.length) > 2) continue
    const apart = nearMiss(typed, name)
    if (apart === undefined || apart > best) continue
    entries = apart < best ? [...meant] : [...entries, ...meant]
    best = apart
  }
  return entries.length > 0 ? { apart: best, entries } : undefined
}
