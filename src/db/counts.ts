import type { CountRow } from '../app/ports.ts'
import type { Db } from './client.ts'

/** Adds step counts. Rows are sorted so that two processes never wait for each other crosswise. */
export async function addCounts(db: Db, rows: CountRow[]): Promise<void> {
  if (rows.length === 0) return
  const key = (r: CountRow) => [r.day, r.flow, r.version, r.step, r.event].join('\n')
  const sorted = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  await db.$executeRaw`
    INSERT INTO step_counts (day, flow, version, step, event, count)
    SELECT * FROM unnest(${sorted.map(r => r.day)}::text[], ${sorted.map(r => r.flow)}::text[],
      ${sorted.map(r => r.version)}::int[], ${sorted.map(r => r.step)}::text[], ${sorted.map(r => r.event)}::text[],
      ${sorted.map(r => r.count)}::int[])
    ON CONFLICT (day, flow, version, step, event) DO UPDATE SET count = step_counts.count + excluded.count`
}
