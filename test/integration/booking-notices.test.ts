import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BOOKING_NOTICES } from '../../src/app/specs/bookingNotices.ts'
import { turnWaitingLists } from '../../src/db/waitingPass.ts'
import type { Booking } from '../../src/domain/booking/ports.ts'
import { attend } from '../../src/domain/booking/visits.ts'
import { EMPTY_INTAKE, type Speaker } from '../../src/domain/people.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'
import { at } from '../support/booking.ts'
import { callsOf } from '../support/calls.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

const FRIDAY = '2026-11-27'
const NINE = `${FRIDAY}T09:00`
const GROW = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }
const ask = { topic: 'perizinan', centre: null }
let world: World
let coachId: string
let count = 0
const { call, unseen } = callsOf(() => world, BOOKING_NOTICES)

async function person() {
  const chat = await newChat(world.db, `person ${++count}`)
  await registered(world, chat, { name: `Warga ${'abcdefghijkl'[count]}`, phone: null, intake: GROW })
  return chat
}
const idOf = async (chat: Speaker) => (await world.within(repos => repos.residents.active(chat.id)))?.id ?? ''
const bookingOf = async (chat: Speaker) =>
  (await world.within(async repos => repos.bookings.open(await idOf(chat)))) as Booking
const entryOf = async (chat: Speaker) =>
  world.db.waitingListEntry.findFirstOrThrow({ where: { residentId: await idOf(chat) } })
async function book(chat: Speaker, slot = NINE, now = NOW): Promise<Booking> {
  expect((await call(chat, 'hold_slot', { ...ask, slot }, { now })).outcome).toBe('held')
  expect((await call(chat, 'confirm_booking', { ...ask, slot }, { now })).outcome).toMatch(/booked|moved/)
  return bookingOf(chat)
}
const open = async (subject: string) =>
  (await world.within(repos => repos.reminders.of(subject)))
    .filter(each => each.status === 'waiting')
    .map(({ kind, version, dueAt }) => ({ kind, version, dueAt }))

beforeAll(async () => {
  world = await openWorld()
  coachId = (await addCoach(world.db, 'Faran', ['naik_kelas'])).id
  // one place a day, on Fridays at nine
  await world.db.coachHours.create({
    data: { coachId, centreCode: KEBON_JERUK, weekday: 5, opens: 9 * 60, closes: 10 * 60 },
  })
  await world.db.bookingRules.updateMany({ data: { furthestDays: 5 } })
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.waitingListEntry.deleteMany()
  await world.db.booking.deleteMany()
  await world.db.reminder.deleteMany()
})

describe('reminders of an appointment', () => {
  it('are planned with it, move with it, and go with it', async () => {
    await world.db.bookingRules.updateMany({ data: { furthestDays: 12 } })
    const chat = await person()
    const { id } = await book(chat)
    expect(await open(`booking:${id}`)).toEqual([
      { kind: 'booking_day_before', version: 1, dueAt: at('2026-11-26', '17:00') },
      { kind: 'booking_soon', version: 1, dueAt: at(FRIDAY, '07:00') },
    ])
    const rows = await world.db.reminder.findMany({
      where: { subject: `booking:${id}` },
      orderBy: { dueAt: 'asc' },
    })
    // the first is good until the second, the second until the session
    expect(rows.map(row => row.expiresAt?.getTime())).toEqual([at(FRIDAY, '07:00'), at(FRIDAY, '09:00')])
    expect((await call(chat, 'reminded_booking', { booking: id })).outcome).toBe('stands')
    await book(chat, '2026-12-04T09:00')
    expect(await open(`booking:${id}`)).toEqual([
      { kind: 'booking_day_before', version: 2, dueAt: at('2026-12-03', '17:00') },
      { kind: 'booking_soon', version: 2, dueAt: at('2026-12-04', '07:00') },
    ])
    for (const answer of ['come', 'move', 'cancel'])
      expect((await call(chat, 'answer_reminder', { booking: id, answer })).outcome).toBe(answer)
    await call(chat, 'cancel_booking')
    expect(await open(`booking:${id}`)).toEqual([])
    expect((await call(chat, 'reminded_booking', { booking: id })).outcome).toBe('gone')
    expect((await call(chat, 'answer_reminder', { booking: id, answer: 'come' })).outcome).toBe('gone')
    await world.db.bookingRules.updateMany({ data: { furthestDays: 5 } })
  })

  it('that are past already are not planned', async () => {
    const { id } = await book(await person(), NINE, at('2026-11-26', '18:00'))
    expect((await open(`booking:${id}`)).map(each => each.kind)).toEqual(['booking_soon'])
  })
})

