import { MONTHS } from './calendar-words.ts'
import type { Mode, Production } from './marks.ts'
import { cardinal, integerAt, type Spoken } from './number-words.ts'
import { isNumber, wordAt } from './scan-common.ts'
import { readHour, type Hour } from './scan-hour.ts'
import { bad, finish, partAt, prayerAt, spellAt } from './scan-parts.ts'
import type { Token } from './tokens.ts'

const MARKERS = new Set(['jam', 'pukul'])

const UNITS = new Set(['hari', 'minggu', 'pekan', 'bulan', 'tahun', 'kali', 'orang'])

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
  const span = spanAt(tokens, at)
  if (span === undefined || wordAt(tokens, span.next) !== 'lagi') return undefined
  return { marks: [{ is: 'in', minutes: span.value }], next: span.next + 1 }
}

/** A stretch of time, in minutes. */
function spanAt(tokens: readonly Token[], at: number): Spoken | undefined {
  if (wordAt(tokens, at) === 'sejam') return { value: 60, next: at + 1 }
  if (wordAt(tokens, at) === 'setengah' && wordAt(tokens, at + 1) === 'jam')
    return { value: 30, next: at + 2 }
  const number = integerAt(tokens, at, 600)
  if (number === undefined) return undefined
  const unit = { jam: 60, menit: 1 }[wordAt(tokens, number.next)]
  return unit === undefined ? undefined : { value: number.value * unit, next: number.next + 1 }
}

/** "kurang 15 menit jam 10", "seperempat lewat jam 9", "half past 9". */
function beforeHourAt(tokens: readonly Token[], at: number): Production | undefined {
  const signFirst = signOf(tokens, at) !== 0
  const minutes = minutesAt(tokens, signFirst ? at + 1 : at)
  if (minutes === undefined) return undefined
  const sign = signOf(tokens, signFirst ? at : minutes.next)
  const isPlainNumber = isNumber(tokens, at) && wordAt(tokens, minutes.next - 1) !== 'menit'
  if (sign === 0 || isPlainNumber) return undefined
  let next = signFirst ? minutes.next : minutes.next + 1
  if (wordAt(tokens, next) === 'dari') next++
  const marked = MARKERS.has(wordAt(tokens, next))
  const hour = marked || !signFirst ? integerAt(tokens, marked ? next + 1 : next, 25) : undefined
  if (hour === undefined) return undefined
  return atMinute(
    tokens,
    hour.value * 60 + sign * minutes.value,
    { literal: hour.value > 12, about: false },
    hour.next,
  )
}

/** The clock time with the part of the day that may follow it. */
function atMinute(
  tokens: readonly Token[],
  minute: number,
  how: { literal: boolean; about: boolean },
  next: number,
): Production {
  const spell = spellAt(tokens, next)
  return finish(minute, { ...how, spell }, spell?.next ?? next)
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
  // "set 9"; elsewhere "set" is the English word.
  const short = tokens[at]?.text === 'set' && isNumber(tokens, at + 1)
  return short || wordAt(tokens, at) === 'setengah' ? at + 1 : undefined
}

/** "setengah 3" is half an hour BEFORE three. */
function halfHour(tokens: readonly Token[], at: number, about: boolean): Production | undefined {
  const from = MARKERS.has(wordAt(tokens, at)) ? at + 1 : at
  const hour = readHour(tokens, from, true)
  if (hour === undefined || hour.minute !== undefined) return undefined
  if (hour.value > 24 || hour.value < 1) return bad(hour.next)
  return atMinute(
    tokens,
    hour.value * 60 - 30,
    { literal: hour.value > 13, about: about || hour.about },
    hour.next,
  )
}

function withTail(tokens: readonly Token[], hour: Hour, mode: Mode): Production | undefined {
  const tail = tailAt(tokens, hour)
  const spell = spellAt(tokens, tail.next)
  const next = spell?.next ?? tail.next
  const written = hour.minute ?? 0
  const explicit = tail.moved || spell !== undefined || saysClock(tokens, hour, mode)
  if (!explicit && (mode === 'date' || isOtherNumber(tokens, hour))) return undefined
  if (hour.value > 24 || written > 59) return explicit || mode === 'time' ? bad(next) : undefined
  return finish(
    hour.value * 60 + written + tail.minutes,
    { literal: hour.literal, about: hour.about || tail.about, spell },
    next,
  )
}

/** "jam 9", "9-an", "09:30"; under a date question "9.30" too, since it is no date. */
function saysClock(tokens: readonly Token[], hour: Hour, mode: Mode): boolean {
  if (hour.marked || hour.about) return true
  return hour.minute !== undefined && (mode === 'date' || wordAt(tokens, hour.next - 2) === ':')
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
  const sign = signOf(tokens, hour.next)
  const minutes = minutesAt(tokens, sign === 0 ? hour.next : hour.next + 1)
  if (sign !== 0) {
    if (minutes === undefined) return { ...none, about: true, moved: true, next: hour.next + 1 }
    return { minutes: sign * minutes.value, about: false, moved: true, next: minutes.next }
  }
  if (minutes === undefined || !areMinutes(tokens, hour, minutes.next)) return none
  return {
    minutes: minutes.value,
    about: wordAt(tokens, hour.next) === 'setengah',
    moved: true,
    next: minutes.next,
  }
}

/** Minutes without a sign: "9 seperempat", "9 15 menit", and after "jam" also "jam 9 15". */
function areMinutes(tokens: readonly Token[], hour: Hour, next: number): boolean {
  const word = wordAt(tokens, hour.next)
  if (['seperempat', 'tiga', 'setengah'].includes(word) || wordAt(tokens, next - 1) === 'menit') return true
  const after = wordAt(tokens, hour.next + 1)
  return hour.marked && /^\d\d$/.test(word) && !UNITS.has(after) && !(after in MONTHS)
}
