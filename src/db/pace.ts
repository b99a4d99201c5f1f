import type { Tx } from './client.ts'

/** What has not been used for a moment may follow at once, so that a late pass on a busy machine costs no rate. */
const BURST_MS = 500

/**
 * How many may go now. Holds the account's row until the transaction ends, so that processes share one allowance; times
 * are the database's. undefined: another process is taking right now.
 */
export async function allowance(
  tx: Tx,
  account: string,
  perSecond: number,
): Promise<{ free: number; pauseMs: number } | undefined> {
  await tx.$executeRaw`INSERT INTO paces (account, free_at) VALUES (${account}, now()) ON CONFLICT DO NOTHING`
  const [row] = await tx.$queryRaw<{ unused_ms: number }[]>`
    SELECT (extract(epoch FROM clock_timestamp() - free_at) * 1000)::double precision AS unused_ms
    FROM paces WHERE account = ${account} FOR UPDATE SKIP LOCKED`
  if (!row) return undefined
  const each = 1000 / perSecond
  const unused = Math.min(row.unused_ms, Math.max(BURST_MS, each))
  const free = Math.max(0, Math.floor(unused / each))
  return { free, pauseMs: Math.max(1, each - unused) }
}

/** Uses the allowance up by so many. */
export async function usePace(tx: Tx, account: string, count: number, perSecond: number): Promise<void> {
  const each = 1000 / perSecond
  await tx.$executeRaw`
    UPDATE paces SET free_at = greatest(free_at, clock_timestamp() - ${Math.max(BURST_MS, each)} * interval '1 millisecond')
      + ${count * each} * interval '1 millisecond'
    WHERE account = ${account}`
}
