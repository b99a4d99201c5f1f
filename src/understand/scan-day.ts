import { MONTHS, ORDINALS, WEEKDAYS } from './calendar-words.ts'
import { holidayAt } from './holidays.ts'
import { PARTS, type DayMark, type Edge, type Mode, type Production, type Unit, type Which } from './marks.ts'
import { numericDateAt } from './numeric-dates.ts'
import { integerAt } from './number-words.ts'
import type { Token } from './tokens.ts'

const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''
const one = (mark: DayMark, next: number): Production => ({ marks: [mark], next })

/** Something about a day at a place, or nothing. */
export function dayAt(tokens: readonly Token[], at: number, mode: Mode): Production | undefined {
  return (
    monthDayAt(tokens, at) ?? numericDateAt(tokens, at, mode) ?? aheadAt(tokens, at) ?? relativeAt(tokens, at) ?? weekAt(tokens, at) ??
    weekdayAt(tokens, at) ?? edgeAt(tokens, at) ?? monthAt(tokens, at) ?? holidayAt(tokens, at) ?? openAt(tokens, at)
  ) // prettier-ignore
}

/** "depan", "yang akan datang" → next; "ini" → this; "lalu", "kemarin" → last. */
function whichAt(tokens: readonly Token[], at: number): { which: Which; next: number } | undefined {
  let from = at
  while (['yang', 'akan', 'ke'].includes(wordAt(tokens, from))) from++
  const word = wordAt(tokens, from)
  if (word === 'depan' || (word === 'datang' && from > at)) return { which: 'next', next: from + 1 }
  if (word === 'ini') return { which: 'this', next: from + 1 }
  if (word === 'lalu' || word === 'kemarin') return { which: 'last', next: from + 1 }
  return undefined
}

const OFFSET: Record<Which, number> = { next: 1, this: 0, last: -1 }
const English: Record<string, Which> = { depan: 'next', ini: 'this', lalu: 'last' }

/** "5th of december" */
const ENGLISH_ENDINGS = new Set(['th', 'st', 'nd', 'rd', 'of'])

/** "tgl 5", "tanggal dua puluh", "tgl 5-7", "tgl muda", "5 desember 2026", "december 5th". */
function monthDayAt(tokens: readonly Token[], at: number): Production | undefined {
  const marked = wordAt(tokens, at) === 'tanggal'
  const from = marked ? at + 1 : at
  if (marked && wordAt(tokens, from) === 'muda')
    return { marks: [{ is: 'edge', edge: 'early', of: 'bulan' }], next: from + 1 }
  if (marked && wordAt(tokens, from) === 'tua')
    return { marks: [{ is: 'edge', edge: 'late', of: 'bulan' }], next: from + 1 }
  const named = monthFirst(tokens, at)
  if (named !== undefined) return named
  const day = integerAt(tokens, from, 1000)
  if (day === undefined || ((tokens[from]?.text.length ?? 0) > 2 && tokens[from]?.kind === 'number'))
    return undefined
  let next = day.next
  while (ENGLISH_ENDINGS.has(tokens[next]?.text ?? '')) next++
  const dayMark: DayMark =
    day.value < 1 || day.value > 31 ? { is: 'invalid' } : { is: 'month_day', day: day.value }
  const afterBulan =
    wordAt(tokens, next) === 'bulan' && monthNumberAt(tokens, next + 1) !== undefined ? next + 1 : next
  const month =
    MONTHS[wordAt(tokens, afterBulan)] ?? (afterBulan > next ? monthNumberAt(tokens, afterBulan) : undefined)
  if (month !== undefined) return withYear(tokens, { day: day.value, month }, afterBulan + 1)
  if (!marked && isRangeOfMonth(tokens, next)) return listAt(tokens, dayMark, next)
  if (!marked || isNumericDate(tokens, from)) return undefined
  return listAt(tokens, dayMark, next)
}

/** "5-7 desember": then the dash is "sampai", not the middle of a date. */
const isRangeOfMonth = (tokens: readonly Token[], at: number): boolean =>
  ['-', 'sampai'].includes(wordAt(tokens, at)) &&
  tokens[at + 1]?.kind === 'number' &&
  wordAt(tokens, at + 2) in MONTHS

