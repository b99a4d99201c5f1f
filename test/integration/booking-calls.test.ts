import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BOOKING } from '../../src/app/specs/booking.ts'
import { codesFor } from '../../src/cli/checkin.ts'
import { checkInCode } from '../../src/db/checkIns.ts'
import { asText } from '../../src/domain/recordText.ts'
import { recordOf } from '../../src/domain/record.ts'
import { EMPTY_INTAKE, type Speaker } from '../../src/domain/people.ts'
import { withdraw } from '../../src/domain/rights.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'
import { callsOf } from '../support/calls.ts'
import { at } from '../support/booking.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

const KEMBANGAN = '31.73.08'
const THURSDAY = '2026-11-26'
const FRIDAY = '2026-11-27'
const GROW = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }
let world: World
let faran: { id: string }
const { call, unseen } = callsOf(() => world, BOOKING)
const ask = { topic: 'perizinan', centre: null }
const book = async (chat: Speaker, slot: string, now = NOW) => {
  expect(await call(chat, 'hold_slot', { ...ask, slot }, { now })).toMatchObject({ outcome: 'held' })
  return call(chat, 'confirm_booking', { ...ask, slot }, { now })
}

let count = 0
const person = async () => {
  const chat = await newChat(world.db, `person ${++count}`)
  await registered(world, chat, {
    name: `Warga ${'abcdefghijklmnopqrstuvwxyz'[count % 26]}${count > 26 ? 'a' : ''}`,
    phone: null,
    intake: GROW,
  })
  return chat
}
const hours = (coachId: string, centreCode: string, weekdays = [1, 2, 3, 4, 5]) =>
  world.db.coachHours.createMany({
    data: weekdays.map(weekday => ({ coachId, centreCode, weekday, opens: 8 * 60, closes: 16 * 60 })),
  })

beforeAll(async () => {
  world = await openWorld()
  faran = await addCoach(world.db, 'Faran', ['naik_kelas'])
  await hours(faran.id, KEBON_JERUK)
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.waitingListEntry.deleteMany()
  await world.db.booking.deleteMany()
  await world.db.coachTimeOff.deleteMany()
  await world.db.coach.updateMany({ data: { active: true } })
})

