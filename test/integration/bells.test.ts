import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { SteadyClient } from '../../src/db/client.ts'
import { Bells } from '../../src/jobs/bells.ts'
import type { QueueServer } from '../../src/jobs/backend.ts'
import { createLog } from '../../src/lib/log.ts'
import { sleep } from '../../src/lib/time.ts'
import { emptyDatabase } from '../support/postgres.ts'
import { startRedis } from '../support/redis.ts'

/** Bells on both queue servers, and what a server that is not there yet may not do to the process. */
const log = createLog('silent')
const open: { stop(): Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.stop()
})

function bells(server: QueueServer): Bells {
  const made = new Bells(server, log)
  open.push(made)
  return made
}

const onPostgres = (url: string): QueueServer => ({ kind: 'postgres', url, Client: SteadyClient })

async function until(done: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 30_000; performance.now() < end; await sleep(50))
    if (await done()) return
  throw new Error('it did not happen in 30 s')
}

const SERVERS: [string, () => Promise<QueueServer>][] = [
  ['postgres', async () => onPostgres((await emptyDatabase()).url)],
  [
    'redis',
    async () => {
      const redis = await startRedis()
      open.push(redis)
      return { kind: 'redis', url: redis.url }
    },
  ],
]

test.each(SERVERS)('a ring is heard, and every ring after it (%s)', async (_name, start) => {
  const both = bells(await start())
  let heard = 0
  both.hear('turns', async () => void heard++)
  for (const expected of [1, 2, 3]) {
    await until(() => {
      both.ring('turns')
      return heard >= expected
    })
  }
  expect(await both.check()).toBe(true)
  expect(both.trouble()).toBeUndefined()
})

describe('a database that is not there at the start', () => {
  test('takes no breath from the process, and its bells are heard as soon as it is there', async () => {
    const { url } = await emptyDatabase()
    const later = new URL(url)
    later.pathname = `${later.pathname}_later`
    const both = bells(onPostgres(later.href))
    let heard = 0
    both.hear('turns', async () => void heard++)
    both.ring('turns')

    await until(() => both.trouble() === '3D000')
    const before = process.cpuUsage()
    await sleep(1500) // a spinning worker would never let this timer fire
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000).toBeLessThan(750)
    expect(both.trouble()).toBe('3D000')

    const admin = new pg.Client(url)
    await admin.connect()
    await admin.query(`CREATE DATABASE ${later.pathname.slice(1)}`)
    await admin.end()
    await until(() => {
      both.ring('turns')
      return heard > 0
    })
    await until(() => both.check())
  })
})
