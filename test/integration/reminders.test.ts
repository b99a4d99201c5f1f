import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { remindersCli } from '../../src/cli/reminders.ts'
import { createOutbox } from '../../src/db/outbox.ts'
import { createReminderPass } from '../../src/db/reminderPass.ts'
import { remindersFor } from '../../src/db/reminders.ts'
import { createIdentities } from '../../src/db/whatsapp/identities.ts'
import { createOutreach } from '../../src/db/whatsapp/outreach.ts'
import { createSandbox } from '../../src/db/sandbox.ts'
import type { Resident, Speaker } from '../../src/domain/people.ts'
import type { NewReminder } from '../../src/domain/ports/reminders.ts'
import type { Recipient } from '../../src/domain/reminders.ts'
import { FixedClock, HOUR, MINUTE } from '../../src/lib/time.ts'
import { newChat, NOW, openWorld, registered, type World } from '../support/people.ts'
import { onItsWay, TEST_KINDS, type TestKind } from '../support/reminders.ts'

/** The rows: planning, giving them to chats, and the look at the moment of sending. On real PostgreSQL. */
let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
afterEach(async () => {
  await world.db.$executeRaw`TRUNCATE reminders, inbound, outbound`
})

const TELEGRAM = 'telegram:1'
const WHATSAPP = 'whatsapp:1'
const wib = (text: string) => Date.parse(`2026-11-${text}:00+07:00`)

let people = 0
async function someone(options: { sandbox?: boolean } = {}): Promise<{ chat: Speaker; resident: Resident }> {
  const chat = await newChat(world.db, `person ${++people}`, options)
  return { chat, resident: await registered(world, chat) }
}
const to = (resident: Resident): Recipient => ({ resident: resident.id })

const repo = <T>(work: (reminders: ReturnType<typeof remindersFor<TestKind>>) => Promise<T>) =>
  world.db.$transaction(tx => work(remindersFor<TestKind>(tx, world.sealer, TEST_KINDS)))
const plan = (subject: string, reminders: NewReminder<TestKind>[], now = NOW, version = 1) =>
  repo(rows => rows.plan({ subject, version }, reminders, now))
const of = (subject: string) => repo(rows => rows.of(subject))
const pass = () => createReminderPass(world.db, world.sealer, TEST_KINDS)
const fire = (now: number, accounts = [TELEGRAM, WHATSAPP]) => pass().fire(accounts, now)

/** `status reason` of each reminder of a subject. */
const state = async (subject: string) =>
  (await of(subject)).map(({ status, reason }) => [status, reason].filter(Boolean).join(' '))

