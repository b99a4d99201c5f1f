import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CALLED_OFF } from '../../src/app/specs/calledOff.ts'
import { appointmentsCli } from '../../src/cli/appointments.ts'
import { importCli } from '../../src/cli/import.ts'
import type { TableName } from '../../src/cli/tables/registry.ts'
import { readAges } from '../../src/db/health.ts'
import type { Booking } from '../../src/domain/booking/ports.ts'
import { EMPTY_INTAKE, type Speaker } from '../../src/domain/people.ts'
import { daysOff } from '../../src/domain/staff/coaching.ts'
import { takeBack, takeOff } from '../../src/domain/staff/absence.ts'
import { dayFromIso } from '../../src/lib/days.ts'
import { Metrics } from '../../src/http/metrics.ts'
import { HOUR, MINUTE } from '../../src/lib/time.ts'
import { at } from '../support/booking.ts'
import { callsOf } from '../support/calls.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

/** Coaches who are not there and centres that close: whoever had an appointment hears of it once, and nobody is lost. */
const THURSDAY = '2026-11-26'
const FRIDAY = '2026-11-27'
const ask = { topic: 'perizinan', centre: null }
const GROW = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }
let world: World
let faran: string
let lina: string
let count = 0
const { call, unseen } = callsOf(() => world, CALLED_OFF)

beforeAll(async () => {
  world = await openWorld()
  faran = (await addCoach(world.db, 'Faran', ['naik_kelas'])).id
  lina = (await addCoach(world.db, 'Lina', ['naik_kelas'])).id
  await world.db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: 2 } })
})
afterAll(() => world.close())
beforeEach(async () => {
  const { db } = world
  await db.waitingListEntry.deleteMany()
  await db.booking.deleteMany()
  await db.reminder.deleteMany()
  await db.coachTimeOff.deleteMany()
  await db.centreException.deleteMany()
  await db.holiday.deleteMany()
  await db.coachHours.deleteMany()
  await works(faran, 8, 16)
  await works(lina, 13, 16)
})

const works = (coachId: string, from: number, to: number) =>
  world.db.coachHours.createMany({
    data: [1, 2, 3, 4, 5].map(weekday => ({
      ...{ coachId, centreCode: KEBON_JERUK, weekday },
      ...{ opens: from * 60, closes: to * 60 },
    })),
  })

async function person(): Promise<Speaker> {
  const chat = await newChat(world.db, `person ${++count}`)
  const { id } = await registered(world, chat, { name: 'Siti Aminah', phone: null, intake: GROW })
  await world.db.resident.update({ where: { id }, data: { coachId: faran } })
  return chat
}
const residentOf = async (chat: Speaker) =>
  (await world.within(repos => repos.residents.active(chat.id)))?.id ?? ''
async function book(chat: Speaker, slot: string, now = NOW): Promise<Booking> {
  await call(chat, 'hold_slot', { ...ask, slot }, { now })
  expect((await call(chat, 'confirm_booking', { ...ask, slot }, { now })).outcome).toBe('booked')
  const id = await residentOf(chat)
  return (await world.within(repos => repos.bookings.open(id))) as Booking
}
const offOn = (date: string, coachId = faran, now = NOW) => {
  const day = dayFromIso(date) ?? 0
  return world.within(repos => takeOff(repos, coachId, daysOff(day, day), now))
}
/** What is still to be said about a booking. */
const heard = async (id: string) =>
  (await world.within(repos => repos.reminders.of(`booking:${id}`)))
    .filter(each => each.status === 'waiting')
    .map(each => each.kind)
const operator = async (): Promise<Speaker> => {
  const chat = await newChat(world.db, `operator ${++count}`)
  const data = { name: `Sari ${count}`, centreCode: KEBON_JERUK, createdAt: new Date(NOW) }
  const { id: staffId } = await world.db.operator.create({ data })
  await world.db.staffChat.create({
    data: { conversationId: chat.id, staffId, role: 'operator', linkedAt: new Date(NOW) },
  })
  return chat
}
const bring = (table: TableName, text: string, dryRun = false) =>
  importCli(world.db, world.sealer, { table, bytes: Buffer.from(text), dryRun, now: NOW })

