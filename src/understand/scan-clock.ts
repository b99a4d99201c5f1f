import { MONTHS, WEEKDAYS } from './calendar-words.ts'
import { PARTS, type ClockMark, type DayPart, type Mode, type Production, type Spell } from './marks.ts'
import { cardinal, integerAt, spokenAt, type Spoken } from './number-words.ts'
import type { Token } from './tokens.ts'

const MARKERS = new Set(['jam', 'pukul'])
const UNITS = new Set(['hari', 'minggu', 'pekan', 'bulan', 'tahun', 'kali', 'orang'])
const SPELLS: Record<string, Spell> = {
  pagi: 'pagi', siang: 'siang', sore: 'sore', malam: 'malam', subuh: 'subuh', am: 'am', pm: 'pm',
} // prettier-ignore

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''
const isNumber = (tokens: readonly Token[], at: number): boolean => tokens[at]?.kind === 'number'

interface Hour extends Spoken {
  /** Written as on a 24-hour clock ("14", "09.30", "1400"): no half of the day to find. */
  literal: boolean
  about: boolean
  minute: number | undefined
  marked: boolean
}

/** A clock time, a part of the day or "2 jam lagi" at a place, or nothing. */
export function clockAt(tokens: readonly Token[], at: number, mode: Mode): Production | undefined {
  return (
    aheadAt(tokens, at) ??
    beforeHourAt(tokens, at) ??
    hourAt(tokens, at, mode) ??
    prayerAt(tokens, at) ??
    partAt(tokens, at)
  )
}

/** "2 jam lagi", "setengah jam lagi", "30 menit lagi", "sejam lagi". */
function aheadAt(tokens: readonly Token[], at: number): Production | undefined {
  const half = wordAt(tokens, at) === 'setengah' && wordAt(tokens, at + 1) === 'jam'
  const hour = wordAt(tokens, at) === 'sejam'
  const number = half || hour ? undefined : integerAt(tokens, at, 600)
  const unit = number === undefined ? '' : wordAt(tokens, number.next)
  const minutes = half
    ? 30
    : hour
      ? 60
      : unit === 'jam'
        ? (number?.value ?? 0) * 60
        : unit === 'menit'
          ? (number?.value ?? 0)
          : undefined
  const next = half ? at + 2 : hour ? at + 1 : (number?.next ?? at) + 1
  if (minutes === undefined || wordAt(tokens, next) !== 'lagi') return undefined
  return { marks: [{ is: 'in', minutes }], next: next + 1 }
}

/** "kurang 15 menit jam 10", "seperempat lewat jam 9", "half past 9". */
function beforeHourAt(tokens: readonly Token[], at: number): Production | undefined {
  const first = signOf(tokens, at)
  const minutes = minutesAt(tokens, first === 0 ? at : at + 1)
  if (
    minutes === undefined ||
    (first === 0 && tokens[at]?.kind === 'number' && wordAt(tokens, minutes.next - 1) !== 'menit')
  )
    return undefined
  const sign = first === 0 ? signOf(tokens, minutes.next) : first
  let next = first === 0 ? minutes.next + 1 : minutes.next
  if (wordAt(tokens, next) === 'dari') next++
  const marked = MARKERS.has(wordAt(tokens, next))
  if (sign === 0 || (first !== 0 && !marked)) return undefined
  const hour = integerAt(tokens, marked ? next + 1 : next, 25)
  if (hour === undefined) return undefined
  const spell = spellAt(tokens, hour.next)
  return finish(
    hour.value * 60 + sign * minutes.value,
    { literal: hour.value > 12, about: false, spell },
    spell?.next ?? hour.next,
  )
}

function signOf(tokens: readonly Token[], at: number): -1 | 0 | 1 {
  const word = wordAt(tokens, at)
  if (word === 'kurang' || word === 'to') return -1
  return word === 'lewat' || word === 'lebih' ? 1 : 0
}

/** Minutes named in words or digits: "15", "15 menit", "seperempat", "tiga perempat", "setengah". */
function minutesAt(tokens: readonly Token[], at: number): Spoken | undefined {
  if (wordAt(tokens, at) === 'seperempat') return { value: 15, next: at + 1 }
  if (wordAt(tokens, at) === 'setengah') return { value: 30, next: at + 1 }
  if (wordAt(tokens, at) === 'tiga' && wordAt(tokens, at + 1) === 'seperempat')
    return { value: 45, next: at + 2 }
  const number = integerAt(tokens, at, 60)
  if (number === undefined) return undefined
  return wordAt(tokens, number.next) === 'menit' ? { value: number.value, next: number.next + 1 } : number
}

