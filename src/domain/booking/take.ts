import { dayOf } from '../../lib/days.ts'
import { MINUTE } from '../../lib/time.ts'
import type { Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import type { Booking } from './ports.ts'
import { freeDays, nextThree } from './search.ts'
import { coachFor, slotsOn } from './slots.ts'
import type { Agenda, Request, Slot } from './types.ts'

/** What somebody wants to take. */
export interface Wish {
  centreCode: string
  startsAt: number
  topic: string
  /** How long it is held; as the rules say unless given. */
  minutes?: number
  /** In place of a session that was called off, as in `Request`. */
  promised?: true
  /** Who is asked for first; their own coach unless given. */
  coachId?: string
}

export type Taking =
  | { outcome: 'held'; hold: Booking }
  /** Somebody was faster, or it can no longer be booked: the next three that are free. */
  | { outcome: 'taken'; agenda: Agenda; next: Slot[] }

export const requestOf = (resident: Resident, topic: string, now: number): Request => ({
  topic,
  now,
  residentId: resident.id,
  ownCoachId: resident.coach?.id ?? null,
  language: resident.language,
})

/**
 * Holds a slot while the person confirms. First it is looked at without a lock, so that of a crowd after the last place
 * only those wait for each other who may still get it; then once more behind the locks, and the constraints have the last
 * word. @throws Error when the centre does not exist
 */
export async function takeSlot(repos: Repos, resident: Resident, wish: Wish, now: number): Promise<Taking> {
  const request = {
    ...requestOf(resident, wish.topic, now),
    ...(wish.promised && { promised: wish.promised }),
    ...(wish.coachId !== undefined && { ownCoachId: wish.coachId }),
  }
  const seen = await agendaFor(repos, wish.centreCode, resident, now)
  const slot = slotAt(seen, wish.startsAt, request)
  const missed = async (agenda?: Agenda): Promise<Taking> => {
    const left = agenda ?? (await agendaFor(repos, wish.centreCode, resident, now))
    return { outcome: 'taken', agenda: left, next: nextThree(freeDays(left, request), wish.startsAt) }
  }
  if (!slot) return missed(seen)
  await repos.bookings.lock(wish.centreCode)
  await repos.bookings.clearHolds(resident.id, wish.centreCode, now)
  const agenda = await agendaFor(repos, wish.centreCode, resident, now)
  const left = slotAt(agenda, wish.startsAt, request)
  if (!left) return missed(agenda)
  const holdUntil = now + (wish.minutes ?? agenda.rules.holdMinutes) * MINUTE
  const hold = await holdFirst(repos, resident, { agenda, slot: left, request, holdUntil })
  return hold ? { outcome: 'held', hold } : missed()
}

export const slotAt = (agenda: Agenda, startsAt: number, request: Request): Slot | undefined =>
  slotsOn(agenda, dayOf(startsAt), request).find(each => each.startsAt === startsAt)

export async function agendaFor(
  repos: Repos,
  centreCode: string,
  resident: Resident,
  now: number,
): Promise<Agenda> {
  const agenda = await repos.bookings.agenda(centreCode, now, resident)
  if (!agenda) throw new Error(`Centre ${centreCode} is missing from the reference data.`)
  return agenda
}

/** How often a drawn code may have been in use already. */
const DRAWS = 3

/** The preferred coach and the lowest place first; every pair is tried before it counts as taken. */
async function holdFirst(
  repos: Repos,
  resident: Resident,
  to: { agenda: Agenda; slot: Slot; request: Request; holdUntil: number },
): Promise<Booking | undefined> {
  const { agenda, request, holdUntil } = to
  const { rules } = agenda
  for (let coachIds = to.slot.coachIds; coachIds.length > 0;) {
    const slot = { ...to.slot, coachIds }
    const coach = coachFor(agenda, slot, request)
    if (!coach) return undefined
    for (const seat of slot.seats)
      for (let draw = 0; draw < DRAWS; draw++) {
        const hold = await repos.bookings.hold(
          {
            residentId: resident.id,
            sandbox: resident.sandbox,
            centreCode: agenda.centre.code,
            coachId: coach.id,
            seat,
            topic: request.topic,
            startsAt: slot.startsAt,
            endsAt: slot.endsAt,
            busyFrom: slot.startsAt - rules.bufferBefore * MINUTE,
            busyUntil: slot.endsAt + rules.bufferAfter * MINUTE,
            holdUntil,
          },
          request.now,
        )
        if (hold) return hold
      }
    coachIds = coachIds.filter(id => id !== coach.id)
  }
  return undefined
}
