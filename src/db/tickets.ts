import type { Tickets, TicketRecord } from '../domain/ports.ts'
import { randomNumber } from '../lib/crockford.ts'
import { auditFor } from './audit.ts'
import type { Db, Tx } from './client.ts'
import type { Ticket } from './generated/client.ts'
import { residentPlace as place } from './residents.ts'
import { remindersFor } from './reminders.ts'
import type { Sealer } from './seal.ts'

/** Additional data of a ticket's sealed words. */
export const ticketPlace = (number: string) => `tickets:${number}:text`

export function ticketsFor(tx: Tx, sealer: Sealer): Tickets {
  const list = async (where: { conversationId: number; answeredAt: null } | { residentId: string }) => {
    const rows = await tx.ticket.findMany({
      where,
      orderBy: [{ openedAt: 'asc' }, { conversationId: 'asc' }, { number: 'asc' }],
    })
    return rows.map(row => openTicket(sealer, row))
  }
  return {
    async open({ conversationId, residentId, reason, text }, at) {
      for (;;) {
        const number = randomNumber('T', 4)
        const row = { number, conversationId, residentId, reason, openedAt: new Date(at) }
        const sealed = text === null ? null : sealer.seal(ticketPlace(number), text)
        const { count } = await tx.ticket.createMany({
          data: [{ ...row, text: sealed }],
          skipDuplicates: true,
        })
        if (count === 1) return number
      }
    },
    openOf: conversationId => list({ conversationId, answeredAt: null }),
    of: residentId => list({ residentId }),
  }
}

const openTicket = (sealer: Sealer, row: Ticket): TicketRecord => ({
  number: row.number,
  reason: row.reason,
  text: row.text && sealer.open(ticketPlace(row.number), row.text),
  openedAt: row.openedAt.getTime(),
  answeredAt: row.answeredAt?.getTime() ?? null,
})

/** A ticket as the people who answer see it. */
export interface TicketForStaff extends TicketRecord {
  /** Who asks; null before registration. */
  person: { name: string; number: string; centre: string; phone: string | null } | null
  channel: string
  sandbox: boolean
}

/** Unanswered tickets, oldest first; those of trial chats last. */
export async function openTickets(db: Db, sealer: Sealer): Promise<TicketForStaff[]> {
  const rows = await db.ticket.findMany({
    where: { answeredAt: null },
    orderBy: [
      { conversation: { sandbox: 'asc' } },
      { openedAt: 'asc' },
      { conversationId: 'asc' },
      { number: 'asc' },
    ],
    include: { conversation: true, resident: { include: { centre: true } } },
  })
  return rows.map(({ resident, conversation, ...row }) => ({
    ...openTicket(sealer, row),
    channel: conversation.channel,
    sandbox: conversation.sandbox,
    person: resident && {
      name: sealer.open(place(resident.id, 'name'), resident.name),
      number: resident.number,
      centre: resident.centre.name,
      phone: resident.phone && sealer.open(place(resident.id, 'phone'), resident.phone),
    },
  }))
}

/**
 * Answers a ticket: queues the words for the person's chat and closes it. Two people who answer at once: the second
 * hears that it is answered. @returns the account to ring, or why nothing was sent
 */
export async function answerTicket(
  db: Db,
  sealer: Sealer,
  answer: { number: string; text: string; now: number },
): Promise<
  { outcome: 'answered'; account: string } | { outcome: 'unknown' | 'answered_before' | 'blocked' }
> {
  const { number, text, now } = answer
  return db.$transaction(async tx => {
    const ticket = await tx.ticket.findUnique({ where: { number }, include: { conversation: true } })
    if (!ticket) return { outcome: 'unknown' }
    if (!(await canReach(tx, ticket))) return { outcome: 'blocked' }
    const closed = await tx.ticket.updateMany({
      where: { number, answeredAt: null },
      data: { answeredAt: new Date(now) },
    })
    if (closed.count === 0) return { outcome: 'answered_before' }
    const { conversation, residentId } = ticket
    const to = residentId ? { resident: residentId } : { conversation: conversation.id }
    await remindersFor(tx, sealer).plan(
      { subject: `ticket:${number}` },
      [{ kind: 'ticket_answer', to, dueAt: now, values: { number, words: text } }],
      now,
    )
    const subject = residentId ? { residentId } : conversation
    await auditFor(tx, sealer).append(
      { actor: 'operator', action: 'answer_ticket', subject, detail: number },
      now,
    )
    return { outcome: 'answered', account: conversation.account }
  })
}

/** A resident on any of their chats; who is not registered only where they asked. */
async function canReach(
  tx: Tx,
  ticket: { residentId: string | null; conversation: { blockedAt: Date | null } },
): Promise<boolean> {
  if (ticket.residentId === null) return ticket.conversation.blockedAt === null
  const where = { residentId: ticket.residentId, conversation: { blockedAt: null } }
  return (await tx.conversationResident.count({ where })) > 0
}
