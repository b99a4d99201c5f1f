import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Received } from '../../src/channels/channel.ts'
import { NOW, openPathStore, text, type PathStore } from '../support/store.ts'

let store: PathStore
beforeAll(async () => {
  store = await openPathStore()
})
beforeEach(() => store.clear())
afterAll(() => store.close())

const stored = async () => {
  const rows = await store.db.inbound.findMany({ orderBy: { id: 'asc' }, include: { conversation: true } })
  return rows.map(row => `${row.conversation.address} ${row.externalId} ${row.kind}`)
}

test('what is offered again is the same message, in one batch and in several', async () => {
  const [a, b] = [text('1', 'ya'), text('2', 'tidak')]
  expect(await store.inbox.accept([a, b, a], NOW)).toBe(2)
  expect(await store.inbox.accept([b, a], NOW + 1000)).toBe(0)
  expect(await stored()).toEqual([`1 ${a.externalId} text`, `2 ${b.externalId} text`])
})

test('the same id on another account is another message', async () => {
  const message = text('1', 'ya')
  await store.inbox.accept([message, { ...message, account: 'telegram:99' }], NOW)
  expect(await store.db.inbound.count()).toBe(2)
  expect(await store.db.conversation.count()).toBe(2)
})

test('order is the order of the batch, whatever the ids say', async () => {
  const batch = ['u9', 'u3', 'u7', 'u1', 'u5'].map(externalId => text('1', 'ya', { externalId }))
  await store.inbox.accept(batch, NOW)
  expect((await stored()).map(row => row.split(' ')[1])).toEqual(['u9', 'u3', 'u7', 'u1', 'u5'])
})

test.each<[string, Partial<Received>]>([
  ['an id that cannot be stored', { externalId: 'u\0' }],
  ['an address that cannot be stored', { address: '7\0' }],
  ['a time that is none', { sentAt: NaN }],
])('%s costs only its own row, which stays as unreadable', async (_, changes) => {
  const before = [text('1', 'satu'), text('2', 'dua')]
  const after = [text('1', 'tiga'), text('3', 'empat')]
  expect(await store.inbox.accept([...before, text('7', 'rusak', changes), ...after], NOW)).toBe(5)
  const kinds = (await stored()).map(row => row.split(' ').at(-1))
  expect(kinds).toEqual(['text', 'text', 'unreadable', 'text', 'text'])
})

test('the door does not wait for a turn that holds the conversation', async () => {
  await store.inbox.accept([text('1', 'pertama')], NOW)
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  let claimed = () => {}
  const holding = new Promise<void>(resolve => {
    claimed = resolve
  })
  const turn = store.turns.set(10, async () => {
    claimed()
    await held
  })
  await holding
  expect(await store.inbox.accept([text('1', 'kedua')], NOW)).toBe(1) // would hang until the test's limit
  release()
  await turn
})

test('doors that meet the same new people in opposite orders do not deadlock', async () => {
  for (let round = 0; round < 30; round++) {
    const people = Array.from({ length: 20 }, (_, i) => `${round}-${i}`)
    const batch = people.map(address => text(address, 'halo'))
    const backwards = people.toReversed().map(address => text(address, 'halo'))
    await Promise.all([store.inbox.accept(batch, NOW), store.inbox.accept(backwards, NOW)])
  }
  expect(await store.db.inbound.count()).toBe(30 * 40)
  expect(await store.db.conversation.count()).toBe(30 * 20)
})

/** Whether something in this database waits for another transaction. */
async function waitsForOther(): Promise<boolean> {
  const waiting = await store.db.$queryRaw<unknown[]>`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting.length > 0
}

test('a person whom another door makes known in the same moment is found at a second look', async () => {
  let [commit, begun] = [() => {}, () => {}]
  const committed = new Promise<void>(resolve => (commit = resolve))
  const there = new Promise<void>(resolve => (begun = resolve))
  const { account, channel } = text('7', '')
  const other = store.db.$transaction(async tx => {
    await tx.conversation.create({ data: { account, channel, address: '7', createdAt: new Date(NOW) } })
    begun()
    await committed
  })
  await there
  const accepting = store.inbox.accept([text('7', 'satu'), text('8', 'dua'), text('7', 'tiga')], NOW)
  await expect.poll(waitsForOther).toBe(true)
  commit()
  expect(await accepting).toBe(3)
  await other
  expect((await stored()).map(row => row.split(' ')[0])).toEqual(['8', '7', '7'])
})

test('nothing of what was said lies in the database in clear', async () => {
  await store.inbox.accept([text('1', 'rahasia saya')], NOW)
  const [row] = await store.db.inbound.findMany()
  expect(Buffer.from(row?.payload ?? []).toString('latin1')).not.toContain('rahasia')
})
