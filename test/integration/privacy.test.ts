import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../src/db/audit.ts'
import { openRequests } from '../../src/db/privacy.ts'
import { runRetention } from '../../src/db/retention.ts'
import { SealError } from '../../src/db/seal.ts'
import { register } from '../../src/domain/registration.ts'
import { erase, forget, receive, withdraw } from '../../src/domain/rights.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'
import { addCoach, agree, draft, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'
import { onItsWay } from '../support/reminders.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await addCoach(world.db, 'Faran', ['mulai_usaha'])
})
afterAll(() => world.close())

const within: World['within'] = work => world.within(work)

async function message(conversationId: number, externalId: string, handled = true) {
  const { id } = await world.db.inbound.create({
    data: {
      conversationId,
      account: 'telegram:1',
      externalId,
      kind: 'text',
      payload: world.sealer.seal('x', 'halo'),
      sentAt: new Date(NOW),
      receivedAt: new Date(NOW),
      handledAt: handled ? new Date(NOW) : null,
    },
  })
  return id
}

const outbound = (conversationId: number, more: { purpose?: string; status?: string } = {}) =>
  world.db.outbound.create({
    data: {
      conversationId,
      account: 'telegram:1',
      purpose: 'reply',
      body: world.sealer.seal('x', 'halo'),
      createdAt: new Date(NOW),
      ...more,
    },
  })

describe('forget', () => {
  it('erases what was said before consent at once, keeps later messages in line and counts', async () => {
    const chat = await newChat(world.db, 'minor')
    await message(chat.id, 'm1')
    const current = await message(chat.id, 'm2', false)
    const later = await message(chat.id, 'm3', false)
    await outbound(chat.id, { status: 'sent' })
    await outbound(chat.id)
    await world.db.timer.create({
      data: { conversationId: chat.id, name: 'nudge', wait: 'w', dueAt: new Date(NOW) },
    })
    await within(repos => forget({ repos, speaker: chat, now: NOW }, current, 'minor'))
    const inbound = await world.db.inbound.findMany({
      where: { conversationId: chat.id, payload: { not: null } },
    })
    expect(inbound.map(row => row.id)).toEqual([later])
    expect(await world.db.outbound.count({ where: { conversationId: chat.id, body: { not: null } } })).toBe(0)
    expect(await world.db.outbound.count({ where: { conversationId: chat.id, status: 'waiting' } })).toBe(0)
    expect(await world.db.timer.count({ where: { conversationId: chat.id } })).toBe(0)
    expect(await world.db.audit.count({ where: { action: 'minor', detail: '' } })).toBe(1)
  })
})

describe('erase', () => {
  it('of one of two people leaves the other, active, with what waits for them', async () => {
    const chat = await newChat(world.db, 'pair')
    const mother = await registered(world, chat)
    const son = await registered(world, chat, { name: 'Budi' })
    await onItsWay(world, chat, { resident: son.id, text: 'son', now: NOW })
    const hers = await onItsWay(world, chat, { resident: mother.id, text: 'mother', now: NOW })
    const result = await within(repos => erase({ repos, speaker: chat, now: NOW }, 0n, [son]))
    expect(result.number).toMatch(/^B-[0-9A-Z]{6}$/)
    expect(result.left.map(r => r.id)).toEqual([mother.id])
    expect((await within(({ residents }) => residents.active(chat.id)))?.id).toBe(mother.id)
    const waiting = await world.db.outbound.findMany({
      where: { conversationId: chat.id, status: 'waiting' },
    })
    expect(waiting.map(row => row.reminderId)).toEqual([hers])
  })

  it('of the last keeps consents without a name, a tombstone and the receipt; nothing else', async () => {
    const chat = await newChat(world.db, 'last')
    const resident = await registered(world, chat)
    await within(({ tickets }) =>
      tickets.open(
        { conversationId: chat.id, residentId: resident.id, reason: 'petugas', text: 'tolong' },
        NOW,
      ),
    )
    const texts = await world.db.consent.count({ where: { residentId: resident.id } })
    expect(texts).toBe(2)
    const before = await world.db.consent.findMany({ where: { residentId: resident.id } })
    const receipt = await within(repos => erase({ repos, speaker: chat, now: NOW }, 0n, [resident]))
    for (const { id } of before)
      expect(await world.db.consent.findUnique({ where: { id } })).toMatchObject({
        residentId: null,
        conversationId: null,
        inboundId: null,
      })
    expect(await world.db.ticket.count({ where: { conversationId: chat.id } })).toBe(0)
    expect(await world.db.resident.count({ where: { id: resident.id } })).toBe(0)
    expect(await world.db.intake.count({ where: { residentId: resident.id } })).toBe(0)
    const request = await world.db.privacyRequest.findUniqueOrThrow({ where: { number: receipt.number } })
    expect(request).toMatchObject({
      kind: 'erase',
      conversationId: null,
      doneAt: new Date(NOW),
      dueAt: new Date(NOW + 72 * HOUR),
    })
    expect(await world.db.tombstone.count()).toBeGreaterThanOrEqual(2)
    // Whoever comes back is new.
    await agree(world, chat)
    const again = await within(repos => register(repos, chat, draft(), NOW))
    expect(again.outcome).toBe('registered')
  })
})

