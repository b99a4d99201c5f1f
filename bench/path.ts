import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { FakeBotApi } from '../test/support/telegram/fake.ts'
import type { SentMessage } from '../test/support/telegram/messages.ts'
import type { Person } from '../test/support/telegram/person.ts'
import { freePort, startRedis } from '../test/support/redis.ts'
import { folderWithFlows } from './support/flows.ts'
import { describeMachine, median, printMachine, quantile, round } from './support/machine.ts'
import { cpuMs, ROOT, startProcess, untilReady, type Started } from './support/process.ts'
import { startCluster, type Cluster } from './support/servers.ts'

export interface PathOptions {
  residents: number
  /** Answers to questions with buttons: a tap costs one more call, its acknowledgement. */
  answers: 'taps' | 'texts'
  runs: number
  /** Writes a CPU profile of the assistant into this folder. */
  profile?: string
}

interface Run {
  turnsPerSecond: number
  repliesReceived: number
  duplicates: number
  p50ms: number
  p99ms: number
}

/** `lima`, then five answers. */
const TURNS = 6
const PATIENCE_MS = 60_000
const TOKEN = '123456:TEST-BENCH'

/**
 * The path under load: every resident says *lima* at the same instant and answers each question as soon as it is there.
 * A turn counts when its reply has been received; that its rows are committed is checked afterwards in the database.
 */
export async function benchPath(options: PathOptions): Promise<void> {
  const cluster = await startCluster()
  const redis = await startRedis()
  const folder = await folderWithFlows('bench/flows')
  const api = new FakeBotApi({ token: TOKEN })
  try {
    const machine = await describeMachine(cluster)
    printMachine(machine)
    const { url: apiRoot } = await api.start()
    const port = await freePort()
    const app = startAssistant({ cluster, redisUrl: redis.url, apiRoot, port, folder: folder.path, options })
    await untilReady(app, `http://127.0.0.1:${port}/ready`)
    await crowd(api, { ...options, first: 900_000, residents: Math.min(200, options.residents) }) // warms up
    const alone = await crowd(api, { ...options, first: 800_000, residents: 1 })
    console.log(`one resident alone: ${alone.p50ms} ms from message to reply`)
    const runs: Run[] = []
    for (let i = 0; i < options.runs; i++) {
      const before = cpuMs(app)
      const run = await crowd(api, { ...options, first: 1_000_000 + i * options.residents })
      const used = ((cpuMs(app) ?? NaN) - (before ?? NaN)) / (options.residents * TURNS)
      console.log(`run ${i + 1}: ${JSON.stringify(run)}, CPU of the assistant ${used.toFixed(3)} ms a turn`)
      runs.push(run)
    }
    await assertCommitted(cluster, options)
    await app.stop()
    const { postgres, redis: redisVersion, cores } = machine
    console.log(JSON.stringify({ ...middle(runs), postgres, redis: redisVersion, cores }))
  } finally {
    await api.stop()
    await redis.stop()
    await cluster.stop()
    await folder.remove()
  }
}

interface Setting {
  cluster: Cluster
  redisUrl: string
  apiRoot: string
  port: number
  folder: string
  options: PathOptions
}

function startAssistant({ cluster, redisUrl, apiRoot, port, folder, options }: Setting): Started {
  return startProcess({
    entry: path.join(ROOT, 'src/main.ts'),
    cwd: folder,
    nodeArgs: options.profile ? ['--cpu-prof', `--cpu-prof-dir=${path.resolve(options.profile)}`] : [],
    env: {
      DATABASE_URL: cluster.url,
      REDIS_URL: redisUrl,
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: apiRoot,
      PORT: String(port),
      DATA_DIR: path.join(folder, 'data'),
      LOG_LEVEL: 'warn',
    },
  })
}

interface Crowd {
  residents: number
  answers: PathOptions['answers']
  /** The first chat id. */
  first: number
}

/** One run: resolves when everybody has had all replies. */
function crowd(api: FakeBotApi, { residents, answers, first }: Crowd): Promise<Run> {
  const asked = new Map<number, { at: number; seen: Set<string> }>()
  const latencies: number[] = []
  let duplicates = 0
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      const left = residents * TURNS - latencies.length
      const stuck = [...asked].find(([, { seen }]) => seen.size < TURNS)?.[1].seen
      const last = [...(stuck ?? [])].at(-1) ?? 'nothing'
      reject(
        new Error(`${left} replies are missing after ${PATIENCE_MS / 1000} s; somebody last read: ${last}`),
      )
    }, PATIENCE_MS)
    api.onMessage = (message, person) => {
      const resident = asked.get(message.chat)
      if (!resident) return
      if (resident.seen.has(message.plain)) duplicates++
      else {
        resident.seen.add(message.plain)
        latencies.push(performance.now() - resident.at)
        resident.at = performance.now()
        answer(message, person, answers)
      }
      if (latencies.length < residents * TURNS) return
      clearTimeout(late)
      const seconds = (performance.now() - started) / 1000
      const repliesReceived = latencies.length + duplicates
      const [p50, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.99)]
      const turnsPerSecond = round(latencies.length / seconds)
      resolve({ turnsPerSecond, repliesReceived, duplicates, p50ms: round(p50), p99ms: round(p99) })
    }
    for (let id = first; id < first + residents; id++) {
      asked.set(id, { at: performance.now(), seen: new Set() })
      api.person(id).sends('lima')
    }
  })
}

const TEXTS: [question: RegExp, text: string][] = [
  [/^Anda tinggal/, 'Jakarta Barat'],
  [/mencari kerja/, 'tidak'],
  [/memulai usaha/, 'ya'],
  [/^Bidang/, 'kuliner rumahan'],
  [/^Apa harapan/, 'ingin punya warung sendiri'],
]

function answer(message: SentMessage, person: Person, answers: PathOptions['answers']): void {
  const button = message.buttons[0]
  if (answers === 'taps' && button?.data) return void person.tapsData(button.data, message.messageId)
  const text = TEXTS.find(([question]) => question.test(message.plain))?.[1]
  if (text) person.sends(text)
}

/** @throws Error when a turn or a sent mark of the runs is not in the database. */
async function assertCommitted(cluster: Cluster, { residents, runs }: PathOptions): Promise<void> {
  const turns = (residents * runs + Math.min(200, residents) + 1) * TURNS
  for (let tries = 0; ; tries++, await sleep(100)) {
    const [row] = await cluster.query<{ handled: number; sent: number; waiting: number }>(
      `SELECT (SELECT count(*)::int FROM inbound WHERE result = 'answer') AS handled,
              (SELECT count(*)::int FROM outbound WHERE status = 'sent') AS sent,
              (SELECT count(*)::int FROM outbound WHERE status <> 'sent') AS waiting`,
    )
    if (row?.handled === turns && row.sent === turns) return
    if (tries === 50) throw new Error(`expected ${turns} turns committed and sent: ${JSON.stringify(row)}`)
  }
}

function middle(runs: Run[]): Run {
  const of = (pick: (run: Run) => number) => median(runs.map(pick))
  return {
    turnsPerSecond: of(run => run.turnsPerSecond),
    repliesReceived: of(run => run.repliesReceived),
    duplicates: runs.reduce((sum, run) => sum + run.duplicates, 0),
    p50ms: of(run => run.p50ms),
    p99ms: of(run => run.p99ms),
  }
}
