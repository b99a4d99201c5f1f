import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCall } from '../../src/app/calls.ts'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { importCli } from '../../src/cli/import.ts'
import { silentMeter } from '../../src/app/meter.ts'
import type { Channel, Received, SendOutcome } from '../../src/channels/channel.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { reposFor } from '../../src/db/repos.ts'
import type { Span } from '../../src/domain/booking/types.ts'
import { whenWords } from '../../src/domain/booking/words.ts'
import { EMPTY_INTAKE, type Speaker } from '../../src/domain/people.ts'
import type { Repos } from '../../src/domain/ports.ts'
import { dismissCoach, takeBack, takeOff } from '../../src/domain/staff/absence.ts'
import { daysOff } from '../../src/domain/staff/coaching.ts'
import type { Say } from '../../src/engine/types.ts'
import { dayOf, isoOf } from '../../src/lib/days.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock, MINUTE, type Clock } from '../../src/lib/time.ts'
import { PAPERS } from '../../src/papers.ts'
import { buildPath, type Path } from '../../src/path.ts'
import { BookingOracle, dateOf, type Booked } from '../support/booking-oracle.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, registered } from '../support/people.ts'
import { testDatabase } from '../support/postgres.ts'

/**
 * Random histories of booking, moving, cancelling, coaches' time off and its taking back, coaches who leave, closed dates, answers to what was
 * called off, opting out, hours that pass and restarts: what is handed to the channel by itself is exactly what a slow and
 * obvious model says, each once. Nothing rings here (every bell is lost): what is due is found by looking.
 */
const PEOPLE = ['ani', 'budi', 'citra']
const COACHES = ['Faran', 'Lina']
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
    const said = plainOf(say)
    for (const [kind, pattern] of Object.entries(SAID)) {
      const found = pattern.exec(said)
      if (found) this.handed.push(lineOf(address, kind, found[1] ?? '', this.clock.now()))
    }
    return { kind: 'sent', providerId: String(Math.random()) }
  }
}

/** By which words what is said is known, and of which time it is. */
const SAID = {
  reminder: /^Mengingatkan, janji Anda: (.*WIB)/,
  'called off': /^(?:Mohon maaf, j|J)anji Anda (.*WIB) (?:tidak bisa berlangsung|sempat dibatalkan)/,
  'coach left': /^Coach \w+ sudah tidak bertugas/,
}

