import centres from '../../prisma/seed/centres.json' with { type: 'json' }
import holidays from '../../prisma/seed/holidays.json' with { type: 'json' }
import type { Db } from './client.ts'
import { SealError, type Sealer } from './seal.ts'

/**
 * Reference data: the 44 centres with usual office hours, the closed days of 2026 and 2027 and their Ramadan. Only what is
 * missing is added, so what the programme has edited stays. @returns whether the database was empty before
 */
export async function seed(db: Db): Promise<boolean> {
  const added = await db.centre.createManyAndReturn({
    data: centres,
    skipDuplicates: true,
    select: { code: true },
  })
  await db.centreHours.createMany({
    data: added.flatMap(({ code }) => OFFICE_HOURS.map(hours => ({ ...hours, centreCode: code }))),
  })
  await db.holiday.createMany({ data: holidays, skipDuplicates: true })
  await db.ramadan.createMany({ data: RAMADAN, skipDuplicates: true })
  return added.length === centres.length
}

const clock = (hour: number) => hour * 60
const morningAndAfternoon = (weekday: number, noon: number) => [
  { weekday, opens: clock(8), closes: clock(noon) },
  { weekday, opens: clock(13), closes: clock(16) },
]
/** Monday to Friday, with the noon break, on Fridays the longer one. */
const OFFICE_HOURS = [
  ...[1, 2, 3, 4].flatMap(weekday => morningAndAfternoon(weekday, 12)),
  ...morningAndAfternoon(5, 11),
]

/** The eve of the first fasting day is announced late: an administrator corrects it. */
const RAMADAN = [
  { firstDay: '2026-02-19', lastDay: '2026-03-20' },
  { firstDay: '2027-02-08', lastDay: '2027-03-09' },
]

const KEY = 'secret_key_check'
const PLACE = `settings:${KEY}`

/** The database was written under another SECRET_KEY. */
export class WrongKeyError extends Error {
  constructor() {
    super(
      'SECRET_KEY: this database was written under another key, so its data cannot be read. ' +
        'Expected the key it was first started with (see DATA_DIR/secret.key, or your backup of it).',
    )
  }
}

/** Refuses at start what would otherwise fail at every message. @throws WrongKeyError */
export async function checkKey(db: Db, sealer: Sealer): Promise<void> {
  await db.setting.createMany({ data: [{ key: KEY, value: sealer.seal(PLACE, KEY) }], skipDuplicates: true })
  const row = await db.setting.findUniqueOrThrow({ where: { key: KEY } })
  try {
    sealer.open(PLACE, row.value)
  } catch (error) {
    throw error instanceof SealError ? new WrongKeyError() : error
  }
}
