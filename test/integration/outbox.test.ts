import timers from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Delivery, type Lane } from '../../src/app/delivery.ts'
import { createDoor } from '../../src/app/door.ts'
import { silentMeter } from '../../src/app/meter.ts'
import type { Outbox } from '../../src/app/ports.ts'
import type { Channel, SendOutcome } from '../../src/channels/channel.ts'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import type { Say } from '../../src/engine/types.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { ACCOUNT, NOW, openPathStore, type PathStore } from '../support/store.ts'

let store: PathStore
beforeAll(async () => {
  store = await openPathStore()
})
beforeEach(() => store.clear())
afterAll(() => store.close())

/** `each` replies for each of so many chats, in an order that mixes the chats. */
async function queue(chats: number, each: number, columns: { purpose?: string } = {}) {
  const rows = await store.db.conversation.createManyAndReturn({
    data: Array.from({ length: chats }, (_, i) => ({
      ...{ channel: 'telegram', account: ACCOUNT, address: `${i + 1}`, createdAt: new Date(NOW) },
    })),
  })
  for (let n = 1; n <= each; n++)
    await store.db.outbound.createMany({
      data: rows.map(({ id }) => ({
        ...{ conversationId: id, account: ACCOUNT, purpose: 'reply', createdAt: new Date(NOW), ...columns },
        body: store.sealer.seal(bodyPlace(id), JSON.stringify({ text: [`${n}`] } satisfies Say)),
      })),
    })
}

/** As time would do it: pauses and leases are the database's. */
const timePasses = () => store.db.$executeRaw`UPDATE outbound SET not_before = NULL, lease_until = now()`

const statuses = async () =>
  (await store.db.outbound.findMany({ orderBy: { id: 'asc' } })).map(row => row.status)

class FakeChannel implements Channel {
  readonly name = 'telegram'
  readonly account = ACCOUNT
  readonly sent: string[] = []
  constructor(private readonly answer: (address: string, say: Say) => Promise<SendOutcome> | SendOutcome) {}
  async start() {}
  async stop() {}
  state() {
    return { status: 'connected', since: NOW } as const
  }
  async send(address: string, say: Say) {
    this.sent.push(`${address}:${say.text.join('')}`)
    return this.answer(address, say)
  }
}

const SENT = { kind: 'sent', providerId: '1' } as const
const clock = new FixedClock(NOW)
const log = pino({ level: 'silent' })

function delivery(channel: Channel, outbox: Outbox = store.outbox, lane: Lane = 'direct') {
  const door = createDoor({ inbox: store.inbox, clock, meter: silentMeter, ring: () => {} })
  const account = { pausedUntil: 0 }
  return new Delivery({
    ...{ outbox, files: store.files, channel, lane, account, clock, log, meter: silentMeter, door },
  })
}

async function runOut(one: ReturnType<typeof delivery>): Promise<void> {
  while ((await one.pass()) > 0);
  await one.drain(30_000)
}

test('two deliveries send every reply once, and in order within a chat', async () => {
  await queue(60, 5)
  const channel = new FakeChannel(async () => {
    await sleep(Math.random() * 8)
    return SENT
  })
  const both = [delivery(channel), delivery(channel)]
  while ((await statuses()).includes('waiting')) await Promise.all(both.map(runOut))
  expect(channel.sent).toHaveLength(300)
  expect(new Set(channel.sent).size).toBe(300)
  for (let chat = 1; chat <= 60; chat++) {
    const own = channel.sent.filter(sent => sent.startsWith(`${chat}:`)).map(sent => sent.split(':')[1])
    expect(own).toEqual(['1', '2', '3', '4', '5'])
  }
})

test('only the first waiting reply of a chat can be leased', async () => {
  await queue(2, 3)
  const [a, b] = [randomUUID(), randomUUID()]
  const leased = await store.outbox.lease(ACCOUNT, a, 64, NOW)
  expect(leased.map(row => row.say?.text)).toEqual([['1'], ['1']])
  expect(await store.outbox.lease(ACCOUNT, b, 64, NOW)).toEqual([])
})

