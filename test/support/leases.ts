import { expect } from 'vitest'
import type { Db } from '../../src/db/client.ts'

/**
 * Long enough that a holder that a busy machine holds up for seconds still keeps it, short enough to wait for that: it is
 * kept every fifth of it.
 */
export const LEASE_MS = 8_000

/** Resolves when the holder of a lease has kept it once more, so that it ends later than before. */
export async function keptOnceMore(db: Db, name: string): Promise<void> {
  const end = async () => (await db.lease.findUniqueOrThrow({ where: { name } })).until.getTime()
  const before = await end()
  await expect.poll(end).toBeGreaterThan(before)
}