describe('a coach who is not there', () => {
  it('each affected resident hears of it once, instead of every reminder, and is offered a colleague where one is free', async () => {
    const [morning, afternoon, other] = [await person(), await person(), await person()]
    const nine = await book(morning, `${THURSDAY}T09:00`)
    const two = await book(afternoon, `${THURSDAY}T14:00`)
    const friday = await book(other, `${FRIDAY}T09:00`)
    expect((await offOn(THURSDAY)).map(each => each.id)).toEqual([nine.id, two.id])
    expect(await offOn(THURSDAY)).toEqual([])
    expect(await heard(nine.id)).toEqual(['session_off'])
    expect(await heard(two.id)).toEqual(['session_off'])
    expect(await heard(friday.id)).toEqual(['booking_day_before', 'booking_soon'])
    const mentor = 'same'
    expect(await call(morning, 'session_off', { booking: nine.id, mentor })).toMatchObject({
      outcome: 'other',
      output: { reason: 'Coach Faran berhalangan' },
    })
    expect(await call(afternoon, 'session_off', { booking: two.id, mentor })).toMatchObject({
      outcome: 'same',
      output: { other: 'Coach Lina' },
    })
    // one tap: the same time with her
    const again = await call(afternoon, 'answer_session_off', { booking: two.id, answer: 'same' })
    expect(again).toMatchObject({
      outcome: 'booked',
      output: { when: expect.stringContaining('14.00') as string },
    })
    const id = await residentOf(afternoon)
    const now = await world.within(repos => repos.bookings.open(id))
    expect(now).toMatchObject({ startsAt: two.startsAt, coach: { id: lina } })
    expect(await heard(now?.id ?? '')).toEqual(['booking_day_before', 'booking_soon'])
    for (const name of ['session_off', 'answer_session_off'] as const)
      expect((await call(afternoon, name, { booking: two.id, mentor, answer: 'same' })).outcome).toBe('gone')
  })

  it('a colleague can be taken also when the session is less than the minimum notice away', async () => {
    const chat = await person()
    const { id } = await book(chat, `${THURSDAY}T14:00`)
    const now = at(THURSDAY, '13:30')
    await offOn(THURSDAY, faran, now)
    expect((await call(chat, 'session_off', { booking: id, mentor: 'same' }, { now })).outcome).toBe('same')
    expect((await call(chat, 'answer_session_off', { booking: id, answer: 'same' }, { now })).outcome).toBe(
      'booked',
    )
  })

  it('whoever taps too late is told, and may choose another time or none; janji saya shows it meanwhile', async () => {
    const [chat, faster] = [await person(), await person()]
    const { id } = await book(chat, `${THURSDAY}T14:00`)
    await offOn(THURSDAY)
    await book(faster, `${THURSDAY}T14:00`)
    expect((await call(chat, 'booking_state')).outcome).toBe('called_off')
    const answer = (answer: string) => call(chat, 'answer_session_off', { booking: id, answer })
    expect(await answer('same')).toMatchObject({ outcome: 'taken', output: { centre: KEBON_JERUK } })
    expect((await answer('other')).outcome).toBe('other')
    expect((await answer('none')).outcome).toBe('none')
    expect((await call(chat, 'booking_state')).outcome).toBe('ready')
    expect((await answer('other')).outcome).toBe('gone')
  })

  it('who can come after all is booked again; nobody is told twice, and who has not chosen is offered the old time first', async () => {
    const [chosen, waits, alone] = [await person(), await person(), await person()]
    const nine = await book(chosen, `${THURSDAY}T09:00`)
    const ten = await book(waits, `${THURSDAY}T10:00`)
    const two = await book(alone, `${THURSDAY}T14:00`)
    await offOn(THURSDAY)
    await offOn(THURSDAY)
    await call(chosen, 'answer_session_off', { booking: nine.id, answer: 'none' })
    const [off, ...more] = await world.within(repos => repos.coaching.timesOff(faran, NOW))
    expect(more).toEqual([])
    const said = await world.db.reminder.count()
    const now = NOW + HOUR
    const id = off?.id ?? 0
    expect(await world.within(repos => takeBack(repos, lina, id, now))).toBeUndefined()
    const back = await world.within(repos => takeBack(repos, faran, id, now))
    expect(back?.told.map(each => [each.id, each.settledAt === null])).toEqual([
      [nine.id, false],
      [ten.id, true],
      [two.id, true],
    ])
    expect(await world.within(repos => takeBack(repos, faran, id, now))).toBeUndefined()
    expect(await world.db.reminder.count()).toBe(said)
    expect((await call(chosen, 'booking_state', {}, { now })).outcome).toBe('ready')
    // the notice itself, where it was still to be said
    expect(await call(waits, 'session_off', { booking: ten.id, mentor: 'same' }, { now })).toMatchObject({
      outcome: 'again',
      output: { other: 'Coach Faran' },
    })
    expect(await call(waits, 'booking_state', {}, { now })).toMatchObject({ output: { same: 'again' } })
    const answer = (chat: Speaker, booking: string, answer: string) =>
      call(chat, 'answer_session_off', { booking, answer }, { now })
    expect(await answer(waits, ten.id, 'other')).toMatchObject({
      outcome: 'again',
      output: { when: 'Kamis, 26 November 2026, pukul 10.00 WIB', other: 'Coach Faran' },
    })
    expect((await answer(waits, ten.id, 'another')).outcome).toBe('other')
    expect((await answer(waits, ten.id, 'same')).outcome).toBe('booked')
    // with whom they were told, though a colleague is free too
    await world.db.resident.update({ where: { id: await residentOf(alone) }, data: { coachId: lina } })
    expect((await answer(alone, two.id, 'same')).outcome).toBe('booked')
    const open = await world.within(async repos => repos.bookings.open(await residentOf(alone)))
    expect(open).toMatchObject({ startsAt: two.startsAt, coach: { id: faran } })
  })

  it('the hours that are taken back go to the first who waits, at once', async () => {
    await world.db.coachHours.deleteMany({ where: { coachId: lina } })
    await offOn(THURSDAY)
    const waits = await person()
    expect((await call(waits, 'join_waiting', { ...ask, date: THURSDAY })).outcome).toBe('joined')
    const [off] = await world.within(repos => repos.coaching.timesOff(faran, NOW))
    await world.within(repos => takeBack(repos, faran, off?.id ?? 0, NOW))
    const entry = await world.db.waitingListEntry.findFirstOrThrow({ include: { booking: true } })
    expect(entry).toMatchObject({ status: 'offered', booking: { coachId: faran } })
  })

  it('the room that comes free goes to the first who waits', async () => {
    await world.db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: 1 } })
    await world.db.bookingRules.updateMany({ data: { furthestDays: 1 } })
    await world.db.coachHours.updateMany({ data: { opens: 14 * 60, closes: 15 * 60 } })
    const [chat, waits] = [await person(), await person()]
    await world.db.coachTimeOff.create({
      data: {
        ...{ coachId: faran, createdAt: new Date(NOW) },
        ...{ startsAt: new Date(NOW), endsAt: new Date(NOW + 12 * HOUR) },
      },
    })
    await world.db.coachTimeOff.create({
      data: {
        ...{ coachId: lina, createdAt: new Date(NOW) },
        ...{ startsAt: new Date(NOW), endsAt: new Date(NOW + 12 * HOUR) },
      },
    })
    await book(chat, `${THURSDAY}T14:00`)
    expect((await call(waits, 'join_waiting', { ...ask, date: null })).outcome).toBe('joined')
    await offOn(THURSDAY)
    const entry = await world.db.waitingListEntry.findFirstOrThrow({ include: { booking: true } })
    expect(entry).toMatchObject({ status: 'offered', booking: { coachId: lina } })
    await world.db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: 2 } })
    await world.db.bookingRules.updateMany({ data: { furthestDays: 30 } })
  })
})