test('a lease that ended goes to another, and the late mark of the first does nothing', async () => {
  await queue(1, 1)
  const [a, b] = [randomUUID(), randomUUID()]
  const [first] = await store.outbox.lease(ACCOUNT, a, 64, NOW)
  await timePasses()
  const [second] = await store.outbox.lease(ACCOUNT, b, 64, NOW)
  expect(second).toMatchObject({ id: first?.id, attempts: 2 })
  const mark = { id: first?.id ?? 0n, conversationId: first?.conversationId ?? 0 }
  await store.outbox.mark(a, [{ ...mark, outcome: { kind: 'refused', reason: 'late' } }], NOW)
  expect(await statuses()).toEqual(['waiting'])
  await store.outbox.mark(b, [{ ...mark, outcome: SENT }], NOW)
  expect(await statuses()).toEqual(['sent'])
})

test('a lease that is kept does not end, and nobody else can keep it', async () => {
  await queue(1, 1)
  const [a, b] = [randomUUID(), randomUUID()]
  const ids = (await store.outbox.lease(ACCOUNT, a, 64, NOW)).map(row => row.id)
  const left = async () => {
    const [row] = await store.db.$queryRaw<{ s: number }[]>`
      SELECT extract(epoch FROM lease_until - now())::float AS s FROM outbound`
    return row?.s ?? 0
  }
  const shorten = () => store.db.$executeRaw`UPDATE outbound SET lease_until = now() + interval '1 second'`
  await shorten()
  await store.outbox.keep(b, ids)
  expect(await left()).toBeLessThan(2)
  await store.outbox.keep(a, ids)
  expect(await left()).toBeGreaterThan(20)
})

test('what is still on its way is kept, so that a slow send is not sent again by another process', async () => {
  await queue(1, 1)
  const kept: bigint[][] = []
  const outbox: Outbox = { ...store.outbox, keep: async (_lease, ids) => void kept.push(ids) }
  let release = () => {}
  const answered = new Promise<void>(resolve => (release = resolve))
  const channel = new FakeChannel(async () => {
    await answered
    return SENT
  })
  const slow = delivery(channel, outbox)
  await slow.pass()
  await slow.pass()
  expect(kept).toHaveLength(1)
  release()
  await slow.drain(30_000)
  await slow.pass()
  expect(kept).toHaveLength(1)
})

test('marks that arrive while others are being written are written too', async () => {
  await queue(40, 1)
  const slow: Outbox = {
    ...store.outbox,
    async mark(...args) {
      await sleep(30)
      await store.outbox.mark(...args)
    },
  }
  const channel = new FakeChannel(async address => {
    await sleep(Number(address) * 5)
    return SENT
  })
  await runOut(delivery(channel, slow))
  expect(new Set(await statuses())).toEqual(new Set(['sent']))
})

test('marks that could not be written are tried again, and nothing is sent twice', async () => {
  await queue(10, 1)
  let failures = 2
  const failing: Outbox = {
    ...store.outbox,
    async mark(...args) {
      if (failures-- > 0) throw new Error('the database is away')
      await store.outbox.mark(...args)
    },
  }
  const channel = new FakeChannel(() => SENT)
  const one = delivery(channel, failing)
  for (let tries = 0; (await statuses()).includes('waiting') && tries < 20; tries++)
    await runOut(one).catch(() => {})
  expect(channel.sent).toHaveLength(10)
  expect(new Set(await statuses())).toEqual(new Set(['sent']))
})

