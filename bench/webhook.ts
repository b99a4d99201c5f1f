import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort, startRedis } from '../test/support/redis.ts'
import { FakeBotApi } from '../test/support/telegram/fake.ts'
import { folderWithFlows } from './support/flows.ts'
import { describeMachine, printMachine, quantile, round } from './support/machine.ts'
import { ROOT, startProcess, untilReady } from './support/process.ts'
import { startCluster, type Cluster } from './support/servers.ts'

const TOKEN = '123456:TEST-BENCH-WEBHOOK'
const RESIDENTS = 5_000
const SECONDS = 30
const TICK_MS = 10

/** The answer that fits whatever question of the bench's flow was read last. */
const ANSWERS: [question: RegExp, text: string][] = [
  [/^Anda tinggal/, 'Jakarta Barat'],
  [/mencari kerja/, 'tidak'],
  [/memulai usaha/, 'ya'],
  [/^Bidang/, 'kuliner rumahan'],
  [/^Apa harapan/, 'ingin punya warung sendiri'],
]

/**
 * Residents write `rate` messages a second, whether the assistant keeps up or not; Telegram's part posts them over its 100
 * connections. Measured is each post from its begin to its answer, with the whole path behind it at work: turns are
 * taken and replies sent on the same machine.
 */
export async function benchWebhook({ rate }: { rate: number }): Promise<void> {
  const [cluster, redis] = [await startCluster(), await startRedis()]
  const folder = await folderWithFlows('bench/flows')
  const api = new FakeBotApi({ token: TOKEN })
  const port = await freePort()
  printMachine(await describeMachine(cluster))
  try {
    const { url: apiRoot } = await api.start()
    const app = startProcess({
      entry: path.join(ROOT, 'src/main.ts'),
      cwd: folder.path,
      env: {
        DATABASE_URL: cluster.url,
        REDIS_URL: redis.url,
        TELEGRAM_BOT_TOKEN: TOKEN,
        TELEGRAM_API_ROOT: apiRoot,
        TELEGRAM_UPDATES: 'webhook',
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        PORT: String(port),
        DATA_DIR: path.join(folder.path, 'data'),
        LOG_LEVEL: 'warn',
      },
    })
    await untilReady(app, `http://127.0.0.1:${port}/ready`)
    while (!api.webhook.isSet) await sleep(20)
    await write(api, { rate: rate / 2, seconds: 5 }) // warms up
    const measured = await write(api, { rate, seconds: SECONDS })
    await allAnswered(api, cluster)
    await app.stop()
    console.log(JSON.stringify({ ...measured, duplicates: api.updates.counts.repeated }))
    if (measured.p99ms > 100 || measured.refused > 0) process.exitCode = 1
  } finally {
    await api.stop()
    await redis.stop()
    await cluster.stop()
    await folder.remove()
  }
}

async function write(api: FakeBotApi, { rate, seconds }: { rate: number; seconds: number }) {
  const answers: number[] = []
  let refused = 0
  api.webhook.onAnswer = (ms, ok) => {
    answers.push(ms)
    if (!ok) refused++
  }
  const began = performance.now()
  for (let written = 0; written < rate * seconds; await sleep(TICK_MS)) {
    const due = Math.min(rate * seconds, ((performance.now() - began) / 1000) * rate)
    for (; written < due; written++) writes(api, 1 + (written % RESIDENTS))
  }
  while (api.updates.pending > 0) await sleep(TICK_MS)
  const took = (performance.now() - began) / 1000
  return {
    updatesPerSecond: round(answers.length / took),
    posts: answers.length,
    refused,
    p50ms: round(quantile(answers, 0.5), 1),
    p99ms: round(quantile(answers, 0.99), 1),
    maxMs: round(Math.max(...answers), 1),
  }
}

function writes(api: FakeBotApi, id: number): void {
  const person = api.person(id)
  const last = person.received().at(-1)?.plain ?? ''
  person.sends(ANSWERS.find(([question]) => question.test(last))?.[1] ?? 'lima')
}

/** @throws Error when something that was written is not stored, handled or sent */
async function allAnswered(api: FakeBotApi, cluster: Cluster): Promise<void> {
  for (let tries = 0; ; tries++, await sleep(100)) {
    const [row] = await cluster.query<{ stored: number; open: number; unsent: number }>(
      `SELECT (SELECT count(*)::int FROM inbound) AS stored,
              (SELECT count(*)::int FROM inbound WHERE handled_at IS NULL) AS open,
              (SELECT count(*)::int FROM outbound WHERE status <> 'sent') AS unsent`,
    )
    if (row?.stored === api.updates.counts.created && row.open + row.unsent === 0) return
    if (tries === 300) throw new Error(`not everything was answered: ${JSON.stringify(row)}`)
  }
}
