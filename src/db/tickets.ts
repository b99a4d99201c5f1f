import type { Tickets, TicketRecord } from '../domain/ports.ts'
import { randomNumber } from '../lib/crockford.ts'
import type { Tx } from './client.ts'
import type { Ticket } from './generated/client.ts'
import type { Sealer } from './seal.ts'

export const ticketPlace = (number: string) => `tickets:${number}:text`

export function ticketsFor(tx: Tx, sealer: Sealer): Tickets {
  const list = async (where: { conversationId: number; answeredAt: null } | { residentId: string }) => {
    const rows = await tx.ticket.findMany({ where, orderBy: { openedAt: 'asc' } })
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

export const openTicket = (sealer: Sealer, row: Ticket): TicketRecord => ({
  number: row.number,
  reason: row.reason,
  text: row.text && sealer.open(ticketPlace(row.number), row.text),
  openedAt: row.openedAt.getTime(),
  answeredAt: row.answeredAt?.getTime() ?? null,
})
