import { dayOf, isoOf } from '../../lib/days.ts'
import { HOUR } from '../../lib/time.ts'
import { quietUntil } from '../quiet.ts'
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
/** Who has just let one go is left alone for a while: the same place may still be free. */
const REST = 3 * HOUR

const subjectOf = (entryId: string) => `waiting:${entryId}`

/**
 * Offers what is free at a centre to those who wait there, in turn: each gets the first slot that suits, held for as long
 * as an offer lasts, and hears of it. At night nothing is offered, because nobody would be there to take it. Dates that
 * are over leave the list. Called behind the lock of the centre.
 */
export async function offerFree(
  repos: Repos,
  centreCode: string,
  sandbox: boolean,
  now: number,
): Promise<Offer[]> {
  if (quietUntil(now) !== undefined) return []
  const today = isoOf(dayOf(now))
  const offers: Offer[] = []
  for (const entry of await repos.waitingList.inTurn(centreCode, sandbox)) {
    const resident = await repos.residents.find(entry.residentId)
    if (!resident || resident.restrictedAt !== null) continue
    if (entry.offers > 0 && now < entry.turnAt + REST) continue
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
  const expires = hold.holdUntil === null ? {} : { expiresAt: hold.holdUntil }
  await repos.reminders.replace(
    { subject: subjectOf(entry.id), version: entry.offers + 1 },
    [
      {
        kind: 'slot_offered',
        to: { resident: resident.id },
        dueAt: now,
        ...expires,
        values: { entry: entry.id },
      },
    ],
    now,
  )
  return { entry: { ...entry, ...change }, resident, hold }
}

/** An offer that was not taken goes back; the entry waits at the end of the line, or leaves it after the third. */
export async function letGo(repos: Repos, entry: WaitingEntry, now: number): Promise<'waiting' | 'left'> {
  if (entry.bookingId !== null) await repos.bookings.dropHold(entry.bookingId)
  await repos.reminders.cancel(subjectOf(entry.id), now)
  const offers = entry.offers + 1
  const status = offers >= OFFERS ? 'left' : 'waiting'
  await repos.waitingList.change(
    entry.id,
    { status, offers, turnAt: now, bookingId: null, offerUntil: null },
    now,
  )
  return status
}

/** They have an appointment: nothing more is offered. */
export async function stopWaiting(repos: Repos, residentId: string, now: number): Promise<void> {
  const entry = await repos.waitingList.open(residentId)
  if (!entry) return
  await repos.waitingList.change(entry.id, { status: 'taken', offerUntil: null, bookingId: null }, now)
  await repos.reminders.cancel(subjectOf(entry.id), now)
}

/**
 * Every minute for each centre where somebody waits: what was not taken in time goes on to the next, and so does what came
 * free in any other way (a coach's hours, a hold that ran out).
 */
export async function turnOver(
  repos: Repos,
  { centreCode, sandbox }: { centreCode: string; sandbox: boolean },
  now: number,
): Promise<Offer[]> {
  await repos.bookings.lock(centreCode)
  for (const entry of await repos.waitingList.expired(centreCode, sandbox, now))
    await letGo(repos, entry, now)
  return offerFree(repos, centreCode, sandbox, now)
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
  await repos.reminders.cancel(subjectOf(entry.id), now)
  return entry
}