describe('booking', () => {
  it('holds a slot, books it with code, place and calendar file, and moves it under the same code', async () => {
    const chat = await person()
    expect((await call(chat, 'booking_state')).outcome).toBe('ready')
    const days = await call(chat, 'book_days', ask)
    expect(days.output.hours).toBe(
      'Senin–Kamis 08.00–12.00 dan 13.00–16.00; Jumat 08.00–11.00 dan 13.00–16.00',
    )
    expect(days.rows).toHaveLength(9)
    const booked = await book(chat, `${THURSDAY}T09:00`)
    expect(booked).toMatchObject({ outcome: 'booked', output: { coach: 'Coach Faran', topic: 'Perizinan' } })
    const file = await world.db.file.findFirstOrThrow({ where: { conversationId: chat.id } })
    const ics = world.sealer.openBytes(`files:${chat.id}`, file.bytes).toString().replaceAll('\r\n ', '')
    expect(ics).toContain('DTSTART:20261126T020000Z')
    expect(ics).toContain('DTEND:20261126T024500Z')
    expect(ics).toContain('DTSTAMP:20261125T030000Z')
    expect(ics).not.toMatch(/Warga/)
    expect((await call(chat, 'booking_state')).output.code).toBe(booked.output.code)

    const off = { status: 'cancelled', cancelledBy: 'coach' }
    await world.db.booking.updateMany({ data: off })
    expect((await call(chat, 'booking_state')).output.reason).toBe('Coach Faran berhalangan')
    await world.db.booking.updateMany({ data: { status: 'booked', cancelledBy: null } })

    const moved = await book(chat, `${FRIDAY}T10:00`)
    expect(moved).toMatchObject({
      outcome: 'moved',
      output: { code: booked.output.code, old_when: 'Kamis, 26 November 2026, pukul 09.00 WIB' },
    })
    expect(await world.db.booking.findMany()).toMatchObject([
      { status: 'booked', version: 2, code: booked.output.code },
    ])
    expect((await call(chat, 'cancel_booking')).output.when).toBe('Jumat, 27 November 2026, pukul 10.00 WIB')
    expect((await call(chat, 'cancel_booking')).outcome).toBe('none')
  })

  it('tells who was slower and offers the next three; a hold that ran out goes to the next', async () => {
    const [first, second, third] = [await person(), await person(), await person()]
    const slot = `${THURSDAY}T09:00`
    await call(first, 'hold_slot', { ...ask, slot })
    const slower = await call(second, 'hold_slot', { ...ask, slot })
    expect(slower).toMatchObject({
      outcome: 'taken',
      output: { when: 'Kamis, 26 November 2026, pukul 09.00 WIB' },
    })
    expect(slower.rows?.map(row => row.label)).toEqual([
      'Kam, 26 Nov, 08.00',
      'Kam, 26 Nov, 10.00',
      'Kam, 26 Nov, 11.00',
      'Hari lain',
    ])
    const later = { now: NOW + 5 * MINUTE }
    expect((await call(third, 'hold_slot', { ...ask, slot }, later)).outcome).toBe('held')
    expect((await call(first, 'confirm_booking', { ...ask, slot }, later)).outcome).toBe('taken')
    expect((await call(third, 'confirm_booking', { ...ask, slot }, { now: NOW + HOUR })).outcome).toBe(
      'booked',
    )
    expect((await call(second, 'release_hold')).outcome).toBe('released')
  })

  it('does not confirm what is no longer allowed: the coach went off while the person was thinking', async () => {
    const chat = await person()
    const slot = `${THURSDAY}T09:00`
    await call(chat, 'hold_slot', { ...ask, slot })
    await world.db.coachTimeOff.create({
      data: {
        coachId: faran.id,
        startsAt: new Date(at(THURSDAY, '00:00')),
        endsAt: new Date(at(THURSDAY, '23:59')),
        createdAt: new Date(NOW),
      },
    })
    const answer = await call(chat, 'confirm_booking', { ...ask, slot })
    expect(answer.outcome).toBe('taken')
    expect(answer.rows?.map(row => row.value)[0]).toBe(`${FRIDAY}T08:00`)
  })

  it('an appointment that is over does not stand in the way of the next', async () => {
    const chat = await person()
    await book(chat, `${THURSDAY}T09:00`)
    const now = at(THURSDAY, '12:00')
    expect((await call(chat, 'booking_state', {}, { now })).outcome).toBe('ready')
    expect((await book(chat, `${FRIDAY}T09:00`, now)).outcome).toBe('booked')
    expect(
      (await world.db.booking.findMany({ orderBy: { startsAt: 'asc' } })).map(row => row.status),
    ).toEqual(['ended', 'booked'])
  })

  it('when all is full: the closest centre with a place that day, or the waiting list', async () => {
    const chat = await person()
    await world.db.coachTimeOff.create({
      data: {
        coachId: faran.id,
        startsAt: new Date(NOW),
        endsAt: new Date(NOW + 60 * DAY),
        createdAt: new Date(NOW),
      },
    })
    expect((await call(chat, 'book_days', ask)).outcome).toBe('full')
    expect((await call(chat, 'when', { ...ask, said: 'besok' })).outcome).toBe('none')
    const slot = `${THURSDAY}T09:00`
    expect((await call(chat, 'hold_slot', { ...ask, slot })).outcome).toBe('none')
    expect((await call(chat, 'confirm_booking', { ...ask, slot })).outcome).toBe('none')
    expect((await call(chat, 'other_centre', { topic: 'perizinan', date: THURSDAY })).outcome).toBe('none')
    const lina = await addCoach(world.db, 'Lina', ['naik_kelas'], KEMBANGAN)
    await hours(lina.id, KEMBANGAN)
    expect(await call(chat, 'other_centre', { topic: 'perizinan', date: THURSDAY })).toMatchObject({
      outcome: 'found',
      output: { centre: KEMBANGAN, date: THURSDAY },
    })
    expect((await call(chat, 'join_waiting', { ...ask, date: THURSDAY })).outcome).toBe('joined')
    expect((await call(chat, 'join_waiting', { ...ask, date: null })).outcome).toBe('already')
    expect((await call(chat, 'booking_state')).output).toMatchObject({ date_text: 'Kamis, 26 November 2026' })
    expect((await call(chat, 'leave_waiting')).outcome).toBe('left')
    expect((await call(chat, 'leave_waiting')).outcome).toBe('none')
    await world.db.coach.updateMany({ data: { active: false } })
    expect((await call(chat, 'book_days', ask)).outcome).toBe('no_coach')
    await world.db.coachHours.deleteMany({ where: { coachId: lina.id } })
  })

  it('is not for who has withdrawn, nor for nobody', async () => {
    const nobody = await newChat(world.db, 'nobody')
    expect((await call(nobody, 'booking_state')).outcome).toBe('nobody')
    expect((await call(nobody, 'check_in', { code: 'x' })).outcome).toBe('nobody')
    const chat = await person()
    const resident = await world.within(repos => repos.residents.active(chat.id))
    if (resident) await world.within(repos => withdraw({ repos, speaker: chat, now: NOW }, resident))
    expect((await call(chat, 'booking_state')).outcome).toBe('restricted')
    await expect(call(chat, 'hold_slot', { ...ask, slot: `${THURSDAY}T09:00` })).rejects.toThrow(/Nobody/)
  })
})

