import { pino } from 'pino'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { faultSpecs, POISON, runFaultCall } from '../../bench/faults/calls.ts'
import { messagesOf, repliesTo, ticketsOf } from '../../bench/faults/script.ts'
import { listedSilences } from '../../bench/hostile/run.ts'
import { folderWithFlows } from '../../bench/support/flows.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { silentMeter } from '../../src/app/meter.ts'
import type { Channel, SendOutcome } from '../../src/channels/channel.ts'
import { TransientError } from '../../src/db/errors.ts'
import type { BeforeCommit } from '../../src/db/turns.ts'
import type { Flows } from '../../src/engine/format.ts'
import type { Incoming, Say } from '../../src/engine/types.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { buildPath, type Path } from '../../src/path.ts'
import { ACCOUNT, NOW, openPathStore, text, type PathStore } from '../support/store.ts'

/** The path as it is wired, on a real database, with the flow of the faults run and a channel of our own. */
let store: PathStore
let flows: Flows
let path: Path | undefined
let removeFlows: () => Promise<void>
beforeAll(async () => {
  store = await openPathStore()
  const folder = await folderWithFlows('bench/faults/flows')
  removeFlows = folder.remove
  flows = loadFlows(`${folder.path}/flows`, faultSpecs)
})
beforeEach(async () => {
  await path?.stop()
  path = undefined
  await store.clear()
})
afterAll(async () => {
  await path?.stop()
  await store.close()
  await removeFlows()
})

class FakeChannel implements Channel {
  readonly name = 'telegram'
  readonly account = ACCOUNT
  readonly sent: { address: string; words: string }[] = []
  answer: (address: string) => Promise<SendOutcome> | SendOutcome = () => ({ kind: 'sent', providerId: '1' })
  async start() {}
  async stop() {}
  state() {
    return { status: 'connected', since: NOW } as const
  }
  async send(address: string, say: Say) {
    const outcome = await this.answer(address)
    const words = say.text.map(span => (typeof span === 'string' ? span : span.bold)).join('')
    this.sent.push({ address, words })
    return outcome
  }
  to = (address: string) => this.sent.filter(one => one.address === address).map(one => one.words)
}

async function open(beforeCommit?: BeforeCommit) {
  const channel = new FakeChannel()
  const clock = new FixedClock(NOW)
  path = await buildPath({
    store: { db: store.db, sealer: store.sealer, url: store.url, embedded: false, stop: async () => {} },
    flows,
    specs: faultSpecs,
    runCall: runFaultCall,
    facts: {},
    clock,
    log: pino({ level: 'silent' }),
    meter: silentMeter,
    channels: [channel],
    roles: ['worker', 'channels'],
    ...(beforeCommit ? { beforeCommit } : {}),
  })
  return { path, channel, clock }
}

const inbound = () => store.db.inbound.findMany({ orderBy: { id: 'asc' } })
const results = async () => (await inbound()).map(row => row.result)
const ticketCount = () => store.db.ticket.count()

test('everything somebody writes is answered once and in order, whatever comes at once', async () => {
  const { path, channel } = await open()
  const chats = [1, 2, 3, 4, 5]
  await path.door(chats.flatMap(chat => messagesOf(chat).map(words => text(`${chat}`, words))))
  await path.settle()
  for (const chat of chats) expect(channel.to(`${chat}`)).toEqual(repliesTo(chat))
  const tickets = chats.flatMap(ticketsOf).length
  expect(await ticketCount()).toBe(tickets)
  expect(await store.db.outbound.count({ where: { status: 'sent' } })).toBe(50)
})

test('a contended call makes its conversation leave the set; the others stay', async () => {
  const kinds: string[] = []
  const { path } = await open(kind => void kinds.push(kind))
  for (const chat of ['1', '2'])
    await path.door(
      messagesOf(1)
        .slice(0, 4)
        .map(words => text(chat, words)),
    )
  await path.door([text('3', 'gema')])
  await path.settle()
  expect(kinds.filter(kind => kind === 'alone')).toHaveLength(2) // answer 3 of both
  expect(await results()).toEqual(Array(9).fill('answer'))
})

describe('a message that fails every time', () => {
  const write = (path: Path, chat: string) =>
    path.door(['gema', 'a', `${POISON} b`, 'c'].map(words => text(chat, words)))

  test('is set aside after three lone attempts; the person is told, the next message is handled', async () => {
    const { path, channel } = await open()
    await write(path, '1')
    await path.settle()
    expect(await results()).toEqual(['answer', 'answer', 'set_aside', 'answer'])
    const heard = channel.to('1')
    expect(heard).toHaveLength(4)
    expect(heard[3]).toBe('Tanya 3. Tadi: c.') // the question it failed on was still open
    expect((await inbound()).map(row => row.attempts)).toEqual([0, 0, 4, 0])
    expect(await ticketCount()).toBe(1) // of c: what the failing attempts wrote is gone
  })

  test('harms nobody else in its set', async () => {
    const { path, channel } = await open()
    await write(path, '1')
    for (const chat of [2, 3]) await path.door(messagesOf(chat).map(words => text(`${chat}`, words)))
    await path.settle()
    for (const chat of [2, 3]) expect(channel.to(`${chat}`)).toEqual(repliesTo(chat))
  })

  test('counts when it ends the process: after a third start it is set aside', async () => {
    const { path, channel } = await open()
    await store.inbox.accept([text('1', 'gema'), text('1', 'berikut')], NOW)
    // What three processes that died in the attempt have left.
    await store.db.$executeRaw`UPDATE inbound SET attempts = 3 WHERE id = (SELECT min(id) FROM inbound)`
    await path.start()
    await path.settle()
    expect((await results())[0]).toBe('set_aside')
    expect(channel.to('1').length).toBeGreaterThanOrEqual(2)
    expect((await inbound()).every(row => row.handledAt !== null)).toBe(true)
  })
})

