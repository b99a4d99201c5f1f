import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLease } from '../../src/db/leases.ts'
import { createBoard, ownLease } from '../../src/db/whatsapp/state.ts'
import { createIdentities } from '../../src/db/whatsapp/identities.ts'
import { createOutreach, LOCK, RECENT } from '../../src/db/whatsapp/outreach.ts'
import { createSentMessages } from '../../src/db/whatsapp/sent.ts'
import type { SentStatus } from '../../src/channels/whatsapp/ports.ts'
import { createChores } from '../../src/db/chores.ts'
import { DAY, FixedClock, HOUR, MINUTE } from '../../src/lib/time.ts'
import { NOW, openWorld, type World } from '../support/people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

let accounts = 0
const account = () => `whatsapp:${++accounts}`
const bytes = (words: string) => new TextEncoder().encode(words)

describe('messages of ours', () => {
  const message = (id: string, words: string) => {
    const content = bytes(words)
    return { id, outbound: '7', part: 0, address: 'somebody', content }
  }
  const statusOf = async (name: string, id: string) =>
    (await world.db.whatsAppSent.findUniqueOrThrow({ where: { account_id: { account: name, id } } })).status

  it('“Waiting for this message”: what a phone asks for again is what was sent, not what a repeat would say', async () => {
    const sent = createSentMessages(world.db, world.sealer, account())
    expect(await sent.keep(message('A', 'satu'), NOW)).toEqual(bytes('satu'))
    expect(await sent.keep(message('A', 'dua'), NOW + 1)).toEqual(bytes('satu'))
    expect(await sent.find('A', NOW)).toEqual(bytes('satu'))
  })

  it('days-old messages are not sent again after a reconnect, and unknown ones never', async () => {
    const name = account()
    const sent = createSentMessages(world.db, world.sealer, name)
    await sent.keep(message('A', 'satu'), NOW)
    expect(await sent.find('A', NOW + 1)).toBeUndefined()
    expect(await sent.find('B', 0)).toBeUndefined()
    await createChores(world.db).eraseContents(NOW + 1)
    expect(await sent.find('A', 0)).toBeUndefined()
    expect(await statusOf(name, 'A')).toBe('written')
    await createChores(world.db).eraseKeys(NOW + 1)
    expect(await world.db.whatsAppSent.count({ where: { account: name } })).toBe(0)
  })

  it('in every order of news: never backwards, and a refusal yields to a phone that has it', async () => {
    const order: SentStatus[] = ['written', 'sent', 'failed', 'delivered', 'read']
    const status = fc.constantFrom<SentStatus>('sent', 'delivered', 'read', 'failed')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(status, { maxLength: 3 }), { maxLength: 5 }), async batches => {
        const name = account()
        const sent = createSentMessages(world.db, world.sealer, name)
        await sent.keep(message('A', 'x'), NOW)
        const rank = async () => order.indexOf((await statusOf(name, 'A')) as SentStatus)
        for (const batch of batches) {
          const before = await rank()
          await sent.advance(
            [...batch.map(status => ({ id: 'A', status })), { id: 'foreign', status: 'read' }],
            NOW,
          )
          expect(await rank()).toBe(Math.max(before, ...batch.map(one => order.indexOf(one))))
        }
      }),
      { numRuns: 20 },
    )
  })
})

