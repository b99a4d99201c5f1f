import { createHash } from 'node:crypto'
import type { ConsentPurpose, Consents } from '../domain/ports.ts'
import type { Speaker } from '../domain/people.ts'
import type { Tx } from './client.ts'
import type { Sealer } from './seal.ts'

/** Names a chat in evidence that outlives it: without the key nobody can tell whose it was. */
export const chatDigest = (sealer: Sealer, chat: Pick<Speaker, 'account' | 'address'>) =>
  sealer.digest('subject', `chat:${chat.account}:${chat.address}`)

export const residentDigest = (sealer: Sealer, id: string) => sealer.digest('subject', `resident:${id}`)

const textHash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

export function consentsFor(tx: Tx, sealer: Sealer): Consents {
  return {
    async record({ speaker, inboundId, purpose, answer, text }, residentId, now) {
      const at = new Date(now)
      const sha256 = textHash(text)
      await tx.consentText.createMany({
        data: [{ sha256, purpose, text, firstAt: at }],
        skipDuplicates: true,
      })
      await tx.consent.create({
        data: {
          conversationId: speaker.id,
          residentId,
          subjectDigest: chatDigest(sealer, speaker),
          purpose,
          answer,
          textSha256: sha256,
          channel: speaker.channel,
          inboundId,
          at,
        },
      })
    },
    async pending(conversationId) {
      const rows = await tx.consent.findMany({
        where: { conversationId, residentId: null, withdrawnAt: null },
        orderBy: { id: 'asc' },
      })
      return Object.fromEntries(rows.map(row => [row.purpose as ConsentPurpose, row.answer]))
    },
    async claim(conversationId, residentId) {
      await tx.consent.updateMany({ where: { conversationId, residentId: null }, data: { residentId } })
    },
    async of(residentId) {
      const rows = await tx.consent.findMany({
        where: { residentId },
        orderBy: { id: 'asc' },
        include: { text: true },
      })
      return rows.map(row => ({
        purpose: row.purpose,
        answer: row.answer,
        at: row.at.getTime(),
        withdrawnAt: row.withdrawnAt?.getTime() ?? null,
        channel: row.channel,
        textSha256: row.textSha256,
        text: row.text.text,
      }))
    },
    async withdraw(residentId, at) {
      await tx.consent.updateMany({
        where: { residentId, withdrawnAt: null, answer: true },
        data: { withdrawnAt: new Date(at) },
      })
    },
  }
}
