import { isOutside, names, nameWords, type Entry } from './place-index.ts'
import { QUIET } from './place-words.ts'
import { placeOf, type Place } from './regions.ts'
import { nearMiss, squeeze } from './spelling.ts'
import { approximate, ask, none, type Reading } from './types.ts'

/** More look-alikes than a list can show: only the person can say. */
const MOST_CANDIDATES = 9

export interface Reader {
  words: string[]
  /** Places in `words` that a comma or a new line stands before: no name goes across. */
  breaks: ReadonlySet<number>
  level?: Place['level']
  context: { kota?: string; kecamatan?: string }
}

/**
 * The codes that fit everything said: one name inside the other ("cideng, gambir"), the level that was named, then the
 * context. A kelurahan of the same name as its own kecamatan is that kecamatan, unless kelurahan are being asked.
 */
export function narrow(groups: readonly string[][], reader: Reader): string[] {
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

export const telling = (reader: Reader): string[] => reader.words.filter(word => !QUIET.has(word))

export const startingWith = (typed: readonly string[]): string[] =>
  nameWords
    .filter(({ words: full }) => full.length > typed.length && typed.every((word, at) => full[at] === word))
    .map(({ code }) => code)

export function choose(codes: readonly string[]): Reading<Place> {
  const distinct = withoutOwnKelurahan([...new Set(codes)])
  return ask(distinct.length > MOST_CANDIDATES ? [] : distinct.map(placeOf), 'ambiguous')
}

/** Part of one or more names ("prapatan", "kebon"): one name → to confirm, several → ask. */
export function byPart(reader: Reader): Reading<Place> | undefined {
  const typed = telling(reader)
  const holding = nameWords
    .filter(({ words: full }) => typed.every(word => full.includes(word)))
    .map(({ code }) => code)
  const codes = narrow([holding], reader)
  if (codes.length === 0) return undefined
  return codes.length === 1 ? approximate(placeOf(codes[0] ?? '')) : choose(codes)
}

/** A typing mistake in a name, tried on every run of words; the nearest names win, ties are asked. */
export function byNearMiss(reader: Reader): Reading<Place> {
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
