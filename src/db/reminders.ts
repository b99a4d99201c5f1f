import { REMINDER_KINDS } from '../domain/reminderKinds.ts'
import { keyOf, planned, type ReminderKind } from '../domain/reminders.ts'
import type { NewReminder, Reminders } from '../domain/ports/reminders.ts'
import type { Tx } from './client.ts'
import type { Sealer } from './seal.ts'

/** Additional data of a sealed payload: the reminder's identity. */
export const reminderPlace = (key: string) => `reminders:${key}`

/** What still can be kept from being sent. */
const OPEN = { in: ['waiting', 'queued'] }

/** @param kinds for tests, whose kinds have every rule */
export function remindersFor<Kind extends string = keyof typeof REMINDER_KINDS>(
  tx: Tx,
  sealer: Sealer,
  kinds: Record<string, ReminderKind> = REMINDER_KINDS,
): Reminders<Kind> {
  const rowsOf = (about: About, reminders: NewReminder<Kind>[], now: number): Row[] =>
    reminders.flatMap(reminder => rowOf(sealer, kinds, { ...reminder, ...about }, now) ?? [])
  const drop = (where: object, reason: string, now: number) =>
    tx.reminder.updateMany({
      where: { ...where, status: OPEN },
      data: { status: 'dropped', reason, endedAt: new Date(now) },
    })
  return {
    plan: ({ subject, version = 1 }, reminders, now) =>
      insert(tx, rowsOf({ subject, version }, reminders, now), now),
    async replace({ subject, version }, reminders, now) {
      const keys = reminders.map(({ kind, to }) => keyOf(kind, subject, version, to))
      await drop({ subject, key: { notIn: keys } }, 'superseded', now)
      await insert(tx, rowsOf({ subject, version }, reminders, now), now)
    },
    async cancel(subject, now, only) {
      await drop({ subject, ...(only ? { kind: { in: [...only] } } : {}) }, 'cancelled', now)
    },
    async of(subject) {
      const rows = await tx.$queryRaw<Planned[]>`
        SELECT r.id, r.kind, r.version, r.status, r.reason, r.due_at, clock_offset_of(r.resident_id, r.staff_id, r.conversation_id) AS offset_ms
        FROM reminders r WHERE r.subject = ${subject} ORDER BY r.due_at, r.id`
      return rows.map(({ id, due_at, offset_ms, ...row }) => ({
        ...row,
        id: String(id),
        dueAt: due_at.getTime() + Number(offset_ms),
      }))
    },
  }
}

interface Planned {
  id: bigint
  kind: string
  version: number
  status: string
  reason: string | null
  due_at: Date
  offset_ms: bigint
}

interface About {
  subject: string
  version: number
}

interface Row extends About, Pick<ReminderKind, 'purpose' | 'consent' | 'quiet'> {
  kind: string
  key: string
  resident: string | null
  staff: string | null
  conversation: number | null
  payload: Uint8Array<ArrayBuffer> | null
  dueAt: number
  expiresAt: number | null
}

function rowOf(
  sealer: Sealer,
  kinds: Record<string, ReminderKind>,
  reminder: NewReminder<string> & About,
  now: number,
): Row | undefined {
  const { subject, version, to, values } = reminder
  const kind = kinds[reminder.kind]
  if (!kind) throw new Error(`There is no kind of reminder ${reminder.kind}.`)
  const moment = planned(kind, reminder, now)
  if (!moment) return undefined
  const { purpose, consent, quiet } = kind
  const key = keyOf(reminder.kind, subject, version, to)
  return {
    ...{ kind: reminder.kind, key, subject, version, purpose, consent, quiet, ...moment },
    resident: 'resident' in to ? to.resident : null,
    staff: 'staff' in to ? to.staff : null,
    conversation: 'conversation' in to ? to.conversation : null,
    payload: values ? sealer.seal(reminderPlace(key), JSON.stringify(values)) : null,
  }
}

/** Their times are on the clock of who hears them: that of the chat page is an offset on its conversation. */
async function insert(tx: Tx, rows: Row[], now: number): Promise<number> {
  if (rows.length === 0) return 0
  const of = <K extends keyof Row>(name: K) => rows.map(row => row[name])
  const times = (name: 'dueAt' | 'expiresAt') =>
    rows.map(row => (row[name] === null ? null : new Date(row[name])))
  return tx.$executeRaw`
    INSERT INTO reminders (kind, key, subject, version, resident_id, staff_id, conversation_id, payload, purpose,
      consent, quiet, due_at, expires_at, created_at)
    SELECT new.kind, new.key, new.subject, new.version, new.resident, new.staff, new.conversation, new.payload,
      new.purpose, new.consent, new.quiet, new.due_at - own.clock, new.expires_at - own.clock, ${new Date(now)}
    FROM unnest(${of('kind')}::text[], ${of('key')}::text[], ${of('subject')}::text[], ${of('version')}::int[],
                ${of('resident')}::uuid[], ${of('staff')}::uuid[], ${of('conversation')}::int[],
                ${of('payload')}::bytea[], ${of('purpose')}::text[], ${of('consent')}::boolean[],
                ${of('quiet')}::text[], ${times('dueAt')}::timestamptz[], ${times('expiresAt')}::timestamptz[])
         WITH ORDINALITY AS new (kind, key, subject, version, resident, staff, conversation, payload, purpose, consent,
                 quiet, due_at, expires_at, n)
    CROSS JOIN LATERAL (
      SELECT clock_offset_of(new.resident, new.staff, new.conversation) * interval '1 millisecond' AS clock) own
    ORDER BY new.n
    ON CONFLICT (key) DO NOTHING`
}
