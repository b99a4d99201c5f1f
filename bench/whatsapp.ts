import { AssistantProcess } from '../test/support/whatsapp/process.ts'
import { Resident } from '../test/support/whatsapp/resident.ts'
import { FakeWhatsApp } from '../test/support/whatsapp/server.ts'
import { PACE } from '../src/channels/whatsapp/pace.ts'
import { openStore } from '../src/db/open.ts'
import { atMost, MINUTE } from '../src/lib/time.ts'
import { describeMachine, printMachine, quantile, round } from './support/machine.ts'
import { startCluster, type Cluster } from './support/servers.ts'

/** How much faster than life: the pace that is meant for WhatsApp would make this a matter of hours. */
const HASTE = 2000
const ACTIVE = 200
const ROUNDS = 5
const PATIENCE_MS = 15 * MINUTE

/**
 * Everybody registers at once through the real Baileys; then as many as write on a busy day ask for the menu again and
 * again. The assistant is a process of its own, people and the fake WhatsApp are this one.
 */
export async function benchWhatsApp({ residents }: { residents: number }): Promise<void> {
  const cluster = await startCluster()
  const machine = await describeMachine(cluster)
  printMachine(machine)
  await migrate(cluster.url)
  const fake = await FakeWhatsApp.start()
  fake.phoneHears = false // it would decrypt a copy of everything, on our cores
  const owner = fake.person('628111000111', 'OK OCE')
  const assistant = new AssistantProcess(fake, { databaseUrl: cluster.url, haste: HASTE })
  try {
    await assistant.paired(fake, owner)
    console.log(`\nPaired; the assistant has ${mb(assistant)} MB. ${residents} residents begin at once …`)
    const people = Array.from(
      { length: residents },
      (_, i) => new Resident(fake.person(`62855${10_000_000 + i}`, `Warga ${i}`)),
    )
    const registered = await register(people, assistant)
    const facts = await count(cluster, people)
    printRegistered({ ...registered, ...facts, residents })
    const active = await menu(people.slice(0, ACTIVE), assistant)
    console.log(
      `\n${active.chats} active chats: ${active.messagesPerSecond} messages a second (both ways), answer p50 ` +
        `${active.p50Ms} ms, p95 ${active.p95Ms} ms; the assistant has ${active.rssMb} MB, CPU ${active.cpuPercent} %`,
    )
    console.log(JSON.stringify({ machine, registered: { ...registered, ...facts, residents }, active }))
    process.exitCode = facts.faults.length === 0 ? 0 : 1
  } finally {
    await assistant.stop()
    await fake.stop()
    await cluster.stop()
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const store = await openStore({
    databaseUrl,
    dataDir: 'data',
    secretKey: 'a key for tests only, of 32 characters',
  })
  await store.stop()
}

const mb = ({ told }: AssistantProcess) => round((told?.rss ?? 0) / 2 ** 20)
const cpuMs = ({ told }: AssistantProcess) => ((told?.cpu.user ?? 0) + (told?.cpu.system ?? 0)) / 1000

async function register(people: Resident[], assistant: AssistantProcess) {
  const started = performance.now()
  let peak = 0
  let done = 0
  const watching = setInterval(() => {
    peak = Math.max(peak, mb(assistant))
  }, 200)
  const telling = setInterval(() => console.log(`  ${done} of ${people.length} registered`), 20_000)
  const all = Promise.all(people.map(person => person.begins().then(() => done++)))
  await atMost(PATIENCE_MS, all)
  clearInterval(watching)
  clearInterval(telling)
  return { seconds: round((performance.now() - started) / 1000, 1), peakRssMb: peak }
}

/** Each registered once, each message recorded once and handled, each answer confirmed. */
async function count(cluster: Cluster, people: Resident[]) {
  const number = async (sql: string) => Number((await cluster.query<{ n: string }>(sql))[0]?.n ?? 0)
  const inbound = await number("SELECT count(*) AS n FROM inbound WHERE kind NOT IN ('timer', 'notice')")
  const outbound = await number("SELECT count(*) AS n FROM outbound WHERE status = 'sent'")
  const written = people.reduce((sum, person) => sum + person.written, 0)
  const residents = await number('SELECT count(*) AS n FROM residents')
  const unhandled = await number('SELECT count(*) AS n FROM inbound WHERE handled_at IS NULL')
  const faults = [
    ...(residents === people.length ? [] : [`${residents} registered instead of ${people.length}`]),
    ...(inbound === written ? [] : [`${inbound} messages recorded instead of ${written}`]),
    ...(unhandled === 0 ? [] : [`${unhandled} messages are not handled`]),
    ...people.flatMap(({ puzzled }) => puzzled.slice(0, 1)),
  ]
  return { inbound, outbound, faults }
}

interface Registered {
  residents: number
  seconds: number
  peakRssMb: number
  inbound: number
  outbound: number
  faults: string[]
}

function printRegistered(run: Registered): void {
  const { residents, seconds, inbound, outbound, peakRssMb, faults } = run
  const minutes = outbound / PACE.repliesPerMinute
  console.log(`\n${residents} residents registered in ${seconds} s, the pace multiplied by ${HASTE}`)
  console.log(`  ${inbound} messages heard, each recorded once; ${outbound} answers confirmed`)
  console.log(`  ${round((inbound + outbound) / seconds)} messages a second; at most ${peakRssMb} MB`)
  console.log(
    `  At the real pace (${PACE.repliesPerMinute} answers a minute over all chats) the same ${outbound} answers take ` +
      `${Math.floor(minutes / 60)} h ${round(minutes % 60)} min: ${round(outbound / residents, 1)} answers a resident, ` +
      `${round((PACE.repliesPerMinute * 60 * residents) / outbound)} registrations an hour`,
  )
  for (const fault of faults) console.log(`  FAULT: ${fault}`)
}

async function menu(people: Resident[], assistant: AssistantProcess) {
  const waits: number[] = []
  const started = performance.now()
  const cpu = cpuMs(assistant)
  await Promise.all(
    people.map(async ({ person }) => {
      for (let i = 0; i < ROUNDS; i++) {
        const asked = performance.now()
        const answer = person.next(() => true, PATIENCE_MS)
        await person.writes('menu')
        await answer
        waits.push(performance.now() - asked)
      }
    }),
  )
  const ms = performance.now() - started
  return {
    chats: people.length,
    messagesPerSecond: round((2 * waits.length) / (ms / 1000)),
    p50Ms: round(quantile(waits, 0.5)),
    p95Ms: round(quantile(waits, 0.95)),
    rssMb: mb(assistant),
    cpuPercent: round(((cpuMs(assistant) - cpu) / ms) * 100),
  }
}
