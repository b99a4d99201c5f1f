import { timingSafeEqual } from 'node:crypto'
import type { Links } from '../domain/ports.ts'
import { randomNumber } from '../lib/crockford.ts'
import type { Tx } from './client.ts'
import type { Sealer } from './seal.ts'

/**
 * Codes lie as keyed digests: reading the database gives none, and how long a search takes says nothing of how near a
 * guess was.
 */
export function linksFor(tx: Tx, sealer: Sealer): Links {
  const digestOf = (code: string) => sealer.digest('link', code)
  return {
    async make(conversationId, residentId, { now, until }) {
      await tx.linkCode.deleteMany({ where: { conversationId } })
      const row = { conversationId, residentId, createdAt: new Date(now), expiresAt: new Date(until) }
      for (;;) {
        const code = randomNumber('H', 6)
        const { count } = await tx.linkCode.createMany({
          data: [{ digest: digestOf(code), ...row }],
          skipDuplicates: true,
        })
        if (count === 1) return code
      }
    },
    async find(code, now) {
      const digest = digestOf(code)
      // two chats that type the same code at once: the second finds it gone
      const [row] = await tx.$queryRaw<Found[]>`
        SELECT l.digest, l.conversation_id, l.resident_id, l.expires_at, c.sandbox
        FROM link_codes l JOIN conversations c ON c.id = l.conversation_id
        WHERE l.digest = ${digest} FOR UPDATE OF l`
      if (!row || !timingSafeEqual(Buffer.from(row.digest), Buffer.from(digest))) return undefined
      if (row.expires_at.getTime() < now) return undefined
      return { conversationId: row.conversation_id, residentId: row.resident_id, sandbox: row.sandbox }
    },
    async end(code) {
      await tx.linkCode.deleteMany({ where: { digest: digestOf(code) } })
    },
    async note(kind, conversationId, now) {
      await tx.linkAttempt.createMany({ data: [{ conversationId, kind, at: new Date(now) }] })
    },
    count: (kind, since, conversationId) =>
      tx.linkAttempt.count({
        where: { kind, at: { gt: new Date(since) }, ...(conversationId ? { conversationId } : {}) },
      }),
  }
}

interface Found {
  digest: string
  conversation_id: number
  resident_id: string
  expires_at: Date
  sandbox: boolean
}
