import type {
  Booking,
  BookingRecord,
  Bookings,
  BookingStatus,
  CancelledBy,
  NewHold,
} from '../domain/booking/ports.ts'
import type { Span } from '../domain/booking/types.ts'
import type { Centre } from '../domain/people.ts'
import { randomNumber } from '../lib/crockford.ts'
import { agendaOf } from './agenda.ts'
import type { Tx } from './client.ts'
import type { Prisma } from './generated/client.ts'
import type { Sealer } from './seal.ts'

const whyPlace = (bookingId: string) => `feedback:${bookingId}:why`

export const WITH = { centre: true, coach: { select: { id: true, name: true } } } as const
type Row = Prisma.BookingGetPayload<{ include: typeof WITH }>

export function bookingsFor(tx: Tx, sealer: Sealer): Bookings {
  return { ...looking(tx, sealer), ...taking(tx), ...callingOff(tx), ...visiting(tx, sealer) }
}

type Part<K extends keyof Bookings> = Pick<Bookings, K>

function looking(
  tx: Tx,
  sealer: Sealer,
): Part<'agenda' | 'centresServing' | 'find' | 'open' | 'held' | 'lastBegun' | 'of'> {
  const first = async (where: Prisma.BookingWhereInput) => {
    const row = await tx.booking.findFirst({
      where,
      include: WITH,
      orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    })
    return row ? bookingOf(row) : undefined
  }
  return {
    agenda: (code, from, whose) => agendaOf(tx, code, from, whose),
    centresServing: needs => tx.$queryRaw<Centre[]>`
      SELECT code, name, kota, address, latitude, longitude, rooms, sample FROM centres c
      WHERE EXISTS (SELECT 1 FROM coach_hours h JOIN coaches k ON k.id = h.coach_id
        WHERE h.centre_code = c.code AND k.active AND k.serves && ${needs}) ORDER BY code`,
    find: id => first({ id }),
    open: residentId => first({ residentId, status: 'booked' }),
    held: residentId => first({ residentId, status: 'held' }),
    lastBegun: (residentId, by) =>
      first({ residentId, status: { notIn: ['held', 'cancelled'] }, startsAt: { lte: new Date(by) } }),
    of: residentId => recordsOf(tx, sealer, residentId),
  }
}

const change = async (tx: Tx, id: string, data: Prisma.BookingUncheckedUpdateInput) => {
  await tx.booking.update({ where: { id }, data })
}

function taking(
  tx: Tx,
): Part<'lock' | 'clearHolds' | 'dropHold' | 'hold' | 'book' | 'moveTo' | 'cancel' | 'end'> {
  return {
    async lock(...codes) {
      // NO KEY: foreign key checks of other tables need not wait; whoever takes a place here does.
      await tx.$queryRaw`SELECT 1 FROM centres WHERE code = ANY(${codes}) ORDER BY code FOR NO KEY UPDATE`
      await tx.$queryRaw`
        SELECT 1 FROM coaches WHERE id IN (SELECT coach_id FROM coach_hours WHERE centre_code = ANY(${codes}))
        ORDER BY id FOR NO KEY UPDATE`
    },
    async clearHolds(residentId, centreCode, now) {
      await tx.$executeRaw`
        DELETE FROM bookings WHERE status = 'held' AND (resident_id = ${residentId}::uuid
          OR (hold_until <= ${new Date(now)} AND (centre_code = ${centreCode}
            OR coach_id IN (SELECT coach_id FROM coach_hours WHERE centre_code = ${centreCode}))))`
    },
    async dropHold(id) {
      await tx.booking.deleteMany({ where: { id, status: 'held' } })
    },
    hold: (hold, at) => insertHold(tx, hold, at),
    book: (id, at) => change(tx, id, { status: 'booked', holdUntil: null, updatedAt: new Date(at) }),
    async moveTo(id, hold, at) {
      const { centreCode, coachId, seat, topic, startsAt, endsAt, busyFrom, busyUntil } =
        await tx.booking.delete({ where: { id: hold.id } })
      const place = { centreCode, coachId, seat, topic, startsAt, endsAt, busyFrom, busyUntil }
      await change(tx, id, { ...place, version: { increment: 1 }, updatedAt: new Date(at) })
    },
    cancel: (id, by, at) =>
      change(tx, id, {
        status: 'cancelled',
        cancelledBy: by,
        version: { increment: 1 },
        updatedAt: new Date(at),
      }),
    end: (id, at) => change(tx, id, { status: 'ended', updatedAt: new Date(at) }),
  }
}

/** Not cancelled by their residents, and nobody has put it right yet. */
const UNSETTLED = { status: 'cancelled', cancelledBy: { not: 'resident' }, settledAt: null } as const