function hourAt(tokens: readonly Token[], at: number, mode: Mode): Production | undefined {
  const marked = MARKERS.has(wordAt(tokens, at))
  let from = at
  while (
    MARKERS.has(wordAt(tokens, from)) ||
    (from > at && ['sekitar', '.', ':'].includes(wordAt(tokens, from)))
  )
    from++
  const about = from > at && wordAt(tokens, from - 1) === 'sekitar'
  const half = halfAt(tokens, from)
  if (half !== undefined) return halfHour(tokens, half, about)
  const hour = readHour(tokens, from, marked)
  if (hour === undefined) return undefined
  if (!marked && UNITS.has(wordAt(tokens, hour.next))) return undefined
  return withTail(tokens, { ...hour, about: hour.about || about }, mode)
}

/** The place after "setengah" or "1/2" when an hour follows it. */
function halfAt(tokens: readonly Token[], at: number): number | undefined {
  const written =
    wordAt(tokens, at) === '1' && wordAt(tokens, at + 1) === '/' && wordAt(tokens, at + 2) === '2'
  const isHour = written && (isNumber(tokens, at + 3) || cardinal(wordAt(tokens, at + 3)) !== undefined)
  if (isHour) return at + 3
  return wordAt(tokens, at) === 'setengah' ? at + 1 : undefined
}

/** "setengah 3" is half an hour BEFORE three. */
function halfHour(tokens: readonly Token[], at: number, about: boolean): Production | undefined {
  const from = MARKERS.has(wordAt(tokens, at)) ? at + 1 : at
  const hour = readHour(tokens, from, true)
  if (hour === undefined || hour.minute !== undefined) return undefined
  if (hour.value > 24 || hour.value < 1) return bad(hour.next)
  const spell = spellAt(tokens, hour.next)
  const rounded = about || hour.about
  return finish(
    hour.value * 60 - 30,
    { literal: hour.value > 13, about: rounded, spell },
    spell?.next ?? hour.next,
  )
}

/** The hour with the minutes written to it: "9", "9.30", "09:30:00", "1400", "930", "sembilan", "9-an", "sembilanan". */
function readHour(tokens: readonly Token[], at: number, marked: boolean): Hour | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  const base = { literal: false, about: false, minute: undefined, marked }
  if (token.kind === 'word') {
    const spoken = spokenAt(tokens, at) ?? roundedWord(token, at)
    return spoken === undefined
      ? undefined
      : ending(tokens, {
          ...base,
          about: roundedWord(token, at) !== undefined && cardinal(token.word) === undefined,
          ...spoken,
          literal: spoken.value > 12,
        })
  }
  if (token.kind !== 'number') return undefined
  if (token.text.length === 3 || token.text.length === 4) return runTogether(token, at, marked)
  if (token.text.length > 4) return undefined
  const value = Number(token.text)
  const minute = writtenMinutes(tokens, at + 1)
  const literal = value > 12 || (token.text.length === 2 && minute !== undefined) || value === 0
  if (minute !== undefined)
    return ending(tokens, { ...base, value, literal, minute: minute.value, next: minute.next })
  return ending(tokens, { ...base, value, literal, next: at + 1 })
}

/** "sembilanan": a number word with -an. */
function roundedWord(token: Token, at: number): Spoken | undefined {
  const stem = token.text.endsWith('an') ? cardinal(token.text.slice(0, -2)) : undefined
  return stem === undefined ? undefined : { value: stem, next: at + 1 }
}

function runTogether(token: Token, at: number, marked: boolean): Hour | undefined {
  const minute = Number(token.text.slice(-2))
  return {
    value: Number(token.text.slice(0, -2)),
    minute,
    literal: token.text.length === 4,
    about: false,
    next: at + 1,
    marked,
  }
}

/** ".30", ":30", ":30:00", ",30" glued to the hour. */
function writtenMinutes(tokens: readonly Token[], at: number): Spoken | undefined {
  const sign = tokens[at]
  const number = tokens[at + 1]
  const isPart = sign !== undefined && ['.', ':', ','].includes(sign.text) && number?.kind === 'number'
  if (!isPart || number.text.length !== 2 || (!number.glued && sign.text !== ':')) return undefined
  const seconds = tokens[at + 2]?.text === ':' && isNumber(tokens, at + 3)
  return { value: Number(number.text), next: seconds ? at + 4 : at + 2 }
}

