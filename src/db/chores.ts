import type { Chores } from '../app/ports.ts'
import type { Db } from './client.ts'

/** Housekeeping of the path. Each is idempotent and may run in several processes at once. */
export function createChores(db: Db): Chores {
  return {
    /** What was said is erased 24 hours after it was handled or sent; that it was said stays. */
    async eraseContents(before) {
      const at = new Date(before)
      const inbound = await db.inbound.updateMany({
        where: { handledAt: { lt: at }, payload: { not: null } },
        data: { payload: null },
      })
      const outbound = await db.outbound.updateMany({
        where: { status: { not: 'waiting' }, createdAt: { lt: at }, body: { not: null } },
        data: { body: null },
      })
      // what still waits to be sent may need its file
      const files = await db.file.deleteMany({
        where: { createdAt: { lt: at }, conversation: { outbound: { none: { status: 'waiting' } } } },
      })
      const sent = await db.whatsAppSent.updateMany({
        where: { at: { lt: at }, content: { not: null } },
        data: { content: null },
      })
      const codes = await db.linkCode.deleteMany({ where: { expiresAt: { lt: at } } })
      const invitations = await db.invitation.deleteMany({ where: { expiresAt: { lt: at } } })
      const pageKeys = await db.whatsAppPageKey.deleteMany({ where: { expiresAt: { lt: at } } })
      const attempts = await db.linkAttempt.deleteMany({ where: { at: { lt: at } } })
      const reminders = await db.reminder.updateMany({
        where: { endedAt: { lt: at }, payload: { not: null } },
        data: { payload: null },
      })
      return [inbound, outbound, files, sent, codes, invitations, pageKeys, attempts, reminders].reduce(
        (sum, each) => sum + each.count,
        0,
      )
    },
    /** Identities of inbound messages are kept 14 days: no platform repeats an update after that. */
    async eraseKeys(before) {
      const at = new Date(before)
      const inbound = await db.inbound.deleteMany({
        where: { handledAt: { lt: at }, result: { not: 'set_aside' } },
      })
      const outbound = await db.outbound.deleteMany({ where: { status: 'sent', sentAt: { lt: at } } })
      const sent = await db.whatsAppSent.deleteMany({ where: { at: { lt: at } } })
      return inbound.count + outbound.count + sent.count
    },
    /** What was said by itself, and why not, is kept for operators for a while. */
    async eraseReminders(before) {
      return (await db.reminder.deleteMany({ where: { endedAt: { lt: new Date(before) } } })).count
    },
  }
}
