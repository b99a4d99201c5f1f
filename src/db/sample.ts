import type { Db } from './client.ts'

/**
 * Sample coaches and rooms for every centre that has no coach of its own, so that somebody who tries the assistant can book
 * at once. It is marked where it lies, so that it says "(contoh)" wherever it shows; a centre with a coach of its own gets
 * none.
 * @returns how many centres got some; a second run finds nothing to do
 */
export async function addSample(db: Db, now: number): Promise<number> {
  return db.$transaction(async tx => {
    const centres = await tx.centre.findMany({
      where: { coaches: { none: {} }, coachHours: { none: {} } },
      orderBy: { code: 'asc' },
      select: { code: true },
    })
    const codes = centres.map(centre => centre.code)
    await tx.centre.updateMany({ where: { code: { in: codes } }, data: { sample: true, rooms: 2 } })
    const createdAt = new Date(now)
    const coaches = await tx.coach.createManyAndReturn({
      data: codes.flatMap((centreCode, at) =>
        SERVES.map((serves, nth) => {
          const name = NAMES[(at * SERVES.length + nth) % NAMES.length] ?? ''
          return {
            name: `${name} (contoh)`,
            centreCode,
            serves,
            languages: ['id', 'en'],
            sample: true,
            createdAt,
          }
        }),
      ),
      select: { id: true, centreCode: true },
    })
    await tx.coachHours.createMany({
      data: coaches.flatMap(({ id, centreCode }) =>
        WEEK.map(weekday => ({ coachId: id, centreCode, weekday, opens: 8 * 60, closes: 16 * 60 })),
      ),
    })
    return codes.length
  })
}

/** What the two sample coaches of a centre serve: together everything. */
const SERVES = [
  ['mulai_usaha', 'naik_kelas'],
  ['cari_kerja', 'mulai_usaha'],
]
const WEEK = [1, 2, 3, 4, 5]
/** Common first names; nobody in particular. */
const NAMES = [
  'Ayu',
  'Bagas',
  'Citra',
  'Dimas',
  'Eka',
  'Fajar',
  'Gita',
  'Hendra',
  'Indah',
  'Joko',
  'Kartika',
  'Lukman',
]