const isNumericDate = (tokens: readonly Token[], at: number): boolean =>
  wordAt(tokens, at + 1) === '/' ||
  (['-', '.'].includes(wordAt(tokens, at + 1)) &&
    tokens[at + 2]?.kind === 'number' &&
    wordAt(tokens, at + 3) === wordAt(tokens, at + 1)) ||
  (wordAt(tokens, at + 1) === '.' && tokens[at + 2]?.kind === 'number')

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
  const from = ['tahun', ','].includes(wordAt(tokens, at)) ? at + 1 : at
  const token = tokens[from]
  const glued =
    ['.', ':', ','].includes(wordAt(tokens, from + 1)) &&
    tokens[from + 2]?.kind === 'number' &&
    tokens[from + 2]?.glued === true
  const digits = token?.kind === 'number' && !glued ? token.text : ''
  const year =
    digits.length === 4 && /^(?:19|20)/.test(digits)
      ? Number(digits)
      : digits.length === 2 && from > at && wordAt(tokens, at) === 'tahun'
        ? 2000 + Number(digits)
        : twoDigitYear(tokens, from, digits)
  return year === undefined ? one({ is: 'date', ...date }, at) : one({ is: 'date', ...date, year }, from + 1)
}

/** "5 des 26" at the end of what is said; "5 des 9 pagi" is an hour. */
const twoDigitYear = (tokens: readonly Token[], at: number, digits: string): number | undefined =>
  digits.length === 2 && Number(digits) > 24 && tokens[at + 1] === undefined
    ? 2000 + Number(digits)
    : undefined

/** "tgl 5-7", "tgl 5, 6 atau 7": the numbers after the first are days too. */
function listAt(tokens: readonly Token[], first: DayMark, at: number): Production {
  const production: Production = { marks: [first], next: at }
  for (let next = at; ;) {
    const joint = ['-', 'sampai'].includes(wordAt(tokens, next))
      ? 'to'
      : ['atau', ',', 'dan', '&'].includes(wordAt(tokens, next))
        ? 'or'
        : undefined
    const from = wordAt(tokens, next + 1) === 'tanggal' ? next + 2 : next + 1
    const number = joint === undefined ? undefined : integerAt(tokens, from, 32)
    if (joint === undefined || number === undefined || number.value < 1) return production
    production.marks.push({ is: joint }, { is: 'month_day', day: number.value })
    const month = monthNumberAt(
      tokens,
      wordAt(tokens, number.next) === 'bulan' ? number.next + 1 : number.next,
    )
    if (month !== undefined && wordAt(tokens, number.next) in MONTHS) {
      production.marks.push({ is: 'month', month })
      return { ...production, next: number.next + 1 }
    }
    next = number.next
    production.next = next
  }
}

const UNITS: Record<string, Unit> = {
  hari: 'hari',
  minggu: 'minggu',
  pekan: 'minggu',
  bulan: 'bulan',
  tahun: 'tahun',
}
const SINGLE: Record<string, Unit> = {
  sehari: 'hari',
  seminggu: 'minggu',
  sebulan: 'bulan',
  setahun: 'tahun',
}

/** "3 hari lagi", "dalam 2 minggu", "seminggu lagi", "2 hari yang lalu", "sehari setelah …". */
function aheadAt(tokens: readonly Token[], at: number): Production | undefined {
  const within = ['dalam', 'in'].includes(wordAt(tokens, at))
  const from = within ? at + 1 : at
  const single = SINGLE[wordAt(tokens, from)]
  const number = single === undefined ? integerAt(tokens, from, 1000) : { value: 1, next: from }
  const unit = single ?? (number === undefined ? undefined : UNITS[wordAt(tokens, number.next)])
  if (number === undefined || unit === undefined) return undefined
  const next = number.next + 1
  const count = number.value
  const word = wordAt(tokens, next)
  if (word === 'lagi') return one({ is: 'ahead', unit, count }, next + 1)
  if (['dari', 'from', 'setelah'].includes(word) && ['sekarang', 'ini'].includes(wordAt(tokens, next + 1)))
    return one({ is: 'ahead', unit, count }, next + 2)
  const which = whichAt(tokens, next)
  if (which?.which === 'last') return one({ is: 'past' }, which.next)
  if (which?.which === 'next' && unit === 'hari')
    return {
      marks: [{ is: 'offset', days: 1 }, { is: 'to' }, { is: 'offset', days: count }],
      next: which.next,
    }
  if (which?.which === 'next') return one({ is: 'ahead', unit, count }, which.next)
  const side = word === 'habis' ? 1 : word === 'sebelum' ? -1 : undefined
  if (side !== undefined && unit === 'hari') return one({ is: 'around', side, days: count }, next + 1)
  return one(within ? { is: 'ahead', unit, count } : { is: 'vague' }, next)
}

