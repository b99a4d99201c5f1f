import { WEEKDAYS } from './calendar-words.ts'
import { PARTS, type ClockMark, type DayPart, type Production, type Spell } from './marks.ts'
import { wordAt } from './scan-common.ts'
import type { Token } from './tokens.ts'

const SPELLS: Record<string, Spell> = {
  pagi: 'pagi', siang: 'siang', sore: 'sore', malam: 'malam', subuh: 'subuh', am: 'am', pm: 'pm',
} // prettier-ignore

/** A part of the day right after an hour ("jam 7 malam"), unless it is the eve of a weekday ("malam minggu"). */
export function spellAt(tokens: readonly Token[], at: number): { spell: Spell; next: number } | undefined {
  let from = at
  while (
    ['di', 'waktu', 'wib'].includes(wordAt(tokens, from)) ||
    (wordAt(tokens, from) === 'hari' && wordAt(tokens, from + 1) in SPELLS)
  )
    from++
  const spell = SPELLS[wordAt(tokens, from)]
  const after = wordAt(tokens, from + 1)
  if (spell === undefined || (spell === 'malam' && (after in WEEKDAYS || after === 'minggu')))
    return undefined
  return { spell, next: spell === 'subuh' && after === 'hari' ? from + 2 : from + 1 }
}

interface Details {
  literal: boolean
  about: boolean
  spell: { spell: Spell } | undefined
}

export function finish(minute: number, details: Details, next: number): Production {
  const { literal, about, spell } = details
  const mark: ClockMark = {
    is: 'clock',
    minute: ((minute % 1440) + 1440) % 1440,
    literal,
    about,
    ...(spell === undefined ? {} : { part: spell.spell }),
  }
  return { marks: [mark], next }
}

export const bad = (next: number): Production => ({ marks: [{ is: 'bad_clock' }], next })

/** Prayer times and breaks as parts of the day: [after or at, before]. */
const ANCHORS: Record<string, readonly [DayPart, DayPart]> = {
  subuh: ['morning', 'morning'],
  zuhur: ['midday', 'morning'],
  jumatan: ['midday', 'morning'],
  istirahat: ['midday', 'morning'],
  asar: ['afternoon', 'midday'],
  magrib: ['evening', 'afternoon'],
  isya: ['evening', 'evening'],
}

/** "abis zuhur", "sebelum jumatan", "jam istirahat", "habis makan siang", "salat asar". */
export function prayerAt(tokens: readonly Token[], at: number): Production | undefined {
  let from = at
  let before = false
  while (['habis', 'sebelum', 'salat', 'jam', 'waktu'].includes(wordAt(tokens, from))) {
    before ||= wordAt(tokens, from) === 'sebelum'
    from++
  }
  const meal = wordAt(tokens, from) === 'makan'
  const word = meal
    ? 'istirahat'
    : wordAt(tokens, from) === 'jumat' && wordAt(tokens, from - 1) === 'salat' && from > at
      ? 'jumatan'
      : wordAt(tokens, from)
  const anchor = ANCHORS[word]
  if (anchor === undefined || (word === 'subuh' && from === at)) return undefined
  const next = meal && wordAt(tokens, from + 1) === 'siang' ? from + 2 : from + 1
  return { marks: [{ is: 'part', part: anchor[before ? 1 : 0] }], next }
}

export function partAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  if (word === 'midnight') return finish(0, { literal: true, about: false, spell: undefined }, at + 1)
  if (word === 'tengah' && wordAt(tokens, at + 1) === 'malam')
    return finish(0, { literal: true, about: false, spell: undefined }, at + 2)
  if (word === 'tengah' && wordAt(tokens, at + 1) === 'hari')
    return { marks: [{ is: 'part', part: 'midday' }], next: at + 2 }
  const part = PARTS[word]
  const spell = SPELLS[word]
  if (part === undefined || spell === undefined) return undefined
  const next = word === 'subuh' && wordAt(tokens, at + 1) === 'hari' ? at + 2 : at + 1
  return { marks: [{ is: 'part', part, spell }], next }
}
