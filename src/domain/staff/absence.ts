import { callOff } from '../booking/callOff.ts'
import type { Booking } from '../booking/ports.ts'
import type { Span } from '../booking/types.ts'
import { offerFree } from '../booking/waiting.ts'
import { leastLoaded } from '../coaches.ts'
import type { Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import { giveBack, tellOperators } from './desk.ts'
import type { TimeOff } from './ports.ts'
import { DAY, SECOND } from '../../lib/time.ts'

/** A coach is not there for a while, or for good. All instants are epoch ms. */

/** What has not ended yet of a span; nothing can be promised further ahead than a year. */
const rest = (span: Span, now: number): Span => ({ ...span, startsAt: Math.max(span.startsAt, now) })
const ahead = (now: number): Span => ({ startsAt: now, endsAt: now + 400 * DAY })

/** Wherever they have hours or sessions, nobody takes a place until the transaction ends. */
async function lockFor(repos: Repos, coachId: string, now: number, ...more: string[]): Promise<Set<string>> {
  const hours = await repos.coaching.hours(coachId)
  const sessions = await repos.bookings.standing({ coachId }, ahead(now))
  const codes = new Set([
    ...hours.map(each => each.centreCode),
    ...sessions.map(each => each.centre.code),
    ...more,
  ])
  await repos.bookings.lock(...codes)
  return codes
}

/**
 * Time off: nothing is offered then, and whoever had a session is told once and offered a colleague or another time.
 * @returns the sessions that fell out, of real people and of the chat page's
 */
export async function takeOff(repos: Repos, coachId: string, off: Span, now: number): Promise<Booking[]> {
  await lockFor(repos, coachId, now)
  const booked = await repos.bookings.standing({ coachId }, rest(off, now))
  await repos.coaching.addTimeOff(coachId, off, now)
  await callOff(repos, booked, { by: 'coach' }, now)
  return booked
}

/**
 * A chat has become a coach's, or that of a resident who is one: nobody meets themselves, so such an appointment is called
 * off like any other.
 */
export async function callOffOwn(repos: Repos, conversationId: number, now: number): Promise<void> {
  const coach = await repos.staff.of(conversationId, 'coach')
  if (!coach) return
  for (const { id } of await repos.residents.of(conversationId)) {
    const open = await repos.bookings.open(id)
    if (open?.coach.id !== coach.id || open.startsAt <= now) continue
    await repos.bookings.lock(open.centre.code)
    await callOff(repos, [open], { by: 'coach' }, now)
  }
}

export interface TakenBack {
  off: TimeOff
  /** Sessions ahead that it called off: their residents were told. */
  told: Booking[]
}

/** A time off that is not over, and what taking it back would not undo. @returns undefined where there is none of theirs */
export async function timeOffOf(
  repos: Repos,
  coachId: string,
  id: number,
  now: number,
): Promise<TakenBack | undefined> {
  const off = (await repos.coaching.timesOff(coachId, now)).find(each => each.id === id)
  if (!off) return undefined
  const told = await repos.bookings.calledOff(coachId, rest(off, now), off.createdAt)
  return { off, told: told.filter(each => each.startsAt > now) }
}

/**
 * The coach is there after all: their hours are offered again, at once to those who wait. What was called off stays so,
 * because its residents have chosen or will choose; nobody is told twice, and who has not chosen is offered the old time
 * (`insteadOf`) as long as it is free. @returns undefined where there is no such time off any more
 */
export async function takeBack(
  repos: Repos,
  coachId: string,
  id: number,
  now: number,
): Promise<TakenBack | undefined> {
  const codes = await lockFor(repos, coachId, now)
  const found = await timeOffOf(repos, coachId, id, now)
  if (!found) return undefined
  await repos.coaching.removeTimeOff(id)
  for (const code of codes) for (const sandbox of [false, true]) await offerFree(repos, code, sandbox, now)
  return found
}

/** Who leaves: a coach of a home centre. */
export interface Leaver {
  id: string
  name: string
  centreCode: string
}

export interface Dismissal {
  /** Sessions that were called off. */
  sessions: number
  /** How many participants went to whom, by name. */
  successors: Map<string, number>
  /** Participants for whom nobody at their centre serves what they need: they wait for a coach. */
  waiting: number
}

/**
 * A coach works here no more: their chats end, participants go to the least loaded colleagues of their own centres, and
 * sessions are called off. Each person hears of it once. What the coach noted and whom they met stays as it was.
 */
export async function dismissCoach(repos: Repos, coach: Leaver, now: number): Promise<Dismissal> {
  const homes = (await repos.residents.ofCoach(coach.id)).map(each => each.centre.code)
  await lockFor(repos, coach.id, now, coach.centreCode, ...homes)
  await repos.staff.dismiss('coach', coach.id, now)
  const booked = await repos.bookings.standing({ coachId: coach.id }, ahead(now))
  const told = new Set(booked.map(each => each.residentId))
  const done: Dismissal = { sessions: booked.length, successors: new Map(), waiting: 0 }
  const people = await repos.residents.ofCoach(coach.id)
  for (const person of people) {
    const successor = await giveCoach(repos, person, now)
    if (successor === undefined) done.waiting++
    else done.successors.set(successor, (done.successors.get(successor) ?? 0) + 1)
    if (!told.has(person.id)) await tellOfCoach(repos, person, coach, now)
  }
  await callOff(repos, booked, { by: 'coach_left', newMentors: new Set(people.map(each => each.id)) }, now)
  return done
}

/** @returns the successor's name; undefined when they wait for one */
async function giveCoach(repos: Repos, { id, centre, restrictedAt, intake }: Resident, now: number) {
  const need = restrictedAt === null ? intake.primaryNeed : null
  const able = need === null ? [] : await repos.centres.coaches(centre.code, need, { resident: id })
  const successor = leastLoaded(able)
  await repos.residents.update(id, { coachId: successor?.id ?? null }, now)
  return successor?.name
}

const tellOfCoach = (repos: Repos, person: Resident, coach: Leaver, now: number) =>
  repos.reminders.plan(
    { subject: `coach_left:${person.id}`, version: Math.floor(now / SECOND) },
    [
      {
        kind: 'coach_left',
        to: { resident: person.id },
        dueAt: now,
        values: { old: coach.name, person: person.number },
      },
    ],
    now,
  )

/**
 * An operator works here no more: their chats end, and whoever they were speaking with is back with the assistant, the
 * question open again for the others. @returns how many conversations were given back
 */
export async function dismissOperator(repos: Repos, operator: { id: string; name: string }, now: number) {
  const held = await repos.desk.heldBy(operator.id, now)
  await repos.staff.dismiss('operator', operator.id, now)
  for (const ticket of held) {
    await giveBack(repos, ticket, operator.name, now)
    await repos.desk.reopen(ticket.number)
    await tellOperators(repos, ticket.number, ticket.sandbox, now)
  }
  return held.length
}
