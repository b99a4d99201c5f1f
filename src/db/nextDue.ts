import type { Db } from './client.ts'

/**
 * When the next timer or reminder of an account's chats is due, epoch ms; undefined: nothing is planned. For players, which
 * move a clock to that moment instead of waiting for it.
 */
export async function nextDue(db: Db, account: string): Promise<number | undefined> {
  const [row] = await db.$queryRaw<{ due: Date | null }[]>`
    WITH chats AS (SELECT id FROM conversations WHERE account = ${account})
    SELECT least(
      (SELECT min(due_at) FROM timers WHERE conversation_id IN (SELECT id FROM chats)),
      (SELECT min(r.due_at) FROM reminders r WHERE r.status = 'waiting' AND (
        r.conversation_id IN (SELECT id FROM chats) OR r.resident_id IN (
          SELECT resident_id FROM conversation_residents WHERE conversation_id IN (SELECT id FROM chats))
        OR r.staff_id IN (SELECT staff_id FROM staff_chats WHERE conversation_id IN (SELECT id FROM chats)))
      )) AS due`
  return row?.due?.getTime()
}
