import { ScriptError } from '../../src/cli/chat/script.ts'
import { reposFor } from '../../src/db/repos.ts'
import { at } from './booking.ts'
import { KEBON_JERUK } from './people.ts'
import type { Players } from './players.ts'

type Scene = (players: Players, now: number) => Promise<void>

const THURSDAY = '2026-11-26'

/** What `@scene` may say happens while somebody chats. The transcripts' coaches are Faran of Kebon Jeruk and Lina of Kembangan. */
const SCENES: Readonly<Record<string, Scene>> = {
  /** Thursday 26 November has no place in Kebon Jeruk any more; Lina of Kembangan is there on other days. */
  full: (players, now) => off(players, { from: at(THURSDAY, '00:00'), until: at(THURSDAY, '23:59') }, now),
  /** Nobody has a place anywhere for the next 60 days. */
  nobody: (players, now) =>
    off(players, { from: at('2026-11-25', '00:00'), until: at('2027-01-25', '00:00') }, now),
  /** Faran has no place for the next 60 days, Lina only in Kembangan. */
  elsewhere: async (players, now) => {
    await off(
      players,
      { from: at('2026-11-25', '00:00'), until: at('2027-01-25', '00:00'), who: 'Faran' },
      now,
    )
    for (let day = at(THURSDAY, '00:00'); day < at('2027-01-25', '00:00'); day += 7 * 86_400_000)
      await off(players, { from: day, until: day + 86_399_000, who: 'Lina' }, now)
  },
  /** Whoever was not there is there after all. */
  back: async ({ store }) => {
    await store.db.coachTimeOff.deleteMany()
  },
  /** Nobody serves people who look for work. */
  unserved: async ({ store }) => {
    await store.db.coach.updateMany({ data: { serves: ['naik_kelas'] } })
  },
  /** Two offers of the waiting list were let go before. */
  two_offers: async ({ store }) => {
    await store.db.waitingListEntry.updateMany({ data: { offers: 2 } })
  },
  /** Somebody else takes Thursday at nine, in the only room. */
  rival: (players, now) => rival(players, now),
}

/** @throws ScriptError for a scene that does not exist */
export async function playScene(players: Players, name: string, now: number): Promise<void> {
  const scene = SCENES[name]
  if (!scene) throw new ScriptError(`@scene ${name}: expected ${Object.keys(SCENES).join(', ')}`)
  await scene(players, now)
}

async function off(
  { store: { db } }: Players,
  { from, until, who }: { from: number; until: number; who?: string },
  now: number,
): Promise<void> {
  const coaches = await db.coach.findMany({ where: who === undefined ? {} : { name: who } })
  const [startsAt, endsAt, createdAt] = [new Date(from), new Date(until), new Date(now)]
  await db.coachTimeOff.createMany({
    data: coaches.map(({ id }) => ({ coachId: id, startsAt, endsAt, createdAt })),
  })
}

async function rival(players: Players, now: number): Promise<void> {
  const { db, sealer } = players.store
  const chat = { id: 'the rival', channel: 'telegram', address: 'rival' } as const
  const find = () =>
    db.conversationResident.findFirst({ where: { conversation: { account: `terminal:${chat.id}` } } })
  if (!(await find())) await players.register('Budi', chat, now)
  const residentId = (await find())?.residentId ?? ''
  const { id: coachId } = await db.coach.findFirstOrThrow({ where: { name: 'Faran' } })
  const startsAt = at(THURSDAY, '09:00')
  const endsAt = startsAt + 45 * 60_000
  const hold = {
    ...{ residentId, coachId, seat: 1, centreCode: KEBON_JERUK, topic: 'pembukuan', sandbox: true },
    ...{ startsAt, endsAt, busyFrom: startsAt, busyUntil: endsAt, holdUntil: now + 60_000 },
  }
  await db.$transaction(async tx => {
    const repos = reposFor(tx, sealer)
    await repos.bookings.clearHolds(residentId, KEBON_JERUK, now)
    const held = await repos.bookings.hold(hold, now)
    if (held) await repos.bookings.book(held.id, now)
  })
}