describe('an operator', () => {
  it('sees who has not chosen yet, writes to them, and takes them off the list', async () => {
    const [sari, one, two] = [await operator(), await person(), await person()]
    const first = await book(one, `${THURSDAY}T09:00`)
    const second = await book(two, `${THURSDAY}T10:00`)
    expect((await call(sari, 'unsettled')).outcome).toBe('none')
    await offOn(THURSDAY)
    const rows = (await call(sari, 'unsettled')).rows ?? []
    expect(rows.map(row => [row.value, row.description])).toEqual([
      [first.id, 'Siti A.: Kamis, 26 November 2026, pukul 09.00 WIB'],
      [second.id, 'Siti A.: Kamis, 26 November 2026, pukul 10.00 WIB'],
    ])
    // one message for both, when they have had two hours
    const told = await world.db.reminder.findMany({ where: { kind: 'unsettled', status: 'waiting' } })
    expect(told.map(each => each.dueAt.getTime())).toEqual([NOW + 2 * HOUR])
    expect((await call(sari, 'unsettled_one', { booking: first.id })).output).toMatchObject({
      who: 'Siti A.',
    })
    const settle = (booking: string, answer: string) => call(sari, 'settle_booking', { booking, answer })
    expect((await settle(first.id, 'write')).outcome).toBe('ticket')
    expect((await settle(first.id, 'helped')).outcome).toBe('settled')
    expect((await settle(first.id, 'helped')).outcome).toBe('gone')
    expect((await call(sari, 'unsettled_one', { booking: first.id })).outcome).toBe('gone')
    await world.db.conversation.update({ where: { id: two.id }, data: { blockedAt: new Date(NOW) } })
    expect((await settle(second.id, 'write')).outcome).toBe('no_chat')
    await book(two, `${FRIDAY}T09:00`, NOW + MINUTE)
    expect((await call(sari, 'unsettled')).outcome).toBe('none')
    expect((await call(one, 'unsettled')).outcome).toBe('not_operator')
  })
})