describe('after a session', () => {
  const marked = async (status: 'attended' | 'no_show') => {
    const chat = await person()
    const booking = await book(chat)
    const now = booking.endsAt + 5 * MINUTE
    await world.within(repos => attend(repos, booking, { status, by: 'coach' }, now))
    return { chat, booking, now }
  }

  it('its visitor is asked an hour later, and not once they have said', async () => {
    const { chat, booking, now } = await marked('attended')
    const subject = `booking:${booking.id}`
    expect(await open(subject)).toEqual([
      { kind: 'visit_feedback', version: 1, dueAt: booking.endsAt + HOUR },
    ])
    const given = { booking: booking.id }
    expect((await call(chat, 'visited_booking', given, { now })).outcome).toBe('attended')
    for (const answer of ['helped', 'did_not_come', 'less'])
      expect((await call(chat, 'rate_visit', { ...given, answer }, { now })).outcome).toBe(answer)
    expect(await open(subject)).toEqual([])
    expect((await call(chat, 'last_visit', {}, { now })).outcome).toBe('why')
    expect((await call(chat, 'last_visit', {}, { now: now + HOUR })).outcome).toBe('found')
    const late = { now: now + 40 * DAY }
    expect((await call(chat, 'rate_visit', { ...given, answer: 'less' }, late)).outcome).toBe('gone')
  })

  it('who missed it is offered another, unless they have one', async () => {
    const { chat, booking, now } = await marked('no_show')
    expect((await open(`booking:${booking.id}`)).map(each => each.kind)).toEqual(['missed_visit'])
    const given = { booking: booking.id }
    expect((await call(chat, 'visited_booking', given, { now })).outcome).toBe('no_show')
    expect((await call(chat, 'answer_reminder', { ...given, answer: 'again' }, { now })).outcome).toBe(
      'again',
    )
    expect((await call(await person(), 'visited_booking', given, { now })).outcome).toBe('gone')
  })
})

describe('the waiting list', () => {
  const waiting = async () => {
    const chat = await person()
    const now = NOW - 100 + count
    expect((await call(chat, 'join_waiting', { ...ask, date: null }, { now })).outcome).toBe('joined')
    return chat
  }

  it('offers a cancelled place to the first in turn, who takes it', async () => {
    const holder = await person()
    await book(holder)
    const [first, second] = [await waiting(), await waiting()]
    await call(holder, 'cancel_booking')
    const entry = await entryOf(first)
    expect(entry).toMatchObject({ status: 'offered', offerUntil: new Date(NOW + 30 * MINUTE) })
    expect((await entryOf(second)).status).toBe('waiting')
    expect(await open(`waiting:${entry.id}`)).toEqual([{ kind: 'slot_offered', version: 1, dueAt: NOW }])
    expect((await call(first, 'offered_slot', { entry: entry.id })).output).toMatchObject({
      until: 'pukul 10.30 WIB',
    })
    expect((await call(holder, 'hold_slot', { ...ask, slot: NINE })).outcome).not.toBe('held')
    expect((await call(first, 'answer_offer', { entry: entry.id, answer: 'take' })).outcome).toBe('booked')
    expect((await bookingOf(first)).startsAt).toBe(at(FRIDAY, '09:00'))
    expect((await entryOf(first)).status).toBe('taken')
    expect((await call(first, 'offered_slot', { entry: entry.id })).outcome).toBe('gone')
    expect((await call(first, 'answer_offer', { entry: entry.id, answer: 'take' })).outcome).toBe('gone')
  })

  it('passes on what is let go or not taken in half an hour, each once in three hours, three times', async () => {
    const holder = await person()
    await book(holder)
    const [first, second] = [await waiting(), await waiting()]
    await call(holder, 'cancel_booking')
    const [one, two] = [(await entryOf(first)).id, (await entryOf(second)).id]
    expect((await call(first, 'answer_offer', { entry: one, answer: 'skip' })).outcome).toBe('skipped')
    expect((await entryOf(second)).status).toBe('offered')
    expect(await turnWaitingLists(world.db, world.sealer, NOW + 29 * MINUTE)).toBe(0)
    const late = NOW + 31 * MINUTE
    expect((await call(second, 'answer_offer', { entry: two, answer: 'take' }, { now: late })).outcome).toBe(
      'late',
    )
    expect(await turnWaitingLists(world.db, world.sealer, late)).toBe(0)
    expect(await entryOf(second)).toMatchObject({ status: 'waiting', offers: 1 })
    expect(await turnWaitingLists(world.db, world.sealer, NOW + 3 * HOUR)).toBe(1)
    await world.db.waitingListEntry.update({ where: { id: one }, data: { offers: 2 } })
    const then = { now: NOW + 3 * HOUR + MINUTE }
    expect((await call(first, 'answer_offer', { entry: one, answer: 'skip' }, then)).outcome).toBe('left')
  })

  it('is silent at night', async () => {
    await waiting()
    expect(await turnWaitingLists(world.db, world.sealer, at('2026-11-25', '22:00'))).toBe(0)
    expect(await turnWaitingLists(world.db, world.sealer, at('2026-11-26', '06:00'))).toBe(1)
  })
})

it('every outcome of every call has been seen', () => {
  expect(unseen()).toEqual([])
})
