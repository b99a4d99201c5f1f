import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { callSpecs } from '../src/app/callSpecs.ts'
import { loadFlows } from '../src/app/loadFlows.ts'
import { silentMeter } from '../src/app/meter.ts'
import type { Channel, Received, SendOutcome } from '../src/channels/channel.ts'
import { openStore, type Store } from '../src/db/open.ts'
import { remindersFor } from '../src/db/reminders.ts'
import { Bells } from '../src/jobs/bells.ts'
import { createLog } from '../src/lib/log.ts'
import { DAY, HOUR, MINUTE, SECOND, WIB_OFFSET, type Clock } from '../src/lib/time.ts'
import { buildPath } from '../src/path.ts'
import { startRedis } from '../test/support/redis.ts'
import { describeMachine, printMachine, quantile, round } from './support/machine.ts'
import { startCluster } from './support/servers.ts'

const REMINDERS = 10_000
const BATCH = 500
/** From the end of planning to the first due reminder. */
const LEAD = 5 * SECOND
const PATIENCE = 2 * MINUTE

/** The machine's clock, moved to ten in the morning in Jakarta: at night nothing would be said. */
const OFFSET = 10 * HOUR - ((Date.now() + WIB_OFFSET) % DAY)
const CLOCK: Clock = { now: () => Date.now() + OFFSET }

/** Takes everything at once, as a platform without a pace would: the number is about us. */
class QuietChannel implements Channel {
  readonly name = 'telegram'
  readonly account = 'telegram:1'
  readonly leased = new Map<string, number[]>()
  async start(_accept: (batch: Received[]) => Promise<void>) {}
  async stop() {}
  state() {
    return { status: 'connected', since: 0 } as const
  }
  async send(address: string): Promise<SendOutcome> {
    this.leased.set(address, [...(this.leased.get(address) ?? []), CLOCK.now()])
    return { kind: 'sent', providerId: randomUUID() }
  }
}

/**
 * 10,000 reminders to as many people, due evenly within one minute, through the real path: PostgreSQL with its commits on
 * disk, bells in Redis, the sweep. From the moment a reminder is due to the moment its message is leased and handed to the
 * channel.
 */
export async function benchReminders(): Promise<void> {
  const cluster = await startCluster()
  const redis = await startRedis()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ok-oce-bench-'))
  const log = createLog('warn')
  const store = await openStore({
    databaseUrl: cluster.url,
    dataDir: folder,
    secretKey: 'a key of the bench, thirty-two letters or more',
  })
  const bells = new Bells({ kind: 'redis', url: redis.url }, log)
  const channel = new QuietChannel()
  const facts = { pengelola: '', kontak_pengelola: '', url_privasi: '', masa_simpan: '' }
  const path_ = await buildPath({
    ...{ store, bells, log, facts, specs: callSpecs, clock: CLOCK, meter: silentMeter },
    ...{ flows: loadFlows('flows', callSpecs), channels: [channel], roles: ['worker', 'channels'] as const },
    retentionMonths: 24,
  })
  try {
    const machine = await describeMachine(cluster)
    printMachine(machine)
    await path_.start()
    const due = await planAll(store)
    const span = MINUTE / SECOND
    console.log(`${REMINDERS} reminders are planned; they come due within ${span} s`)
    await untilDone(channel)
    const late = [...due].map(([address, at]) => (channel.leased.get(address)?.[0] ?? Infinity) - at)
    const twice = [...channel.leased.values()].filter(times => times.length > 1).length
    const [sent] = await cluster.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM reminders WHERE status = 'sent'",
    )
    const numbers = {
      reminders: REMINDERS,
      lost: late.filter(ms => ms === Infinity).length,
      twice,
      marked: sent?.n ?? 0,
      p50ms: round(quantile(late, 0.5)),
      p99ms: round(quantile(late, 0.99)),
      worstMs: round(Math.max(...late)),
    }
    console.log(
      JSON.stringify({ ...numbers, postgres: machine.postgres, redis: machine.redis, cores: machine.cores }),
    )
    if (numbers.lost + twice > 0 || numbers.marked !== REMINDERS) process.exitCode = 1
  } finally {
    await path_.stop()
    await bells.stop()
    await store.stop()
    await redis.stop()
    await cluster.stop()
    await rm(folder, { recursive: true })
  }
}

/** @returns when each address is due, epoch ms */
async function planAll(store: Store): Promise<Map<string, number>> {
  const at = new Date(CLOCK.now())
  const chats = await store.db.conversation.createManyAndReturn({
    data: Array.from({ length: REMINDERS }, (_, n) => ({
      ...{ channel: 'telegram', account: 'telegram:1', address: String(n), createdAt: at },
    })),
    select: { id: true, address: true },
  })
  const due = new Map<string, number>()
  // the planning itself takes a while: what is planned last must still lie ahead
  const first = CLOCK.now() + LEAD + (REMINDERS / BATCH) * 200
  for (let from = 0; from < chats.length; from += BATCH)
    await store.db.$transaction(async tx => {
      const reminders = remindersFor(tx, store.sealer)
      const rows = chats.slice(from, from + BATCH).map(({ id, address }, n) => {
        const dueAt = Math.floor(first + ((from + n) * MINUTE) / REMINDERS)
        due.set(address, dueAt)
        return {
          ...{ kind: 'ticket_answer' as const, to: { conversation: id }, dueAt },
          values: { number: 'T-7K3M', words: `Kelas dasar mulai hari Senin, ${address}.` },
        }
      })
      await reminders.plan({ subject: `bench:${from}` }, rows, CLOCK.now())
    })
  return due
}

async function untilDone(channel: QuietChannel): Promise<void> {
  const until = CLOCK.now() + PATIENCE
  while (channel.leased.size < REMINDERS && CLOCK.now() < until) await sleep(200)
  await sleep(2 * SECOND) // whatever would go out twice
}
