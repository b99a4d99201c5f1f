import { Redis } from 'ioredis'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import { Sealer } from '../../src/db/seal.ts'
import type { Say } from '../../src/engine/types.ts'
import { startRedis } from '../../test/support/redis.ts'
import { FakeBotApi } from '../../test/support/telegram/fake.ts'
import { folderWithFlows } from '../support/flows.ts'
import { startProcess, type Started } from '../support/process.ts'
import { startCluster, type Cluster } from '../support/servers.ts'

export type BackendName = 'redis' | 'postgres'

const SECRET_KEY = 'a key of the faults run, thirty-two letters or more'
const TOKEN = '123456:TEST-FAULTS'

/** Everything around the assistant: its servers, its chat platform, and the hand that starts and kills it. */
export interface World {
  cluster: Cluster
  api: FakeBotApi
  /** Starts the assistant; resolves when it asks for updates, or false when it ended before. */
  startApp(seed: number, faultRate: number): Promise<{ app: Started; up: boolean }>
  /** Empties the queue server: every bell is gone. */
  emptyBells(): Promise<void>
  /** Replies that wait to be sent or marked: chat and text. */
  waiting(): Promise<{ chat: number; text: string }[]>
  close(): Promise<void>
}

export async function openWorld(backend: BackendName): Promise<World> {
  const cluster = await startCluster()
  const redis = backend === 'redis' ? await startRedis() : undefined
  const folder = await folderWithFlows('bench/faults/flows')
  const api = new FakeBotApi({ offerTwice: true, token: TOKEN })
  const { url: apiRoot } = await api.start()
  const sealer = new Sealer(Buffer.from(SECRET_KEY))
  let living: Started | undefined
  return {
    cluster,
    api,
    async startApp(seed, faultRate) {
      const polls = api.stats().updates.polls
      const app = startProcess({
        entry: path.join(import.meta.dirname, 'app.ts'),
        cwd: folder.path,
        ...(process.env.FAULTS_OUTPUT ? { output: 'inherit' as const } : {}),
        env: {
          DATABASE_URL: cluster.url,
          ...(redis ? { REDIS_URL: redis.url } : {}),
          TELEGRAM_BOT_TOKEN: TOKEN,
          TELEGRAM_API_ROOT: apiRoot,
          SECRET_KEY,
          LOG_LEVEL: process.env.FAULTS_OUTPUT ? 'warn' : 'silent',
          FAULT_RATE: String(faultRate),
          FAULT_SEED: String(seed),
        },
      })
      living = app
      let ended = false
      void app.exited.then(() => {
        ended = true
      })
      while (!ended && api.stats().updates.polls === polls) await sleep(10)
      return { app, up: !ended }
    },
    emptyBells: () => (redis ? flush(redis.url) : truncateQueues(cluster)),
    async waiting() {
      const rows = await cluster.query<{ id: number; address: string; body: Buffer }>(
        `SELECT c.id, c.address, o.body FROM outbound o JOIN conversations c ON c.id = o.conversation_id
         WHERE o.status = 'waiting' AND o.body IS NOT NULL`,
      )
      return rows.map(row => ({
        chat: Number(row.address),
        text: plainText(JSON.parse(sealer.open(bodyPlace(row.id), row.body)) as Say),
      }))
    },
    /** Also after a run that threw: an assistant left alone would go on without its servers. */
    async close() {
      await living?.kill()
      await api.stop()
      await redis?.stop()
      await cluster.stop()
      await folder.remove()
    },
  }
}

const plainText = (say: Say) => say.text.map(span => (typeof span === 'string' ? span : span.bold)).join('')

async function flush(url: string): Promise<void> {
  const redis = new Redis(url)
  await redis.flushall()
  redis.disconnect()
}

/** SQLSTATE: TRUNCATE locks the tables in another order than the queue at work does; one of the two gives way. */
const DEADLOCK = '40P01'

/** The first life of the assistant makes these tables while it is already at work. */
async function truncateQueues(cluster: Cluster): Promise<void> {
  for (let tries = 0; tries < 100; tries++, await sleep(100)) {
    const tables = await cluster.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
    )
    if (tables.length === 0) continue
    const emptied = await cluster
      .query(`TRUNCATE ${tables.map(table => table.name).join(', ')} CASCADE`)
      .then(
        () => true,
        (error: unknown) => {
          if ((error as { code?: unknown }).code === DEADLOCK) return false
          throw error
        },
      )
    if (emptied) return
  }
  throw new Error('the queues keep no tables in the schema bullmq')
}