describe('withdraw', () => {
  it('stops processing at once and frees the coach; the chore erases within the 72 hours and closes the request', async () => {
    const chat = await newChat(world.db, 'withdrawn')
    const resident = await registered(world, chat, { name: 'Cabut' })
    expect(resident.coach?.name).toBe('Faran')
    const receipt = await within(repos => withdraw({ repos, speaker: chat, now: NOW }, resident))
    const now = await within(({ residents }) => residents.active(chat.id))
    expect(now).toMatchObject({ restrictedAt: NOW, reminders: false, coach: null })
    expect(await openRequests(world.db, NOW + 48 * HOUR - 1)).toEqual({ open: 1, alarm: 0, overdue: 0 })
    expect(await openRequests(world.db, NOW + 48 * HOUR)).toEqual({ open: 1, alarm: 1, overdue: 0 })
    expect(await openRequests(world.db, NOW + 72 * HOUR)).toEqual({ open: 1, alarm: 1, overdue: 1 })
    const early = await runRetention(world.db, world.sealer, { now: NOW + DAY - 1, months: 24 })
    expect(early.withdrawn).toBe(0)
    const report = await runRetention(world.db, world.sealer, { now: NOW + DAY, months: 24 })
    expect(report.withdrawn).toBe(1)
    expect(await world.db.resident.count({ where: { id: resident.id } })).toBe(0)
    const request = await world.db.privacyRequest.findUniqueOrThrow({ where: { number: receipt.number } })
    expect(request.doneAt).toEqual(new Date(NOW + DAY))
    expect((await openRequests(world.db, NOW + 96 * HOUR)).open).toBe(0)
  })

  it('consent given again lifts the restriction', async () => {
    const chat = await newChat(world.db, 'second thoughts')
    const resident = await registered(world, chat, { name: 'Lagi' })
    await within(repos => withdraw({ repos, speaker: chat, now: NOW }, resident))
    await agree(world, chat)
    const back = await within(repos => register(repos, chat, draft({ name: 'Lagi' }), NOW))
    expect(back).toMatchObject({ outcome: 'known', resident: { id: resident.id, restrictedAt: null } })
    expect((await within(({ residents }) => residents.active(chat.id)))?.coach?.name).toBe('Faran')
  })
})

describe('retention', () => {
  const run = (now: number, dryRun = false) =>
    runRetention(world.db, world.sealer, { now, months: 24, dryRun })
  const months = (iso: string) => Date.parse(iso)

  it('keeps each period to the second, counts in a dry run what it would do, and does it once', async () => {
    const chat = await newChat(world.db, 'old')
    const grow = { wantsStart: false, wantsGrow: true, growSales: 'sampai_10jt', growWorkers: 'sendiri' }
    const base = draft()
    const resident = await registered(world, chat, {
      name: 'Lama',
      nik: '3173055203900001',
      intake: { ...base.intake, ...grow, startField: null },
    })
    const reload = () =>
      world.db.resident.findUnique({ where: { id: resident.id }, include: { intake: true } })

    expect((await run(NOW + 30 * DAY - 1)).nik).toBe(0)
    expect((await run(NOW + 30 * DAY, true)).nik).toBe(1)
    expect((await reload())?.nik).not.toBeNull()
    expect((await run(NOW + 30 * DAY)).nik).toBe(1)
    expect(await reload()).toMatchObject({ nik: null })
    expect((await reload())?.nikDigest).not.toBeNull()

    const year = months('2027-11-25T10:00:00+07:00')
    expect((await run(year - 1)).sensitive).toBe(0)
    expect((await run(year, true)).sensitive).toBe(1)
    expect((await run(year)).sensitive).toBe(1)
    expect((await reload())?.intake).toMatchObject({ growSales: null, growWorkers: null, wantsGrow: true })

    const two = months('2028-11-25T10:00:00+07:00')
    await world.db.conversation.update({ where: { id: chat.id }, data: { activeAt: new Date(NOW + MINUTE) } })
    const others = await world.db.resident.count({ where: { id: { not: resident.id }, sandbox: false } })
    expect((await run(two, true)).inactive).toBe(others) // this one wrote a minute later
    expect((await run(two + MINUTE, true)).inactive).toBe(others + 1)
    expect((await run(two + MINUTE)).inactive).toBe(others + 1)
    expect(await reload()).toBeNull()
    const again = await run(two + MINUTE)
    expect(Object.values(again).reduce((sum, n) => sum + n, 0)).toBe(0)
  })

  it('deletes silent chats that speak for nobody, sandbox people after 30 days and the texts of answered tickets', async () => {
    const late = months('2029-01-10T10:00:00+07:00')
    const at = new Date(late)
    const silent = await world.db.conversation.create({
      data: { channel: 'telegram', account: 'telegram:1', address: 'silent', createdAt: at },
    })
    const waiting = await world.db.conversation.create({
      data: { channel: 'telegram', account: 'telegram:1', address: 'waits', createdAt: at },
    })
    await message(waiting.id, 'unhandled', false)
    const trial = await newChat(world.db, 'trial', { sandbox: true, channel: 'chatpage' })
    await agree(world, trial)
    await within(repos => register(repos, trial, draft({ name: 'Coba' }), late))
    const number = await within(({ tickets }) =>
      tickets.open({ conversationId: trial.id, residentId: null, reason: 'petugas', text: 'x' }, late),
    )
    await world.db.ticket.update({ where: { number }, data: { answeredAt: at } })
    expect(await run(late + 30 * DAY - 1, true)).toMatchObject({ emptyChats: 0, sandbox: 0, ticketTexts: 0 })
    expect(await run(late + 30 * DAY)).toMatchObject({ sandbox: 1 })
    expect(await world.db.conversation.count({ where: { id: silent.id } })).toBe(0)
    expect(await world.db.conversation.count({ where: { id: waiting.id } })).toBe(1)
    expect(await world.db.resident.count({ where: { sandbox: true } })).toBe(0)
  })
})

