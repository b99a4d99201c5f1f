import type { PlayerOptions } from '../../src/cli/chat/player.ts'
import type { Players } from './players.ts'
import { KEBON_JERUK } from './people.ts'

export const CODE = '7K3M9QWX'
export const TICKET = 'T-7K3M'

type Who = Pick<PlayerOptions, 'id'> & Partial<PlayerOptions>

/**
 * What people of the programme find in their chat: `coach` (Faran of Kebon Jeruk), `operator` (Sari of Kebon Jeruk, with
 * the ticket T-7K3M of Siti Aminah), or `invited` and `invited-operator` (the code 7K3M9QWX is for this chat to type).
 */
export async function prepareStaff(players: Players, staff: string, who: Who, now: number): Promise<void> {
  const { db, sealer } = players.store
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
}

const faran = async ({ store }: Players): Promise<string> =>
  (await store.db.coach.findFirstOrThrow({ where: { name: 'Faran' } })).id

async function sari({ store }: Players): Promise<string> {
  const data = { name: 'Sari', centreCode: KEBON_JERUK }
  const known = await store.db.operator.findFirst({ where: data })
  return (known ?? (await store.db.operator.create({ data: { ...data, createdAt: new Date(0) } }))).id
}

const SITI = { id: 'Siti who asks', channel: 'telegram', address: 'siti' } as const

/** Siti Aminah asks; every play finds her ticket open, and the only one. */
async function ticketOf(players: Players, now: number): Promise<void> {
  const { db, sealer } = players.store
  const find = () => db.conversation.findFirst({ where: { account: `terminal:${SITI.id}` } })
  if (!(await find())) await players.register('Siti Aminah', SITI, now)
  const { id: conversationId } = (await find()) ?? { id: 0 }
  const link = await db.conversationResident.findFirstOrThrow({ where: { conversationId } })
  const free = { heldBy: null, heldTicket: null, heldUntil: null }
  await db.conversation.update({ where: { id: conversationId }, data: free })
  await db.reminder.deleteMany({ where: { residentId: link.residentId } })
  const text = sealer.seal(`tickets:${TICKET}:text`, 'Kapan kelas dasar dimulai?')
  const { residentId } = link
  await db.ticket.create({
    data: { number: TICKET, conversationId, residentId, reason: 'asked', text, openedAt: new Date(now) },
  })
}