describe('planning', () => {
  test('twice changes nothing, not even for two who plan at once', async () => {
    const { resident } = await someone()
    const one: NewReminder<TestKind> = { kind: 'news', to: to(resident), dueAt: NOW + HOUR }
    await Promise.all([plan('a', [one]), plan('a', [one]), plan('a', [{ ...one, dueAt: NOW + 2 * HOUR }])])
    expect(await of('a')).toHaveLength(1)
    expect(await plan('a', [one])).toBe(0)
    expect(await plan('a', [one], NOW, 2)).toBe(1)
  })

  test('leaves out what is past already; "at once" is now', async () => {
    const { resident } = await someone()
    const made = await plan('a', [
      { kind: 'news', to: to(resident), dueAt: NOW - 1 },
      { kind: 'answer', to: to(resident), dueAt: NOW },
    ])
    expect(made).toBe(1)
    expect((await of('a')).map(each => each.kind)).toEqual(['answer'])
  })

  test('moves into the morning what would come at night, or leaves it out', async () => {
    const { resident } = await someone()
    await plan('a', [
      { kind: 'news', to: to(resident), dueAt: wib('25T22:00') },
      { kind: 'ahead', to: to(resident), dueAt: wib('25T22:00') },
      { kind: 'answer', to: to(resident), dueAt: wib('25T23:00') },
    ])
    expect((await of('a')).map(({ kind, dueAt }) => [kind, dueAt])).toEqual([
      ['answer', wib('25T23:00')],
      ['news', wib('26T06:00')],
    ])
  })

  test('replacing makes exactly the new ones true', async () => {
    const { resident } = await someone()
    await plan('a', [
      { kind: 'ahead', to: to(resident), dueAt: NOW + HOUR },
      { kind: 'news', to: to(resident), dueAt: NOW },
    ])
    await repo(rows =>
      rows.replace(
        { subject: 'a', version: 2 },
        [{ kind: 'ahead', to: to(resident), dueAt: NOW + 3 * HOUR }],
        NOW,
      ),
    )
    expect(await state('a')).toEqual(['dropped superseded', 'dropped superseded', 'waiting'])
    await repo(rows => rows.cancel('a', NOW, ['news']))
    expect((await state('a')).at(-1)).toBe('waiting')
    await repo(rows => rows.cancel('a', NOW))
    expect((await state('a')).at(-1)).toBe('dropped cancelled')
  })

  test('values lie sealed', async () => {
    const { resident } = await someone()
    await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW, values: { words: 'kata rahasia' } }])
    const [row] = await world.db.$queryRaw<{ text: string }[]>`SELECT reminders::text AS text FROM reminders`
    expect(row?.text).not.toContain(Buffer.from('rahasia').toString('hex'))
  })
})

