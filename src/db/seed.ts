import centres from '../../prisma/seed/centres.json' with { type: 'json' }
import holidays from '../../prisma/seed/holidays.json' with { type: 'json' }
import type { Db } from './client.ts'
import { SealError, type Sealer } from './seal.ts'

/**
 * Reference data: the 44 centres and the closed days of 2026 and 2027. Only what is missing is added, so what the
 * programme has edited stays.
 */
export async function seed(db: Db): Promise<void> {
  await db.centre.createMany({ data: centres, skipDuplicates: true })
  await db.holiday.createMany({ data: holidays, skipDuplicates: true })
}

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