/** "-an" and "an": about that hour. */
function ending(tokens: readonly Token[], hour: Hour): Hour {
  const at = tokens[hour.next]?.text === '-' ? hour.next + 1 : hour.next
  return tokens[at]?.text === 'an' ? { ...hour, about: true, next: at + 1 } : hour
}

function withTail(tokens: readonly Token[], hour: Hour, mode: Mode): Production | undefined {
  const tail = tailAt(tokens, hour)
  const spell = spellAt(tokens, tail.next)
  const next = spell?.next ?? tail.next
  const explicit =
    (mode === 'date' && hour.minute !== undefined) ||
    hour.marked ||
    (hour.minute !== undefined && tokens[hour.next - 2]?.text === ':') ||
    tail.moved ||
    spell !== undefined ||
    hour.about
  if (!explicit && mode === 'date') return undefined
  if (!explicit && isOtherNumber(tokens, hour)) return undefined
  const minute = (hour.minute ?? 0) + tail.minutes
  if (hour.value > 24 || (hour.minute ?? 0) > 59) return explicit || mode === 'time' ? bad(next) : undefined
  const isBare = !explicit && hour.minute === undefined
  return finish(
    hour.value * 60 + minute,
    { literal: hour.literal, about: hour.about || tail.about, spell, ...(isBare ? { bare: true } : {}) },
    next,
  )
}

/** "5 desember", "5/1": a number that belongs to a date. */
function isOtherNumber(tokens: readonly Token[], hour: Hour): boolean {
  const after = wordAt(tokens, hour.next)
  return after in MONTHS || after === '/' || (after === '.' && isNumber(tokens, hour.next + 1))
}

interface Tail {
  minutes: number
  about: boolean
  moved: boolean
  next: number
}

/** "lewat 15", "kurang seperempat", "lebih", "15 menit" after the hour. */
function tailAt(tokens: readonly Token[], hour: Hour): Tail {
  const none: Tail = { minutes: 0, about: false, moved: false, next: hour.next }
  if (hour.minute !== undefined) return none
  const word = wordAt(tokens, hour.next)
  const sign = word === 'kurang' ? -1 : word === 'lewat' || word === 'lebih' ? 1 : 0
  if (sign !== 0) {
    const minutes = minutesAt(tokens, hour.next + 1)
    if (minutes !== undefined)
      return { minutes: sign * minutes.value, about: false, moved: true, next: minutes.next }
    return { ...none, about: true, moved: true, next: hour.next + 1 }
  }
  const plain = minutesAt(tokens, hour.next)
  const named =
    plain !== undefined &&
    (word === 'seperempat' ||
      word === 'tiga' ||
      word === 'setengah' ||
      wordAt(tokens, plain.next - 1) === 'menit')
  const twoDigits =
    hour.marked &&
    tokens[hour.next]?.kind === 'number' &&
    tokens[hour.next]?.text.length === 2 &&
    !['minggu', 'hari', ...Object.keys(MONTHS)].includes(wordAt(tokens, hour.next + 1))
  if (plain === undefined || (!named && !twoDigits)) return none
  return { minutes: plain.value, about: word === 'setengah', moved: true, next: plain.next }
}

/** A part of the day right after an hour ("jam 7 malam"), unless it is the eve of a weekday ("malam minggu"). */
function spellAt(tokens: readonly Token[], at: number): { spell: Spell; next: number } | undefined {
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
  bare?: boolean
}

function finish(minute: number, details: Details, next: number): Production {
  const { literal, about, spell, bare } = details
  const mark: ClockMark = {
    is: 'clock',
    minute: ((minute % 1440) + 1440) % 1440,
    literal,
    about,
    ...(spell === undefined ? {} : { part: spell.spell }),
    ...(bare === true ? { bare } : {}),
  }
  return { marks: [mark], next }
}

const bad = (next: number): Production => ({ marks: [{ is: 'bad_clock' }], next })

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
function prayerAt(tokens: readonly Token[], at: number): Production | undefined {
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

function partAt(tokens: readonly Token[], at: number): Production | undefined {
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
