import { DAY, HOUR, WIB_OFFSET } from '../lib/time.ts'

const QUIET_FROM = 21 * HOUR
const QUIET_TO = 6 * HOUR

/** Between 21.00 and 06.00 WIB we begin no conversation. @returns the end of the quiet time, undefined outside it. */
export function quietUntil(now: number): number | undefined {
  const ofDay = (now + WIB_OFFSET) % DAY
  const midnight = now - ofDay
  if (ofDay >= QUIET_FROM) return midnight + DAY + QUIET_TO
  return ofDay < QUIET_TO ? midnight + QUIET_TO : undefined
}
