import { alarmBefore } from '../domain/privacy.ts'
import type { Requests } from '../domain/ports.ts'
import { randomNumber } from '../lib/crockford.ts'
import type { Db, Tx } from './client.ts'
import { chatDigest } from './consents.ts'
import type { Sealer } from './seal.ts'

export function requestsFor(tx: Tx, sealer: Sealer): Requests {
  return {
    async add({ kind, speaker, receivedAt, dueAt, doneAt }) {
      const row = {
        kind,
        // An erased person's receipt is evidence without a link to their chat.
        conversationId: kind === 'erase' ? null : speaker.id,
        subjectDigest: chatDigest(sealer, speaker),
        receivedAt: new Date(receivedAt),
        dueAt: new Date(dueAt),
        doneAt: doneAt === null ? null : new Date(doneAt),
      }
      for (;;) {
        const number = randomNumber('B', 6)
        const { count } = await tx.privacyRequest.createMany({
          data: [{ ...row, number }],
          skipDuplicates: true,
        })
        if (count === 1) return number
      }
    },
    async of(speaker) {
      const rows = await tx.privacyRequest.findMany({
        where: { subjectDigest: chatDigest(sealer, speaker) },
        orderBy: [{ receivedAt: 'desc' }, { kind: 'desc' }, { number: 'asc' }],
      })
      return rows.map(row => ({
        number: row.number,
        kind: row.kind,
        receivedAt: row.receivedAt.getTime(),
        dueAt: row.dueAt.getTime(),
        doneAt: row.doneAt?.getTime() ?? null,
      }))
    },
  }
}

/** For the metrics: open requests, those past the 48-hour alarm, and those past their 72 hours. */
export async function openRequests(
  db: Db,
  now: number,
): Promise<{ open: number; alarm: number; overdue: number }> {
  const [open, alarm, overdue] = await Promise.all([
    db.privacyRequest.count({ where: { doneAt: null } }),
    db.privacyRequest.count({ where: { doneAt: null, receivedAt: { lte: new Date(alarmBefore(now)) } } }),
    db.privacyRequest.count({ where: { doneAt: null, dueAt: { lte: new Date(now) } } }),
  ])
  return { open, alarm, overdue }
}
