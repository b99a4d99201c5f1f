import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect, type Db } from '../../src/db/client.ts'
import { FakeBotApi } from '../../test/support/telegram/fake.ts'
import { seeded } from '../../test/support/telegram/faults.ts'
import { freePort, startRedis } from '../../test/support/redis.ts'
import { temporaryFolder } from '../../test/support/folders.ts'
import { checkRegistrations, faultsOf } from '../register5000.ts'
import { describeMachine, printMachine, round } from '../support/machine.ts'
import { ROOT, startProcess, untilReady } from '../support/process.ts'
import { startCluster } from '../support/servers.ts'
import { readPlaces } from './places.ts'
import { readLabels, readQuestions } from './questions.ts'
import { Resident, type Town } from './resident.ts'

const TOKEN = '123456:TEST-BENCH'
/** How many register at the same time. */
const AT_ONCE = 200
const IDLE_MS = 10_000
const PATIENCE_MS = 20 * 60_000

/** So many residents register in random order, each on a road of their own, and the database must hold each of them once. */
export async function benchRegister({ residents, seed }: { residents: number; seed: number }): Promise<void> {
  const [cluster, redis, folder] = [
    await startCluster(),
    await startRedis(),
    await temporaryFolder('register'),
  ]
  const api = new FakeBotApi({ token: TOKEN })
  printMachine(await describeMachine(cluster))
  try {
    const { url: apiRoot } = await api.start()
    const port = await freePort()
    const app = startProcess({
      entry: path.join(ROOT, 'src/main.ts'),
      env: {
        DATABASE_URL: cluster.url,
        REDIS_URL: redis.url,
        TELEGRAM_BOT_TOKEN: TOKEN,
        TELEGRAM_API_ROOT: apiRoot,
        PORT: String(port),
        DATA_DIR: folder.path,
      },
    })
    await untilReady(app, `http://127.0.0.1:${port}/ready`)
    const db = connect(cluster.url)
    await addCoaches(db, seeded(seed))
    const started = performance.now()
    const people = await register(api, residents, seed)
    const seconds = (performance.now() - started) / 1000
    await app.stop()
    const check = await checkRegistrations(db)
    const faults = faultsOf(check, residents)
    await db.$disconnect()
    for (const fault of faults) console.log(fault)
    const messages = people.reduce((sum, one) => sum + one.written, 0)
    const left = people.filter(one => !one.done)
    for (const one of left.slice(0, 5)) console.log(one.lastRead())
    const stuck = left.length
    const nudges = people.reduce((sum, one) => sum + one.nudges, 0)
    const speed = { seconds: round(seconds), messages, messagesPerSecond: round(messages / seconds) }
    console.log(JSON.stringify({ residents, ...check, stuck, nudges, ...speed, seed }))
    if (faults.length + stuck > 0) process.exitCode = 1
  } finally {
    await api.stop()
    await redis.stop()
    await cluster.stop()
    await folder.remove()
  }
}

/** Every centre serves every need, some with one coach, some with several. */
async function addCoaches(db: Db, random: () => number): Promise<void> {
  const needs = ['cari_kerja', 'mulai_usaha', 'naik_kelas']
  const centres = await db.centre.findMany({ orderBy: { code: 'asc' } })
  const data = centres.flatMap(({ code }) =>
    Array.from({ length: 2 + Math.floor(random() * 4) }, (_, i) => ({
      name: `Coach ${code} ${i}`,
      centreCode: code,
      serves: i === 0 ? needs : needs.filter(() => random() < 0.7),
      createdAt: new Date(),
    })),
  )
  await db.coach.createMany({ data })
}

async function register(api: FakeBotApi, count: number, seed: number): Promise<Resident[]> {
  const random = seeded(seed + 1)
  const town: Town = { questions: readQuestions(), labels: readLabels(), places: readPlaces(), random }
  const people = new Map<number, Resident>()
  for (let id = 1; id <= count; id++) people.set(id, new Resident(api.person(id), town))
  const waiting = [...people.values()].toSorted(() => random() - 0.5)
  const active = new Set<Resident>()
  api.onMessage = message => people.get(message.chat)?.hears(message)
  for (const started = Date.now(); waiting.length + active.size > 0; await sleep(20)) {
    for (const one of active) {
      if (one.done || one.stuck) active.delete(one)
      else if (performance.now() - one.heardAt > IDLE_MS) one.triesAgain()
    }
    for (const one of waiting.splice(0, AT_ONCE - active.size)) {
      active.add(one)
      one.heardAt = performance.now()
      one.begins()
    }
    if (Date.now() - started > PATIENCE_MS) break
  }
  return [...people.values()]
}