describe('the audit chain', () => {
  it('is whole, and names the row that was altered, removed in the middle or cut from the end', async () => {
    expect(await verifyAudit(world.db, world.sealer)).toMatchObject({ ok: true })
    const rows = await world.db.audit.findMany({ orderBy: { id: 'asc' } })
    const [, second, third] = rows
    const last = rows.at(-1)
    if (!second || !third || !last) throw new Error('too few audit rows')
    await expect(world.db.audit.update({ where: { id: second.id }, data: { actor: 'x' } })).rejects.toThrow(
      /append-only/,
    )
    await expect(world.db.audit.delete({ where: { id: second.id } })).rejects.toThrow(/append-only/)
    const tampered = async (sql: string) => {
      const rollback = new Error('rollback')
      let verdict: unknown
      await world.db
        .$transaction(async tx => {
          await tx.$executeRawUnsafe('ALTER TABLE audit DISABLE TRIGGER audit_append_only')
          await tx.$executeRawUnsafe(sql)
          verdict = await verifyAudit(tx, world.sealer)
          throw rollback
        })
        .catch((error: unknown) => {
          if (error !== rollback) throw error
        })
      return verdict
    }
    expect(await tampered(`UPDATE audit SET action = 'x' WHERE id = ${second.id}`)).toMatchObject({
      ok: false,
      id: second.id,
    })
    expect(await tampered(`DELETE FROM audit WHERE id = ${second.id}`)).toMatchObject({
      ok: false,
      id: third.id,
    })
    expect(await tampered(`DELETE FROM audit WHERE id = ${last.id}`)).toMatchObject({ ok: false, id: null })
    expect(await tampered('DELETE FROM audit')).toMatchObject({ ok: false, id: null })
  })

  it('stays whole when many append at the same moment', async () => {
    const entry = (n: number) => ({
      actor: 'test',
      action: 'x',
      subject: { residentId: String(n) },
      detail: '',
    })
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => within(({ audit }) => audit.append(entry(n), NOW + n))),
    )
    expect(await verifyAudit(world.db, world.sealer)).toMatchObject({ ok: true })
  })
})

describe('sealed columns', () => {
  it('hold neither phone, name nor NIK in clear, and do not open when altered, swapped or under another key', async () => {
    const chat = await newChat(world.db, 'sealed')
    const one = await registered(world, chat, { name: 'Rahasia Sekali', nik: '3173055203900001' })
    const two = await registered(world, chat, { name: 'Orang Kedua', phone: '+6281200001111' })
    const row = await world.db.resident.findUniqueOrThrow({ where: { id: one.id } })
    for (const secret of ['Rahasia', '6281234567890', '3173055203900001'])
      for (const bytes of [row.name, row.phone, row.nik])
        expect(Buffer.from(bytes ?? []).includes(secret)).toBe(false)
    const other = await world.db.resident.findUniqueOrThrow({ where: { id: two.id } })
    await world.db.resident.update({ where: { id: two.id }, data: { phone: row.phone } })
    await expect(within(({ residents }) => residents.of(chat.id))).rejects.toThrow(SealError)
    const bent = Buffer.from(other.phone ?? [])
    bent[bent.length - 1] = (bent[bent.length - 1] ?? 0) ^ 1
    await world.db.resident.update({ where: { id: two.id }, data: { phone: bent } })
    await expect(within(({ residents }) => residents.of(chat.id))).rejects.toThrow(SealError)
    await world.db.resident.update({ where: { id: two.id }, data: { phone: other.phone } })
    expect(await within(({ residents }) => residents.of(chat.id))).toHaveLength(2)
  })
})

describe('receive', () => {
  it('gives every request its number and its 72 hours', async () => {
    const chat = await newChat(world.db, 'asks')
    const receipt = await within(repos => receive({ repos, speaker: chat, now: NOW }, 'view'))
    expect(receipt).toMatchObject({ at: NOW, dueAt: NOW + 72 * HOUR })
    expect(await within(({ requests }) => requests.of(chat))).toEqual([
      { number: receipt.number, kind: 'view', receivedAt: NOW, dueAt: NOW + 72 * HOUR, doneAt: NOW },
    ])
  })
})
