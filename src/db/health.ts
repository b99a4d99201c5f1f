import type { Ages } from '../app/ports.ts'
import { UNSETTLED_SHOWN } from '../domain/booking/callOff.ts'
import { DAY } from '../lib/time.ts'
import type { Db } from './client.ts'

/** Operators see them for so long. */
export const UNREACHABLE_SHOWN = 7 * DAY

/** What waits and how long, for `/ready`, `/metrics` and alarms: messages, reminders, residents whom we owe another time. */
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
      unsettled: bigint
      unsettled_at: Date | null
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
           (SELECT count(*) FROM whatsapp_accounts WHERE locked_until > ${new Date(now)}) AS restricted,
           off.count AS unsettled, off.oldest AS unsettled_at
    FROM (SELECT count(*), min(b.updated_at) AS oldest FROM bookings b JOIN residents r ON r.id = b.resident_id
          WHERE b.status = 'cancelled' AND b.cancelled_by <> 'resident' AND b.settled_at IS NULL AND NOT b.sandbox
            AND r.restricted_at IS NULL AND b.starts_at > ${new Date(now - UNSETTLED_SHOWN)}) off`
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
    appointmentsUnsettled: count(row?.unsettled),
    oldestUnsettledMs: age(row?.unsettled_at),
  }
}
