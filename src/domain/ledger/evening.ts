import { dayOf, minuteOf, type Day } from '../../lib/days.ts'
import { DAY, HOUR, WIB_OFFSET } from '../../lib/time.ts'

/** The evening summary: at the hour somebody chose, less often when nobody answers, and then no more. */

/** Unanswered evenings in a row after which it comes once a week; two unanswered weeks later it stops. */
const WEEKLY_AFTER = 3
const SILENT_AFTER = 5
const WEEK = 7

/**
 * When the next summary is due, epoch ms on the clock of `now`.
 * @param ignored evenings in a row without an answer
 * @returns undefined once nobody answers any more: the coach hears of it where the books are shared
 */
export function nextEvening(now: number, hour: number, ignored: number): number | undefined {
  if (ignored >= SILENT_AFTER) return undefined
  const passed = minuteOf(now) >= hour * 60
  const days = ignored >= WEEKLY_AFTER ? WEEK : passed ? 1 : 0
  return eveningOf(dayOf(now) + days, hour)
}

const eveningOf = (day: Day, hour: number): number => day * DAY - WIB_OFFSET + hour * HOUR

/** Nobody has answered for so long that it comes once a week, or no more. */
export const hasSlowedDown = (ignored: number): boolean => ignored >= WEEKLY_AFTER
