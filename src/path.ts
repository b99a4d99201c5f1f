import type { CallSpecs } from './app/callSpecs.ts'
import { runCall } from './app/calls.ts'
import { Counts } from './app/counts.ts'
import { createDelivery } from './app/delivery.ts'
import { createDoor, type Door } from './app/door.ts'
import { Every, Loop } from './app/loop.ts'
import type { Meter } from './app/meter.ts'
import { createTurnPass } from './app/turns.ts'
import type { Channel } from './channels/channel.ts'
import { createChores } from './db/chores.ts'
import { addCounts } from './db/counts.ts'
import { isTransient } from './db/errors.ts'
import { createInbox } from './db/inbox.ts'
import type { Store } from './db/open.ts'
import { createOutbox } from './db/outbox.ts'
import { reposFor } from './db/repos.ts'
import { createTimers } from './db/timers.ts'
import { createTurns, type BeforeCommit } from './db/turns.ts'
import type { Flows } from './engine/format.ts'
import type { Bells } from './jobs/bells.ts'
import { errorForLog, type Log } from './lib/log.ts'
import { DAY, HOUR, SECOND, type Clock } from './lib/time.ts'
import type { Holiday } from './understand/types.ts'

export interface PathOptions {
  store: Store
  flows: Flows
  specs: CallSpecs
  facts: Record<string, string>
  clock: Clock
  log: Log
  meter: Meter
  /** Rings other processes too; without it only this process hears. */
  bells?: Bells
  channels: Channel[]
  roles: readonly ('worker' | 'channels' | 'web')[]
  beforeCommit?: BeforeCommit
  /** For the faults run, whose flow has calls of its own. */
  runCall?: typeof runCall
  /** false: no sweep and no cleaning, for players that move the clock themselves. */
  beats?: boolean
}

export interface Path {
  door: Door
  start(): Promise<void>
  /** Stops hearing, waits up to 20 s for what is under way, leaves the rest to the next start. */
  stop(): Promise<void>
  /** Takes and delivers whatever is there now; for tests and the terminal. */
  settle(): Promise<void>
  /** Moves due timers into the inbox now. @returns how many. */
  fireTimers(): Promise<number>
}

const STOP_MS = 20 * SECOND

/** Wires the path of a message: door → turns → deliveries, with the bells between them and the sweep behind them. */
export async function buildPath(options: PathOptions): Promise<Path> {
  const { store, clock, log, meter, bells, channels } = options
  const counts = new Counts()
  const holidays = (await store.db.holiday.findMany()) as Holiday[]
  const fault = (where: string) => (error: unknown) =>
    log.warn(errorForLog(error), `${where} failed; trying again`)

  const rules = {
    flows: options.flows,
    specs: options.specs,
    runCall: options.runCall ?? runCall,
    holidays: () => holidays,
    facts: options.facts,
  }
  const ring = (accounts: Iterable<string>) => {
    for (const account of accounts) ringDelivery(account)
  }
  const turns = createTurns(store.db, store.sealer, {
    reposFor: tx => reposFor(tx, store.sealer),
    ...(options.beforeCommit ? { beforeCommit: options.beforeCommit } : {}),
  })
  const count = (stats: Parameters<Counts['add']>[0]) => counts.add(stats, clock.now())
  const pass = createTurnPass({ turns, rules, clock, log, meter, isTransient, count, ring })
  const turnLoop = new Loop(pass.pass, fault('a set of turns'))
  const timers = createTimers(store.db, store.sealer)
  const ringTurns = () => (bells ? bells.ring('turns') : void turnLoop.ring())
  const door = createDoor({ inbox: createInbox(store.db, store.sealer), clock, meter, ring: ringTurns })
  const outbox = createOutbox(store.db, store.sealer)
  const deliveries = channels.map(channel => {
    const delivery = createDelivery({ outbox, channel, clock, log, meter, door })
    const loop = new Loop(delivery.pass, fault('a delivery'))
    const ringHere = () => {
      delivery.nudge()
      return loop.ring()
    }
    return { channel, delivery, loop, ringHere }
  })

  function ringDelivery(account: string): void {
    if (bells) bells.ring(`deliver-${account.replaceAll(':', '-')}`)
    else void deliveries.find(d => d.channel.account === account)?.ringHere()
  }

  const heard = () => channels.filter(c => c.state().status === 'connected').map(c => c.account)
  const fireTimers = async () => {
    const fired = await timers.fire(heard(), clock.now())
    if (fired > 0) ringTurns()
    return fired
  }

  const works = options.roles.includes('worker')
  const chores = createChores(store.db)
  const beats: Every[] = []
  /** Takes whatever is unhandled or unsent, whether a bell rang or not. */
  async function sweep(): Promise<void> {
    if (works) void turnLoop.ring()
    for (const { ringHere } of deliveries) void ringHere()
    await fireTimers()
    await counts.flush(rows => addCounts(store.db, rows))
  }
  async function clean(): Promise<void> {
    await chores.eraseContents(clock.now() - DAY)
    await chores.eraseKeys(clock.now() - 14 * DAY)
  }

  return {
    door,
    fireTimers,
    async start() {
      if (works) {
        bells?.hear('turns', () => turnLoop.ring())
        await pass.recover().catch(fault('taking up what was left'))
      }
      for (const { channel, ringHere } of deliveries) {
        bells?.hear(`deliver-${channel.account.replaceAll(':', '-')}`, ringHere)
        await channel.start(door)
      }
      if (options.beats === false) return
      beats.push(new Every(SECOND, sweep, fault('the sweep')), new Every(HOUR, clean, fault('cleaning')))
      await clean().catch(fault('cleaning'))
    },
    async stop() {
      await Promise.all([...channels.map(channel => channel.stop()), ...beats.map(beat => beat.stop())])
      await turnLoop.stop()
      await Promise.all(
        deliveries.map(async ({ delivery, loop }) => {
          await loop.stop() // its last pass may still lease and begin to send
          await delivery.drain(STOP_MS).catch(fault('marking'))
        }),
      )
      await counts.flush(rows => addCounts(store.db, rows)).catch(fault('counting'))
    },
    async settle() {
      await turnLoop.ring()
      await Promise.all(deliveries.map(({ ringHere }) => ringHere()))
    },
  }
}
