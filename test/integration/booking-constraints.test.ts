import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Prisma } from '../../src/db/generated/client.ts'
import { MINUTE } from '../../src/lib/time.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

/** What docs/booking.md promises holds in the database itself: here rows are written past all our code. */

let world: World
let coach: { id: string }
const residents: string[] = []
beforeAll(async () => {
  world = await openWorld()
  coach = await addCoach(world.db, 'Faran', ['naik_kelas'])
  for (const address of ['a', 'b', 'c'])
    residents.push(
      (await registered(world, await newChat(world.db, address), { name: `Warga ${address}` })).id,
    )
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.booking.deleteMany()
  await world.db.centre.update({ where: { code: KEBON_JERUK }, data: { rooms: 2 } })
})

let count = 0
/** `from` and `to`: minutes after NOW. */
const row = (
  from: number,
  to: number,
  more: Partial<Prisma.BookingUncheckedCreateInput> & { before?: number; after?: number } = {},
): Prisma.BookingUncheckedCreateInput => {
  const { before = 0, after = 0, ...rest } = more
  const at = (minutes: number) => new Date(NOW + minutes * MINUTE)
  return {
    code: `J-${String(++count).padStart(4, '0')}`,
    residentId: residents[0] as string,
    centreCode: KEBON_JERUK,
    coachId: coach.id,
    seat: 1,
    topic: 'perizinan',
    startsAt: at(from),
    endsAt: at(to),
    busyFrom: at(from - before),
    busyUntil: at(to + after),
    status: 'booked',
    createdAt: at(0),
    updatedAt: at(0),
    ...rest,
  }
}
const add = (...given: Parameters<typeof row>) => world.db.booking.create({ data: row(...given) })
const other = (n: number) => ({ residentId: residents[n] as string, seat: n + 1 })

describe('the database refuses', () => {
  it('a coach with two people at once, also where one is only held', async () => {
    await add(60, 105, { status: 'held', holdUntil: new Date(NOW) })
    await expect(add(90, 135, other(1))).rejects.toThrow(/bookings_coach/)
    await expect(add(105, 150, other(1))).resolves.toBeTruthy()
  })

  it('less than the larger of the two buffers between neighbours; together they are not added', async () => {
    await add(60, 105, { before: 10, after: 15 })
    await expect(add(119, 164, { ...other(1), before: 10, after: 15 })).rejects.toThrow(/bookings_coach/)
    await add(120, 165, { ...other(1), before: 10, after: 15 })
    await expect(
      add(0, 46, { ...other(1), status: 'held', holdUntil: new Date(NOW), before: 10, after: 15 }),
    ).rejects.toThrow(/bookings_coach/)
  })

  it('two sessions in one place of a centre, and a place that the centre does not have', async () => {
    const second = await addCoach(world.db, 'Lina', ['naik_kelas'])
    await add(60, 105)
    await expect(add(60, 105, { ...other(1), seat: 1, coachId: second.id })).rejects.toThrow(/bookings_seat/)
    await expect(add(60, 105, { ...other(1), seat: 3, coachId: second.id })).rejects.toThrow(
      /not that many rooms/,
    )
    await add(60, 105, { ...other(1), seat: 2, coachId: second.id })
  })

  it('two open bookings or two holds of a resident; a hold beside an open booking is a move', async () => {
    await add(60, 105)
    await expect(add(300, 345)).rejects.toThrow(/bookings_one_open/)
    await add(300, 345, { status: 'held', holdUntil: new Date(NOW) })
    await expect(add(600, 645, { status: 'held', holdUntil: new Date(NOW) })).rejects.toThrow(
      /bookings_one_hold/,
    )
  })

  it('nothing that is cancelled, and no sandbox person in the place of a real one', async () => {
    await add(60, 105, { status: 'cancelled', cancelledBy: 'resident' })
    await add(60, 105)
    await add(60, 105, { ...other(1), seat: 1, sandbox: true })
    await expect(add(60, 105, { ...other(2), seat: 1, sandbox: true })).rejects.toThrow(/bookings_/)
  })

  it('times out of order, a hold without an end, an unknown topic', async () => {
    await expect(add(60, 60)).rejects.toThrow(/bookings_valid/)
    await expect(add(60, 105, { before: -1 })).rejects.toThrow(/bookings_valid/)
    await expect(add(60, 105, { status: 'held' })).rejects.toThrow(/bookings_valid/)
    await expect(add(60, 105, { topic: 'cuaca' })).rejects.toThrow(/bookings_valid/)
  })

  it('hours over each other, a coach at two centres at once, a closed date with hours', async () => {
    const { db } = world
    const hours = { centreCode: KEBON_JERUK, weekday: 6, opens: 480, closes: 600 }
    await db.centreHours.create({ data: hours })
    await expect(db.centreHours.create({ data: { ...hours, opens: 599, closes: 700 } })).rejects.toThrow(
      /centre_hours_apart/,
    )
    await db.centreHours.create({ data: { ...hours, timetable: 'ramadan' } })
    await db.coachHours.create({ data: { ...hours, coachId: coach.id } })
    await expect(
      db.coachHours.create({
        data: { ...hours, coachId: coach.id, centreCode: '31.71.01', opens: 540, closes: 660 },
      }),
    ).rejects.toThrow(/coach_hours_apart/)
    const date = { centreCode: KEBON_JERUK, date: '2026-12-01', reason: 'pengecatan' }
    await db.centreException.create({ data: date })
    await expect(db.centreException.create({ data: { ...date, opens: 480, closes: 600 } })).rejects.toThrow(
      /centre_exceptions_apart/,
    )
  })
})
