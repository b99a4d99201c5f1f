import type { Coaching } from '../domain/staff/ports.ts'
import { formatShortName } from '../lib/format.ts'
import { bookingOf, WITH } from './bookings.ts'
import type { Tx } from './client.ts'
import { residentPlace } from './residents.ts'
import type { Sealer } from './seal.ts'

/** What coaches see and change from their own chat. */
export const coachingFor = (tx: Tx, sealer: Sealer): Coaching => ({
  async sessions(coachId, { startsAt, endsAt }, sandbox) {
    const span = { gte: new Date(startsAt), lt: new Date(endsAt) }
    const rows = await tx.booking.findMany({
      where: { coachId, sandbox, startsAt: span, status: { notIn: ['held', 'cancelled'] } },
      orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
      include: WITH,
    })
    return rows.map(bookingOf)
  },
  async participants(coachId, sandbox) {
    const theirs = { some: { coachId, status: { notIn: ['held', 'cancelled'] } } }
    const rows = await tx.resident.findMany({
      where: { sandbox, restrictedAt: null, OR: [{ coachId }, { bookings: theirs }] },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    })
    return rows.map(({ id, number, name, stage }) => {
      const short = formatShortName(sealer.open(residentPlace(id, 'name'), name))
      return { id, number, name: short, stage, sandbox }
    })
  },
  async hours(coachId) {
    const rows = await tx.coachHours.findMany({
      where: { coachId },
      orderBy: [{ weekday: 'asc' }, { opens: 'asc' }],
      include: { centre: true },
    })
    return rows.map(({ weekday, opens, closes, centreCode, centre }) => ({
      ...{ weekday, opens, closes, centreCode },
      centre: centre.name,
    }))
  },
  async setHours(coachId, { centreCode, weekday }, hours) {
    const others = await tx.coachHours.findMany({
      where: { coachId, weekday, centreCode: { not: centreCode } },
    })
    const over = others.some(other =>
      hours.some(each => each.opens < other.closes && other.opens < each.closes),
    )
    if (over) return false
    await tx.coachHours.deleteMany({ where: { coachId, weekday, centreCode } })
    await tx.coachHours.createMany({ data: hours.map(each => ({ ...each, coachId, centreCode, weekday })) })
    return true
  },
  ...absences(tx),
  reachable: async (staffId, sandbox) =>
    (await tx.staffChat.count({ where: { staffId, conversation: { sandbox } } })) > 0,
})

const absences = (tx: Tx): Pick<Coaching, 'addTimeOff' | 'timesOff' | 'removeTimeOff'> => ({
  async addTimeOff(coachId, { startsAt, endsAt }, at) {
    const span = { startsAt: new Date(startsAt), endsAt: new Date(endsAt) }
    const around = { startsAt: { lte: span.startsAt }, endsAt: { gte: span.endsAt } }
    if (await tx.coachTimeOff.findFirst({ where: { coachId, ...around } })) return
    await tx.coachTimeOff.create({ data: { coachId, ...span, createdAt: new Date(at) } })
  },
  async timesOff(coachId, from) {
    const rows = await tx.coachTimeOff.findMany({
      where: { coachId, endsAt: { gt: new Date(from) } },
      orderBy: [{ startsAt: 'asc' }, { endsAt: 'asc' }, { id: 'asc' }],
    })
    return rows.map(({ id, startsAt, endsAt, createdAt }) => ({
      id,
      startsAt: startsAt.getTime(),
      endsAt: endsAt.getTime(),
      createdAt: createdAt.getTime(),
    }))
  },
  async removeTimeOff(id) {
    await tx.coachTimeOff.deleteMany({ where: { id } })
  },
})