describe('the pass', () => {
  test('gives a due reminder to a chat as one inbound, however many passes run', async () => {
    const { chat, resident } = await someone()
    await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW + HOUR, values: { words: 'halo' } }])
    expect(await fire(NOW + HOUR - 1)).toEqual({ taken: 0, queued: 0 })
    await Promise.all([fire(NOW + HOUR), fire(NOW + HOUR), fire(NOW + HOUR)])
    const inbound = await world.db.inbound.findMany()
    expect(inbound).toMatchObject([{ conversationId: chat.id, kind: 'notice', account: TELEGRAM }])
    expect(await state('a')).toEqual(['queued'])
  })

  test('prefers the chat where the person wrote last, and passes over one that is blocked', async () => {
    const { chat, resident } = await someone()
    const other = await newChat(world.db, `wa ${people}`, { channel: 'whatsapp' })
    await world.within(({ residents }) => residents.activate(other.id, resident.id, NOW))
    await world.db.conversation.update({ where: { id: other.id }, data: { activeAt: new Date(NOW) } })
    const where = async () =>
      (await world.db.inbound.findFirstOrThrow({ orderBy: { id: 'desc' } })).conversationId
    await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW }])
    await fire(NOW)
    expect(await where()).toBe(other.id)
    await world.db.conversation.update({ where: { id: other.id }, data: { blockedAt: new Date(NOW) } })
    await plan('b', [{ kind: 'news', to: to(resident), dueAt: NOW }])
    await fire(NOW)
    expect(await where()).toBe(chat.id)
  })

  test('goes to the channel that the person chose, wherever they wrote last', async () => {
    const { chat, resident } = await someone()
    const other = await newChat(world.db, `wa ${people}`, { channel: 'whatsapp' })
    await world.within(({ residents }) => residents.activate(other.id, resident.id, NOW))
    await world.db.conversation.update({ where: { id: other.id }, data: { activeAt: new Date(NOW) } })
    const preferredChannel = 'telegram'
    await world.db.resident.update({ where: { id: resident.id }, data: { preferredChannel } })
    await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW }])
    await fire(NOW)
    expect((await world.db.inbound.findFirstOrThrow()).conversationId).toBe(chat.id)
  })

  test('error 463 "reachout timelock" (Baileys#2707): goes back to its pass and takes the other channel; alone it waits', async () => {
    const outreach = createOutreach(world.db, { account: WHATSAPP, dailyCap: 9 })
    const identities = createIdentities(world.db, world.sealer, {
      account: WHATSAPP,
      clock: new FixedClock(NOW),
    })
    const onWhatsApp = async (speaks: Resident) => {
      const address = await identities.addressOf(`${++people}@lid`, undefined, NOW)
      const chat = await newChat(world.db, address, { channel: 'whatsapp' })
      await world.within(({ residents }) => residents.activate(chat.id, speaks.id, NOW))
      const preferredChannel = 'whatsapp'
      await world.db.resident.update({ where: { id: speaks.id }, data: { preferredChannel } })
      return chat
    }
    const { chat, resident } = await someone()
    const { chat: blocked, resident: alone } = await someone()
    const first = await onWhatsApp(resident)
    await onWhatsApp(alone)
    await world.db.conversation.update({ where: { id: blocked.id }, data: { blockedAt: new Date(NOW) } })
    try {
      await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW }])
      await fire(NOW)
      const inbound = await world.db.inbound.findFirstOrThrow()
      expect(inbound.conversationId).toBe(first.id)
      const [reminder] = await world.db.reminder.findMany()
      const { id } = await world.db.outbound.create({
        data: {
          ...{ conversationId: first.id, account: WHATSAPP, inboundId: inbound.id, purpose: 'reminder' },
          ...{ reminderId: reminder?.id ?? 0n, createdAt: new Date(NOW) },
        },
      })
      const outbox = createOutbox(world.db, world.sealer)
      const lease = randomUUID()
      await outbox.leasePaced({ account: WHATSAPP, lease, limit: 1, perSecond: undefined }, NOW)
      await outreach.locked(NOW + HOUR, NOW)
      const refused = { kind: 'refused', reason: 'refused with 463' } as const
      await outbox.mark(lease, [{ id, conversationId: first.id, outcome: refused }], NOW)
      expect(await state('a')).toEqual(['waiting refused'])
      await plan('b', [{ kind: 'news', to: to(alone), dueAt: NOW }])
      await fire(NOW + MINUTE)
      const [, again] = await world.db.inbound.findMany({ orderBy: { id: 'asc' } })
      expect(again?.conversationId).toBe(chat.id)
      expect(await pass().giveUp(NOW + MINUTE)).toBe(0)
      expect(await state('b')).toEqual(['waiting'])
      await fire(NOW + HOUR)
      expect(await state('b')).toEqual(['queued'])
    } finally {
      await world.db.whatsAppAccount.deleteMany({ where: { account: WHATSAPP } })
    }
  })

  test('who has not written on WhatsApp for long is told on another channel, or shown to operators', async () => {
    await createOutreach(world.db, { account: WHATSAPP, dailyCap: 9 }).started('', NOW)
    try {
      const { chat, resident } = await someone()
      const other = await newChat(world.db, `wa ${people}`, { channel: 'whatsapp' })
      await world.within(({ residents }) => residents.activate(other.id, resident.id, NOW))
      await world.db.conversation.update({ where: { id: other.id }, data: { activeAt: new Date(NOW) } })
      await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW }])
      await fire(NOW)
      expect((await world.db.inbound.findFirstOrThrow()).conversationId).toBe(chat.id)
      await world.db.conversation.update({ where: { id: chat.id }, data: { blockedAt: new Date(NOW) } })
      await plan('b', [{ kind: 'news', to: to(resident), dueAt: NOW }])
      await fire(NOW)
      expect(await pass().giveUp(NOW)).toBe(1)
      expect(await state('b')).toEqual(['unreachable silent'])
    } finally {
      await world.db.whatsAppAccount.deleteMany({ where: { account: WHATSAPP } })
    }
  })

  test('waits two minutes for a channel that is away, then takes another; with none it is told in time or never', async () => {
    const { chat, resident } = await someone()
    const other = await newChat(world.db, `wa ${people}`, { channel: 'whatsapp' })
    await world.within(({ residents }) => residents.activate(other.id, resident.id, NOW))
    await world.db.conversation.update({ where: { id: other.id }, data: { activeAt: new Date(NOW) } })
    await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW }])
    expect(await fire(NOW + MINUTE, [TELEGRAM])).toEqual({ taken: 0, queued: 0 })
    expect(await fire(NOW + 2 * MINUTE, [TELEGRAM])).toEqual({ taken: 1, queued: 1 })
    expect((await world.db.inbound.findFirstOrThrow()).conversationId).toBe(chat.id)
    await plan('b', [{ kind: 'ahead', to: to(resident), dueAt: NOW }])
    expect(await fire(NOW + HOUR, [])).toEqual({ taken: 0, queued: 0 })
    expect(await pass().giveUp(NOW + HOUR)).toBe(0)
    expect(await pass().giveUp(NOW + 3 * HOUR)).toBe(1)
    expect(await state('b')).toEqual(['unreachable channel_away'])
  })

  test('drops what is late or unwanted, and lets the night pass', async () => {
    const { resident } = await someone()
    await plan('late', [{ kind: 'ahead', to: to(resident), dueAt: NOW }])
    await plan('night', [{ kind: 'news', to: to(resident), dueAt: wib('25T20:00') }])
    await fire(NOW + 2 * HOUR + 1)
    expect(await state('late')).toEqual(['dropped late'])
    await fire(wib('25T22:00'))
    expect(await of('night')).toMatchObject([{ status: 'waiting', dueAt: wib('26T06:00') }])
    await plan('no', [
      { kind: 'ahead', to: to(resident), dueAt: wib('26T10:00') },
      { kind: 'news', to: to(resident), dueAt: wib('26T10:00') },
    ])
    await world.within(({ residents }) => residents.update(resident.id, { reminders: false }, NOW))
    await fire(wib('26T10:00'))
    expect((await state('no')).toSorted()).toEqual(['dropped opted_out', 'queued'])
  })

  test('what reaches nobody is shown to operators, with how to reach them', async () => {
    const { chat, resident } = await someone()
    const coach = randomUUID()
    await world.db.conversation.update({ where: { id: chat.id }, data: { blockedAt: new Date(NOW) } })
    await plan('a', [
      { kind: 'news', to: to(resident), dueAt: NOW },
      { kind: 'news', to: { staff: coach }, dueAt: NOW },
    ])
    expect((await fire(NOW)).queued).toBe(0)
    expect(await pass().giveUp(NOW)).toBe(2)
    expect((await state('a')).toSorted()).toEqual(['unreachable blocked', 'unreachable no_chat'])
    const said = await remindersCli(world.db, world.sealer, { unreachable: true, now: NOW })
    expect(said).toContain('2 pengingat tidak sampai')
    expect(said).toContain(`Siti Aminah, ${resident.number}, Kebon Jeruk, 0812-3456-7890`)
    expect(said).toContain('memblokir chat')
    const all = await remindersCli(world.db, world.sealer, { unreachable: false, now: NOW })
    expect(all).toContain('TIDAK SAMPAI (tidak punya chat) 1')
  })

  test('finds staff in their own chats', async () => {
    const chat = await newChat(world.db, 'coach chat')
    const staffId = randomUUID()
    await world.db.staffChat.create({
      data: { conversationId: chat.id, staffId, role: 'coach', linkedAt: new Date(NOW) },
    })
    await plan('a', [{ kind: 'news', to: { staff: staffId }, dueAt: NOW }])
    await fire(NOW)
    expect((await world.db.inbound.findFirstOrThrow()).conversationId).toBe(chat.id)
  })

  test('goes by the sandbox clock of a chat of the page', async () => {
    const { chat, resident } = await someone({ sandbox: true })
    const sandbox = createSandbox(world.db, world.sealer, chat.account)
    await sandbox.moveClock(chat.address, 24 * HOUR)
    const theirs = NOW + 24 * HOUR
    await plan('a', [{ kind: 'ahead', to: to(resident), dueAt: theirs + 5 * HOUR }], theirs)
    expect(await of('a')).toMatchObject([{ dueAt: theirs + 5 * HOUR }])
    expect((await fire(NOW + HOUR)).taken).toBe(0)
    await sandbox.moveClock(chat.address, 4 * HOUR)
    expect((await fire(NOW + HOUR)).queued).toBe(1)
    await plan('b', [{ kind: 'news', to: to(resident), dueAt: theirs + 6 * HOUR }], theirs)
    await sandbox.moveClock(chat.address, 8 * HOUR)
    expect((await fire(NOW + HOUR)).queued).toBe(0) // 22.00 or later on their clock
    expect((await state('b')).at(-1)).toBe('waiting')
  })
})

