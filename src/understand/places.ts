import { index, isOutside, placeTokens, placeWord, type Entry } from './place-index.ts'
import { byNearMiss, byPart, choose, narrow, startingWith, telling, type Reader } from './place-narrow.ts'
import { BUSINESS, NEGATIVE, QUIET, STREET, withoutAddress } from './place-words.ts'
import { placeOf, type Place } from './regions.ts'
import { squeeze } from './spelling.ts'
import { isTooLong, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'

const LONGEST_NAME = 5

interface Match {
  at: number
  end: number
  entries: Entry[]
  /** Named as a street, or repaired: to be confirmed. */
  weak: boolean
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
  if (inside.length === 0) return outsideOrPart(reader, matches)
  const away = inside.length < matches.length
  if (away && !reader.words.some(word => BUSINESS.has(word))) return none('outside')
  const strong = inside.filter(match => !match.weak)
  const used = strong.length > 0 ? strong : inside
  const { groups, widened } = groupsOf(reader, used, matches)
  const [code, ...others] = narrow(groups, reader)
  if (code === undefined || others.length > 0) return choose(code === undefined ? [] : [code, ...others])
  const found = settle(reader, code, used, widened)
  const doubtful = away || widened || strong.length === 0
  return doubtful && found.kind === 'value' ? approximate(found.value) : found
}

/** One code that fits everything: still a question when it has look-alikes or is not of the level that was named. */
function settle(reader: Reader, code: string, used: readonly Match[], widened: boolean): Reading<Place> {
  const lookAlikes = used.length === 1 && !widened ? lookAlikesOf(code, reader, used[0]) : []
  if (lookAlikes.length > 0) return choose([code, ...lookAlikes])
  if (reader.level === 'kelurahan' && code.length === 8) return kelurahanIn(code, reader)
  return (isVague(code, used) && !inContext(code, reader) ? approximate : value)(placeOf(code))
}

/** Known only as an area ("blok m") or as an everyday word ("baru"). */
const isVague = (code: string, used: readonly Match[]): boolean =>
  code.length > 5 &&
  used.some(match => match.entries.some(entry => (entry.area ?? entry.whole) === true && entry.code === code))

/** "kelurahan tebet": there is none of that name, only two that begin with it. */
function kelurahanIn(code: string, reader: Reader): Reading<Place> {
  const longer = startingWith(telling(reader).filter(word => word !== 'kelurahan')).filter(other =>
    other.startsWith(code),
  )
  return longer.length > 0 ? choose(longer) : approximate(placeOf(code))
}

/** Two places, not one inside the other. */
const JOINTS = new Set(['atau', 'ato', 'dan', 'or', 'and'])

const isInside = (groups: readonly string[][]): boolean =>
  groups.flat().some(code => groups.every(group => group.some(other => code.startsWith(other))))

/**
 * What each match may mean, and what the words that no match took may begin ("gandaria jaksel"). Names that only begin
 * with what was typed count when nothing else fits together ("kapuk penjaringan").
 */
function groupsOf(
  reader: Reader,
  used: readonly Match[],
  matches: readonly Match[],
): { groups: string[][]; widened: boolean } {
  const exact = used.map(codesOf)
  const left = reader.words.filter(
    (word, at) => !QUIET.has(word) && !matches.some(match => at >= match.at && at < match.end),
  )
  const isStreetLeft = reader.words.some(word => STREET.has(word))
  const separate = reader.breaks.size > 0 || left.some(word => JOINTS.has(word))
  const begun = left.length === 0 || separate ? [] : startingWith(left)
  if (begun.length > 0 && isInside([...exact, begun])) return { groups: [...exact, begun], widened: true }
  const wide = used.map(match => [
    ...codesOf(match),
    ...startingWith(reader.words.slice(match.at, match.end)),
  ])
  if (!separate && used.length > 1 && !isInside(exact) && isInside(wide))
    return { groups: wide, widened: true }
  return { groups: exact, widened: left.length > 0 && !isStreetLeft }
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

/** Names of other kecamatan that start with the whole answer: "grogol" is also the start of Grogol Utara in Jaksel. */
function lookAlikesOf(code: string, reader: Reader, match: Match | undefined): string[] {
  if (match === undefined || code.length <= 8 || reader.level !== undefined || inContext(code, reader))
    return []
  const typed = reader.words.slice(match.at, match.end)
  const longer = startingWith(typed).filter(other => !other.startsWith(code.slice(0, 8)))
  const here = reader.context.kota
  return here === undefined ? longer : longer.filter(other => other.startsWith(here))
}
