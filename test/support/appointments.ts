import { reposFor } from '../../src/db/repos.ts'
import type { Repos } from '../../src/domain/ports.ts'
import type { Booking } from '../../src/domain/booking/ports.ts'
import { planBookingReminders } from '../../src/domain/booking/reminders.ts'
import { attend } from '../../src/domain/booking/visits.ts'
import { offerFree } from '../../src/domain/booking/waiting.ts'
import { KEBON_JERUK } from './people.ts'
import type { Players } from './players.ts'

export const SCENES = ['booked', 'visited', 'missed', 'offered'] as const
type Scene = (typeof SCENES)[number]

/**
 * What the resident of a chat has before a transcript begins: an appointment tomorrow at 09.00 (`booked`), one today at
 * 09.00 to which they came (`visited`) or did not (`missed`), or a place offered in five minutes from the waiting
 * list (`offered`).
 */
export async function prepareAppointment(players: Players, scene: Scene, chat: string, now: number) {
  const { db, sealer } = players.store
  const { residentId } = await db.conversationResident.findFirstOrThrow({
    where: { conversation: { account: `terminal:${chat}` } },
  })
  await db.$transaction(async tx => {
    const repos = reposFor(tx, sealer)
    if (scene === 'offered') return offered(repos, residentId, now)
    const date = scene === 'booked' ? '2026-11-26T09:00' : '2026-11-25T09:00'
    const booking = await booked(players, repos, { residentId, startsAt: Date.parse(`${date}+07:00`) }, now)
    if (scene === 'booked') await planBookingReminders(repos, booking, now)
    else
      await attend(repos, booking, { status: scene === 'visited' ? 'attended' : 'no_show', by: 'coach' }, now)
  })
}

async function booked(
  { store }: Players,
  repos: Repos,
  { residentId, startsAt }: { residentId: string; startsAt: number },
  now: number,
): Promise<Booking> {
  const coach = await store.db.coach.findFirstOrThrow({ where: { name: 'Faran' } })
  const endsAt = startsAt + 45 * 60_000
  const span = { startsAt, endsAt, busyFrom: startsAt, busyUntil: endsAt }
  const place = { centreCode: KEBON_JERUK, coachId: coach.id, seat: 1, topic: 'pembukuan' }
  const hold = await repos.bookings.hold(
    { ...span, ...place, residentId, sandbox: true, holdUntil: now + 1 },
    now,
  )
  if (!hold) throw new Error('The place of the scene is taken.')
  await repos.bookings.book(hold.id, now)
  return { ...hold, status: 'booked', holdUntil: null }
}

async function offered(repos: Repos, residentId: string, now: number): Promise<void> {
  const entry = { residentId, centreCode: KEBON_JERUK, topic: 'pembukuan', date: null, sandbox: true }
  await repos.waitingList.join(entry, now)
  await repos.bookings.lock(KEBON_JERUK)
  await offerFree(repos, KEBON_JERUK, true, now + 5 * 60_000)
}
