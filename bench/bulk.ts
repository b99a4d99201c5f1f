import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bodyPlace } from '../src/db/saveTurns.ts'
import { openStore, type Store } from '../src/db/open.ts'
import type { Say } from '../src/engine/types.ts'
import { freePort, startRedis } from '../test/support/redis.ts'
import { FakeBotApi } from '../test/support/telegram/fake.ts'
import { TELEGRAM_LIMITS } from '../test/support/telegram/limits.ts'
import type { SentMessage } from '../test/support/telegram/messages.ts'
import { describeMachine, printMachine, quantile, round } from './support/machine.ts'
import { ROOT, startProcess, untilReady, type Started } from './support/process.ts'
import { startCluster } from './support/servers.ts'

const TOKEN = '123456:TEST-BENCH'
const SECRET_KEY = 'a key for measurements only, of 32 letters'
/** What the Bot API takes to answer. */
const ANSWER_MS = 100
const PACE = 25
const FIRST_BULK = 1_000_000
const FIRST_ASKER = 2_000_000

/**
 * A message of the programme to many, from two processes, against a Bot API that refuses what Telegram would refuse.
 * Meanwhile somebody new writes every second: they must not wait behind the many.
 */
export async function benchBulk(messages: number): Promise<void> {
  const cluster = await startCluster()
  const redis = await startRedis()
  const api = new FakeBotApi({ token: TOKEN, limits: TELEGRAM_LIMITS })
  const started: Started[] = []
  try {
    printMachine(await describeMachine(cluster))
    const { url: apiRoot } = await api.start()
    api.fault({ kind: 'delay', method: 'sendMessage', rate: 1, delayMs: ANSWER_MS })
    const store = await openStore({ databaseUrl: cluster.url, secretKey: SECRET_KEY, dataDir: '', warn() {} })
    for (let i = 0; i < 2; i++) {
      const port = await freePort()
      const env = {
        ...{ DATABASE_URL: cluster.url, REDIS_URL: redis.url, SECRET_KEY, TELEGRAM_BOT_TOKEN: TOKEN },
        ...{ TELEGRAM_API_ROOT: apiRoot, PORT: String(port), LOG_LEVEL: 'warn' },
      }
      const app = startProcess({ entry: path.join(ROOT, 'src/main.ts'), env })
      started.push(app)
      await untilReady(app, `http://127.0.0.1:${port}/ready`)
    }
    for (let i = 0; i < messages; i++)
      api.chats.know({ id: FIRST_BULK + i, type: 'private', first_name: 'Warga' }, 'open')
    await queueBulk(store, messages)
    const waits = await askMeanwhile(api, messages)
    report(api, { messages, waits })
    await store.stop()
  } finally {
    await Promise.all(started.map(app => app.stop()))
    await api.stop()
    await redis.stop()
    await cluster.stop()
  }
}

const isBulk = ({ chat }: SentMessage) => chat < FIRST_ASKER

async function queueBulk({ db, sealer }: Store, messages: number): Promise<void> {
  const account = `telegram:${TOKEN.split(':')[0]}`
  const createdAt = new Date()
  const say: Say = { text: ['Klinik OK OCE buka lagi hari Senin.'] }
  const chats = await db.conversation.createManyAndReturn({
    data: Array.from({ length: messages }, (_, i) => ({
      ...{ channel: 'telegram', account, address: `${FIRST_BULK + i}`, createdAt },
    })),
  })
  await db.outbound.createMany({
    data: chats.map(({ id }) => ({
      ...{ conversationId: id, account, purpose: 'bulk', createdAt },
      body: sealer.seal(bodyPlace(id), JSON.stringify(say)),
    })),
  })
}

/** Somebody new says hello every second until all bulk messages are there. @returns ms from each hello to its reply */
async function askMeanwhile(api: FakeBotApi, messages: number): Promise<number[]> {
  const waits: number[] = []
  const limit = performance.now() + (messages / PACE) * 3000 + 30_000
  for (let asker = FIRST_ASKER; api.messages.all.filter(isBulk).length < messages; asker++) {
    if (performance.now() > limit)
      throw new Error(`after three times the time ${JSON.stringify(api.stats())}`)
    const at = performance.now()
    const person = api.person(asker)
    person.sends('halo')
    await person.next({ timeoutMs: 30_000 })
    waits.push(performance.now() - at)
    await sleep(Math.max(0, 1000 - (performance.now() - at)))
  }
  return waits
}

function report(api: FakeBotApi, { messages, waits }: { messages: number; waits: number[] }): void {
  const bulk = api.messages.all.filter(isBulk)
  const seconds = ((bulk.at(-1)?.at ?? 0) - (bulk[0]?.at ?? 0)) / 1000
  const perSecond = (bulk.length - 1) / seconds
  const result = {
    messages,
    twice: bulk.length - new Set(bulk.map(({ chat }) => chat)).size,
    seconds: round(seconds, 1),
    perSecond: round(perSecond, 2),
    shareOfPace: round(perSecond / PACE, 3),
    tooMany: api.stats().refused[429] ?? 0,
    replies: waits.length,
    replyP50ms: round(quantile(waits, 0.5)),
    replyP99ms: round(quantile(waits, 0.99)),
  }
  console.log(JSON.stringify(result))
}