describe("the moment's failures", () => {
  test('never count: a set that is rolled back again and again is taken again and again', async () => {
    let failures = 4
    const { path, channel } = await open(() => {
      if (failures-- > 0) throw new TransientError('serialisation failure')
    })
    await path.door(messagesOf(1).map(words => text('1', words)))
    await path.settle()
    expect(channel.to('1')).toEqual(repliesTo(1))
    expect((await inbound()).map(row => row.attempts)).toEqual(Array(10).fill(0))
  })

  test('never count for lone turns either, and leave nothing behind', async () => {
    let failures = 5
    const { path, channel } = await open(kind => {
      if (kind === 'alone' && failures-- > 0) throw new TransientError('serialisation failure')
    })
    await path.door(messagesOf(1).map(words => text('1', words)))
    await path.settle()
    expect(channel.to('1')).toEqual(repliesTo(1))
    expect(await ticketCount()).toBe(ticketsOf(1).length)
    expect(await store.db.inbound.count({ where: { attempts: { gte: 3 } } })).toBe(0)
  })
})

describe('a timer', () => {
  async function waiting() {
    const opened = await open()
    await opened.path.door([text('1', 'gema'), text('1', 'a')])
    await opened.path.settle()
    return opened
  }

  test('whose question is gone does nothing', async () => {
    const { path, channel, clock } = await waiting()
    await store.db.$executeRaw`UPDATE timers SET wait = 'gone'`
    const [before] = await store.db.conversation.findMany()
    clock.advance(4 * 3_600_000)
    expect(await path.fireDue()).toBe(1)
    await path.settle()
    expect(channel.sent).toHaveLength(2)
    expect((await inbound()).at(-1)?.result).toMatch(/^silence/)
    const [after] = await store.db.conversation.findMany()
    expect([after?.flow, after?.step]).toEqual([before?.flow, before?.step])
  })

  test('of the open question fires once', async () => {
    const { path, channel, clock } = await waiting()
    expect(await path.fireDue()).toBe(0)
    clock.advance(3 * 3_600_000 + 1000)
    await Promise.all([path.fireDue(), path.fireDue()])
    await path.settle()
    expect(channel.sent).toHaveLength(3)
  })
})

test('somebody who blocked us is remembered as such until they write again', async () => {
  const { path, channel } = await open()
  channel.answer = () => ({ kind: 'blocked' })
  await path.door([text('1', 'gema')])
  await path.settle()
  await path.settle()
  const blocked = async () => (await store.db.conversation.findMany()).map(row => row.blockedAt !== null)
  expect(await blocked()).toEqual([true])
  channel.answer = () => ({ kind: 'sent', providerId: '1' })
  await path.door([text('1', 'halo lagi')])
  await path.settle()
  expect(await blocked()).toEqual([false])
})

test('a graceful stop waits for what is being sent and marks it', async () => {
  const { path, channel } = await open()
  channel.answer = async () => {
    await sleep(400)
    return { kind: 'sent', providerId: '1' }
  }
  await path.door([1, 2, 3].map(chat => text(`${chat}`, 'gema')))
  void path.settle()
  while ((await store.db.outbound.count({ where: { lease: { not: null } } })) === 0) await sleep(5)
  await path.stop()
  expect(channel.sent).toHaveLength(3)
  expect(await store.db.outbound.count({ where: { status: 'sent' } })).toBe(3)
  await path.door([text('4', 'gema')]) // after the stop nothing is begun; the next start takes it
  await path.settle()
  expect(await store.db.inbound.count({ where: { handledAt: null } })).toBe(1)
})

test.each<[name: string, before: Incoming[], incoming: (wait: string) => Incoming]>([
  ['edited', [], () => ({ kind: 'edited' })],
  ['blocked', [], () => ({ kind: 'blocked' })],
  ['unblocked', [], () => ({ kind: 'unblocked' })],
  ['group', [{ kind: 'group' }], () => ({ kind: 'group' })],
  ['second_tap', [{ kind: 'text', text: 'a' }], wait => ({ kind: 'tap', wait, option: 1 })],
])('silence: %s is handled, and nothing is said', async (name, before, incoming) => {
  const { path, channel } = await open()
  await path.door([text('1', 'gema')])
  await path.settle()
  const [{ wait = '' } = {}] = await store.db.timer.findMany()
  for (const one of before) await path.door([text('1', '', { incoming: one })])
  await path.settle()
  const said = channel.sent.length
  await path.door([text('1', '', { incoming: incoming(wait) })])
  await path.settle()
  expect((await inbound()).at(-1)?.result).toBe(`silence:${name}`)
  expect(channel.sent).toHaveLength(said)
  expect(listedSilences()).toContain(name)
})
