import { dayOf, minuteOf, span, type Day } from '../../lib/days.ts'
import type { Centre } from '../people.ts'
import { slotsOn } from './slots.ts'
import type { Agenda, Request, Slot } from './types.ts'

export interface FreeDay {
  day: Day
  slots: Slot[]
}

/** Every day on which something is free, earliest first, from today to the furthest that can be booked. */
export function freeDays(agenda: Agenda, request: Request): FreeDay[] {
  const today = dayOf(request.now)
  return span(today, today + agenda.rules.furthestDays).flatMap(day => {
    const slots = slotsOn(agenda, day, request)
    return slots.length > 0 ? [{ day, slots }] : []
  })
}

/** The free day closest to a wish: the next one after it, else the last before it. */
export const nearestDay = (days: readonly FreeDay[], wish: Day): FreeDay | undefined =>
  days.find(each => each.day >= wish) ?? days.at(-1)

/** The three free slots closest to a wish, in the order of their times: the same day first, then what follows. */
export function nextThree(days: readonly FreeDay[], wish: number): Slot[] {
  const wished = dayOf(wish)
  const distance = (slot: Slot) => {
    const away = dayOf(slot.startsAt) - wished
    return away === 0 ? 0 : away > 0 ? away : 1000 - away
  }
  return days
    .flatMap(each => each.slots)
    .toSorted(
      (a, b) => distance(a) - distance(b) || Math.abs(a.startsAt - wish) - Math.abs(b.startsAt - wish),
    )
    .slice(0, 3)
    .toSorted((a, b) => a.startsAt - b.startsAt)
}

/** The one or two slots of a day around a time of day that is not a start: the last before it and the first after it. */
export function around(slots: readonly Slot[], minute: number): Slot[] {
  const before = slots.findLast(slot => minuteOf(slot.startsAt) < minute)
  const after = slots.find(slot => minuteOf(slot.startsAt) > minute)
  return [before, after].filter(slot => slot !== undefined)
}

/**
 * Other centres, the closest first: by distance where both have coordinates, else those of the same kota before the rest,
 * by how close their codes are.
 */
export function nearestFirst<C extends Centre>(from: Centre, others: readonly C[]): C[] {
  const number = (code: string) => Number(code.replaceAll('.', ''))
  const away = (other: Centre): [number, number] => {
    const km = distanceKm(from, other)
    if (km !== undefined) return [0, km]
    return [other.kota === from.kota ? 1 : 2, Math.abs(number(other.code) - number(from.code))]
  }
  return others
    .filter(other => other.code !== from.code)
    .map(other => ({ other, away: away(other) }))
    .toSorted((a, b) => a.away[0] - b.away[0] || a.away[1] - b.away[1])
    .map(({ other }) => other)
}

const EARTH_KM = 6371
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance (haversine); undefined where one has no coordinates. */
export function distanceKm(a: Centre, b: Centre): number | undefined {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null)
    return undefined
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const h =
    half(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(a.longitude, b.longitude)
  return 2 * EARTH_KM * Math.asin(Math.sqrt(h))
}
