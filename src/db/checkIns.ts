import { timingSafeEqual } from 'node:crypto'
import type { CheckIns } from '../domain/booking/ports.ts'
import { crockford } from '../lib/crockford.ts'
import type { Tx } from './client.ts'
import type { Sealer } from './seal.ts'

const LENGTH = 6

/** The code that a centre shows on a date: from the key, so that no table of codes has to be kept or guessed at. */
export const checkInCode = (sealer: Sealer, centreCode: string, date: string): string =>
  crockford(Buffer.from(sealer.digest('check_in', `${centreCode}:${date}`), 'base64url'), LENGTH)

export const checkInsFor = (tx: Tx, sealer: Sealer): CheckIns => ({
  codeOf: (centreCode, date) => checkInCode(sealer, centreCode, date),
  async centreOf(typed, date) {
    const given = Buffer.from(
      crockfordOf(typed)
        .padEnd(LENGTH)
        .slice(0, LENGTH + 1),
    )
    const centres = await tx.centre.findMany({ orderBy: { code: 'asc' } })
    // Every centre's code is compared, whole, whichever fits: how long it takes tells nothing.
    const fitting = centres.filter(centre => {
      const code = Buffer.from(checkInCode(sealer, centre.code, date))
      return timingSafeEqual(code, given.subarray(0, LENGTH)) && given.length === LENGTH
    })
    return fitting[0]
  },
})

/** As typed or read aloud: letters that the alphabet leaves out for looking like digits are those digits. */
const crockfordOf = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0')
    .replace(/[^0-9A-HJKMNP-TV-Z]/g, '')