describe('the outcome of a send', () => {
  const outcome = async (answer: SendOutcome, lane: Lane = 'direct') => {
    const channel = new FakeChannel(() => answer)
    const one = delivery(channel, store.outbox, lane)
    await runOut(one)
    return { channel, one }
  }
  const row = async () => store.db.outbound.findFirstOrThrow({ orderBy: { id: 'asc' } })

  test('sent: its receipt is kept', async () => {
    await queue(1, 1)
    await outcome({ kind: 'sent', providerId: '4711' })
    expect(await row()).toMatchObject({ status: 'sent', providerId: '4711', attempts: 1, lease: null })
  })

  test('later, for the chat: it waits, is no attempt, and what follows waits behind it', async () => {
    await queue(1, 2)
    const { channel, one } = await outcome({ kind: 'later', at: NOW + 3000, scope: 'chat', reason: '429' })
    expect(channel.sent).toEqual(['1:1'])
    expect(await row()).toMatchObject({ status: 'waiting', attempts: 0, reason: '429' })
    await timePasses()
    await runOut(one)
    expect(channel.sent).toEqual(['1:1', '1:1'])
  })

  test('later, for the account: nobody is sent anything until then', async () => {
    await queue(1, 1)
    const answers: SendOutcome[] = [{ kind: 'later', at: NOW + 60_000, scope: 'account', reason: '429' }]
    const channel = new FakeChannel(() => answers.pop() ?? SENT)
    const one = delivery(channel)
    await runOut(one)
    await timePasses()
    expect(await one.pass()).toBe(0)
    clock.advance(60_001)
    await runOut(one)
    expect(channel.sent).toHaveLength(2)
    expect(await statuses()).toEqual(['sent'])
  })

  test('blocked: the conversation hears of it, and nothing more is tried', async () => {
    await queue(1, 3)
    const { channel } = await outcome({ kind: 'blocked' })
    expect(channel.sent).toHaveLength(1)
    expect(await statuses()).toEqual(['blocked', 'blocked', 'blocked'])
    const inbound = await store.db.inbound.findMany()
    expect(inbound.map(one => one.kind)).toEqual(['blocked'])
  })

  test('refused: given up and shown, and the next one goes out', async () => {
    await queue(1, 2)
    const { channel } = await outcome({ kind: 'refused', reason: '400 too long' })
    expect(channel.sent).toEqual(['1:1', '1:2'])
    expect(await row()).toMatchObject({ status: 'refused', reason: '400 too long' })
  })

  test('unknown: a reply is repeated twice, then stays unknown, and the next one goes out', async () => {
    await queue(1, 1)
    const { channel, one } = await outcome({ kind: 'unknown', reason: 'ECONNRESET' })
    expect(await row()).toMatchObject({ status: 'waiting', attempts: 1 })
    for (let i = 0; i < 4; i++) {
      await timePasses()
      await runOut(one)
    }
    expect(channel.sent).toHaveLength(3)
    expect(await row()).toMatchObject({ status: 'unknown', reason: 'ECONNRESET', attempts: 3 })
  })

  test('unknown: what goes to many is never repeated', async () => {
    await queue(1, 1, { purpose: 'bulk' })
    const { channel } = await outcome({ kind: 'unknown', reason: 'ECONNRESET' }, 'paced')
    expect(await statuses()).toEqual(['unknown'])
    expect(channel.sent).toHaveLength(1)
  })

  test('a channel that throws counts as unknown', async () => {
    await queue(1, 1)
    const one = delivery(
      new FakeChannel(() => {
        throw new Error('a mistake in the channel')
      }),
    )
    await runOut(one)
    expect(await row()).toMatchObject({ status: 'waiting', reason: 'thrown' })
  })

  test('a body that was erased meanwhile is dropped, not sent', async () => {
    await queue(1, 2)
    await store.db.outbound.update({ where: { id: (await row()).id }, data: { body: null } })
    const { channel } = await outcome(SENT)
    expect(channel.sent).toEqual(['1:2'])
    expect(await statuses()).toEqual(['dropped', 'sent'])
  })
})

test('a send that ends while others are leased does not hold up the next message of its chat', async () => {
  await queue(1, 2)
  let answer = () => {}
  let leases = 0
  const channel: FakeChannel = new FakeChannel(() =>
    channel.sent.length > 1 ? SENT : new Promise(resolve => (answer = () => resolve(SENT))),
  )
  const lease: Outbox['lease'] = async (...args) => {
    const rows = await store.outbox.lease(...args)
    if (++leases === 2) answer() // the answer comes while the second lease is on its way
    await timers.setImmediate()
    return rows
  }
  const one = delivery(channel, { ...store.outbox, lease })
  while ((await one.pass()) > 0);
  expect(channel.sent).toEqual(['1:1', '1:2'])
  expect(await statuses()).toEqual(['sent', 'sent'])
})

