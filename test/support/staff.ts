import type { PlayerOptions } from '../../src/cli/chat/player.ts'
import type { Players } from './players.ts'
import { reposFor } from '../../src/db/repos.ts'
import { planSession } from '../../src/domain/staff/coaching.ts'
import { prepareAppointment, SCENES } from './appointments.ts'
import { KEBON_JERUK } from './people.ts'

export const CODE = '7K3M9QWX'
export const TICKET = 'T-7K3M'

type Who = Pick<PlayerOptions, 'id'> & Partial<PlayerOptions>

/**
 * What people of the programme find in their chat: `coach` (Faran of Kebon Jeruk; `idle-coach`: without a session), `operator` (Sari of Kebon Jeruk, with
 * the ticket T-7K3M of Siti Aminah), `coached` (the coach of the
 * resident of this chat has a chat somewhere), `off` (the resident of this chat, whose coach cannot come tomorrow; on
 * Friday, when there is no colleague: `off-alone`), `unsettled` (operator Sari, while Siti Aminah was told the same),
 * `left` (participant OKO-7K3M9Q, who has coach Lina now), or `invited` and `invited-operator` (the code 7K3M9QWX is for this chat to type).
 */
export async function prepareStaff(players: Players, staff: string, who: Who, now: number): Promise<void> {
  const { db, sealer } = players.store
  const scene = SCENES.find(each => each === staff)
  if (scene) return prepareAppointment(players, scene, who.id, now)
  if (staff === 'off') return coachOff(players, await residentOf(players, who.id), TOMORROW, now)
  if (staff === 'off-alone') return coachOff(players, await residentOf(players, who.id), FRIDAY, now)
  if (staff === 'left') return coachLeft(players, await residentOf(players, who.id))
  if (staff === 'unsettled') return somebodyOff(players, who, now)
  if (staff === 'coached') return coachListens(players, now)
  const role = staff.endsWith('operator') ? 'operator' : 'coach'
  const staffId = role === 'coach' ? await faran(players) : await sari(players)
  await db.invitation.deleteMany()
  await db.ticket.deleteMany()
  await db.reminder.deleteMany({ where: { staffId } })
  await db.staffChat.deleteMany({ where: { staffId } })
  const at = new Date(now)
  if (staff.startsWith('invited')) {
    const digest = sealer.digest('invitation', CODE)
    const expiresAt = new Date(now + 7 * 86_400_000)
    await db.invitation.create({ data: { digest, role, staffId, createdAt: at, expiresAt } })
    return
  }
  const { channel = 'telegram', address = '1' } = who
  const chat = { channel, account: `terminal:${who.id}`, address, sandbox: true }
  const row = await db.conversation.upsert({
    where: { account_address: { account: chat.account, address } },
    create: { ...chat, createdAt: at },
    update: {},
  })
  await db.staffChat.create({ data: { conversationId: row.id, staffId, role, linkedAt: at } })
  if (role === 'operator') await ticketOf(players, now)
  else await sessionsOf(players, { coachId: staffId, idle: staff === 'idle-coach' }, now)
}

const faran = async ({ store }: Players): Promise<string> =>
  (await store.db.coach.findFirstOrThrow({ where: { name: 'Faran' } })).id

async function sari({ store }: Players): Promise<string> {
  const data = { name: 'Sari', centreCode: KEBON_JERUK }
  const known = await store.db.operator.findFirst({ where: data })
  return (known ?? (await store.db.operator.create({ data: { ...data, createdAt: new Date(0) } }))).id
}

const SITI = { id: 'Siti who asks', channel: 'telegram', address: 'siti' } as const

/** Siti Aminah has a session with the coach today at 14.00. */
async function sessionsOf(
  players: Players,
  { coachId, idle }: { coachId: string; idle: boolean },
  now: number,
): Promise<void> {
  const { db, sealer } = players.store
  const residentId = await siti(players, now)
  await db.resident.updateMany({ data: { coachId: null } })
  await db.coachRecord.deleteMany()
  await db.coachTimeOff.deleteMany()
  await db.resident.update({ where: { id: residentId }, data: { coachId, stage: 'P1' } })
  if (idle) return
  const startsAt = Date.parse('2026-11-25T14:00+07:00')
  const span = { startsAt: new Date(startsAt), endsAt: new Date(startsAt + 45 * 60_000) }
  const { id } = await db.booking.create({
    data: {
      ...{
        code: 'J-7K3M',
        residentId,
        coachId,
        centreCode: KEBON_JERUK,
        seat: 1,
        topic: 'pembukuan',
        ...span,
      },
      ...{
        busyFrom: span.startsAt,
        busyUntil: new Date(startsAt + 3_600_000),
        status: 'booked',
        sandbox: true,
      },
      ...{ createdAt: new Date(now), updatedAt: new Date(now) },
    },
  })
  await db.$transaction(async tx => {
    const repos = reposFor(tx, sealer)
    const booking = await repos.bookings.find(id)
    if (booking) await planSession(repos, booking, now)
  })
}

