import { randomUUID } from 'node:crypto'
import type { Lease } from '../channels/channel.ts'
import { SECOND } from '../lib/time.ts'
import type { Db } from './client.ts'

/** After kill -9 of its holder the next one waits at most so long. */
const LEASE_MS = 15 * SECOND

/** One row for each lease; ends are judged by the database's clock, so that processes with different clocks agree. */
export function createLease(db: Db, name: string, ms = LEASE_MS): Lease {
  const holder = randomUUID()
  return {
    ms,
    async tryTake() {
      const taken = await db.$executeRaw`
        INSERT INTO leases (name, holder, until) VALUES (${name}, ${holder}::uuid, now() + ${ms} * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
        WHERE leases.holder = excluded.holder OR leases.until < now()`
      return taken > 0
    },
    async keep() {
      const kept = await db.$executeRaw`
        UPDATE leases SET until = now() + ${ms} * interval '1 millisecond'
        WHERE name = ${name} AND holder = ${holder}::uuid AND until >= now()`
      return kept > 0
    },
    async release() {
      await db.$executeRaw`DELETE FROM leases WHERE name = ${name} AND holder = ${holder}::uuid`
    },
  }
}