/** Who heard of what, and when. */
const lineOf = (who: string, kind: string, when: string, at: number) =>
  `${new Date(at).toISOString()} ${who}: ${kind} ${when}`
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
  readonly #coaches: string[] = []
  #path: Path | undefined
  #inbound = 0n

  /** @returns whose coach is whose */
  async begin(): Promise<number[]> {
    await store.db
      .$executeRaw`TRUNCATE conversations, residents, consents, coaches, centre_exceptions CASCADE`
    await store.db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: 2 } })
    const mentors: number[] = []
    for (const name of COACHES) {
      const { id: coachId } = await addCoach(store.db, name, ['naik_kelas'])
      this.#coaches.push(coachId)
      const hours = { coachId, centreCode: KEBON_JERUK, opens: 8 * 60, closes: 16 * 60 }
      await store.db.coachHours.createMany({ data: [1, 2, 3, 4, 5].map(weekday => ({ ...hours, weekday })) })
    }
    for (const name of PEOPLE) {
      const chat = await newChat(store.db, name)
      const given = { name: `Warga ${name}`, phone: null, intake: GROW }
      const { id, coach } = await registered({ within }, chat, given)
      this.#residents.push(id)
      mentors.push(this.#coaches.indexOf(coach?.id ?? ''))
      this.chats.push(chat)
    }
    await this.restart()
    return mentors
  }

  async restart(): Promise<void> {
    await this.#path?.stop()
    this.#path = await buildPath({
      ...{ store, flows: loadFlows('flows', callSpecs), specs: callSpecs, facts: {}, clock: this.clock },
      ...{ log: createLog('silent'), meter: silentMeter, channels: [this.channel] },
      roles: ['worker', 'channels'], // no retention: no sweep runs beside what the history does
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

  /** @returns what is booked now, undefined when it was not to be had */
  async book(who: number, slot: string): Promise<Booked | undefined> {
    if ((await this.call(who, 'hold_slot', { ...ASK, slot })) !== 'held') return undefined
    const done = await this.call(who, 'confirm_booking', { ...ASK, slot })
    return /booked|moved/.test(done) ? this.open(who) : undefined
  }

  async open(who: number): Promise<(Booked & Span) | undefined> {
    const booking = await within(repos => repos.bookings.open(this.#residents[who] ?? ''))
    return booking && { ...booking, coach: this.#coaches.indexOf(booking.coach.id) }
  }

  async off(coach: number, span: Span): Promise<void> {
    await within(repos => takeOff(repos, this.#coaches[coach] ?? '', span, this.clock.now()))
  }

  /** The first of their times off. */
  async back(coach: number): Promise<void> {
    const [id, now] = [this.#coaches[coach] ?? '', this.clock.now()]
    await within(async repos => {
      const [first] = await repos.coaching.timesOff(id, now)
      if (first) await takeBack(repos, id, first.id, now)
    })
  }

  async leave(coach: number): Promise<void> {
    const leaver = { id: this.#coaches[coach] ?? '', name: COACHES[coach] ?? '', centreCode: KEBON_JERUK }
    await within(repos => dismissCoach(repos, leaver, this.clock.now()))
  }

  async close(date: string): Promise<void> {
    const bytes = Buffer.from(`kecamatan,tanggal,jam,alasan\nKebon Jeruk,${date},tutup,renovasi\n`)
    const request = { table: 'exceptions', bytes, dryRun: false, now: this.clock.now() } as const
    expect((await importCli(store.db, store.sealer, request)).code).toBe(0)
  }

  async wants(who: number, reminders: boolean): Promise<void> {
    await store.db.resident.update({ where: { id: this.#residents[who] ?? '' }, data: { reminders } })
  }

  async stop(): Promise<void> {
    await this.#path?.stop()
  }
}

const who = fc.nat(PEOPLE.length - 1)
const coach = fc.nat(COACHES.length - 1)
const inDays = fc.nat(4)
const kind = <K extends string>(name: K) => fc.constant(name)
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: kind('book'), who, inDays, hour: fc.constantFrom(...HOURS) }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind('cancel'), who }) },
  { weight: 2, arbitrary: fc.record({ do: kind('off'), coach, inDays, days: fc.constantFrom(1, 2) }) },
  { weight: 1, arbitrary: fc.record({ do: kind('off_session'), who }) },
  { weight: 2, arbitrary: fc.record({ do: kind('back'), coach }) },
  { weight: 1, arbitrary: fc.record({ do: kind('close'), inDays }) },
  { weight: 1, arbitrary: fc.record({ do: kind('leave'), coach }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: kind('answer'), who, answer: fc.constantFrom('same', 'other', 'none') }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind('wants'), who, reminders: fc.boolean() }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: kind('pass'),
      minutes: fc.constantFrom<number>(1, 30, 60, 120, 181, 420, 700),
      look: fc.constantFrom(true, true, false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: kind('restart') }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never
type Of<K extends Step['do']> = Extract<Step, { do: K }>

interface Worlds {
  real: Real
  oracle: BookingOracle
}

/** The same in both worlds; what was booked is asked of the real one, what is said of it is not. */
async function take({ real, oracle }: Worlds, one: Step): Promise<void> {
  const now = real.clock.now()
  switch (one.do) {
    case 'book': {
      const booked = await real.book(one.who, `${isoOf(dayOf(now) + one.inDays)}T${one.hour}`)
      if (booked) oracle.book(one.who, booked, now)
      return
    }
    case 'cancel':
      if ((await real.call(one.who, 'cancel_booking')) === 'cancelled') oracle.cancel(one.who)
      return
    case 'wants':
      await real.wants(one.who, one.reminders)
      return oracle.wants(one.who, one.reminders)
    case 'back': // nobody hears of it
      return real.back(one.coach)
    case 'answer':
      return answer({ real, oracle }, one)
    case 'pass':
      real.clock.advance(one.minutes * MINUTE)
      if (!one.look) return
      await real.look()
      return oracle.look(real.clock.now())
    case 'restart': // which looks at what is due
      await real.restart()
      await real.look()
      return oracle.look(now)
    default:
      return beAway({ real, oracle }, one)
  }
}

async function answer({ real, oracle }: Worlds, { who, answer }: Of<'answer'>): Promise<void> {
  const off = oracle.calledOff.get(who)
  if (!off) return
  const done = await real.call(who, 'answer_session_off', { booking: off.id, answer })
  if (done === 'none') oracle.settle(who)
  const booked = done === 'booked' ? await real.open(who) : undefined
  if (booked) oracle.book(who, booked, real.clock.now())
}

/** Coaches who are not there, for a while or for good, and a centre that is closed. */
async function beAway(
  { real, oracle }: Worlds,
  one: Of<'off' | 'off_session' | 'close' | 'leave'>,
): Promise<void> {
  const now = real.clock.now()
  if (one.do === 'leave') {
    if (oracle.left.has(one.coach)) return
    await real.leave(one.coach)
    oracle.leave(one.coach, now)
  } else if (one.do === 'off_session') {
    const open = await real.open(one.who)
    if (!open) return
    await real.off(open.coach, open)
    oracle.callOff(now, each => each.id === open.id)
  } else if (one.do === 'close') {
    const date = isoOf(dayOf(now) + one.inDays)
    await real.close(date)
    oracle.callOff(now, each => dateOf(each.startsAt) === date)
  } else {
    const first = dayOf(now) + one.inDays
    await real.off(one.coach, daysOff(first, first + one.days - 1))
    const dates = [isoOf(first), isoOf(first + one.days - 1)]
    oracle.callOff(now, each => each.coach === one.coach && dates.includes(dateOf(each.startsAt)))
  }
}

test('what residents hear by themselves is what the model says', { timeout: 5 * MINUTE }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async steps => {
      const real = new Real()
      const oracle = new BookingOracle(await real.begin())
      try {
        for (const one of steps) await take({ real, oracle }, one)
        for (let looks = 0; looks < LOOKS && (await real.waits()); looks++)
          await take({ real, oracle }, { do: 'pass', minutes: 95, look: true })
        const said = oracle.handed.map(({ who, kind, startsAt, at }) =>
          lineOf(PEOPLE[who] ?? '', kind, kind === 'coach left' ? '' : whenWords(startsAt, 'id'), at),
        )
        expect(real.channel.handed.toSorted()).toEqual(said.toSorted())
      } finally {
        await real.stop()
      }
    }),
    { numRuns: Number(process.env.HISTORIES ?? 12), endOnFailure: true }, // shrinking would take minutes
  )
})
