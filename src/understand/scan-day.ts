import { ORDINALS, WEEKDAYS } from './calendar-words.ts'
import { holidayAt } from './holidays.ts'
import { PARTS, type DayMark, type Mode, type Production, type Unit } from './marks.ts'
import { numericDateAt } from './numeric-dates.ts'
import { integerAt } from './number-words.ts'
import type { Token } from './tokens.ts'
import { BEFORE_NAME, OFFSET, one, UNITS, whichAt, wordAt } from './scan-common.ts'
import { edgeAt, monthAt, monthDayAt } from './scan-month.ts'

/** Something about a day at a place, or nothing. */
export function dayAt(tokens: readonly Token[], at: number, mode: Mode): Production | undefined {
  return (
    monthDayAt(tokens, at) ?? numericDateAt(tokens, at, mode) ?? aheadAt(tokens, at) ?? relativeAt(tokens, at) ?? weekAt(tokens, at) ??
    weekdayAt(tokens, at) ?? edgeAt(tokens, at) ?? monthAt(tokens, at) ?? holidayAt(tokens, at) ?? openAt(tokens, at)
  ) // prettier-ignore
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
  if (word in BEFORE_NAME && wordAt(tokens, at + 1) === 'pekan')
    return one({ is: 'week', offset: OFFSET[BEFORE_NAME[word] ?? 'this'] }, at + 2)
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
  const english = BEFORE_NAME[wordAt(tokens, at)]
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