/** "besok", "lusa", "hari ini", "nanti sore", "malam ini", "tadi", "kemarin". */
function relativeAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  if (word === 'besok') return one({ is: 'offset', days: 1 }, at + 1)
  const overmorrow =
    word === 'hari' && wordAt(tokens, at + 1) === 'habis' && wordAt(tokens, at + 2) === 'besok'
  if (overmorrow) return one({ is: 'offset', days: 2 }, at + 3)
  if (word === 'lusa') return one({ is: 'offset', days: 2 }, at + 1)
  if (word === 'today' || word === 'sekarang') return one({ is: 'offset', days: 0 }, at + 1)
  if (word === 'hari' && wordAt(tokens, at + 1) === 'ini') return one({ is: 'offset', days: 0 }, at + 2)
  if (word === 'kemarin' || word === 'tadi') return one({ is: 'past' }, at + 1)
  const today =
    (word === 'nanti' && wordAt(tokens, at + 1) in PARTS) ||
    (word in PARTS && wordAt(tokens, at + 1) === 'ini')
  if (today)
    return {
      marks: [
        { is: 'offset', days: 0 },
        {
          is: 'part',
          part: PARTS[word] ?? PARTS[wordAt(tokens, at + 1)] ?? 'morning',
          spell: spellOf(word, wordAt(tokens, at + 1)),
        },
      ],
      next: at + 2,
    }
  return undefined
}

const spellOf = (first: string, second: string): 'pagi' | 'siang' | 'sore' | 'malam' | 'subuh' =>
  [first, second].find((word): word is 'pagi' | 'siang' | 'sore' | 'malam' | 'subuh' => word in PARTS) ??
  'pagi'

/** "minggu depan", "minggu ini", "pekan depan", "2 minggu", "minggu kedua", "minggu". */
function weekAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  if (word in English && wordAt(tokens, at + 1) === 'pekan')
    return one({ is: 'week', offset: OFFSET[English[word] ?? 'this'] }, at + 2)
  if (word === 'weekend')
    return one(
      { is: 'weekend', offset: OFFSET[whichAt(tokens, at + 1)?.which ?? 'this'] },
      whichAt(tokens, at + 1)?.next ?? at + 1,
    )
  if (word !== 'minggu' && word !== 'pekan') return undefined
  if (wordAt(tokens, at - 1) === 'hari') return undefined
  const which = whichAt(tokens, at + 1)
  if (which !== undefined)
    return which.which === 'last'
      ? one({ is: 'past' }, which.next)
      : one({ is: 'week', offset: OFFSET[which.which] }, which.next)
  const ordinal = ordinalAt(tokens, at + 1)
  if (ordinal !== undefined)
    return {
      marks: [
        { is: 'week', offset: 0 },
        { is: 'ordinal', number: ordinal.number },
      ],
      next: ordinal.next,
    }
  if (word === 'pekan' || beforeDayDetail(tokens, at + 1)) return undefined
  return one({ is: 'sunday_or_week' }, at + 1)
}

/** "minggu pagi", "minggu jam 9", "minggu, 29 november": then it is Sunday. */
function beforeDayDetail(tokens: readonly Token[], at: number): boolean {
  const from = wordAt(tokens, at) === ',' ? at + 1 : at
  const word = wordAt(tokens, from)
  return (
    word in PARTS ||
    word === 'jam' ||
    word === 'pukul' ||
    word === 'tanggal' ||
    word === 'setengah' ||
    tokens[from]?.kind === 'number'
  )
}

function ordinalAt(tokens: readonly Token[], at: number): { number: number; next: number } | undefined {
  const number = ORDINALS[wordAt(tokens, at)]
  if (number !== undefined) return { number, next: at + 1 }
  const from = wordAt(tokens, at + 1) === '-' ? at + 2 : at + 1
  const digit =
    wordAt(tokens, at) === 'ke' && tokens[from]?.kind === 'number' ? Number(tokens[from].text) : undefined
  return digit !== undefined && digit >= 1 && digit <= 5 ? { number: digit, next: from + 1 } : undefined
}

