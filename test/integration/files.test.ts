import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Delivery } from '../../src/app/delivery.ts'
import { createDoor } from '../../src/app/door.ts'
import { silentMeter } from '../../src/app/meter.ts'
import type { Channel, OutboundFile } from '../../src/channels/channel.ts'
import { createChores } from '../../src/db/chores.ts'
import { reposFor } from '../../src/db/repos.ts'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import type { Say } from '../../src/engine/types.ts'
import { DAY, FixedClock } from '../../src/lib/time.ts'
import { ACCOUNT, NOW, openPathStore, type PathStore } from '../support/store.ts'

let store: PathStore
beforeAll(async () => {
  store = await openPathStore()
})
beforeEach(() => store.clear())
afterAll(() => store.close())

const NOTE = Buffer.from([0, 255, 10, 13, 200]) // bytes that no text survives

const chat = async () =>
  (
    await store.db.conversation.create({
      data: { channel: 'telegram', account: ACCOUNT, address: '1', createdAt: new Date(NOW) },
    })
  ).id

const add = (conversationId: number) =>
  store.db.$transaction(tx =>
    reposFor(tx, store.sealer).files.add(conversationId, { mime: 'text/calendar', bytes: NOTE }, NOW),
  )

const queue = (conversationId: number, key: string) => {
  const say: Say = { text: ['Ini'], file: { key, name: 'a.txt', as: 'document' } }
  const body = store.sealer.seal(bodyPlace(conversationId), JSON.stringify(say))
  return store.db.outbound.create({
    data: { conversationId, account: ACCOUNT, purpose: 'reply', body, createdAt: new Date(NOW) },
  })
}

/** Delivers what waits. @returns what the channel was given */
async function deliver(mediaId?: string): Promise<(OutboundFile | undefined)[]> {
  const given: (OutboundFile | undefined)[] = []
  const channel: Channel = {
    ...{ name: 'telegram', account: ACCOUNT },
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    state: () => ({ status: 'connected', since: NOW }),
    send(_address, _say, file) {
      given.push(file)
      return Promise.resolve({ kind: 'sent', providerId: '1', ...(mediaId ? { mediaId } : {}) })
    },
  }
  const clock = new FixedClock(NOW)
  const door = createDoor({ inbox: store.inbox, clock, meter: silentMeter, ring: () => {} })
  const { outbox, files } = store
  const log = pino({ level: 'silent' })
  const delivery = new Delivery({
    lane: 'direct',
    account: { pausedUntil: 0 },
    outbox,
    files,
    channel,
    clock,
    log,
    meter: silentMeter,
    door,
  })
  while ((await delivery.pass()) > 0);
  await delivery.drain(30_000)
  return given
}

test('a file made for a chat arrives byte by byte, and lies sealed until then', async () => {
  const id = await chat()
  const key = await add(id)
  await queue(id, key)
  const [file] = await deliver()
  expect(file).toMatchObject({ mime: 'text/calendar' })
  expect(Buffer.from((await file?.bytes()) ?? [])).toEqual(NOTE)
  const [row] = await store.db.file.findMany()
  expect(Buffer.from(row?.bytes ?? []).includes(NOTE)).toBe(false)
})

test('a file made by code is uploaded once; after that the platform is told what it keeps', async () => {
  const id = await chat()
  await queue(id, 'note/kas@1')
  await queue(id, 'note/kas@1')
  await queue(id, 'note/kas@2')
  const files = await deliver('media-1')
  expect(files.map(file => file?.mediaId)).toEqual([undefined, 'media-1', undefined])
  expect(String(await files[1]?.bytes())).toBe('kas@1')
})

test('what was erased meanwhile is not sent, and what nobody makes neither', async () => {
  const id = await chat()
  const key = await add(id)
  await queue(id, key)
  await queue(id, 'nobody/makes@1')
  await store.db.file.deleteMany()
  expect(await deliver()).toEqual([])
  expect((await store.db.outbound.findMany()).map(row => row.status)).toEqual(['dropped', 'dropped'])
})

test('a file goes a day after it was made, but not while a message of its chat still waits', async () => {
  const id = await chat()
  await queue(id, await add(id))
  const chores = createChores(store.db)
  await chores.eraseContents(NOW + DAY)
  expect(await store.db.file.count()).toBe(1)
  await deliver()
  await chores.eraseContents(NOW + DAY)
  expect(await store.db.file.count()).toBe(0)
})