describe('what we start on WhatsApp', () => {
  const MORNING = NOW // Wednesday 10.00 WIB
  async function scene(dailyCap = 100) {
    const name = account()
    const alarms: unknown[] = []
    const outreach = () =>
      createOutreach(world.db, { account: name, dailyCap, alarm: locked => alarms.push(locked) })
    const identities = createIdentities(world.db, world.sealer, { account: name, clock: new FixedClock(NOW) })
    const address = await identities.addressOf('1@lid', undefined, MORNING)
    return { name, outreach, address, alarms, identities, board: createBoard(world.db, world.sealer, name) }
  }

  it('one send to a number that never wrote → restriction of the account: it never leaves', async () => {
    const { outreach } = await scene()
    expect(await outreach().mayStart('never wrote', NOW)).toEqual({ kind: 'no', reason: 'stranger' })
  })

  it('only people who wrote lately', async () => {
    const { outreach, address, identities } = await scene()
    expect(await outreach().mayStart(address, NOW + RECENT)).toEqual({ kind: 'yes' })
    expect(await outreach().mayStart(address, NOW + RECENT + 1)).toEqual({ kind: 'no', reason: 'silent' })
    await identities.addressOf('1@lid', undefined, NOW + RECENT)
    expect(await outreach().mayStart(address, NOW + RECENT + 1)).toEqual({ kind: 'yes' })
  })

  it('error 463: nothing more is started, also after a restart, until WhatsApp says so', async () => {
    const { outreach, address, alarms } = await scene()
    await outreach().locked(NOW + HOUR, NOW)
    expect(alarms).toEqual([{ until: NOW + HOUR }])
    expect(await outreach().mayStart(address, NOW + HOUR - 1)).toEqual({ kind: 'no', reason: 'locked' })
    expect(await outreach().mayStart(address, NOW + HOUR)).toEqual({ kind: 'yes' })
    await outreach().locked(undefined, NOW)
    expect(await outreach().mayStart(address, NOW + LOCK - 1)).toEqual({ kind: 'no', reason: 'locked' })
    await outreach().unlocked(NOW + 2)
    expect(await outreach().mayStart(address, NOW + 3)).toEqual({ kind: 'yes' })
    expect(alarms.at(-1)).toBeUndefined()
  })

  it('no more than the cap a day, across restarts; the rest comes in the morning', async () => {
    const { outreach, address } = await scene(3)
    for (let n = 0; n < 3; n++) {
      const fresh = outreach()
      expect(await fresh.mayStart(address, NOW)).toEqual({ kind: 'yes' })
      await fresh.started(address, NOW)
    }
    const later = await outreach().mayStart(address, NOW)
    if (later.kind !== 'later') throw new Error(later.kind)
    const next = Date.parse('2026-11-26T08:00:00+07:00')
    expect(later.at).toBeGreaterThanOrEqual(next)
    expect(later.at).toBeLessThan(next + 2 * HOUR)
    expect(await outreach().mayStart(address, later.at)).toEqual({ kind: 'yes' })
  })

  it('no more than the cap when many ask at once; a yes that was not used is free again', async () => {
    const { outreach, address } = await scene(3)
    const one = outreach()
    const answers = await Promise.all(Array.from({ length: 10 }, () => one.mayStart(address, NOW)))
    expect(answers.filter(answer => answer.kind === 'yes')).toHaveLength(3)
    await one.started(address, NOW)
    const again = await Promise.all([1, 2, 3].map(() => one.mayStart(address, NOW + 2 * MINUTE)))
    expect(again.filter(answer => answer.kind === 'yes')).toHaveLength(2)
  })

  it('people who wrote to another number are strangers to the one that is linked now', async () => {
    const { outreach, address, board, identities } = await scene()
    await board.write({ status: 'open', since: NOW, phone: '+6281' })
    await board.write({ status: 'open', since: NOW + DAY, phone: '+6281' }) // the same, paired again
    expect(await outreach().mayStart(address, NOW + DAY)).toEqual({ kind: 'yes' })
    await board.write({ status: 'open', since: NOW + 2 * DAY, phone: '+6282' })
    expect(await outreach().mayStart(address, NOW + 2 * DAY)).toEqual({ kind: 'no', reason: 'stranger' })
    await identities.addressOf('1@lid', undefined, NOW + 3 * DAY)
    expect(await outreach().mayStart(address, NOW + 3 * DAY)).toEqual({ kind: 'yes' })
  })
})

describe('the board of an account', () => {
  it('shows how it is doing to every process, and whether anybody owns it', async () => {
    const name = account()
    const board = createBoard(world.db, world.sealer, name)
    expect(await board.read()).toBeUndefined()
    const state = { status: 'needs_pairing', since: NOW, qr: '2@rahasia' } as const
    await board.write(state)
    expect(await board.read()).toEqual({ state, live: false, lockedUntil: undefined })
    const lease = createLease(world.db, ownLease(name))
    await lease.tryTake()
    await createOutreach(world.db, { account: name, dailyCap: 1 }).locked(NOW + HOUR, NOW)
    expect(await board.read()).toEqual({ state, live: true, lockedUntil: NOW + HOUR })
    const row = await world.db.whatsAppAccount.findUniqueOrThrow({ where: { account: name } })
    expect(Buffer.from(row.state ?? []).toString('latin1')).not.toContain('rahasia')
  })

  it('carries a question to the owner once, and the answer back to whoever asked', async () => {
    const name = account()
    const [page, owner] = [
      createBoard(world.db, world.sealer, name),
      createBoard(world.db, world.sealer, name),
    ]
    expect(await owner.take()).toBeUndefined()
    const id = await page.ask({ kind: 'code', phone: '+62812' })
    const taken = await Promise.all([owner.take(), owner.take()])
    expect(taken.filter(Boolean)).toEqual([{ id, request: { kind: 'code', phone: '+62812' } }])
    expect(await page.answerTo(id)).toBeUndefined()
    await owner.answer(id, { code: 'ABCD1234' })
    expect(await page.answerTo(id)).toEqual({ code: 'ABCD1234' })
    const newer = await page.ask({ kind: 'unpair' })
    await owner.answer(id, { code: 'late' })
    expect(await page.answerTo(newer)).toBeUndefined()
    expect(await page.answerTo(id)).toBeUndefined()
  })
})
