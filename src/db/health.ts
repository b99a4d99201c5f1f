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
      restricted: bigint
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
            WHERE status = 'unreachable' AND ended_at > ${new Date(now - UNREACHABLE_SHOWN)}) AS unreachable,
           (SELECT count(*) FROM whatsapp_accounts WHERE locked_until > ${new Date(now)}) AS restricted`
  const age = (at: Date | null | undefined) => (at ? Math.max(0, now - at.getTime()) : 0)
  const count = (rows: bigint | undefined) => Number(rows ?? 0)
  return {
    unhandled: count(row?.unhandled),
    oldestUnhandledMs: age(row?.unhandled_at),
    unsent: count(row?.unsent),
    oldestUnsentMs: age(row?.unsent_at),
    setAside: count(row?.set_aside),
    remindersDue: count(row?.reminders),
    oldestReminderMs: age(row?.reminder_at),
    remindersUnreachable: count(row?.unreachable),
    restrictedAccounts: count(row?.restricted),
  }
}
