import { insteadOf, isFreeAgain } from '../../domain/booking/callOff.ts'
import type { Booking } from '../../domain/booking/ports.ts'
import { coachName, offReason, whenWords } from '../../domain/booking/words.ts'
import type { Resident } from '../../domain/people.ts'
import type { CallContext } from '../ports.ts'

/**
 * In the words of the notice and of *janji saya*. `same`: yes when a colleague could meet them at the same time and place,
 * again when who was to meet them can, else no.
 */
export async function offWords(
  { repos, now, language }: CallContext,
  { booking, resident }: { booking: Booking; resident: Resident },
  mentor: string | null = null,
) {
  const instead = await insteadOf(repos, { ...resident, language }, booking, now)
  return {
    same: instead.coach === undefined ? 'no' : isFreeAgain(instead, booking) ? 'again' : 'yes',
    when: whenWords(booking.startsAt, language),
    reason: offReason(booking, { closed: instead.closed, mentor }, language),
    other: instead.coach === undefined ? '' : coachName(instead.coach),
  }
}
