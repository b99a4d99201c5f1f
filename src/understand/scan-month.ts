import { MONTHS } from './calendar-words.ts'
import type { DayMark, Edge, Production } from './marks.ts'
import { integerAt } from './number-words.ts'
import { BEFORE_NAME, OFFSET, one, UNITS, whichAt, wordAt } from './scan-common.ts'
import type { Token } from './tokens.ts'

/** "5th of december" */
const ENGLISH_ENDINGS = new Set(['th', 'st', 'nd', 'rd', 'of'])

/** "tgl 5", "tanggal dua puluh", "tgl 5-7", "tgl muda", "5 desember 2026", "december 5th". */
export function monthDayAt(tokens: readonly Token[], at: number): Production | undefined {
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

const EDGES: Record<string, Edge> = { awal: 'early', tengah: 'middle', akhir: 'late' }

/** "akhir bulan", "awal minggu depan", "pertengahan desember", "akhir pekan". */
export function edgeAt(tokens: readonly Token[], at: number): Production | undefined {
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
export function monthAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  const english = BEFORE_NAME[word]
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
