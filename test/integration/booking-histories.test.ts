import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCall } from '../../src/app/calls.ts'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { silentMeter } from '../../src/app/meter.ts'
import type { Channel, Received, SendOutcome } from '../../src/channels/channel.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { reposFor } from '../../src/db/repos.ts'
import { instantOf } from '../../src/domain/booking/hours.ts'
import { whenWords } from '../../src/domain/booking/words.ts'
import { EMPTY_INTAKE, type Speaker } from '../../src/domain/people.ts'
import type { Repos } from '../../src/domain/ports.ts'
import { takeOff } from '../../src/domain/staff/absence.ts'
import type { Say } from '../../src/engine/types.ts'
import { dayOf, isoOf } from '../../src/lib/days.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock, MINUTE, type Clock } from '../../src/lib/time.ts'
import { PAPERS } from '../../src/papers.ts'
import { buildPath, type Path } from '../../src/path.ts'
import { BookingOracle } from '../support/booking-oracle.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, registered } from '../support/people.ts'
import { testDatabase } from '../support/postgres.ts'

/**
 * Random histories of booking, moving, cancelling, a coach's time off, opting out, hours that pass and restarts: the
 * reminders that are handed to the channel are exactly those of a slow and obvious model, each once. Nothing rings here
 * (every bell is lost): what is due is found by looking.
 */
const PEOPLE = ['ani', 'budi']
const HOURS = ['08:00', '09:00', '13:00', '15:00']
/** Five days at most, until nothing waits any more. */
const LOOKS = 76
const ASK = { topic: 'perizinan', centre: null }
const GROW = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }

class FakeChannel implements Channel {
  readonly name = 'telegram'
  readonly account = 'telegram:1'
  readonly handed: string[] = []
  constructor(private readonly clock: Clock) {}
  async start(_accept: (batch: Received[]) => Promise<void>) {}
  async stop() {}
  state() {
    return { status: 'connected', since: 0 } as const
  }
  async send(address: string, say: Say): Promise<SendOutcome> {
    const when = /^Mengingatkan, janji Anda: (.*WIB)/.exec(plainOf(say))
    if (when) this.handed.push(lineOf(address, when[1] ?? '', this.clock.now()))
    return { kind: 'sent', providerId: String(Math.random()) }
  }
}

/** Who heard of what, and when. */
const lineOf = (who: string, when: string, at: number) => `${new Date(at).toISOString()} ${who}: ${when}`
const plainOf = (say: Say): string =>
  say.text.map(part => (typeof part === 'string' ? part : part.bold)).join('')

let store: Store
beforeAll(async () => {
  const { url } = await testDatabase()
  const secretKey = 'a key for tests only, of 32 characters'
  store = await openStore({ databaseUrl: url, dataDir: '/nonexistent', secretKey })
})
afterAll(() => store.stop())

const within = <T>(work: (repos: Repos) => Promise<T>) =>
  store.db.$transaction(tx => work(reposFor(tx, store.sealer)))

/** The real thing: calls, path, PostgreSQL, a channel. */
class Real {
  readonly clock = new FixedClock(NOW)
  readonly channel = new FakeChannel(this.clock)
  readonly chats: Speaker[] = []
  readonly #residents: string[] = []
  #coach = ''
  #path: Path | undefined
  #inbound = 0n

