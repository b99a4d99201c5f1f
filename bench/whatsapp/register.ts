import type { Db } from '../../src/db/client.ts'
import { MINUTE, sleep } from '../../src/lib/time.ts'
import { faultsOfRecord } from '../../test/support/whatsapp/record.ts'
import { REGISTERS, type Resident } from '../../test/support/whatsapp/resident.ts'
import { until } from '../../test/support/whatsapp/scene.ts'
import type { FakeWhatsApp } from '../../test/support/whatsapp/server.ts'
import { round } from '../support/machine.ts'
import type { Assistant } from './assistant.ts'

/** Longer than any run that still goes on; what is missing then is shown as a fault. */
const PATIENCE_MS = 60 * MINUTE
const TELL_EVERY_MS = 20_000

export interface Registered {
  residents: number
  seconds: number
  peakRssMb: number
  /** Messages of residents, and of the assistant. */
  heard: number
  answers: number
  /** `after` so many messages; `waiting`: how many came while it was away. */
  restart: { after: number; seconds: number; waiting: number }
  faults: string[]
}

interface Place {
  assistant: Assistant
  fake: FakeWhatsApp
  db: Db
}

/** Everybody begins at once; when half of everything has been written, the assistant is restarted. */
export async function register(people: Resident[], { assistant, fake, db }: Place): Promise<Registered> {
  const started = performance.now()
  let done = 0
  const tell = () =>
    console.log(`  ${done} of ${people.length} registered, ${written(people)} messages heard`)
  const telling = setInterval(tell, TELL_EVERY_MS)
  try {
    for (const person of people) void person.begins().then(() => done++)
    await until(() => written(people) >= (people.length * REGISTERS.length) / 2, PATIENCE_MS)
    const restart = { after: written(people), ...(await restarted(assistant, fake)) }
    await until(() => done === people.length, PATIENCE_MS).catch(() => {})
    const seconds = secondsSince(started)
    await sentAll(db)
    const answers = await db.outbound.count({ where: { status: 'sent' } })
    const memory = { peakRssMb: assistant.peakMb }
    const run = { residents: people.length, seconds, ...memory, heard: written(people), answers, restart }
    return { ...run, faults: await faultsOf(people, db) }
  } finally {
    clearInterval(telling)
  }
}

async function restarted(assistant: Assistant, fake: FakeWhatsApp) {
  const ended = performance.now()
  await assistant.stop()
  await sleep(1000) // so that people answer what they have just been asked
  const { waiting } = fake.device()
  await assistant.start()
  return { seconds: secondsSince(ended), waiting }
}

/** The last answers may be on their way, or be read before their confirmation is written down. */
async function sentAll(db: Db): Promise<void> {
  for (const end = Date.now() + MINUTE; Date.now() < end; await sleep(200))
    if ((await db.outbound.count({ where: { status: 'waiting' } })) === 0) return
}

/** Each registered once, each message recorded once, in order, and handled, each answer confirmed. */
async function faultsOf(people: Resident[], db: Db): Promise<string[]> {
  const registered = await db.resident.count()
  const unconfirmed = await db.outbound.count({ where: { status: { not: 'sent' } } })
  return [
    ...(unconfirmed === 0 ? [] : [`${unconfirmed} answers are not confirmed`]),
    ...(registered === people.length ? [] : [`${registered} registered instead of ${people.length}`]),
    ...(await faultsOfRecord(db, people)),
    ...people.flatMap(({ puzzled }) => puzzled.slice(0, 1)),
  ]
}

const written = (people: Resident[]) => people.reduce((sum, { ids }) => sum + ids.length, 0)
const secondsSince = (at: number) => round((performance.now() - at) / 1000, 1)
