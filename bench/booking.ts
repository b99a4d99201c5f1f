import { runCall } from '../src/app/calls.ts'
import { openStore, type Store } from '../src/db/open.ts'
import { reposFor } from '../src/db/repos.ts'
import { EMPTY_INTAKE, type Speaker } from '../src/domain/people.ts'
import type { Repos } from '../src/domain/ports.ts'
import { PAPERS } from '../src/papers.ts'
import { temporaryFolder } from '../test/support/folders.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, registered } from '../test/support/people.ts'
import { describeMachine, printMachine, round } from './support/machine.ts'
import { startCluster } from './support/servers.ts'

const RESIDENTS = 1_000
const CONNECTIONS = 8
const PLACES = 4
/** Friday at nine: four rooms, four coaches. Later that day, and on other days, there is room for the others. */
const WISH = { topic: 'perizinan', centre: KEBON_JERUK, slot: '2026-11-27T09:00' }
const INTAKE = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }

/** What became of one resident: booked, told that it is taken and offered so many others, or an error. */
type Fate = { kind: 'booked' } | { kind: 'told'; offered: number } | { kind: 'error'; name: string }

/**
 * 1,000 residents take the last four places of an hour at once, over 8 connections, through the calls of the flow (hold,
 * then confirm), on a PostgreSQL that flushes its commits. An attempt is one resident.
 */
export async function benchBooking(): Promise<void> {
  const cluster = await startCluster()
  const folder = await temporaryFolder('bench-booking')
  const store = await openStore({
    databaseUrl: cluster.url,
    dataDir: folder.path,
    secretKey: 'a key of the bench, thirty-two letters or more',
    poolSize: CONNECTIONS,
  })
  try {
    const machine = await describeMachine(cluster)
    printMachine(machine)
    const crowd = await prepare(store)
    console.log(`${RESIDENTS} residents want one of ${PLACES} places, over ${CONNECTIONS} connections`)
    const began = performance.now()
    const fates = await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => takeTurns(store, crowd, n)))
    const seconds = (performance.now() - began) / 1000
    const all = fates.flat()
    const [stored] = await cluster.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM bookings WHERE status = 'booked'",
    )
    const [server] = await cluster.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    )
    for (const name of new Set(all.flatMap(fate => (fate.kind === 'error' ? [fate.name] : []))))
      console.log(`error: ${name}`)
    const numbers = {
      residents: RESIDENTS,
      booked: all.filter(fate => fate.kind === 'booked').length,
      stored: stored?.n ?? 0,
      toldAndOffered: all.filter(fate => fate.kind === 'told' && fate.offered > 0).length,
      errors: all.filter(fate => fate.kind === 'error').length,
      deadlocks: server?.deadlocks ?? 0,
      attemptsPerSecond: round(RESIDENTS / seconds),
    }
    console.log(JSON.stringify({ ...numbers, postgres: machine.postgres, cores: machine.cores }))
    const right = numbers.booked === PLACES && numbers.stored === PLACES
    const kind = numbers.toldAndOffered === RESIDENTS - PLACES && numbers.errors + numbers.deadlocks === 0
    if (!right || !kind) process.exitCode = 1
  } finally {
    await store.stop()
    await cluster.stop()
    await folder.remove()
  }
}

async function prepare({ db, sealer }: Store): Promise<Speaker[]> {
  await db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: PLACES } })
  const weekdays = [1, 2, 3, 4, 5]
  for (let n = 0; n < PLACES; n++) {
    const { id } = await addCoach(db, `Coach ${n}`, ['naik_kelas'])
    await db.coachHours.createMany({
      data: weekdays.map(weekday => ({
        ...{ coachId: id, centreCode: KEBON_JERUK, weekday, opens: 8 * 60, closes: 16 * 60 },
      })),
    })
  }
  const within = <T>(work: (repos: Repos) => Promise<T>) => db.$transaction(tx => work(reposFor(tx, sealer)))
  const crowd: Speaker[] = []
  for (let n = 0; n < RESIDENTS; n++) {
    const chat = await newChat(db, String(n))
    const name = `Warga ${[...String(n)].map(digit => 'abcdefghij'[Number(digit)]).join('')}`
    await registered({ within }, chat, { name, phone: null, intake: INTAKE })
    crowd.push(chat)
  }
  return crowd
}

/** One connection's share of the crowd, one resident after the other. */
async function takeTurns(store: Store, crowd: Speaker[], first: number): Promise<Fate[]> {
  const fates: Fate[] = []
  for (let n = first; n < crowd.length; n += CONNECTIONS) {
    const chat = crowd[n]
    if (chat) fates.push(await attempt(store, chat, BigInt(n + 1)))
  }
  return fates
}

async function attempt({ db, sealer }: Store, chat: Speaker, inboundId: bigint): Promise<Fate> {
  const call = (name: string) =>
    db.$transaction(tx =>
      runCall(name, WISH, {
        conversation: { ...chat, channel: 'telegram' },
        ...{ inboundId, now: NOW, language: 'id', holidays: [], facts: {}, papers: PAPERS },
        repos: reposFor(tx, sealer),
      }),
    )
  try {
    const held = await call('hold_slot')
    const done = held.outcome === 'held' ? await call('confirm_booking') : held
    return done.outcome === 'booked' ? { kind: 'booked' } : { kind: 'told', offered: done.rows?.length ?? 0 }
  } catch (error) {
    return { kind: 'error', name: error instanceof Error ? error.name : 'unknown' }
  }
}
