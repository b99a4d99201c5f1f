import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../../../test/support/telegram/faults.ts'
import type { FakeBotApi } from '../../../test/support/telegram/fake.ts'
import { readPlaces } from '../../register/places.ts'
import { readLabels, readQuestions } from '../../register/questions.ts'
import { Resident } from '../../register/resident.ts'
import { checkRegistrations, faultsOf } from '../../register5000.ts'
import { round } from '../../support/machine.ts'
import { openTown, type Town } from './world.ts'

export interface TelegramOptions {
  residents: number
  kills: number
  seed: number
  say?: (line: string) => void
}

export interface TelegramRun {
  residents: number
  seed: number
  kills: number
  /** Residents with exactly one participant number, in the chat and in the database. */
  withOneNumber: number
  /** From the last fault to the last resident's number. */
  secondsAfterLastFault: number
  messages: number
  /** Messages delivered whose answer the assistant cannot have read. */
  answersLost: number
  /** Replies that went out more than once, because the answer to them was lost or their sender was killed. */
  repeats: number
  /** Updates that Telegram posted again. */
  postedAgain: number
  /** How often a resident heard nothing for long and tried again. */
  nudges: number
  faults: Record<string, number>
  wrong: string[]
}

const KILL_EVERY_MS = 10_000
const SOON_MS = 60_000
const IDLE_MS = 10_000
const THINKING_MS = 1_500

/**
 * The whole registration while everything between us and Telegram fails: 5 % of answers lost both ways, 5 % "500", 2 %
 * "429", and of two processes one is killed every ten seconds.
 */
export async function runTelegram(options: TelegramOptions): Promise<TelegramRun> {
  const { residents, kills, seed, say = () => {} } = options
  const town = await openTown()
  try {
    breakNetwork(town.api, seed)
    const people = peopleOf(town.api, residents, seed)
    const living = live(people, { spreadMs: kills * KILL_EVERY_MS * 0.75, seed })
    for (let kill = 1; kill <= kills; kill++) {
      const next = sleep(KILL_EVERY_MS)
      await town.kill(kill % 2 === 0 ? 0 : 1)
      const done = people.filter(one => one.done).length
      say(`kill ${kill}: the process runs again; ${done} of ${residents} have a number`)
      await next
    }
    town.api.clearFaults()
    const healed = performance.now()
    while (!people.every(one => one.done) && performance.now() - healed < SOON_MS) await sleep(50)
    const seconds = round((performance.now() - healed) / 1000, 1)
    await living.stop()
    return { seed, kills, secondsAfterLastFault: seconds, ...(await findings(town, people)) }
  } finally {
    await town.close()
  }
}

function breakNetwork(api: FakeBotApi, seed: number): void {
  api.fault({ kind: 'closeAfterAccept', method: 'webhook', rate: 0.05, seed })
  api.fault({ kind: 'closeAfterAccept', rate: 0.05, seed: seed + 1 })
  api.fault({ kind: '500', rate: 0.05, seed: seed + 2 })
  api.fault({ kind: '429', rate: 0.02, seed: seed + 3, retryAfter: 1 })
}

function peopleOf(api: FakeBotApi, count: number, seed: number): Resident[] {
  const random = seeded(seed + 4)
  const town = { questions: readQuestions(), labels: readLabels(), places: readPlaces(), random }
  const people = Array.from({ length: count }, (_, i) => new Resident(api.person(i + 1), town))
  api.onMessage = message => {
    const resident = people[message.chat - 1]
    if (resident) setTimeout(() => resident.hears(message), random() * THINKING_MS)
  }
  return people
}

/** They begin one after the other over `spreadMs`; who hears nothing for long tries again. */
function live(people: Resident[], { spreadMs, seed }: { spreadMs: number; seed: number }) {
  const random = seeded(seed + 5)
  const waiting = people.toSorted(() => random() - 0.5)
  const begun = new Set<Resident>()
  const started = performance.now()
  const timer = setInterval(() => {
    const due = Math.ceil((people.length * (performance.now() - started)) / spreadMs)
    for (const one of waiting.splice(0, Math.max(0, due - begun.size))) {
      begun.add(one)
      one.heardAt = performance.now()
      one.begins()
    }
    for (const one of begun)
      if (!one.done && !one.stuck && performance.now() - one.heardAt > IDLE_MS) one.triesAgain()
  }, 50)
  return {
    async stop() {
      clearInterval(timer)
      await sleep(THINKING_MS) // who was about to answer does so
    },
  }
}

async function findings(town: Town, people: Resident[]) {
  const { api, cluster, db } = town
  await untilQuiet(town)
  const check = await checkRegistrations(db)
  const one = people.filter((_, i) => numbersIn(api, i + 1).size === 1).length
  const [row] = await cluster.query<{ sent: number }>(
    `SELECT count(*)::int AS sent FROM outbound WHERE status IN ('sent', 'unknown')`,
  )
  const stats = api.stats()
  const wrong = [
    ...faultsOf(check, people.length),
    ...(one === people.length ? [] : [`${people.length - one} do not read exactly one number`]),
    ...people.filter(person => !person.done).map(person => `without a number: ${person.lastRead()}`),
  ]
  return {
    residents: people.length,
    withOneNumber: Math.min(one, people.length - check.notExactlyOne),
    messages: people.reduce((sum, person) => sum + person.written, 0),
    answersLost: stats.acceptedUnanswered,
    repeats: stats.accepted - (row?.sent ?? 0),
    postedAgain: stats.updates.posts - stats.updates.created,
    nudges: people.reduce((sum, person) => sum + person.nudges, 0),
    faults: { ...stats.faults },
    wrong,
  }
}

const numbersIn = (api: FakeBotApi, chat: number) =>
  new Set(api.messages.of(chat).flatMap(({ plain }) => /OKO-[0-9A-Z]{6}/.exec(plain) ?? []))

/** Until everything posted is handled and everything said is out. */
async function untilQuiet({ api, cluster }: Town): Promise<void> {
  for (let tries = 0; tries < 600; tries++, await sleep(100)) {
    const [row] = await cluster.query<{ open: number }>(
      `SELECT ((SELECT count(*) FROM inbound WHERE handled_at IS NULL)
             + (SELECT count(*) FROM outbound WHERE status = 'waiting'))::int AS open`,
    )
    if (api.updates.pending === 0 && row?.open === 0) return
  }
}
