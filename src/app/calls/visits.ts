import { checkIn, FEEDBACK, giveFeedback, lastVisit } from '../../domain/booking/visits.ts'
import { MINUTE } from '../../lib/time.ts'
import { centreName, dayWords } from '../../domain/booking/words.ts'
import { dayOf, isoOf } from '../../lib/days.ts'
import { CallInputError } from './input.ts'
import { sessionOf } from './booking.ts'
import type { Call } from './types.ts'

/** At the centre, and afterwards. */

export const check_in: Call<'check_in'> = async ({ code }, context) => {
  const { repos, conversation, now, language } = context
  const resident = await repos.residents.active(conversation.id)
  if (!resident || resident.restrictedAt !== null) return { outcome: 'nobody', output: {} }
  const done = await checkIn(repos, resident, code, now)
  if (done.outcome === 'wrong') return { outcome: 'wrong', output: {} }
  if (done.outcome !== 'arrived')
    return { outcome: done.outcome, output: { centre_name: centreName(done.centre, language) } }
  const { when, coach } = sessionOf(done.booking, language)
  return {
    outcome: 'arrived',
    output: { when, coach, centre_name: centreName(done.booking.centre, language) },
  }
}

export const clinic_code: Call<'clinic_code'> = async (_, { repos, conversation, now, language }) => {
  const operator = await repos.staff.of(conversation.id, 'operator')
  const member = operator ?? (await repos.staff.of(conversation.id, 'coach'))
  if (!member) return { outcome: 'resident', output: {} }
  const { centre } = member
  if (!centre) return { outcome: 'everywhere', output: {} }
  const code = repos.checkIns.codeOf(centre.code, isoOf(dayOf(now)))
  const output = {
    code,
    centre_name: centreName(centre, language),
    date_text: dayWords(dayOf(now), language),
  }
  return { outcome: 'shown', output }
}

/** So long after a tap on *Kurang* the next question is why. */
const JUST = 5 * MINUTE

export const last_visit: Call<'last_visit'> = async (_, { repos, conversation, now, language }) => {
  const resident = await repos.residents.active(conversation.id)
  const visit = resident && (await lastVisit(repos, resident, now))
  if (!visit) return { outcome: 'none', output: {} }
  const { when, coach } = sessionOf(visit, language)
  const given = (await repos.bookings.of(resident.id)).find(({ code }) => code === visit.code)?.feedback
  if (given?.answer === 'less' && given.why === null && given.at > now - JUST)
    return { outcome: 'why', output: { when, coach, answer: 'less' } }
  return { outcome: 'found', output: { when, coach } }
}

export const give_feedback: Call<'give_feedback'> = async ({ answer, why }, context) => {
  const { repos, conversation, now } = context
  const known = FEEDBACK.find(each => each === answer)
  if (known === undefined) throw new CallInputError('give_feedback', ['answer'])
  const resident = await repos.residents.active(conversation.id)
  const given = resident && (await giveFeedback(repos, resident, { answer: known, why }, now))
  return { outcome: given ? 'thanked' : 'none', output: {} }
}
