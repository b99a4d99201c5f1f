import type { Centre, Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import { freeDays, nearestDay, nearestFirst, type FreeDay } from './search.ts'
import { agendaFor, requestOf } from './take.ts'
import { TOPICS, isTopic } from './topics.ts'

/** Centres looked at, the closest first, before it counts as full everywhere. */
const LOOKED_AT = 12

/**
 * The closest other centre with something free on or after a day, else at any time.
 * @returns undefined when the closest twelve have nothing
 */
export async function otherCentre(
  repos: Repos,
  resident: Resident,
  wish: { topic: string; day: number },
  now: number,
): Promise<{ centre: Centre; free: FreeDay } | undefined> {
  const needs = isTopic(wish.topic) ? TOPICS[wish.topic].needs : TOPICS.lainnya.needs
  const centres = nearestFirst(resident.centre, await repos.bookings.centresServing(needs))
  let later: { centre: Centre; free: FreeDay } | undefined
  for (const centre of centres.slice(0, LOOKED_AT)) {
    const agenda = await agendaFor(repos, centre.code, resident, now)
    const free = nearestDay(freeDays(agenda, requestOf(resident, wish.topic, now)), wish.day)
    if (free?.day === wish.day) return { centre, free }
    later ??= free && { centre, free }
  }
  return later
}
