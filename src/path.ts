import type { CallSpecs } from './app/callSpecs.ts'
import { runCall } from './app/calls.ts'
import { Counts } from './app/counts.ts'
import { Delivery } from './app/delivery.ts'
import { createDoor, type Door } from './app/door.ts'
import { Loop, type Every } from './app/loop.ts'
import type { Meter } from './app/meter.ts'
import type { CountRow, Inbox, UnreadRow, Work } from './app/ports.ts'
import type { Taken } from './app/turn.ts'
import { TurnPass } from './app/turns.ts'
import { Typing } from './app/typing.ts'
import type { Channel } from './channels/channel.ts'
import { addCounts } from './db/counts.ts'
import { isTransient } from './db/errors.ts'
import { createFiles, type MadeFiles } from './db/files.ts'
import { createInbox } from './db/inbox.ts'
import type { Store } from './db/open.ts'
import { createOutbox } from './db/outbox.ts'
import { reposFor } from './db/repos.ts'
import { createReminderPass } from './db/reminderPass.ts'
import { createTimers } from './db/timers.ts'
import { addUnread } from './db/unread.ts'
import { createTurns, type BeforeCommit } from './db/turns.ts'
import type { Flows } from './engine/format.ts'
import type { Bells } from './jobs/bells.ts'
import { errorForLog, type Log } from './lib/log.ts'
import { startHousekeeping } from './housekeeping.ts'
import { MADE_FILES } from './madeFiles.ts'
import { PAPERS } from './papers.ts'
import { SECOND, type Clock } from './lib/time.ts'
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
  /** Files made by code. */
  madeFiles?: MadeFiles
  /** For the faults run, whose flow has calls of its own. */
  runCall?: typeof runCall
  /** Months a profile is kept; without it there is no sweep and no cleaning, for players that move the clock themselves. */
  retentionMonths?: number
}

export interface Path {
  door: Door
  start(): Promise<void>
  /** Stops hearing, waits up to 20 s for what is under way, leaves the rest to the next start. */
  stop(): Promise<void>
  /** Takes and delivers whatever is there now, reminders included; for tests and the terminal. */
  settle(): Promise<void>
  /** Moves due timers and reminders into the inbox now. @returns how many. */
  fireDue(): Promise<number>
}

const STOP_MS = 20 * SECOND

/** Wires the path of a message: door → turns → deliveries, with the bells between them and the sweep behind them. */
export async function buildPath(options: PathOptions): Promise<Path> {
  const { store, clock, log, meter, bells, channels } = options
  const fault = (where: string) => (error: unknown) =>
    log.warn(errorForLog(error), `${where} failed; trying again`)
  const { count, writeCounts } = wireCounts(options)
  const ringReminders = () => due.ring()
  const turns = await wireTurns(options, { count, fault, ring: ringDeliveries, ringReminders })
  const ringTurns = () => (bells ? bells.ring('turns') : void turns.loop.ring())
  const inbox = createInbox(store.db, store.sealer)
  const door = createDoor({ inbox, clock, meter, ring: ringTurns })
  const deliveries = channels.map(channel => wireDelivery(options, { channel, inbox, door, fault }))
  const due = wireDue(options, { ringTurns, fault })
  const works = options.roles.includes('worker')
  let beats: Every[] = []

  function ringDeliveries(accounts: Iterable<string>): void {
    for (const account of accounts) {
      if (bells) bells.ring(deliveryBell(account))
      else void deliveries.find(d => d.channel.account === account)?.ring()
    }
  }
  async function sweep(): Promise<void> {
    if (works) void turns.loop.ring()
    for (const delivery of deliveries) void delivery.ring()
    await Promise.all([due.sweep(), ...deliveries.map(delivery => delivery.showTyping())])
  }

  return {
    door,
    fireDue: async () => (await due.timers()) + (await due.reminders()),
    async start() {
      if (works) {
        bells?.hear('turns', () => turns.loop.ring())
        await turns.recover().catch(fault('taking up what was left'))
      }
      due.start()
      for (const { channel, ring } of deliveries) {
        bells?.hear(deliveryBell(channel.account), ring)
        await channel.start(door)
      }
      const { retentionMonths } = options
      if (retentionMonths)
        beats = await startHousekeeping({ store, clock, writeCounts, retentionMonths, sweep, fault })
    },
    async stop() {
      await Promise.all([...channels.map(channel => channel.stop()), ...beats.map(beat => beat.stop())])
      await due.stop()
      await turns.loop.stop()
      await Promise.all(deliveries.map(delivery => delivery.stop()))
      await Promise.all(channels.map(async channel => channel.close?.()))
      await writeCounts().catch(fault('counting'))
    },
    async settle() {
      do {
        await turns.loop.ring()
        await Promise.all(deliveries.map(delivery => delivery.ring()))
      } while ((await due.reminders()) > 0)
    },
  }
}