describe('at the moment of sending', () => {
  const lease = async (now: number, account = TELEGRAM) => {
    const want = { account, lease: randomUUID(), limit: 10, perSecond: undefined }
    return { ...want, rows: (await createOutbox(world.db, world.sealer).leasePaced(want, now)).rows }
  }
  const texts = async (now = NOW) => (await lease(now)).rows.map(row => row.say?.text.join(''))
  const way = (chat: Speaker, resident: Resident, kind: TestKind = 'ahead') =>
    onItsWay(world, chat, { resident: resident.id, kind, text: 'Besok', now: NOW })
  const status = async (id: bigint) => {
    const row = await world.db.reminder.findUniqueOrThrow({ where: { id } })
    return [row.status, row.reason].filter(Boolean).join(' ')
  }
  const mark = async (
    leased: Awaited<ReturnType<typeof lease>>,
    outcome:
      | { kind: 'sent'; providerId: string }
      | { kind: 'blocked' }
      | { kind: 'refused'; reason: string }
      | { kind: 'unknown'; reason: string },
  ) => {
    const marks = leased.rows.map(({ id, conversationId }) => ({ id, conversationId, outcome }))
    await createOutbox(world.db, world.sealer).mark(leased.lease, marks, NOW)
  }

  test('one that still holds is sent, and says so', async () => {
    const { chat, resident } = await someone()
    const id = await way(chat, resident)
    const leased = await lease(NOW)
    expect(leased.rows).toHaveLength(1)
    await mark(leased, { kind: 'sent', providerId: '1' })
    expect(await status(id)).toBe('sent')
  })

  test('one that was cancelled is not, and neither is the rest of its message', async () => {
    const { chat, resident } = await someone()
    const id = await way(chat, resident)
    const [first] = await world.db.outbound.findMany()
    if (!first) throw new Error('nothing was queued')
    const { id: _, ...rest } = first
    await world.db.outbound.create({ data: rest })
    await world.db.reminder.update({ where: { id }, data: { status: 'dropped', reason: 'cancelled' } })
    expect(await texts()).toEqual([])
    expect((await world.db.outbound.findMany()).map(row => row.status)).toEqual(['dropped', 'dropped'])
  })

  test.each<[string, (chat: Speaker, resident: Resident) => Promise<unknown>, string]>([
    [
      'opt-out',
      (_, { id }) => world.within(r => r.residents.update(id, { reminders: false }, NOW)),
      'dropped opted_out',
    ],
    [
      'withdrawal',
      (_, { id }) => world.within(r => r.residents.update(id, { restrictedAt: NOW }, NOW)),
      'dropped opted_out',
    ],
    [
      'block',
      ({ id }) => world.db.conversation.update({ where: { id }, data: { blockedAt: new Date(NOW) } }),
      'unreachable blocked',
    ],
    [
      'another person on the phone',
      ({ id }) => world.db.conversationResident.deleteMany({ where: { conversationId: id } }),
      'unreachable no_chat',
    ],
  ])('%s in between keeps it back', async (_, happens, ends) => {
    const { chat, resident } = await someone()
    const id = await way(chat, resident)
    await happens(chat, resident)
    expect(await texts()).toEqual([])
    expect(await status(id)).toBe('waiting')
    await fire(NOW)
    await pass().giveUp(NOW)
    expect(await status(id)).toBe(ends)
    expect(await texts()).toEqual([])
  })

  test('late or at night it goes back, and comes in the morning or never', async () => {
    const { chat, resident } = await someone()
    const late = await way(chat, resident, 'ahead')
    expect(await texts(NOW + 2 * HOUR + 1)).toEqual([])
    await fire(NOW + 2 * HOUR + 1)
    expect(await status(late)).toBe('dropped late')
    const night = await way(chat, resident, 'news')
    await world.db.reminder.update({ where: { id: night }, data: { expiresAt: null } })
    for (const at of ['25T21:00', '26T05:59']) expect(await texts(wib(at))).toEqual([])
    await fire(wib('25T21:00'))
    expect((await world.db.reminder.findUniqueOrThrow({ where: { id: night } })).dueAt.getTime()).toBe(
      wib('26T06:00'),
    )
    const always = await way(chat, resident, 'answer')
    expect(await texts(wib('25T23:00'))).toEqual(['Besok'])
    expect(await status(always)).toBe('queued')
  })

  test('one that may have been read already is not said anew, but listed', async () => {
    const { chat, resident } = await someone()
    const id = await way(chat, resident, 'news')
    await world.db.outbound.updateMany({ data: { attempts: 1 } })
    expect(await texts(wib('25T22:00'))).toEqual([])
    expect(await status(id)).toBe('unknown')
  })

  test('a chat that turns out to have blocked us is left for another', async () => {
    const { chat, resident } = await someone()
    const other = await newChat(world.db, `wa ${people}`, { channel: 'whatsapp' })
    await world.within(({ residents }) => residents.activate(other.id, resident.id, NOW))
    await plan('a', [{ kind: 'news', to: to(resident), dueAt: NOW }])
    await fire(NOW)
    const row = await world.db.reminder.findFirstOrThrow()
    const via = row.viaId ?? 0
    await world.db.outbound.create({
      data: {
        conversationId: via,
        account: TELEGRAM,
        purpose: 'reminder',
        reminderId: row.id,
        body: null,
        createdAt: new Date(NOW),
      },
    })
    await mark(await lease(NOW), { kind: 'blocked' })
    expect(await state('a')).toEqual(['waiting'])
    await world.db.conversation.update({ where: { id: via }, data: { blockedAt: new Date(NOW) } })
    expect((await fire(NOW)).queued).toBe(1)
    expect((await world.db.reminder.findFirstOrThrow()).viaId).toBe(via === chat.id ? other.id : chat.id)
  })

  test.each([
    [{ kind: 'refused', reason: '400' } as const, 'unreachable refused'],
    [{ kind: 'unknown', reason: 'ECONNRESET' } as const, 'unknown'],
  ])('%o ends as %s', async (outcome, ends) => {
    const { chat, resident } = await someone()
    const id = await way(chat, resident)
    await mark(await lease(NOW), outcome)
    expect(await status(id)).toBe(ends)
  })
})

test('what was about to be said to a chat goes with what was said in it', async () => {
  const chat = await newChat(world.db, 'nobody yet')
  await plan('a', [
    { kind: 'answer', to: { conversation: chat.id }, dueAt: NOW, values: { words: 'rahasia' } },
  ])
  await fire(NOW)
  const { id } = await world.db.reminder.findFirstOrThrow()
  await world.db.outbound.create({
    data: {
      ...{ conversationId: chat.id, account: TELEGRAM, purpose: 'reminder', reminderId: id },
      ...{ body: world.sealer.seal('x', 'rahasia'), createdAt: new Date(NOW) },
    },
  })
  await world.within(({ erasure }) => erasure.messages(chat, 0n))
  expect(await world.db.reminder.count()).toBe(0)
  expect(await world.db.inbound.findMany()).toMatchObject([{ payload: null }])
  expect(await world.db.outbound.findMany()).toMatchObject([
    { body: null, status: 'dropped', reason: 'erased' },
  ])
})
