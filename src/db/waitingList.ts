import type { WaitingEntry, WaitingList } from '../domain/booking/ports.ts'
import type { Tx } from './client.ts'
import type { Prisma } from './generated/client.ts'

type Row = Prisma.WaitingListEntryGetPayload<{ include: { centre: true } }>
const TURN: Prisma.WaitingListEntryOrderByWithRelationInput[] = [{ turnAt: 'asc' }, { id: 'asc' }]
const OPEN = { in: ['waiting', 'offered'] }

export function waitingListFor(tx: Tx): WaitingList {
  const first = async (where: Prisma.WaitingListEntryWhereInput) => {
    const row = await tx.waitingListEntry.findFirst({ where, include: { centre: true } })
    return row ? entryOf(row) : undefined
  }
  const all = async (
    where: Prisma.WaitingListEntryWhereInput,
    orderBy: Prisma.WaitingListEntryOrderByWithRelationInput[],
  ) => (await tx.waitingListEntry.findMany({ where, orderBy, include: { centre: true } })).map(entryOf)
  const open = (residentId: string) => first({ residentId, status: OPEN })
  return {
    open,
    find: id => first({ id }),
    async of(residentId) {
      return (await all({ residentId }, [{ createdAt: 'desc' }, { id: 'asc' }])).map(row => {
        const { id: _, residentId: __, bookingId: ___, ...entry } = row
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
    inTurn: (centreCode, sandbox) => all({ centreCode, sandbox, status: 'waiting' }, TURN),
    expired: (centreCode, sandbox, now) =>
      all({ centreCode, sandbox, status: 'offered', offerUntil: { lte: new Date(now) } }, TURN),
    centres: () =>
      tx.waitingListEntry.findMany({
        where: { status: OPEN },
        distinct: ['centreCode', 'sandbox'],
        select: { centreCode: true, sandbox: true },
        orderBy: [{ centreCode: 'asc' }, { sandbox: 'asc' }],
      }),
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
