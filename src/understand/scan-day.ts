import { ORDINALS, WEEKDAYS } from './calendar-words.ts'
import { holidayAt } from './holidays.ts'
import {
  PARTS,
  type DayMark,
  type Mark,
  type Mode,
  type Production,
  type Spell,
  type Unit,
  type Which,
} from './marks.ts'
import { integerAt } from './number-words.ts'
import { numericDateAt } from './numeric-dates.ts'
import {
  BEFORE_NAME,
  isNumber,
  OFFSET,
  one,
  phraseAt,
  UNITS,
  weekendAt,
  whichAt,
  wordAt,
} from './scan-common.ts'
import { edgeAt, monthAt, monthDayAt } from './scan-month.ts'
import type { Token } from './tokens.ts'

/** Something about a day at a place, or nothing. */
export function dayAt(tokens: readonly Token[], at: number, mode: Mode): Production | undefined {
  return (
    monthDayAt(tokens, at) ?? numericDateAt(tokens, at, mode) ?? aheadAt(tokens, at) ?? todayPartAt(tokens, at) ?? phraseAt(tokens, at, FIXED) ??
    weekAt(tokens, at) ?? weekdayAt(tokens, at) ?? edgeAt(tokens, at) ?? monthAt(tokens, at) ?? holidayAt(tokens, at) ?? asideAt(tokens, at)
  ) // prettier-ignore
}

/** "sebelum jumat", "habis tanggal 5": not that day. */
function asideAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  const next = wordAt(tokens, at + 1)
  const beside = (word === 'habis' || word === 'sebelum') && (next in WEEKDAYS || next === 'tanggal')
  return beside ? one({ is: 'around', side: word === 'habis' ? 1 : -1 }, at + 1) : undefined
}

const SINGLE: Record<string, Unit> = {
  sehari: 'hari',
  seminggu: 'minggu',
  sebulan: 'bulan',
  setahun: 'tahun',
}

interface Span {
  unit: Unit
  count: number
  /** "dalam 3 hari" */
  within: boolean
  next: number
}

function spanAt(tokens: readonly Token[], at: number): Span | undefined {
  const within = ['dalam', 'in'].includes(wordAt(tokens, at))
  const from = within ? at + 1 : at
  const single = SINGLE[wordAt(tokens, from)]
  if (single !== undefined) return { unit: single, count: 1, within, next: from + 1 }
  const number = integerAt(tokens, from, 1000)
  if (number === undefined) return undefined
  const isEnding = tokens[number.next]?.text === 'th' && tokens[number.next]?.glued === true
  const unit = isEnding ? undefined : UNITS[wordAt(tokens, number.next)]
  return unit === undefined ? undefined : { unit, count: number.value, within, next: number.next + 1 }
}

/** "3 hari lagi", "dalam 2 minggu", "seminggu lagi", "2 hari yang lalu", "sehari setelah …". */
function aheadAt(tokens: readonly Token[], at: number): Production | undefined {
  const span = spanAt(tokens, at)
  if (span === undefined) return undefined
  const { unit, count, within, next } = span
  const ahead: DayMark = { is: 'ahead', unit, count }
  const word = wordAt(tokens, next)
  if (word === 'lagi') return one(ahead, next + 1)
  const fromNow =
    ['dari', 'setelah', 'habis'].includes(word) && ['sekarang', 'ini'].includes(wordAt(tokens, next + 1))
  if (fromNow) return one(ahead, next + 2)
  const which = whichAt(tokens, next)
  if (which !== undefined) return withinNext(span, which)
  if (unit === 'hari' && (word === 'habis' || word === 'sebelum'))
    return one({ is: 'around', side: word === 'habis' ? 1 : -1, days: count }, next + 1)
  return one(within ? ahead : { is: 'vague' }, next)
}

/** "3 hari ke depan" is any of them; "2 minggu ke depan" is the day in two weeks. */
function withinNext({ unit, count }: Span, { which, next }: { which: Which; next: number }): Production {
  if (which === 'last') return one({ is: 'past', unit, count }, next)
  if (which === 'next' && unit === 'hari')
    return { marks: [{ is: 'offset', days: 1 }, { is: 'to' }, { is: 'offset', days: count }], next }
  return one({ is: 'ahead', unit, count }, next)
}

const any: DayMark = { is: 'any' }
const vague: DayMark = { is: 'vague' }
const back = (count: number): DayMark => ({ is: 'past', unit: 'hari', count })
const inDays = (days: number): DayMark => ({ is: 'offset', days })

