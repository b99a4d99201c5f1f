import type { Desk, DeskTicket } from '../domain/staff/ports.ts'
import { formatShortName } from '../lib/format.ts'
import type { Tx } from './client.ts'
import type { Prisma } from './generated/client.ts'
import { residentPlace } from './residents.ts'
import type { Sealer } from './seal.ts'
import { ticketPlace } from './tickets.ts'

const WITH = { conversation: true, resident: { include: { centre: true } } } as const

/** Tickets as operators see them, and who has the word in a conversation. */
export function deskFor(tx: Tx, sealer: Sealer): Desk {
  return { ...looking(tx, sealer), ...holding(tx) }
}

function looking(tx: Tx, sealer: Sealer): Pick<Desk, 'operators' | 'open' | 'find' | 'chatOf' | 'heldBy'> {
  const read = async (where: Prisma.TicketWhereInput): Promise<DeskTicket[]> => {
    const rows = await tx.ticket.findMany({
      where,
      orderBy: [{ openedAt: 'asc' }, { conversationId: 'asc' }, { number: 'asc' }],
      include: WITH,
    })
    return rows.map(row => ticketOf(sealer, row))
  }
  return {
    async operators(centreCode, sandbox) {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        SELECT o.id FROM operators o
        WHERE o.active AND (o.centre_code IS NULL OR o.centre_code = ${centreCode})
          AND EXISTS (SELECT FROM staff_chats s JOIN conversations c ON c.id = s.conversation_id
            WHERE s.staff_id = o.id AND c.sandbox = ${sandbox}) ORDER BY o.id`
      return rows.map(row => row.id)
    },
    open: ({ id, centre }, sandbox) =>
      read({
        conversation: { sandbox, staff: { none: { staffId: id } } },
        ...(centre ? { resident: { centreCode: centre.code } } : {}),
        OR: [{ answeredAt: null }, { conversation: { heldBy: id } }],
      }).then(all => all.filter(one => !one.answered || one.heldBy === id)),
    find: async number => (await read({ number }))[0],
    async chatOf(residentId) {
      const link = await tx.conversationResident.findFirst({
        where: { residentId, conversation: { blockedAt: null } },
        orderBy: [
          { active: 'desc' },
          { conversation: { activeAt: { sort: 'desc', nulls: 'last' } } },
          { conversationId: 'asc' },
        ],
      })
      return link?.conversationId
    },
    async heldBy(operatorId, at) {
      const held = await tx.conversation.findMany({
        where: { heldBy: operatorId, heldUntil: { gt: new Date(at) } },
        select: { heldTicket: true },
      })
      return read({ number: { in: held.flatMap(each => each.heldTicket ?? []) } })
    },
  }
}

/** Whose word a conversation has. */
function holding(tx: Tx): Pick<Desk, 'hold' | 'release' | 'answered' | 'reopen' | 'holder'> {
  return {
    async hold({ number, conversationId, residentId }, operatorId, { at, until }) {
      const rows = await tx.$queryRaw<{ id: number; held_by: string | null; held_until: Date }[]>`
        SELECT c.id, c.held_by, c.held_until FROM conversations c
        WHERE c.id = ${conversationId} OR c.id IN (SELECT chats_of(${residentId}::uuid, NULL, NULL))
        ORDER BY c.id FOR NO KEY UPDATE`
      const held = rows.filter(row => row.held_by !== null && row.held_until.getTime() > at)
      if (held.some(row => row.held_by !== operatorId)) return 'others'
      await tx.conversation.updateMany({
        where: { id: { in: rows.map(row => row.id) } },
        data: { heldBy: operatorId, heldTicket: number, heldUntil: new Date(until) },
      })
      return held.some(row => row.id === conversationId) ? 'mine' : 'held'
    },
    async release(number, at) {
      const free = { heldBy: null, heldTicket: null, heldUntil: null }
      const where = { heldTicket: number, heldUntil: { gt: new Date(at) } }
      return (await tx.conversation.updateMany({ where, data: free })).count > 0
    },
    async answered(number, at) {
      await tx.ticket.updateMany({ where: { number, answeredAt: null }, data: { answeredAt: new Date(at) } })
    },
    async reopen(number) {
      await tx.ticket.updateMany({ where: { number }, data: { answeredAt: null } })
    },
    async holder(id, at) {
      const row = await tx.conversation.findFirst({ where: { id, heldUntil: { gt: new Date(at) } } })
      return row?.heldBy && row.heldTicket ? { operatorId: row.heldBy, ticket: row.heldTicket } : undefined
    },
  }
}

type Row = Prisma.TicketGetPayload<{ include: typeof WITH }>

const ticketOf = (sealer: Sealer, row: Row): DeskTicket => ({
  number: row.number,
  conversationId: row.conversationId,
  residentId: row.residentId,
  name:
    row.resident && formatShortName(sealer.open(residentPlace(row.resident.id, 'name'), row.resident.name)),
  centre: row.resident?.centre.name ?? null,
  centreCode: row.resident?.centreCode ?? null,
  text: row.text && sealer.open(ticketPlace(row.number), row.text),
  reason: row.reason,
  openedAt: row.openedAt.getTime(),
  answered: row.answeredAt !== null,
  sandbox: row.conversation.sandbox,
  heldBy: row.conversation.heldTicket === row.number ? row.conversation.heldBy : null,
})
