import type { CallSpecs } from '../engine/types.ts'
import { BOOKING } from './specs/booking.ts'
import { BOOKING_NOTICES } from './specs/bookingNotices.ts'
import { CALLED_OFF } from './specs/calledOff.ts'
import { BOOKS } from './specs/books.ts'
import { PAPER_CALLS } from './specs/papers.ts'
import { LINKS } from './specs/linking.ts'
import { FAQ } from './specs/faq.ts'
import { PEOPLE } from './specs/people.ts'
import { REGISTRATION } from './specs/registration.ts'
import { RIGHTS } from './specs/rights.ts'
import { STAFF } from './specs/staff.ts'
import { WORKBOOK_CALLS } from './specs/workbooks.ts'

export type { CallSpecs }

/**
 * What flows may ask the programme to do. The checker holds flows against this, `runCall` checks each input by it, and
 * the types of the calls in `calls/` are made from it. Our own words (numbers, names of centres, next steps) are given
 * as `choice`, because a text may be bold only where no person wrote it.
 */
export const CALLS = {
  ...REGISTRATION,
  ...RIGHTS,
  ...PEOPLE,
  ...LINKS,
  ...WORKBOOK_CALLS,
  ...BOOKS,
  ...PAPER_CALLS,
  ...BOOKING,
  ...BOOKING_NOTICES,
  ...CALLED_OFF,
  ...FAQ,
  ...STAFF,
} as const satisfies CallSpecs

export type CallName = keyof typeof CALLS
export const callSpecs: CallSpecs = CALLS
