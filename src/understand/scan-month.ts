import { MONTHS } from './calendar-words.ts'
import { PARTICLES, POLITE } from './lexicon.ts'
import type { DayMark, Edge, Mark, Production } from './marks.ts'
import { integerAt, type Spoken } from './number-words.ts'
import { BEFORE_NAME, isNumber, OFFSET, one, UNITS, weekendAt, whichAt, wordAt } from './scan-common.ts'
import type { Token } from './tokens.ts'

/** "5th of december" */
const ENGLISH_ENDINGS = new Set(['th', 'st', 'nd', 'rd', 'of'])

/** "tgl 5", "tanggal dua puluh", "tgl 5-7", "5 desember 2026", "5 bulan 12", "december 5th". */
export function monthDayAt(tokens: readonly Token[], at: number): Production | undefined {
  const named = monthFirst(tokens, at)
  if (named !== undefined) return named
  const marked = wordAt(tokens, at) === 'tanggal'
  const from = marked ? at + 1 : at
  const day = integerAt(tokens, from, 1000)
  if (day === undefined || (isNumber(tokens, from) && wordAt(tokens, from).length > 2)) return undefined
  const next = afterEnding(tokens, day.next)
  const month = monthAfter(tokens, next)
  if (month !== undefined) return withYear(tokens, { day: day.value, month: month.value }, month.next)
  const isDay = marked ? !isNumericDate(tokens, from) : isRangeOfMonth(tokens, next)
  if (!isDay) return undefined
  return listAt(
    tokens,
    day.value < 1 || day.value > 31 ? { is: 'invalid' } : { is: 'month_day', day: day.value },
    next,
  )
}

function afterEnding(tokens: readonly Token[], at: number): number {
  let next = at
  while (ENGLISH_ENDINGS.has(tokens[next]?.text ?? '')) next++
  return next
}

/** "desember", "bulan desember", "bulan 12" after a day. */
function monthAfter(tokens: readonly Token[], at: number): Spoken | undefined {
  const named = MONTHS[wordAt(tokens, at)]
  if (named !== undefined) return { value: named, next: at + 1 }
  const number = wordAt(tokens, at) === 'bulan' ? monthNumberAt(tokens, at + 1) : undefined
  return number === undefined ? undefined : { value: number, next: at + 2 }
}

/** "5-7 desember": then the dash is "sampai", not the middle of a date. */
const isRangeOfMonth = (tokens: readonly Token[], at: number): boolean =>
  ['-', 'sampai'].includes(wordAt(tokens, at)) &&
  tokens[at + 1]?.kind === 'number' &&
  wordAt(tokens, at + 2) in MONTHS

/** "tgl 5/1", "tgl 5-1-27", "tgl 5.1": left to the numeric dates. */
function isNumericDate(tokens: readonly Token[], at: number): boolean {
  const sign = wordAt(tokens, at + 1)
  if (sign === '/') return true
  return isNumber(tokens, at + 2) && (sign === '.' || (sign === '-' && wordAt(tokens, at + 3) === '-'))
}

function monthNumberAt(tokens: readonly Token[], at: number): number | undefined {
  const month = MONTHS[wordAt(tokens, at)]
  const number = tokens[at]?.kind === 'number' ? Number(tokens[at].text) : NaN
  return month ?? (number >= 1 && number <= 12 ? number : undefined)
}

/** English order: "december 5". */
function monthFirst(tokens: readonly Token[], at: number): Production | undefined {
  const month = MONTHS[wordAt(tokens, at)]
  const number = tokens[at + 1]
  const isDay =
    month !== undefined && number?.kind === 'number' && number.text.length <= 2 && Number(number.text) <= 31
  if (!isDay || wordAt(tokens, at + 2) in MONTHS || [':', '.'].includes(wordAt(tokens, at + 2)))
    return undefined
  const next = ENGLISH_ENDINGS.has(tokens[at + 2]?.text ?? '') ? at + 3 : at + 2
  return withYear(tokens, { day: Number(number.text), month }, next)
}

function withYear(tokens: readonly Token[], date: { day: number; month: number }, at: number): Production {
  const named = wordAt(tokens, at) === 'tahun'
  const from = named || wordAt(tokens, at) === ',' ? at + 1 : at
  const digits = isNumber(tokens, from) && !isClock(tokens, from) ? wordAt(tokens, from) : ''
  const year = /^(?:19|20)\d\d$/.test(digits)
    ? Number(digits)
    : named && digits.length === 2
      ? 2000 + Number(digits)
      : twoDigitYear(tokens, from, digits)
  return year === undefined ? one({ is: 'date', ...date }, at) : one({ is: 'date', ...date, year }, from + 1)
}