describe('what we start ourselves', () => {
  const bulk = { purpose: 'bulk' }
  const reply = (conversationId: number, words: string) =>
    store.db.outbound.create({
      data: {
        ...{ conversationId, account: ACCOUNT, purpose: 'reply', createdAt: new Date(NOW) },
        body: store.sealer.seal(bodyPlace(conversationId), JSON.stringify({ text: [words] })),
      },
    })

  test('a reply does not wait behind a bulk message of the same chat', async () => {
    await queue(1, 1, bulk)
    const { id } = await store.db.conversation.findFirstOrThrow()
    await reply(id, 'balasan')
    const channel = new FakeChannel(() => SENT)
    await runOut(delivery(channel))
    expect(channel.sent).toEqual(['1:balasan'])
    await runOut(delivery(channel, store.outbox, 'paced'))
    expect(channel.sent).toEqual(['1:balasan', '1:1'])
  })

  test('goes at the pace of the platform, kept by the database: two processes take no more than one', async () => {
    await queue(60, 1, bulk)
    const leases = [randomUUID(), randomUUID()]
    const taken: number[] = []
    const since = performance.now()
    for (let turn = 0; performance.now() - since < 600; turn++) {
      const { rows, pauseMs } = await store.outbox.leasePaced(
        { account: ACCOUNT, lease: leases[turn % 2] ?? '', limit: 8, perSecond: 25 },
        NOW,
      )
      taken.push(...rows.map(() => performance.now() - since))
      if (rows.length === 0) expect(pauseMs).toBeGreaterThan(0)
      await sleep(5)
    }
    const seconds = (performance.now() - since) / 1000
    expect(taken.length).toBeLessThanOrEqual(25 * (seconds + 0.5) + 1)
    expect(taken.length).toBeGreaterThan(0)
  })

  test('few are on their way at once, and nobody waits for a slow one', async () => {
    await queue(30, 1, bulk)
    let open = 0
    let most = 0
    const channel = new FakeChannel(async () => {
      most = Math.max(most, ++open)
      await sleep(20)
      open--
      return SENT
    })
    await runOut(delivery(channel, store.outbox, 'paced'))
    expect(most).toBe(8)
    expect(channel.sent).toHaveLength(30)
  })

  test('nothing is sent to who has blocked the assistant meanwhile (one user blocks the bot and the sender goes on)', async () => {
    await queue(2, 1, bulk)
    await store.db.conversation.updateMany({ where: { address: '1' }, data: { blockedAt: new Date(NOW) } })
    const channel = new FakeChannel(() => SENT)
    await runOut(delivery(channel, store.outbox, 'paced'))
    expect(channel.sent).toEqual(['2:1'])
    expect(await statuses()).toEqual(['blocked', 'sent'])
  })
})

describe('what is done to messages that are there already', () => {
  const touch = { touch: 'delete', message: '77' } as const
  const queueTouch = async () => {
    await queue(1, 1)
    const { id } = await store.db.conversation.findFirstOrThrow()
    const body = store.sealer.seal(bodyPlace(id), JSON.stringify(touch))
    await store.db.outbound.create({
      data: { conversationId: id, account: ACCOUNT, purpose: 'touch', body, createdAt: new Date(NOW) },
    })
  }

  test('goes the way of every message: in order, and again when no answer came', async () => {
    await queueTouch()
    const answers: SendOutcome[] = [SENT, { kind: 'unknown', reason: 'ECONNRESET' }]
    const channel = Object.assign(new FakeChannel(() => SENT), {
      touch: (address: string, given: typeof touch) => {
        channel.sent.push(`${address}:${given.touch} ${given.message}`)
        return Promise.resolve(answers.pop() ?? SENT)
      },
    })
    const one = delivery(channel)
    await runOut(one)
    await timePasses()
    await runOut(one)
    expect(channel.sent).toEqual(['1:1', '1:delete 77', '1:delete 77'])
    expect(await statuses()).toEqual(['sent', 'sent'])
  })

  test('is dropped where the channel cannot', async () => {
    await queueTouch()
    await runOut(delivery(new FakeChannel(() => SENT)))
    expect(await statuses()).toEqual(['sent', 'dropped'])
  })
})
