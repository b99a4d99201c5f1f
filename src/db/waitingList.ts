import type { WaitingEntry, WaitingList } from '../domain/booking/ports.ts'
import type { Tx } from './client.ts'
import type { Prisma } from './generated/client.ts'

type Row = Prisma.WaitingListEntryGetPayload<{ include: { centre: true } }>
const OPEN = { in: ['waiting', 'offered'] }

export function waitingListFor(tx: Tx): WaitingList {
  const first = async (where: Prisma.WaitingListEntryWhereInput) => {
    const row = await tx.waitingListEntry.findFirst({ where, include: { centre: true } })
    return row ? entryOf(row) : undefined
  }
  const open = (residentId: string) => first({ residentId, status: OPEN })
  return {
    open,
    find: id => first({ id }),
    async of(residentId) {
      const rows = await tx.waitingListEntry.findMany({
        where: { residentId },
        orderBy: { createdAt: 'desc' },
        include: { centre: true },
      })
      return rows.map(row => {
        const { id: _, residentId: __, bookingId: ___, ...entry } = entryOf(row)
        return entry
      })
    },
    async join(entry, at) {
      const when = new Date(at)
      const { count } = await tx.waitingListEntry.createMany({
        data: [{ ...entry, turnAt: when, createdAt: when, updatedAt: when }],
        skipDuplicates: true,
      })
      return count === 1 ? open(entry.residentId) : undefined
    },
    async inTurn(centreCode, sandbox) {
      const rows = await tx.waitingListEntry.findMany({
        where: { centreCode, sandbox, status: 'waiting' },
        orderBy: [{ turnAt: 'asc' }, { id: 'asc' }],
        include: { centre: true },
      })
      return rows.map(entryOf)
    },
    async change(id, { turnAt, offerUntil, ...plain }, at) {
      await tx.waitingListEntry.update({
        where: { id },
        data: {
          ...plain,
          ...(turnAt === undefined ? {} : { turnAt: new Date(turnAt) }),
          ...(offerUntil === undefined
            ? {}
            : { offerUntil: offerUntil === null ? null : new Date(offerUntil) }),
          updatedAt: new Date(at),
        },
      })
    },
  }
}

const entryOf = (row: Row): WaitingEntry => ({
  id: row.id,
  residentId: row.residentId,
  centre: row.centre,
  topic: row.topic,
  date: row.date,
  status: row.status as WaitingEntry['status'],
  turnAt: row.turnAt.getTime(),
  bookingId: row.bookingId,
  offerUntil: row.offerUntil?.getTime() ?? null,
  offers: row.offers,
  createdAt: row.createdAt.getTime(),
  updatedAt: row.updatedAt.getTime(),
})