/** "5 desember 10.30": not a year. */
const isClock = (tokens: readonly Token[], at: number): boolean =>
  ['.', ':', ','].includes(wordAt(tokens, at + 1)) &&
  isNumber(tokens, at + 2) &&
  tokens[at + 2]?.glued === true

/** "5 des 26 kak" at the end of what is said; "5 des 9 pagi" is an hour. */
function twoDigitYear(tokens: readonly Token[], at: number, digits: string): number | undefined {
  const ends = tokens.slice(at + 1).every(({ word }) => PARTICLES.has(word) || POLITE.has(word))
  return digits.length === 2 && Number(digits) > 24 && ends ? 2000 + Number(digits) : undefined
}

const JOINTS: Record<string, 'to' | 'or'> = {
  '-': 'to',
  sampai: 'to',
  atau: 'or',
  ',': 'or',
  dan: 'or',
  '&': 'or',
}

/** "tgl 5-7", "tgl 5, 6 atau 7": the numbers after the first are days too. */
function listAt(tokens: readonly Token[], first: DayMark, at: number): Production {
  const marks: Mark[] = [first]
  let next = at
  for (;;) {
    const joint = JOINTS[wordAt(tokens, next)]
    const from = wordAt(tokens, next + 1) === 'tanggal' ? next + 2 : next + 1
    const number = joint === undefined ? undefined : integerAt(tokens, from, 32)
    if (joint === undefined || number === undefined || number.value < 1) return { marks, next }
    marks.push({ is: joint }, { is: 'month_day', day: number.value })
    next = number.next
    const month = MONTHS[wordAt(tokens, next)]
    if (month !== undefined) return { marks: [...marks, { is: 'month', month }], next: next + 1 }
  }
}

const EDGES: Record<string, Edge> = { awal: 'early', tengah: 'middle', akhir: 'late' }

/** "akhir bulan", "awal minggu depan", "pertengahan desember", "akhir pekan". */
export function edgeAt(tokens: readonly Token[], at: number): Production | undefined {
  const edge = EDGES[wordAt(tokens, at)]
  if (edge === undefined) return undefined
  const unit = UNITS[wordAt(tokens, at + 1)]
  if (unit === 'minggu' && edge === 'late') return weekendAt(tokens, at + 2)
  const isMonth = wordAt(tokens, at + 1) in MONTHS
  if ((unit === undefined || unit === 'hari') && !isMonth) return undefined
  const keepsUnit =
    isMonth || whichAt(tokens, at + 2) !== undefined || MONTHS[wordAt(tokens, at + 2)] !== undefined
  return one({ is: 'edge', edge, of: unit ?? 'bulan' }, keepsUnit ? at + 1 : at + 2)
}

/** "bulan depan", "bulan desember", "desember 2026", "tahun depan", "tahun 2027". */
export function monthAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  const before = BEFORE_NAME[word]
  if (before !== undefined && wordAt(tokens, at + 1) === 'bulan')
    return one({ is: 'month', offset: OFFSET[before] }, at + 2)
  if (word === 'bulan' || word === 'tahun') return unitAt(tokens, at + 1, word)
  const month = MONTHS[word]
  if (month === undefined) return undefined
  const year = yearAt(tokens, at + 1)
  if (year === undefined) return one({ is: 'month', month }, at + 1)
  return {
    marks: [
      { is: 'month', month },
      { is: 'year', year },
    ],
    next: at + 2,
  }
}

/** What follows "bulan" or "tahun". */
function unitAt(tokens: readonly Token[], at: number, unit: 'bulan' | 'tahun'): Production | undefined {
  const which = whichAt(tokens, at)
  if (which?.which === 'last') return one({ is: 'past', unit, count: 1 }, which.next)
  if (which !== undefined)
    return one({ is: unit === 'bulan' ? 'month' : 'year', offset: OFFSET[which.which] }, which.next)
  if (unit === 'tahun') {
    const year = yearAt(tokens, at)
    return year === undefined ? undefined : one({ is: 'year', year }, at + 1)
  }
  const month = monthNumberAt(tokens, at)
  return month === undefined ? undefined : one({ is: 'month', month }, at + 1)
}

const yearAt = (tokens: readonly Token[], at: number): number | undefined =>
  /^20\d\d$/.test(wordAt(tokens, at)) ? Number(wordAt(tokens, at)) : undefined
