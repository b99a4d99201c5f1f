import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../../test/support/telegram/faults.ts'
import type { Started } from '../support/process.ts'
import { MESSAGES_EACH, messagesOf, range, shuffledTurns } from './script.ts'
import { explain, verify, type Findings } from './verify.ts'
import { openWorld, type BackendName, type World } from './world.ts'

export interface FaultsOptions {
  backend: BackendName
  residents: number
  kills: number
  seed: number
  /**
   * After a kill, leases of the dead process end by themselves after 30 s, and what was not answered is repeated after
   * up to 20 s. False: the run makes it so that this time has passed, which is what a short test can do.
   */
  waitOutPauses: boolean
  say?: (line: string) => void
}

export interface FaultsRun extends Findings {
  backend: BackendName
  messages: number
  repeatsPossible: number
  kills: number
  seed: number
}

const ROLLED_BACK = 0.1
const HUNG_UP = 0.02
const SETTLE_MS = 300_000

/**
 * Everything breaks while residents write: updates come twice, commits are rolled back, the Bot API hangs up after
 * accepting, bells are emptied, PostgreSQL restarts and crashes, and the assistant is killed again and again.
 */
export async function runFaults(options: FaultsOptions): Promise<FaultsRun> {
  const { backend, residents, kills, seed } = options
  const say = options.say ?? (() => {})
  const world = await openWorld(backend)
  try {
    const hangUps = { kind: 'closeAfterAccept', method: 'sendMessage', rate: HUNG_UP, seed } as const
    world.api.fault(hangUps)
    const chats = range(1, residents)
    const writers = new Writers(world, shuffledTurns(chats, MESSAGES_EACH, seed), kills + 1)
    const unmarked = await liveAndDie(world, writers, options)
    await untilSettled(world, writers.total)
    const findings = await verify(world, writers.pushed)
    for (const message of world.api.messages.all) if (!message.answered) unmarked.add(message.seq)
    if (broken(findings)) for (const line of await explain(world, writers.pushed)) say(line)
    const { setAside, ...rest } = findings
    return {
      backend,
      messages: writers.total,
      ...rest,
      repeatsPossible: unmarked.size,
      setAside,
      kills,
      seed,
    }
  } finally {
    await world.close()
  }
}

export const broken = (run: Findings & { repeatsPossible?: number }): boolean =>
  run.lost + run.twice + run.outOfOrder + run.repliesMissing + run.setAside > 0 ||
  run.repliesRepeated > (run.repeatsPossible ?? Infinity)

/** Residents who write their messages in order, spread over the lives of the assistant. */
class Writers {
  readonly pushed = new Map<number, number[]>()
  readonly total: number
  readonly #perLife: number

  constructor(
    private readonly world: World,
    private readonly turns: number[],
    lives: number,
  ) {
    this.total = turns.length
    this.#perLife = Math.ceil(turns.length / lives)
  }

  /** Writes one life's share within `ms`, a few at a time. */
  async write(ms: number, all = false): Promise<void> {
    let left = all ? this.turns.length : Math.min(this.#perLife, this.turns.length)
    const ticks = Math.max(1, Math.floor(ms / 20))
    const perTick = Math.ceil(left / ticks)
    for (; left > 0; left -= perTick) {
      for (const chat of this.turns.splice(0, Math.min(perTick, left))) this.#writeOne(chat)
      await sleep(20)
    }
  }

  #writeOne(chat: number): void {
    const ids = this.pushed.get(chat) ?? []
    const text = messagesOf(chat)[ids.length] ?? ''
    ids.push(this.world.api.person(chat).sends(text).update_id)
    this.pushed.set(chat, ids)
  }
}

/** @returns the `seq` of each message that was accepted and not marked when the assistant was killed. */
async function liveAndDie(world: World, writers: Writers, options: FaultsOptions): Promise<Set<number>> {
  const { kills, seed, say = () => {} } = options
  const random = seeded(seed + 1)
  const unmarked = new Set<number>()
  for (let life = 1; life <= kills; life++) {
    const { app, up } = await world.startApp(seed + life, ROLLED_BACK)
    if (!up) throw new Error(`the assistant ended by itself in life ${life} with code ${await app.exited}`)
    const ms = 100 + random() * 1900
    await Promise.all([writers.write(ms * 0.8), sleep(ms), disturb(world, life, options)])
    if (app.child.exitCode !== null) throw new Error(`the assistant ended by itself in life ${life}`)
    await app.kill()
    await afterKill(world, unmarked, options)
    say(
      `life ${life}: killed ${Math.round(ms)} ms after its first poll, ${unmarked.size} sends unmarked so far`,
    )
  }
  await lastLife(world, writers, options)
  return unmarked
}

async function disturb(world: World, life: number, { kills, say = () => {} }: FaultsOptions): Promise<void> {
  const at = (share: number) => life === Math.max(1, Math.ceil(kills * share))
  if (at(0.3)) await world.emptyBells().then(() => say('bells emptied'))
  if (at(0.5)) await world.cluster.restart().then(() => say('PostgreSQL restarted'))
  if (at(0.8)) await world.cluster.crash().then(() => say('PostgreSQL crashed and recovered'))
}

async function afterKill(
  world: World,
  unmarked: Set<number>,
  { waitOutPauses }: FaultsOptions,
): Promise<void> {
  await sleep(100) // what lay in the sockets arrives
  for (const { chat, text } of await world.waiting())
    for (const message of world.api.messages.of(chat)) if (message.plain === text) unmarked.add(message.seq)
  if (!waitOutPauses)
    await world.cluster.query(`UPDATE outbound SET lease_until = now() WHERE lease_until > now()`)
}

/** Writes what is left, with the faults that do not end the process going on; the end is a graceful stop. */
async function lastLife(
  world: World,
  writers: Writers,
  { seed, waitOutPauses }: FaultsOptions,
): Promise<void> {
  const { app, up } = await world.startApp(seed, ROLLED_BACK)
  if (!up) throw new Error(`the assistant ended by itself with code ${await app.exited}`)
  await writers.write(500, true)
  await world.emptyBells()
  const settling = untilSettled(world, writers.total, app)
  const hurry = waitOutPauses ? undefined : setInterval(() => void endPauses(world), 500)
  await settling.finally(() => clearInterval(hurry))
  await app.stop()
}

const endPauses = (world: World) =>
  world.cluster.query(`UPDATE outbound SET not_before = NULL WHERE not_before > now()`)

/** Until everything written is stored, handled and sent. @throws Error when that takes too long */
export async function untilSettled(world: World, messages: number, app?: Started): Promise<void> {
  let ended = false
  void app?.exited.then(() => {
    ended = true
  })
  for (const start = Date.now(); ; await sleep(100)) {
    const [row] = await world.cluster.query<{ stored: number; unhandled: number; unsent: number }>(
      `SELECT (SELECT count(*)::int FROM inbound) AS stored,
              (SELECT count(*)::int FROM inbound WHERE handled_at IS NULL) AS unhandled,
              (SELECT count(*)::int FROM outbound WHERE status = 'waiting') AS unsent`,
    )
    if (row && row.stored >= messages && row.unhandled + row.unsent === 0) return
    if (ended) throw new Error('the assistant ended before everything was done')
    if (Date.now() - start > SETTLE_MS) throw new Error(`not settled: ${JSON.stringify(row)}`)
  }
}