function callingOff(tx: Tx): Part<'standing' | 'calledOff' | 'unsettled' | 'allUnsettled' | 'settle'> {
  const all = async (where: Prisma.BookingWhereInput) =>
    (await tx.booking.findMany({ where, include: WITH, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] })).map(
      bookingOf,
    )
  const within = ({ startsAt, endsAt }: Span) => ({
    startsAt: { lt: new Date(endsAt) },
    endsAt: { gt: new Date(startsAt) },
  })
  return {
    standing: (of, span) => all({ ...of, status: 'booked', ...within(span) }),
    calledOff: (coachId, span, since) =>
      all({
        ...{ coachId, status: 'cancelled', cancelledBy: 'coach', updatedAt: { gte: new Date(since) } },
        ...within(span),
      }),
    unsettled: async residentId => (await all({ residentId, ...UNSETTLED })).at(-1),
    allUnsettled: (centreCode, sandbox, since) =>
      all({
        ...UNSETTLED,
        ...(centreCode === null ? {} : { centreCode }),
        sandbox,
        startsAt: { gt: new Date(since) },
        resident: { restrictedAt: null },
      }),
    async settle(residentId, at) {
      const data = { settledAt: new Date(at), updatedAt: new Date(at) }
      return (await tx.booking.updateMany({ where: { residentId, ...UNSETTLED }, data })).count > 0
    },
  }
}

function visiting(tx: Tx, sealer: Sealer): Part<'attend' | 'giveFeedback' | 'walkIn' | 'walkInsOf'> {
  return {
    attend: (id, status, by, at) =>
      change(tx, id, {
        status,
        attendanceBy: by,
        attendanceAt: new Date(at),
        updatedAt: new Date(at),
      }),
    async giveFeedback(bookingId, { answer, why }, at) {
      const sealed = why === null ? null : sealer.seal(whyPlace(bookingId), why)
      const data = { answer, why: sealed, at: new Date(at) }
      await tx.feedback.upsert({ where: { bookingId }, create: { bookingId, ...data }, update: data })
    },
    async walkIn({ residentId, centreCode, date, sandbox }, at) {
      const data = [{ residentId, centreCode, date, sandbox, at: new Date(at) }]
      return (await tx.walkIn.createMany({ data, skipDuplicates: true })).count === 1
    },
    async walkInsOf(residentId) {
      const rows = await tx.walkIn.findMany({
        where: { residentId },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        include: { centre: true },
      })
      return rows.map(({ centre, date, at }) => ({ centre: centre.name, date, at: at.getTime() }))
    },
  }
}

/**
 * ON CONFLICT DO NOTHING without a target hears every constraint, the exclusions too: a lost race, and a code that was
 * drawn before, insert nothing and end nothing.
 */
async function insertHold(tx: Tx, hold: NewHold, now: number): Promise<Booking | undefined> {
  const at = new Date(now)
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO bookings (id, code, resident_id, centre_code, coach_id, seat, topic, starts_at, ends_at, busy_from,
      busy_until, status, hold_until, sandbox, created_at, updated_at)
    VALUES (gen_random_uuid(), ${randomNumber('J', 4)}, ${hold.residentId}::uuid, ${hold.centreCode},
      ${hold.coachId}::uuid, ${hold.seat}, ${hold.topic}, ${new Date(hold.startsAt)}, ${new Date(hold.endsAt)},
      ${new Date(hold.busyFrom)}, ${new Date(hold.busyUntil)}, 'held', ${new Date(hold.holdUntil)}, ${hold.sandbox},
      ${at}, ${at})
    ON CONFLICT DO NOTHING RETURNING id`
  if (!row) return undefined
  return bookingOf(await tx.booking.findUniqueOrThrow({ where: { id: row.id }, include: WITH }))
}

export function bookingOf(row: Row): Booking {
  return {
    id: row.id,
    code: row.code,
    residentId: row.residentId,
    centre: row.centre,
    coach: row.coach,
    seat: row.seat,
    topic: row.topic,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    status: row.status as BookingStatus,
    cancelledBy: row.cancelledBy as CancelledBy | null,
    settledAt: row.settledAt?.getTime() ?? null,
    sandbox: row.sandbox,
    version: row.version,
    holdUntil: row.holdUntil?.getTime() ?? null,
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
  }
}

async function recordsOf(tx: Tx, sealer: Sealer, residentId: string): Promise<BookingRecord[]> {
  const rows = await tx.booking.findMany({
    where: { residentId },
    orderBy: [{ startsAt: 'desc' }, { id: 'asc' }],
    include: { centre: true, coach: true, feedback: true },
  })
  return rows.map(({ feedback, ...row }) => ({
    code: row.code,
    centre: row.centre.name,
    coach: row.coach.name,
    topic: row.topic,
    startsAt: row.startsAt.getTime(),
    endsAt: row.endsAt.getTime(),
    status: row.status,
    version: row.version,
    holdUntil: row.holdUntil?.getTime() ?? null,
    cancelledBy: row.cancelledBy,
    settledAt: row.settledAt?.getTime() ?? null,
    attendanceAt: row.attendanceAt?.getTime() ?? null,
    attendanceBy: row.attendanceBy,
    feedback: feedback && {
      answer: feedback.answer,
      why: feedback.why && sealer.open(whyPlace(row.id), feedback.why),
      at: feedback.at.getTime(),
    },
    createdAt: row.createdAt.getTime(),
    updatedAt: row.updatedAt.getTime(),
  }))
}
