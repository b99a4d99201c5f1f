import type { UnreadRow } from '../app/ports.ts'
import type { Db } from './client.ts'

/**
 * Adds masked texts that were not understood. Only of conversations whose consent stands, and never of a sandbox: before
 * consent nothing a person said is kept, in whatever form. Rows are sorted, so that two processes never wait crosswise.
 */
export async function addUnread(db: Db, rows: UnreadRow[]): Promise<void> {
  if (rows.length === 0) return
  await db.$executeRaw`
    INSERT INTO unread_texts (flow, step, masked, count)
    SELECT new.flow, new.step, new.masked, sum(new.count)::int
    FROM unnest(${rows.map(r => r.conversationId)}::int[], ${rows.map(r => r.flow)}::text[],
      ${rows.map(r => r.step)}::text[], ${rows.map(r => r.masked)}::text[], ${rows.map(r => r.count)}::int[])
      AS new (conversation_id, flow, step, masked, count)
    JOIN conversations c ON c.id = new.conversation_id AND NOT c.sandbox
    WHERE EXISTS (SELECT FROM consents WHERE conversation_id = c.id AND purpose = 'data' AND answer AND withdrawn_at IS NULL)
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (flow, step, masked) DO UPDATE SET count = unread_texts.count + excluded.count`
}

/** For `npm run understand -- --report`. */
export async function readUnread(db: Db): Promise<{ text: string; step: string; count: number }[]> {
  const rows = await db.unreadText.findMany()
  return rows.map(({ flow, step, masked, count }) => ({ text: masked, step: `${flow}/${step}`, count }))
}