/** "jumat", "jumat depan", "next friday", "malam minggu", "hari minggu", "senin pertama". */
function weekdayAt(tokens: readonly Token[], at: number): Production | undefined {
  const eve = wordAt(tokens, at) === 'malam'
  const english = English[wordAt(tokens, at)]
  const from = eve || english !== undefined ? at + 1 : at
  const isSunday =
    wordAt(tokens, from) === 'minggu' &&
    (eve || wordAt(tokens, from - 1) === 'hari' || beforeDayDetail(tokens, from + 1))
  const weekday = isSunday ? 0 : WEEKDAYS[wordAt(tokens, from)]
  if (weekday === undefined) return undefined
  const which = english === undefined ? whichAt(tokens, from + 1) : { which: english, next: from + 1 }
  const ordinal = which === undefined ? ordinalAt(tokens, from + 1) : undefined
  const mark: DayMark =
    which === undefined ? { is: 'weekday', weekday } : { is: 'weekday', weekday, which: which.which }
  const next = which?.next ?? ordinal?.next ?? from + 1
  const extra: DayMark[] = ordinal === undefined ? [] : [{ is: 'ordinal', number: ordinal.number }]
  return {
    marks: [
      mark,
      ...extra,
      ...(eve ? ([{ is: 'eve' }, { is: 'part', part: 'evening', spell: 'malam' }] as const) : []),
    ],
    next,
  }
}

const EDGES: Record<string, Edge> = { awal: 'early', tengah: 'middle', akhir: 'late' }

/** "akhir bulan", "awal minggu depan", "pertengahan desember", "akhir pekan". */
function edgeAt(tokens: readonly Token[], at: number): Production | undefined {
  const edge = EDGES[wordAt(tokens, at)]
  if (edge === undefined) return undefined
  const unit = UNITS[wordAt(tokens, at + 1)]
  if (unit === 'minggu' && edge === 'late')
    return one(
      { is: 'weekend', offset: OFFSET[whichAt(tokens, at + 2)?.which ?? 'this'] },
      whichAt(tokens, at + 2)?.next ?? at + 2,
    )
  const isMonth = wordAt(tokens, at + 1) in MONTHS
  if ((unit === undefined || unit === 'hari') && !isMonth) return undefined
  const keepsUnit =
    isMonth || whichAt(tokens, at + 2) !== undefined || MONTHS[wordAt(tokens, at + 2)] !== undefined
  return one({ is: 'edge', edge, of: unit ?? 'bulan' }, keepsUnit ? at + 1 : at + 2)
}

/** "bulan depan", "bulan desember", "desember 2026", "tahun depan", "tahun 2027". */
function monthAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  const english = English[word]
  if (english !== undefined && wordAt(tokens, at + 1) === 'bulan')
    return one({ is: 'month', offset: OFFSET[english] }, at + 2)
  if (word === 'bulan' || word === 'tahun') {
    const which = whichAt(tokens, at + 1)
    if (which?.which === 'last') return one({ is: 'past' }, which.next)
    if (which !== undefined)
      return one({ is: word === 'bulan' ? 'month' : 'year', offset: OFFSET[which.which] }, which.next)
    const month = word === 'bulan' ? monthNumberAt(tokens, at + 1) : undefined
    if (month !== undefined) return one({ is: 'month', month }, at + 2)
    const year = word === 'tahun' && tokens[at + 1]?.kind === 'number' ? Number(tokens[at + 1]?.text) : NaN
    return year > 2000 && year < 2100 ? one({ is: 'year', year }, at + 2) : undefined
  }
  const month = MONTHS[word]
  if (month === undefined) return undefined
  const year = tokens[at + 1]
  const hasYear = year?.kind === 'number' && /^20\d\d$/.test(year.text)
  return hasYear
    ? {
        marks: [
          { is: 'month', month },
          { is: 'year', year: Number(year.text) },
        ],
        next: at + 2,
      }
    : one({ is: 'month', month }, at + 1)
}

/** "kapan aja", "terserah", "paling cepat": any day; "nanti", "kapan-kapan", "lain kali": no day at all. */
function openAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  const after = wordAt(tokens, at + 1)
  if (word === 'terserah') return one({ is: 'any' }, at + 1)
  if (word === 'kapan')
    return after === 'saja' || after === 'pun' ? one({ is: 'any' }, at + 2) : one({ is: 'vague' }, at + 1)
  if (word === 'hari' && after === 'atau' && wordAt(tokens, at + 2) === 'saja')
    return one({ is: 'any' }, at + 3)
  if (
    (word === 'sekitar' && (after === 'cepat' || after === 'dekat')) ||
    (word === 'hari' && after === 'kerja')
  )
    return one({ is: 'any' }, at + 2)
  if (word === 'any' || (word === 'sembarang' && after === 'hari')) return one({ is: 'any' }, at + 2)
  if (word === 'nanti' || word === 'kapankapan') return one({ is: 'vague' }, at + 1)
  if (word === 'lain' && ['kali', 'waktu', 'hari'].includes(after)) return one({ is: 'vague' }, at + 2)
  return undefined
}