async function coachListens(players: Players, now: number): Promise<void> {
  const [chat, at] = [{ account: 'terminal:faran', address: 'faran' }, new Date(now)]
  const { id } = await players.store.db.conversation.upsert({
    where: { account_address: chat },
    create: { ...chat, channel: 'telegram', sandbox: true, createdAt: at },
    update: {},
  })
  const data = { conversationId: id, staffId: await faran(players), role: 'coach', linkedAt: at }
  await players.store.db.staffChat.create({ data })
}

/** The id by which `@notice session_off` means it. */
const OFF = '00000000-0000-4000-8000-000000000000'
const TOMORROW = '2026-11-26T09:00+07:00'
const FRIDAY = '2026-11-27T09:00+07:00'

async function residentOf({ store }: Players, chat: string): Promise<string> {
  const where = { conversation: { account: `terminal:${chat}` } }
  return (await store.db.conversationResident.findFirstOrThrow({ where })).residentId
}

/** Faran took the hour off for which they had an appointment. */
async function coachOff(players: Players, residentId: string, start: string, now: number): Promise<void> {
  const { db } = players.store
  const [at, startsAt, coachId] = [new Date(now), new Date(start), await faran(players)]
  const span = { startsAt, endsAt: new Date(startsAt.getTime() + 45 * 60_000) }
  const place = { coachId, centreCode: KEBON_JERUK, seat: 1, topic: 'pembukuan' }
  const busy = { busyFrom: span.startsAt, busyUntil: span.endsAt }
  const times = { createdAt: at, updatedAt: at }
  const off = { status: 'cancelled', cancelledBy: 'coach', sandbox: true }
  await db.coachTimeOff.create({ data: { coachId, ...span, createdAt: at } })
  await db.booking.create({
    data: { id: OFF, code: 'J-7K3N', residentId, ...place, ...span, ...busy, ...off, ...times },
  })
}

async function somebodyOff(players: Players, who: Who, now: number): Promise<void> {
  await prepareStaff(players, 'operator', who, now)
  await players.store.db.ticket.deleteMany()
  await coachOff(players, await siti(players, now), TOMORROW, now)
}

async function coachLeft({ store }: Players, id: string): Promise<void> {
  const { db } = store
  const number = 'OKO-7K3M9Q'
  const { id: coachId } = await db.coach.findFirstOrThrow({ where: { name: 'Lina' } })
  await db.resident.updateMany({ where: { number }, data: { number: `OKO-${id.slice(0, 6)}` } })
  await db.resident.update({ where: { id }, data: { number, coachId } })
}

async function siti(players: Players, now: number): Promise<string> {
  const { db } = players.store
  const find = () =>
    db.conversationResident.findFirst({ where: { conversation: { account: `terminal:${SITI.id}` } } })
  if (!(await find())) await players.register('Siti Aminah', SITI, now)
  const residentId = (await find())?.residentId ?? ''
  await db.reminder.deleteMany({ where: { residentId } })
  return residentId
}

/** Siti Aminah asks; every play finds her ticket open, and the only one. */
async function ticketOf(players: Players, now: number): Promise<void> {
  const { db, sealer } = players.store
  const residentId = await siti(players, now)
  const { conversationId } = await db.conversationResident.findFirstOrThrow({ where: { residentId } })
  const free = { heldBy: null, heldTicket: null, heldUntil: null }
  await db.conversation.update({ where: { id: conversationId }, data: free })
  const text = sealer.seal(`tickets:${TICKET}:text`, 'Kapan kelas dasar dimulai?')
  await db.ticket.create({
    data: { number: TICKET, conversationId, residentId, reason: 'asked', text, openedAt: new Date(now) },
  })
}