describe('when', () => {
  it('answers whatever is said with what can be had', async () => {
    const chat = await person()
    const said = async (words: string, more = {}) => call(chat, 'when', { ...ask, said: words, ...more })
    expect(await said('besok jam 9')).toMatchObject({
      outcome: 'slot',
      output: { slot: `${THURSDAY}T09:00` },
    })
    expect(await said('besok')).toMatchObject({ outcome: 'slots', output: { date: THURSDAY } })
    expect((await said('besok sore')).rows?.map(row => row.value)).toEqual([`${THURSDAY}T15:00`, 'other_day'])
    expect((await said('other_day')).outcome).toBe('other_day')
    expect(await said('besok jam setengah 3 sore')).toMatchObject({
      outcome: 'no_start',
      output: { wished: 'pukul 14.30 WIB', near: '14.00 atau 15.00' },
    })
    expect(await said('hari ini jam 11')).toMatchObject({ outcome: 'too_soon', output: { notice: '2 jam' } })
    await book(await person(), `${THURSDAY}T10:00`)
    expect((await said('besok jam 10')).outcome).toBe('not_free')
    expect((await said('jam 7 malam', { date: THURSDAY })).outcome).toBe('off_hours')
    expect((await said('minggu depan')).rows).toHaveLength(5)
    expect((await said('minggu depan')).outcome).toBe('days')
    expect(await said('24 desember')).toMatchObject({
      outcome: 'holiday',
      output: { why: 'Cuti bersama Natal' },
    })
    expect(await said('hari minggu')).toMatchObject({ outcome: 'closed', output: { nearest: '2026-11-30' } })
    expect((await said('5 maret')).outcome).toBe('far')
    expect((await said('17 agustus')).outcome).toBe('holiday')
    expect(await said('jam 2')).toMatchObject({ outcome: 'hour', output: { hour: 'jam 2' } })
    expect(await said('besok', { hour: 'jam 2' })).toMatchObject({
      outcome: 'slot',
      output: { slot: `${THURSDAY}T14:00` },
    })
    expect((await said('kemarin')).outcome).toBe('past')
    expect((await said('31/2')).outcome).toBe('unclear')
    expect((await said('entahlah', { date: THURSDAY })).outcome).toBe('unclear_time')
    expect((await said('terserah')).outcome).toBe('slots')
    expect(await said('terserah', { date: THURSDAY })).toMatchObject({
      outcome: 'slot',
      output: { slot: `${THURSDAY}T08:00` },
    })
    const evening = { now: at('2026-11-25', '15:00') }
    expect(await call(chat, 'when', { ...ask, said: 'hari ini' }, evening)).toMatchObject({
      outcome: 'late',
      output: { notice: '2 jam' },
    })
    expect((await said('habis lebaran')).outcome).toBe('far')
    await world.db.coachTimeOff.create({
      data: {
        coachId: faran.id,
        startsAt: new Date(at(THURSDAY, '00:00')),
        endsAt: new Date(at(THURSDAY, '23:59')),
        createdAt: new Date(NOW),
      },
    })
    expect(await said('besok')).toMatchObject({ outcome: 'full', output: { nearest: FRIDAY } })
  })
})

