import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CALLED_OFF } from '../../src/app/specs/calledOff.ts'
import { dismissCli } from '../../src/cli/people/dismiss.ts'
import { assignWaiting, centresToAssign } from '../../src/db/coaches.ts'
import { invite } from '../../src/db/staff.ts'
import { makeCode } from '../../src/domain/linking.ts'
import { EMPTY_INTAKE, type Speaker } from '../../src/domain/people.ts'
import { correct } from '../../src/domain/registration.ts'
import { callsOf } from '../support/calls.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

/** A person may be resident and coach in one chat, and is never their own coach nor meets themselves. */
const GROW = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }
const ASK = { topic: 'perizinan', centre: null }
const [NINE, TEN] = ['2026-11-26T09:00', '2026-11-26T10:00']
let world: World
let faran: string
let count = 0
const { call } = callsOf(() => world, CALLED_OFF)

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.$executeRaw`TRUNCATE conversations, residents, consents, coaches, invitations CASCADE`
  faran = await comes('Faran')
})

/** A coach who is there every weekday. */
async function comes(name: string): Promise<string> {
  const { id: coachId } = await addCoach(world.db, name, ['naik_kelas'])
  const day = { coachId, opens: 8 * 60, closes: 16 * 60, centreCode: KEBON_JERUK }
  await world.db.coachHours.createMany({ data: [1, 2, 3, 4, 5].map(weekday => ({ ...day, weekday })) })
  return coachId
}
/** Faran takes his invitation in this chat. */
async function joins(chat: Speaker): Promise<void> {
  const code = await world.db.$transaction(tx =>
    invite(tx, world.sealer, { role: 'coach', staffId: faran }, NOW),
  )
  expect((await call(chat, 'join_staff', { code })).outcome).toBe('coach')
}
const chatOf = () => newChat(world.db, `chat ${++count}`)
const register = (chat: Speaker) => registered(world, chat, { name: 'Faran A.', phone: null, intake: GROW })
const coachOf = async (id: string) => (await world.within(repos => repos.residents.find(id)))?.coach?.name
const assign = () => assignWaiting(world.db, world.sealer, KEBON_JERUK, NOW)
const book = async (chat: Speaker, slot: string) => {
  await call(chat, 'hold_slot', { ...ASK, slot })
  return (await call(chat, 'confirm_booking', { ...ASK, slot })).outcome
}

describe('who registers in the chat in which they are a coach', () => {
  it('gets a colleague, and waits where there is none; corrections and leaving colleagues change nothing of it', async () => {
    const chat = await chatOf()
    await joins(chat)
    const me = await register(chat)
    expect(me.coach).toBeNull()
    expect(await centresToAssign(world.db)).toEqual([])
    expect(await assign()).toBe(0)
    await comes('Lina')
    expect(await centresToAssign(world.db)).toEqual([KEBON_JERUK])
    expect(await assign()).toBe(1)
    expect(await coachOf(me.id)).toBe('Lina')
    const other = await register(await chatOf())
    expect(other.coach?.name).toBe('Faran')
    await world.within(async repos => correct(repos, await found(me.id), { intake: GROW }, NOW))
    expect(await coachOf(me.id)).toBe('Lina')
    const leaver = { role: 'coach', name: 'Lina', centre: undefined, dryRun: false, now: NOW } as const
    expect((await dismissCli(world.db, world.sealer, leaver)).code).toBe(0)
    expect(await coachOf(me.id)).toBeUndefined()
  })

  it('is offered the hours of colleagues only', async () => {
    const chat = await chatOf()
    await joins(chat)
    await register(chat)
    expect((await call(chat, 'book_days', ASK)).outcome).toBe('no_coach')
    expect((await call(chat, 'hold_slot', { ...ASK, slot: NINE })).outcome).toBe('none')
    const lina = await comes('Lina')
    expect(await book(chat, NINE)).toBe('booked')
    expect(await world.db.booking.findFirstOrThrow()).toMatchObject({ coachId: lina })
    // somebody else still meets him at that hour
    const other = await chatOf()
    const { id } = await register(other)
    await world.db.resident.update({ where: { id }, data: { coachId: faran } })
    await world.db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: 2 } })
    expect(await book(other, NINE)).toBe('booked')
    expect(await world.db.booking.findFirstOrThrow({ where: { residentId: id } })).toMatchObject({
      coachId: faran,
    })
  })
})

async function found(id: string) {
  const resident = await world.within(repos => repos.residents.find(id))
  if (!resident) throw new Error('gone')
  return resident
}
/** What they are still to be told. */
const heard = async (residentId: string) =>
  (await world.db.reminder.findMany({ where: { residentId, status: 'waiting' } })).map(row => row.kind)

describe('a participant who becomes their own coach by it', () => {
  it('takes the invitation: gets a colleague, and the appointment with themselves is called off', async () => {
    const chat = await chatOf()
    const me = await register(chat)
    expect(me.coach?.name).toBe('Faran')
    expect(await book(chat, TEN)).toBe('booked')
    await comes('Lina')
    await joins(chat)
    expect(await coachOf(me.id)).toBeUndefined()
    expect(await heard(me.id)).toEqual(['session_off'])
    const { id } = await world.db.booking.findFirstOrThrow({ where: { status: 'cancelled' } })
    expect(await call(chat, 'session_off', { booking: id, mentor: 'same' })).toMatchObject({
      outcome: 'same',
      output: { other: 'Coach Lina' },
    })
    expect(await assign()).toBe(1)
    expect(await coachOf(me.id)).toBe('Lina')
    expect((await heard(me.id)).toSorted()).toEqual(['coach_assigned', 'session_off'])
  })

  it('links the profile to the chat of the coach: the same', async () => {
    const [mine, work] = [await chatOf(), await chatOf()]
    const me = await register(mine)
    expect(await book(mine, TEN)).toBe('booked')
    await joins(work)
    expect(await coachOf(me.id)).toBe('Faran')
    const made = await world.within(repos => makeCode(repos, mine, NOW))
    const code = made.outcome === 'made' ? made.code : ''
    expect((await call(work, 'use_link_code', { code })).outcome).toBe('linked')
    expect(await coachOf(me.id)).toBeUndefined()
    expect(await heard(me.id)).toEqual(['session_off'])
    expect((await call(mine, 'book_days', ASK)).outcome).toBe('no_coach')
  })
})
