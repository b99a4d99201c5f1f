import { dayOf, isoOf } from '../../lib/days.ts'
import type { Resident } from '../people.ts'
import type { Repos } from '../ports.ts'
import type { Booking, WaitingEntry } from './ports.ts'
import { freeDays } from './search.ts'
import { dayOfDate } from './hours.ts'
import { agendaFor, requestOf, takeSlot } from './take.ts'

/** A freed place held for the first in turn. */
export interface Offer {
  entry: WaitingEntry
  resident: Resident
  hold: Booking
}

/** Who has let this many offers go is not asked again. */
const OFFERS = 3

/**
 * Offers what is free at a centre to those who wait there, in turn: each gets the first slot that suits, held for as long
 * as an offer lasts. Dates that are over leave the list. The caller tells them.
 */
export async function offerFree(
  repos: Repos,
  centreCode: string,
  sandbox: boolean,
  now: number,
): Promise<Offer[]> {
  const today = isoOf(dayOf(now))
  const offers: Offer[] = []
  for (const entry of await repos.waitingList.inTurn(centreCode, sandbox)) {
    const resident = await repos.residents.find(entry.residentId)
    if (!resident || resident.restrictedAt !== null) continue
    if (entry.date !== null && entry.date < today)
      await repos.waitingList.change(entry.id, { status: 'passed' }, now)
    else {
      const offer = await offerTo(repos, entry, resident, now)
      if (offer) offers.push(offer)
    }
  }
  return offers
}

async function offerTo(
  repos: Repos,
  entry: WaitingEntry,
  resident: Resident,
  now: number,
): Promise<Offer | undefined> {
  const agenda = await agendaFor(repos, entry.centre.code, resident, now)
  const { offerMinutes } = agenda.rules
  const free = freeDays(agenda, requestOf(resident, entry.topic, now))
  const day = entry.date === null ? free[0] : free.find(each => each.day === dayOfDate(entry.date ?? ''))
  const slot = day?.slots[0]
  // Whoever is just confirming a place of their own is not disturbed.
  if (!slot || (await repos.bookings.held(resident.id))) return undefined
  const wish = {
    centreCode: entry.centre.code,
    startsAt: slot.startsAt,
    topic: entry.topic,
    minutes: offerMinutes,
  }
  const taken = await takeSlot(repos, resident, wish, now)
  if (taken.outcome !== 'held') return undefined
  const { hold } = taken
  const change = { status: 'offered', bookingId: hold.id, offerUntil: hold.holdUntil } as const
  await repos.waitingList.change(entry.id, change, now)
  return { entry: { ...entry, ...change }, resident, hold }
}

/** An offer that was not taken goes back; the entry waits at the end of the line, or leaves it after the third. */
export async function letGo(repos: Repos, entry: WaitingEntry, now: number): Promise<'waiting' | 'left'> {
  if (entry.bookingId !== null) await repos.bookings.dropHold(entry.bookingId)
  const offers = entry.offers + 1
  const status = offers >= OFFERS ? 'left' : 'waiting'
  await repos.waitingList.change(
    entry.id,
    { status, offers, turnAt: now, bookingId: null, offerUntil: null },
    now,
  )
  return status
}

/** @returns the entry that is left, undefined where there was none */
export async function leave(
  repos: Repos,
  residentId: string,
  now: number,
): Promise<WaitingEntry | undefined> {
  const entry = await repos.waitingList.open(residentId)
  if (!entry) return undefined
  if (entry.bookingId !== null) await repos.bookings.dropHold(entry.bookingId)
  await repos.waitingList.change(entry.id, { status: 'left', bookingId: null, offerUntil: null }, now)
  return entry
}