describe('at the centre and afterwards', () => {
  it('checks in with the code of the day, with an appointment or without, and with no other code', async () => {
    const chat = await person()
    const code = (centre: string, date: string) => checkInCode(world.sealer, centre, date)
    await book(chat, `${THURSDAY}T09:00`)
    const now = at(THURSDAY, '08:50')
    const enter = (typed: string) => call(chat, 'check_in', { code: typed }, { now })
    for (const wrong of [
      '',
      'x',
      code(KEBON_JERUK, '2026-11-25'),
      `${code(KEBON_JERUK, THURSDAY)}0`,
      'é'.repeat(6),
    ])
      expect((await enter(wrong || ' ')).outcome).toBe('wrong')
    const spoken = code(KEBON_JERUK, THURSDAY).toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o')
    expect((await enter(` ${spoken.slice(0, 3)} ${spoken.slice(3)} `)).outcome).toBe('arrived')
    expect(await world.db.booking.findFirst()).toMatchObject({ status: 'attended', attendanceBy: 'code' })
    expect((await enter(code(KEMBANGAN, THURSDAY))).outcome).toBe('walk_in')
    expect((await enter(code(KEMBANGAN, THURSDAY))).outcome).toBe('again')
  })

  it('its people see the code of the day in their chat, and it can be printed for the days to come', async () => {
    const code = (date: string) => checkInCode(world.sealer, KEBON_JERUK, date)
    const chat = await newChat(world.db, 'at the counter')
    expect((await call(chat, 'clinic_code')).outcome).toBe('resident')
    const works = (staffId: string, role: string) =>
      world.db.staffChat.create({
        data: { conversationId: chat.id, staffId, role, linkedAt: new Date(NOW) },
      })
    await works(faran.id, 'coach')
    const shown = { outcome: 'shown', output: { code: code('2026-11-25'), centre_name: 'Kebon Jeruk' } }
    expect(await call(chat, 'clinic_code')).toMatchObject(shown)
    const everywhere = await world.db.operator.create({ data: { name: 'Sari', createdAt: new Date(NOW) } })
    await works(everywhere.id, 'operator')
    expect((await call(chat, 'clinic_code')).outcome).toBe('everywhere')

    const printed = await codesFor(world, { centre: 'kebon', days: 2 }, NOW)
    expect(printed).toBe(
      `Rabu, 25 November 2026\n  Kebon Jeruk  ${code('2026-11-25')}\n\nKamis, 26 November 2026\n  Kebon Jeruk  ${code(THURSDAY)}`,
    )
    expect((await codesFor(world, { days: 1 }, NOW))?.split('\n')).toHaveLength(45)
    expect(await codesFor(world, { centre: 'Bandung', days: 1 }, NOW)).toBeUndefined()
  })

  it('keeps what people say of a visit, sealed, and shows it in their copy', async () => {
    const chat = await person()
    expect((await call(chat, 'last_visit')).outcome).toBe('none')
    expect((await call(chat, 'give_feedback', { answer: 'helped' })).outcome).toBe('none')
    await book(chat, `${THURSDAY}T09:00`)
    const later = { now: at(THURSDAY, '10:00') }
    expect((await call(chat, 'last_visit', {}, later)).outcome).toBe('found')
    await call(chat, 'give_feedback', { answer: 'less', why: null }, later)
    expect((await call(chat, 'last_visit', {}, later)).outcome).toBe('why')
    expect(
      (await call(chat, 'give_feedback', { answer: 'less', why: 'terlalu singkat' }, later)).outcome,
    ).toBe('thanked')
    const row = await world.db.feedback.findFirstOrThrow({ include: { booking: true } })
    expect(Buffer.from(row.why ?? []).toString('latin1')).not.toContain('singkat')
    expect(row.booking).toMatchObject({ status: 'attended', attendanceBy: 'resident' })
    const text = await world.within(async repos => {
      const resident = await repos.residents.active(chat.id)
      if (!resident) throw new Error('nobody')
      return asText(await recordOf(repos, chat, resident), 'id')
    })
    expect(text).toMatch(
      /JANJI DAN KUNJUNGAN\nJ-\w{4}: Kamis, 26 November 2026, pukul 09.00 WIB, Kebon Jeruk, Coach Faran, Perizinan \(hadir\); kurang membantu: terlalu singkat/,
    )
    await expect(call(chat, 'give_feedback', { answer: 'nonsense' }, later)).rejects.toThrow()
  })
})

it('every outcome of every call of booking has been seen', () => {
  expect(unseen()).toEqual([])
})
