import type { Ages } from '../app/ports.ts'
import { DAY } from '../lib/time.ts'
import type { Db } from './client.ts'

/** Operators see them for so long. */
export const UNREACHABLE_SHOWN = 7 * DAY

/** How long the oldest message has waited to be handled and to be sent, for `/ready`, `/metrics` and alarms. */
export async function readAges(db: Db, now: number): Promise<Ages> {
  const [row] = await db.$queryRaw<
    {
      unhandled: bigint
      unhandled_at: Date | null
      unsent: bigint
      unsent_at: Date | null
      set_aside: bigint
      reminders: bigint
      reminder_at: Date | null
      unreachable: bigint
    }[]
  >`
    SELECT (SELECT count(*) FROM inbound WHERE handled_at IS NULL) AS unhandled,
           (SELECT min(received_at) FROM inbound WHERE handled_at IS NULL) AS unhandled_at,
           (SELECT count(*) FROM outbound WHERE status = 'waiting') AS unsent,
           (SELECT min(created_at) FROM outbound WHERE status = 'waiting') AS unsent_at,
           (SELECT count(*) FROM inbound WHERE result = 'set_aside') AS set_aside,
           (SELECT count(*) FROM reminders WHERE status = 'waiting' AND due_at <= ${new Date(now)}) AS reminders,
           (SELECT min(due_at) FROM reminders WHERE status = 'waiting') AS reminder_at,
           (SELECT count(*) FROM reminders
            WHERE status = 'unreachable' AND ended_at > ${new Date(now - UNREACHABLE_SHOWN)}) AS unreachable`
  const age = (at: Date | null | undefined) => (at ? Math.max(0, now - at.getTime()) : 0)
  return {
    unhandled: Number(row?.unhandled ?? 0),
    oldestUnhandledMs: age(row?.unhandled_at),
    unsent: Number(row?.unsent ?? 0),
    oldestUnsentMs: age(row?.unsent_at),
    setAside: Number(row?.set_aside ?? 0),
    remindersDue: Number(row?.reminders ?? 0),
    oldestReminderMs: age(row?.reminder_at),
    remindersUnreachable: Number(row?.unreachable ?? 0),
  }
}
