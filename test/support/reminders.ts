import type { Db } from '../../src/db/client.ts'
import { remindersFor } from '../../src/db/reminders.ts'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import type { Sealer } from '../../src/db/seal.ts'
import type { ReminderKind } from '../../src/domain/reminders.ts'
import { HOUR } from '../../src/lib/time.ts'

/** Kinds with every rule, whatever kinds the programme has. Said by the notice flow `ticket_answer`. */
export const TEST_KINDS = {
  /** Like the reminder of an appointment. */
  ahead: kind({ consent: true, quiet: 'drop', late: 2 * HOUR }),
  /** Like news about an appointment. */
  news: kind({ consent: false, quiet: 'morning', late: 12 * HOUR }),
  /** Like a message that somebody waits for. */
  answer: kind({ consent: false, quiet: 'always', late: null }),
  many: kind({ consent: true, quiet: 'morning', late: HOUR, purpose: 'bulk' }),
}
export type TestKind = keyof typeof TEST_KINDS

function kind(rules: Pick<ReminderKind, 'consent' | 'quiet' | 'late'> & Partial<ReminderKind>): ReminderKind {
  return { title: 'percobaan', flow: 'ticket_answer', purpose: 'reminder', ...rules }
}

let subjects = 0

/** A reminder to a resident that is on its way in a chat, as the pass and a turn leave it. */
export async function onItsWay(
  { db, sealer }: { db: Db; sealer: Sealer },
  chat: { id: number; account: string },
  reminder: { resident: string; kind?: TestKind; text: string; now: number },
): Promise<bigint> {
  const { resident, kind = 'ahead', text, now } = reminder
  const subject = `test:${++subjects}`
  await db.$transaction(tx =>
    remindersFor<TestKind>(tx, sealer, TEST_KINDS).plan(
      { subject },
      [{ kind, to: { resident }, dueAt: now }],
      now,
    ),
  )
  const { id } = await db.reminder.findFirstOrThrow({ where: { subject } })
  await db.reminder.update({ where: { id }, data: { status: 'queued', viaId: chat.id, tries: 1 } })
  await db.outbound.create({
    data: {
      ...{ conversationId: chat.id, account: chat.account, purpose: 'reminder', reminderId: id },
      body: sealer.seal(bodyPlace(chat.id), JSON.stringify({ text: [text] })),
      createdAt: new Date(now),
    },
  })
  return id
}