  async begin(): Promise<void> {
    await store.db.$executeRaw`TRUNCATE conversations, residents, consents, coaches CASCADE`
    this.#coach = (await addCoach(store.db, 'Faran', ['naik_kelas'])).id
    const hours = { coachId: this.#coach, centreCode: KEBON_JERUK, opens: 8 * 60, closes: 16 * 60 }
    await store.db.coachHours.createMany({ data: [1, 2, 3, 4, 5].map(weekday => ({ ...hours, weekday })) })
    for (const name of PEOPLE) {
      const chat = await newChat(store.db, name)
      const given = { name: `Warga ${name}`, phone: null, intake: GROW }
      this.#residents.push((await registered({ within }, chat, given)).id)
      this.chats.push(chat)
    }
    await this.restart()
  }

  async restart(): Promise<void> {
    await this.#path?.stop()
    this.#path = await buildPath({
      ...{ store, flows: loadFlows('flows', callSpecs), specs: callSpecs, facts: {}, clock: this.clock },
      ...{ log: createLog('silent'), meter: silentMeter, channels: [this.channel] },
      ...{ roles: ['worker', 'channels'], retentionMonths: 24 },
    })
    await this.#path.start()
  }

  async look(): Promise<void> {
    await this.#path?.fireDue()
    await this.#path?.settle()
  }

  /** Whether anything is still going to be said. */
  async waits(): Promise<boolean> {
    return (await store.db.reminder.count({ where: { status: { in: ['waiting', 'queued'] } } })) > 0
  }

  async call(who: number, name: string, input = {}): Promise<string> {
    const chat = this.chats[who]
    if (!chat) throw new Error('nobody')
    const conversation = { ...chat, channel: 'telegram' as const }
    const result = await within(repos =>
      runCall(name, input, {
        ...{ conversation, repos, now: this.clock.now(), inboundId: ++this.#inbound },
        ...{ language: 'id', holidays: [], facts: {}, papers: PAPERS },
      }),
    )
    return result.outcome
  }

  /** @returns whether it is booked there now, whatever stood before */
  async book(who: number, slot: string): Promise<boolean> {
    if ((await this.call(who, 'hold_slot', { ...ASK, slot })) !== 'held') return false
    return /booked|moved/.test(await this.call(who, 'confirm_booking', { ...ASK, slot }))
  }

  async off(day: number): Promise<void> {
    const span = { startsAt: instantOf(day, 0), endsAt: instantOf(day + 1, 0) }
    await within(repos => takeOff(repos, this.#coach, span, this.clock.now()))
  }

  async wants(who: number, reminders: boolean): Promise<void> {
    await store.db.resident.update({ where: { id: this.#residents[who] ?? '' }, data: { reminders } })
  }

  async stop(): Promise<void> {
    await this.#path?.stop()
  }
}

const who = fc.nat(PEOPLE.length - 1)
const inDays = fc.nat(4)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('book' as const), who, inDays, hour: fc.constantFrom(...HOURS) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('off' as const), inDays }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wants' as const), who, reminders: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      minutes: fc.constantFrom<number>(1, 30, 60, 120, 181, 420, 700),
      look: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** The same in both worlds; what was booked is asked of the real one, what is said of it is not. */
async function take(real: Real, oracle: BookingOracle, one: Step): Promise<void> {
  const now = real.clock.now()
  if (one.do === 'book') {
    const date = isoOf(dayOf(now) + one.inDays)
    const startsAt = Date.parse(`${date}T${one.hour}+07:00`)
    if (await real.book(one.who, `${date}T${one.hour}`)) oracle.book(one.who, startsAt, now)
  } else if (one.do === 'cancel') {
    if ((await real.call(one.who, 'cancel_booking')) === 'cancelled') oracle.cancel(one.who)
  } else if (one.do === 'off') {
    await real.off(dayOf(now) + one.inDays)
    oracle.off(isoOf(dayOf(now) + one.inDays), now)
  } else if (one.do === 'wants') {
    await real.wants(one.who, one.reminders)
    oracle.wants(one.who, one.reminders)
  } else if (one.do === 'pass') {
    real.clock.advance(one.minutes * MINUTE)
    if (!one.look) return
    await real.look()
    oracle.look(real.clock.now())
  } else await real.restart()
}

test('what residents are reminded of is what the model says', { timeout: 5 * MINUTE }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async steps => {
      const real = new Real()
      const oracle = new BookingOracle()
      await real.begin()
      try {
        for (const one of steps) await take(real, oracle, one)
        for (let looks = 0; looks < LOOKS && (await real.waits()); looks++)
          await take(real, oracle, { do: 'pass', minutes: 95, look: true })
        const said = oracle.handed.map(({ who, startsAt, at }) =>
          lineOf(PEOPLE[who] ?? '', whenWords(startsAt, 'id'), at),
        )
        expect(real.channel.handed.toSorted()).toEqual(said.toSorted())
      } finally {
        await real.stop()
      }
    }),
    { numRuns: Number(process.env.HISTORIES ?? 12) },
  )
})
