import type { Ages } from '../app/ports.ts'
import type { Db } from './client.ts'

/** How long the oldest message has waited to be handled and to be sent, for `/ready`, `/metrics` and alarms. */
export async function readAges(db: Db, now: number): Promise<Ages> {
  const [row] = await db.$queryRaw<
    {
      unhandled: bigint
      unhandled_at: Date | null
      unsent: bigint
      unsent_at: Date | null
      set_aside: bigint
    }[]
  >`
    SELECT (SELECT count(*) FROM inbound WHERE handled_at IS NULL) AS unhandled,
           (SELECT min(received_at) FROM inbound WHERE handled_at IS NULL) AS unhandled_at,
           (SELECT count(*) FROM outbound WHERE status = 'waiting') AS unsent,
           (SELECT min(created_at) FROM outbound WHERE status = 'waiting') AS unsent_at,
           (SELECT count(*) FROM inbound WHERE result = 'set_aside') AS set_aside`
  const age = (at: Date | null | undefined) => (at ? Math.max(0, now - at.getTime()) : 0)
  return {
    unhandled: Number(row?.unhandled ?? 0),
    oldestUnhandledMs: age(row?.unhandled_at),
    unsent: Number(row?.unsent ?? 0),
    oldestUnsentMs: age(row?.unsent_at),
    setAside: Number(row?.set_aside ?? 0),
  }
}
