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
