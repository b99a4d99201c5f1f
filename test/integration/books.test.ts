import { afterAll, beforeAll, expect, test } from 'vitest'
import { standing } from '../../src/domain/ledger/book.ts'
import type { NewRow } from '../../src/domain/ledger/ports.ts'
import { newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

let world: World
let siti: string
beforeAll(async () => {
  world = await openWorld()
  siti = (await registered(world, await newChat(world.db, 'siti'))).id
})
afterAll(() => world.close())

const sale = (amount: number, replaces?: number): NewRow => ({
  does: 'add',
  ...(replaces === undefined ? {} : { replaces }),
  said: { kind: 'sale', amount, date: '2026-11-25', item: 'bakso', party: 'bu ani' },
})
const add = (inbound: number, ...rows: NewRow[]) =>
  world.within(({ books }) => books.add(siti, BigInt(inbound), rows, NOW))
const amounts = async () =>
  standing(await world.within(({ books }) => books.rows(siti))).map(entry => entry.amount)

test('entries of one message are undone one by one, and the undoing is undone', async () => {
  const [first, second] = await add(1, sale(50_000), sale(20_000))
  const [undone] = await add(2, { does: 'reverse', row: first ?? 0 })
  expect(await amounts()).toEqual([20_000])
  expect(await add(3, { does: 'reverse', row: first ?? 0 })).toEqual([null])
  await add(4, { does: 'reverse', row: undone ?? 0 })
  expect(await amounts()).toEqual([50_000, 20_000])
  await add(5, { does: 'reverse', row: second ?? 0 }, sale(25_000, second ?? 0))
  expect(await amounts()).toEqual([50_000, 25_000])
})

test('nothing of an entry lies in the database in clear', async () => {
  await add(6, sale(77_777))
  const rows = await world.db.ledgerRow.findMany()
  const raw = rows.map(row => Buffer.from(row.said ?? []).toString('latin1')).join()
  for (const words of ['bakso', 'bu ani', '77777', 'sale']) expect(raw).not.toContain(words)
})

test('one row per place in a message, whatever is delivered twice', async () => {
  const row = { residentId: siti, inboundId: 7n, n: 0, recordedAt: new Date(NOW) }
  await world.db.ledgerRow.create({ data: row })
  await expect(world.db.ledgerRow.create({ data: row })).rejects.toThrow()
})

test('a phrase is learned as a whole and forgotten as a whole; days off and settings are kept', async () => {
  await world.within(async ({ books }) => {
    await books.learn(siti, { phrase: 'bayar ucup', question: 'business_home', answer: 'usaha' }, NOW)
    await books.learn(siti, { phrase: 'bayar ucup', question: 'business_home', answer: 'rumah' }, NOW)
    await books.markDayOff(siti, '2026-11-22')
    await books.markDayOff(siti, '2026-11-22')
    await books.set(siti, { eveningHour: 20 })
    await books.set(siti, { ignored: 1 })
    expect(await books.phrases(siti)).toEqual([
      { phrase: 'bayar ucup', question: 'business_home', answer: 'rumah' },
    ])
    expect(await books.daysOff(siti)).toEqual(['2026-11-22'])
    expect(await books.settings(siti)).toMatchObject({ eveningHour: 20, ignored: 1, shared: false })
    await books.forgetPhrase(siti, 'bayar ucup')
    expect(await books.phrases(siti)).toEqual([])
  })
})