/** Days by their own names; any day ("kapan aja", "paling cepat"); no day at all ("nanti", "kapan-kapan"). */
const FIXED: Record<string, DayMark> = {
  besok: inDays(1), lusa: inDays(2), 'hari habis besok': inDays(2), today: inDays(0), sekarang: inDays(0), 'hari ini': inDays(0),
  kemarin: back(1), tadi: back(0), semalam: back(1), 'kemarin lusa': back(2), 'lusa kemarin': back(2), 'kemarin dulu': back(2),
  terserah: any, 'kapan saja': any, 'kapan pun': any, 'hari atau saja': any, 'hari kerja': any, any, 'any hari': any,
  'sekitar cepat': any, 'sekitar dekat': any, 'sembarang hari': any,
  nanti: vague, kapan: vague, kapankapan: vague, 'lain kali': vague, 'lain waktu': vague, 'lain hari': vague,
  'tanggal muda': { is: 'edge', edge: 'early', of: 'bulan' }, 'tanggal tua': { is: 'edge', edge: 'late', of: 'bulan' },
} // prettier-ignore

/** "nanti sore", "malam ini": today, and the part of it. "tadi malam" is the night before. */
function todayPartAt(tokens: readonly Token[], at: number): Production | undefined {
  const [first, second] = [wordAt(tokens, at), wordAt(tokens, at + 1)]
  const over = first === 'tadi' ? second : second === 'tadi' ? first : ''
  if (over in PARTS) return one(back(over === 'malam' ? 1 : 0), at + 2)
  const spell = first === 'nanti' ? second : second === 'ini' ? first : ''
  const part = PARTS[spell]
  if (part === undefined) return undefined
  return { marks: [inDays(0), { is: 'part', part, spell: spell as Spell }], next: at + 2 }
}

/** "minggu depan", "minggu ini", "next week", "minggu kedua", "weekend", "minggu". */
function weekAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  const before = BEFORE_NAME[word]
  if (before !== undefined && wordAt(tokens, at + 1) === 'pekan')
    return one({ is: 'week', offset: OFFSET[before] }, at + 2)
  if (word === 'weekend') return weekendAt(tokens, at + 1)
  const isWeek = word === 'pekan' || (word === 'minggu' && wordAt(tokens, at - 1) !== 'hari')
  if (!isWeek) return undefined
  const which = whichAt(tokens, at + 1)
  if (which !== undefined)
    return one(
      which.which === 'last'
        ? { is: 'past', unit: 'minggu', count: 1 }
        : { is: 'week', offset: OFFSET[which.which] },
      which.next,
    )
  const ordinal = ordinalAt(tokens, at + 1)
  if (ordinal !== undefined)
    return {
      marks: [
        { is: 'week', offset: 0 },
        { is: 'ordinal', number: ordinal.number },
      ],
      next: ordinal.next,
    }
  return word === 'pekan' || beforeDayDetail(tokens, at + 1)
    ? undefined
    : one({ is: 'sunday_or_week' }, at + 1)
}

const DETAILS = new Set(['jam', 'pukul', 'tanggal', 'setengah', ...Object.keys(PARTS)])

/** "minggu pagi", "minggu jam 9", "minggu, 29 november": then it is Sunday. */
function beforeDayDetail(tokens: readonly Token[], at: number): boolean {
  const from = wordAt(tokens, at) === ',' ? at + 1 : at
  return DETAILS.has(wordAt(tokens, from)) || isNumber(tokens, from)
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
  const before = BEFORE_NAME[wordAt(tokens, at)]
  const from = eve || before !== undefined ? at + 1 : at
  const weekday = weekdayNamed(tokens, from, eve)
  if (weekday === undefined) return undefined
  const which = before === undefined ? whichAt(tokens, from + 1) : { which: before, next: from + 1 }
  const evening: Mark[] = eve ? [{ is: 'eve' }, { is: 'part', part: 'evening', spell: 'malam' }] : []
  if (which !== undefined)
    return { marks: [{ is: 'weekday', weekday, which: which.which }, ...evening], next: which.next }
  const ordinal = ordinalAt(tokens, from + 1)
  if (ordinal === undefined) return { marks: [{ is: 'weekday', weekday }, ...evening], next: from + 1 }
  return {
    marks: [{ is: 'weekday', weekday }, { is: 'ordinal', number: ordinal.number }, ...evening],
    next: ordinal.next,
  }
}

function weekdayNamed(tokens: readonly Token[], at: number, eve: boolean): number | undefined {
  const word = wordAt(tokens, at)
  if (word !== 'minggu') return WEEKDAYS[word]
  return eve || wordAt(tokens, at - 1) === 'hari' || beforeDayDetail(tokens, at + 1) ? 0 : undefined
}