function wireCounts({ store, flows, clock }: PathOptions) {
  const counts = new Counts(flows)
  const write = {
    steps: (rows: CountRow[]) => addCounts(store.db, rows),
    unread: (rows: UnreadRow[]) => addUnread(store.db, rows),
  }
  return {
    count: (work: Work, taken: Taken) => counts.add(work, taken, clock.now()),
    writeCounts: () => counts.flush(write),
  }
}

/** BullMQ's queue names know no colon. */
const deliveryBell = (account: string) => `deliver-${account.replaceAll(':', '-')}` as const

type Fault = (where: string) => (error: unknown) => void

/**
 * What comes due: timers and reminders. Only for channels that have heard from their platform since the start: what people
 * wrote meanwhile comes first.
 */
function wireDue(options: PathOptions, deps: { ringTurns: () => void; fault: Fault }) {
  const { store, clock, channels, bells } = options
  const pending = createTimers(store.db, store.sealer)
  const pass = createReminderPass(store.db, store.sealer)
  const heard = () => channels.filter(c => c.state().status === 'connected').map(c => c.account)
  const fire = async () => {
    const fired = await pass.fire(heard(), clock.now())
    if (fired.queued > 0) deps.ringTurns()
    return fired
  }
  const loop = new Loop(async () => (await fire()).taken, deps.fault('reminders'))
  async function timers(): Promise<number> {
    const fired = await pending.fire(heard(), clock.now())
    if (fired > 0) deps.ringTurns()
    return fired
  }
  return {
    timers,
    /** @returns how many were given to chats */
    async reminders(): Promise<number> {
      for (let queued = 0; ;) {
        const fired = await fire()
        queued += fired.queued
        if (fired.taken === 0) return queued
      }
    },
    ring: () => (bells ? bells.ring('reminders') : void loop.ring()),
    async sweep(): Promise<void> {
      void loop.ring()
      await timers()
    },
    start() {
      if (channels.length > 0) bells?.hear('reminders', () => loop.ring())
    },
    stop: () => loop.stop(),
  }
}

async function wireTurns(
  options: PathOptions,
  deps: {
    count: (work: Work, taken: Taken) => void
    fault: Fault
    ring: (accounts: Iterable<string>) => void
    ringReminders: () => void
  },
) {
  const { store, clock, log, meter, flows, specs, facts } = options
  const holidays = (await store.db.holiday.findMany()) as Holiday[]
  const rules = { flows, specs, facts, runCall: options.runCall ?? runCall, holidays, papers: PAPERS }
  const turns = createTurns(store.db, store.sealer, {
    reposFor: tx => reposFor(tx, store.sealer),
    ...(options.beforeCommit ? { beforeCommit: options.beforeCommit } : {}),
  })
  const turnPass = new TurnPass({
    ...{ turns, rules, clock, log, meter, isTransient },
    count: deps.count,
    ring: deps.ring,
    ringReminders: deps.ringReminders,
  })
  return {
    loop: new Loop(() => turnPass.pass(), deps.fault('a set of turns')),
    recover: () => turnPass.recover(),
  }
}

function wireDelivery(
  options: PathOptions,
  deps: { channel: Channel; inbox: Inbox; door: Door; fault: Fault },
) {
  const { store, clock, log, meter } = options
  const { channel, inbox, door, fault } = deps
  const typing = new Typing({ inbox, channel, clock })
  const outbox = createOutbox(store.db, store.sealer)
  const files = createFiles(store.db, store.sealer, options.madeFiles ?? MADE_FILES)
  const account = { pausedUntil: 0 }
  const lanes = (['direct', 'paced'] as const).map(lane => {
    const delivery = new Delivery({ outbox, files, channel, lane, account, clock, log, meter, door })
    return { delivery, loop: new Loop(() => delivery.pass(), fault('a delivery')) }
  })
  return {
    channel,
    showTyping: () => typing.pass(),
    async ring() {
      for (const { delivery } of lanes) delivery.nudge()
      await Promise.all(lanes.map(({ loop }) => loop.ring()))
    },
    async stop() {
      await Promise.all(
        lanes.map(async ({ delivery, loop }) => {
          await loop.stop() // its last pass may still lease and begin to send
          await delivery.drain(STOP_MS).catch(fault('marking'))
        }),
      )
    },
  }
}
