import { stageLabel } from '../../domain/labels.ts'
import { holdsNik } from '../../domain/staff/coaching.ts'
import type { CoachRecordEntry, Participant, StaffMember } from '../../domain/staff/ports.ts'
import { formatInstant } from '../../lib/format.ts'
import { DAY, MINUTE } from '../../lib/time.ts'
import type { CallContext } from '../ports.ts'
import type { Call } from './types.ts'

/** A coach and their participants: stage, notes, jobs, messages without a number. */

export const coachOf = ({ repos, conversation }: CallContext): Promise<StaffMember | undefined> =>
  repos.staff.of(conversation.id, 'coach')

interface Found {
  coach: StaffMember
  person: Participant
}

/** Only people of this coach are found, whatever the flow was given. */
async function find(context: CallContext, number: string): Promise<Found | undefined> {
  const coach = await coachOf(context)
  if (!coach) return undefined
  const all = await context.repos.coaching.participants(coach.id, context.conversation.sandbox)
  const person = all.find(one => one.number === number)
  return person && { coach, person }
}

export const coach_people: Call<'coach_people'> = async (_, context) => {
  const coach = await coachOf(context)
  const { repos, conversation, language } = context
  const all = coach ? await repos.coaching.participants(coach.id, conversation.sandbox) : []
  if (all.length === 0) return { outcome: 'none', output: {} }
  const rows = all.map(({ number, name, stage }) => ({
    value: number,
    label: name.slice(0, 24),
    description: `${number}, ${stageLabel(stage, language)}`,
  }))
  return { outcome: 'some', output: {}, rows }
}

const NONE = { id: 'belum ada', en: 'none yet' }
/** How far ahead the next session is looked for. */
const AHEAD = 60 * DAY

export const coach_person: Call<'coach_person'> = async ({ person: number }, context) => {
  const found = await find(context, number)
  if (!found) return { outcome: 'gone', output: {} }
  const { repos, language, now } = context
  const { coach, person } = found
  const records = await repos.coachRecords.of(person.id)
  const note = records.find(each => each.entry.kind === 'note')
  const ahead = { startsAt: now, endsAt: now + AHEAD }
  const next = (await repos.bookings.standing({ coachId: coach.id }, ahead)).find(
    each => each.residentId === person.id,
  )
  const jobs = records.reduce((sum, { entry }) => sum + (entry.kind === 'jobs' ? entry.jobs : 0), 0)
  return {
    outcome: 'found',
    output: {
      who: person.name,
      stage: stageLabel(person.stage, language),
      next: next ? formatInstant(next.startsAt, language) : NONE[language],
      note:
        note?.entry.kind === 'note'
          ? `${note.entry.text} (${formatInstant(note.at, language)})`
          : NONE[language],
      jobs,
    },
  }
}

/** @returns false when the participant is gone, or no longer this coach's */
async function record(context: CallContext, number: string, entry: CoachRecordEntry): Promise<boolean> {
  const found = await find(context, number)
  if (!found) return false
  const { coach, person } = found
  const { repos, now } = context
  await repos.coachRecords.add({ residentId: person.id, coachId: coach.id, entry }, now)
  const subject = { residentId: person.id }
  await repos.audit.append({ actor: 'coach', action: `coach_${entry.kind}`, subject, detail: '' }, now)
  return true
}

export const coach_note: Call<'coach_note'> = async ({ person, note }, context) => {
  if (holdsNik(note)) return { outcome: 'nik', output: {} }
  // "1", typed for a row of the menu
  if (!/\p{L}{2}/u.test(note)) return { outcome: 'unclear', output: {} }
  const saved = await record(context, person, { kind: 'note', text: note })
  return { outcome: saved ? 'saved' : 'gone', output: {} }
}

export const coach_stage: Call<'coach_stage'> = async ({ person, stage }, context) => {
  const saved = await record(context, person, { kind: 'stage', stage })
  if (!saved) return { outcome: 'gone', output: {} }
  return { outcome: 'saved', output: { stage: stageLabel(stage, context.language) } }
}

const MOST_JOBS = 1000

export const coach_jobs: Call<'coach_jobs'> = async ({ person, jobs }, context) => {
  if (jobs < 1 || jobs > MOST_JOBS || !Number.isInteger(jobs)) return { outcome: 'too_many', output: {} }
  const saved = await record(context, person, { kind: 'jobs', jobs })
  return { outcome: saved ? 'saved' : 'gone', output: {} }
}

/**
 * A message between a coach and a participant, without either's number: `to` is a participant's number for a coach, and
 * `coach` for a resident, who writes to their own.
 */
export const relay: Call<'relay'> = async ({ to, words }, context) => {
  if (holdsNik(words)) return { outcome: 'nik', output: {} }
  const message = to === 'coach' ? await toCoach(context) : await toPerson(context, to)
  if (!message) return { outcome: 'gone', output: {} }
  const { repos, inboundId, now } = context
  const { from, reply, who } = message
  await repos.reminders.plan(
    { subject: `relay:${inboundId}`, version: Math.floor(now / MINUTE) },
    [{ kind: 'relayed', to: who, dueAt: now, values: { from, words, reply } }],
    now,
  )
  return { outcome: 'sent', output: {} }
}

async function toPerson(context: CallContext, number: string) {
  const found = await find(context, number)
  return found && { who: { resident: found.person.id }, from: `Coach ${found.coach.name}`, reply: 'coach' }
}

async function toCoach({ repos, conversation }: CallContext) {
  const resident = await repos.residents.active(conversation.id)
  if (!resident?.coach || resident.restrictedAt !== null) return undefined
  const mine = await repos.coaching.participants(resident.coach.id, conversation.sandbox)
  const person = mine.find(one => one.id === resident.id)
  if (!person || !(await repos.coaching.reachable(resident.coach.id, conversation.sandbox))) return undefined
  return { who: { staff: resident.coach.id }, from: person.name, reply: person.number }
}