it('npm run appointments lists them with whom to call, and takes them off', async () => {
  const { code } = await book(await person(), `${THURSDAY}T09:00`)
  await offOn(THURSDAY)
  const cli = (settled?: string) => appointmentsCli(world.db, world.sealer, { settled, now: NOW })
  const listed = await cli()
  expect(listed.text).toContain(
    `${code} · Kamis, 26 November 2026, pukul 09.00 WIB, Kebon Jeruk: Coach Faran`,
  )
  expect(listed.text).toContain('Siti Aminah, OKO-')
  expect((await cli('J-0000')).code).toBe(1)
  expect(await cli(code.toLowerCase())).toEqual({ text: `${code}: tercatat sudah dibantu.`, code: 0 })
  expect((await cli()).text).toBe('Tidak ada janji yang menunggu diganti.')
})

it('/metrics counts them and tells since when the first waits, of real people and of those who want to be asked, by number only', async () => {
  const [early, late, gone] = [await person(), await person(), await person()]
  const first = await book(early, `${THURSDAY}T09:00`)
  const second = await book(late, `${FRIDAY}T09:00`)
  const third = await book(gone, `${FRIDAY}T10:00`)
  await offOn(THURSDAY)
  await offOn(FRIDAY, faran, NOW + 2 * HOUR)
  await world.db.resident.updateMany({
    where: { bookings: { some: { id: third.id } } },
    data: { restrictedAt: new Date(NOW) },
  })
  const scrape = async () => {
    const ages = () => readAges(world.db, NOW + 3 * HOUR)
    const metrics = new Metrics({ ages, requests: () => Promise.resolve({ open: 0, alarm: 0, overdue: 0 }) })
    const text = await metrics.registry.metrics()
    return text.split('\n').filter(line => /^okoce_\w*unsettled/.test(line))
  }
  expect(await scrape()).toEqual(['okoce_appointments_unsettled 2', 'okoce_oldest_unsettled_seconds 10800'])
  await call(early, 'answer_session_off', { booking: first.id, answer: 'none' })
  expect(await scrape()).toEqual(['okoce_appointments_unsettled 1', 'okoce_oldest_unsettled_seconds 3600'])
  await world.db.booking.update({ where: { id: second.id }, data: { sandbox: true } })
  expect(await scrape()).toEqual(['okoce_appointments_unsettled 0', 'okoce_oldest_unsettled_seconds 0'])
})

describe('a closed date that is brought in', () => {
  it.each([
    [
      'exceptions',
      `kecamatan,tanggal,jam,alasan\nKebon Jeruk,${THURSDAY},tutup,renovasi\n`,
      'karena renovasi',
    ],
    ['exceptions', `kecamatan,tanggal,jam,alasan\nKebon Jeruk,${THURSDAY},13.00-16.00,rapat\n`, 'tutup'],
    ['holidays', `tanggal,nama,jenis\n${THURSDAY},Hari Besar,libur_nasional\n`, 'karena Hari Besar'],
    ['centres', 'kecamatan,kamis\nKebon Jeruk,tutup\n', 'tutup'],
  ] as const)(
    '%s: what was promised then is called off, each resident told once: %s',
    async (table, text, why) => {
      const [chat, other] = [await person(), await person()]
      const { id } = await book(chat, `${THURSDAY}T09:00`)
      const stands = await book(other, `${FRIDAY}T09:00`)
      const before = await world.db.centreHours.findMany({ where: { centreCode: KEBON_JERUK } })
      expect((await bring(table, text, true)).text).toContain('1 janji dibatalkan')
      expect(await heard(id)).toEqual(['booking_day_before', 'booking_soon'])
      expect((await bring(table, text)).text).toContain('1 janji dibatalkan, dan warganya dikabari')
      expect((await bring(table, text)).text).not.toContain('dibatalkan')
      expect(await heard(id)).toEqual(['session_off'])
      expect(await heard(stands.id)).toEqual(['booking_day_before', 'booking_soon'])
      const said = await call(chat, 'session_off', { booking: id, mentor: 'same' })
      expect(said).toMatchObject({
        outcome: 'other',
        output: { reason: expect.stringContaining(why) as string },
      })
      expect(await world.db.booking.findUniqueOrThrow({ where: { id } })).toMatchObject({
        cancelledBy: 'centre',
      })
      await world.db.centreHours.deleteMany({ where: { centreCode: KEBON_JERUK } })
      await world.db.centreHours.createMany({ data: before })
    },
  )
})

it('every outcome of these calls but those of a coach who left was seen', () => {
  expect(unseen()).toEqual(['coach_now.has', 'coach_now.none', 'coach_now.gone'])
})
