import { monthAway, ymdOf, type Day } from '../lib/days.ts'
import type { DayMark } from './marks.ts'
import { ask, none, type Reading } from './types.ts'

export type Marked<K extends DayMark['is']> = Extract<DayMark, { is: K }>

/** How many days of a period are offered at most. */
const MOST_DAYS = 31

export class Marks {
  readonly all: readonly DayMark[]
  constructor(all: readonly DayMark[]) {
    this.all = all
  }
  every<K extends DayMark['is']>(is: K): Marked<K>[] {
    return this.all.filter((mark): mark is Marked<K> => mark.is === is)
  }
  one<K extends DayMark['is']>(is: K): Marked<K> | undefined {
    return this.every(is)[0]
  }
  has(is: DayMark['is']): boolean {
    return this.all.some(mark => mark.is === is)
  }
}

export function yearOf(marks: Marks, today: Day): number | undefined {
  const mark = marks.one('year')
  return mark === undefined ? undefined : (mark.year ?? ymdOf(today).year + (mark.offset ?? 0))
}

/** A named month without a year is the next one that has not ended. */
export function monthOf(mark: Marked<'month'>, marks: Marks, today: Day): { year: number; month: number } {
  if (mark.month === undefined) return monthAway(today, mark.offset ?? 0)
  const here = ymdOf(today)
  const wanted = marks.one('month_day')
  const passed =
    mark.month < here.month || (mark.month === here.month && wanted !== undefined && wanted.day < here.day)
  return { month: mark.month, year: yearOf(marks, today) ?? (passed ? here.year + 1 : here.year) }
}

export const inWeek = (weekday: number, monday: Day): Day => monday + ((weekday + 6) % 7)

export const which = (days: readonly Day[], today: Day): Reading<Day> => {
  const left = days.filter(day => day >= today)
  return left.length === 0 ? none('past') : ask(left.slice(0, MOST_DAYS), 'which_day')
}
