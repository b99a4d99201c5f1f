import { dayOf, isoOf, type Day } from '../../lib/days.ts'
import { withIso } from '../dates.ts'
import type { DayMark } from '../marks.ts'
import { resolveDay } from '../resolve-day.ts'
import { resolvePast } from '../resolve-past.ts'
import type { Moment, Reading } from '../types.ts'
import type { Clause } from './clause.ts'
import type { Item } from './item.ts'
import { OWE } from './verbs.ts'

export interface When {
  /** The day of the entry; today when none is named. */
  day: Reading<string>
  due?: string
}

/** When a clause happened, looking back, and when its debt is due, looking ahead. */
export function whenOf(clause: Clause, moment: Moment): When {
  const dates = clause.items.flatMap(item => (item.is === 'date' ? [item] : []))
  const due = dates.filter(item => isDue(clause, item))
  const marks = dates
    .filter(item => !due.includes(item) && !isPurpose(clause, item) && !isBilled(clause, item))
    .flatMap(item => item.marks)
  const today = dayOf(moment.now)
  const found = dueDay(
    due.flatMap(item => item.marks),
    today,
    moment,
  )
  const day: Reading<Day> =
    marks.length === 0 ? { kind: 'value', value: today } : resolvePast(withoutToday(marks), today)
  return { day: withIso(day), ...(found === undefined ? {} : { due: found }) }
}

const LENGTHS = new Set(['minggu', 'bulan', 'tahun'])

/** "bayar listrik bulan lalu": what a bill is for, not when it was paid. */
function isBilled(clause: Clause, item: Item): boolean {
  if (item.is !== 'date') return false
  const long = item.marks.every(mark => mark.is === 'week' || mark.is === 'month' || (mark.is === 'past' && LENGTHS.has(mark.unit ?? ''))) // prettier-ignore
  const bill = clause.hasThing('utilitas', 'sewa', 'gaji', 'iuran', 'bunga', 'household') || clause.has('gaji', 'upah', 'cicilan', 'angsuran', 'spp', 'wifi') // prettier-ignore
  return long && bill && !item.marks.some(mark => mark.is === 'week' && mark.offset > 0)
}

/** "tadi … kemarin": the word for today says less than a day that is named. */
function withoutToday(marks: readonly DayMark[]): readonly DayMark[] {
  const named = marks.filter(mark => !(mark.is === 'past' && mark.unit === 'hari' && mark.count === 0))
  return named.length === 0 ? marks : named
}

function dueDay(marks: readonly DayMark[], today: Day, moment: Moment): string | undefined {
  if (marks.length === 0) return undefined
  const reading = resolveDay(marks, today, moment)
  return 'value' in reading ? isoOf(reading.value) : undefined
}

/** "bahan buat jualan besok": what it is for, not when it happened. */
const isPurpose = (clause: Clause, date: Item): boolean => {
  const at = clause.items.indexOf(date)
  const before = clause.items.slice(Math.max(0, at - 2), at)
  // "bayar utang kemarin": the day of the debt.
  const ofDebt = OWE.has(before.at(-1)?.word ?? '') && clause.has('bayar', 'lunasi', 'cicil', 'dibayar')
  return ofDebt || before.some(item => item.word === 'untuk')
}

/** "bayar besok" is when it is to be paid, not when it happened. */
export const isDue = (clause: Clause, date: Item): boolean => {
  const at = clause.items.indexOf(date)
  const before = clause.items.slice(Math.max(0, at - 2), at)
  return before.some(item => ['bayar', 'janji', 'tempo', 'dibayar', 'lunas', 'jatuh'].includes(item.word))
}
