import type { Erasure } from '../domain/ports.ts'
import { newState } from '../engine/state.ts'
import type { Tx } from './client.ts'
import { chatDigest, residentDigest } from './consents.ts'
import { Prisma } from './generated/client.ts'
import type { Sealer } from './seal.ts'
import { statePlace } from './saveTurns.ts'

/** The one place that erases; what it does to each column is listed and tested in `test/support/inventory.ts`. */
export function erasureFor(tx: Tx, sealer: Sealer): Erasure {
  return {
    messages: (speaker, currentInbound) => forgetMessages(tx, speaker.id, currentInbound),
    async resident(id, at) {
      const links = await tx.conversationResident.findMany({ where: { residentId: id } })
      await dropReminders(tx, Prisma.sql`r.resident_id = ${id}::uuid`)
      await tx.consent.updateMany({
        where: { residentId: id },
        data: { residentId: null, conversationId: null, inboundId: null },
      })
      await bury(tx, residentDigest(sealer, id), at)
      // Answers, links and tickets go with the row.
      await tx.resident.delete({ where: { id } })
      for (const { conversationId } of links) {
        await forgetMessages(tx, conversationId)
        await forgetState(tx, sealer, conversationId)
      }
    },
    async chat(speaker, at) {
      const where = { conversationId: speaker.id }
      await tx.ticket.deleteMany({ where })
      await tx.consent.updateMany({ where, data: { conversationId: null, inboundId: null } })
      await tx.privacyRequest.updateMany({ where, data: { conversationId: null } })
      await bury(tx, chatDigest(sealer, speaker), at)
    },
  }
}

/**
 * Handled messages and what was or would be sent. Rows that wait for a resident who stays (a reminder) are kept, and so
 * are messages that came after the current one: they are answered first.
 */
async function forgetMessages(tx: Tx, conversationId: number, current?: bigint): Promise<void> {
  await tx.inbound.updateMany({
    where: {
      conversationId,
      payload: { not: null },
      OR: [{ handledAt: { not: null } }, ...(current === undefined ? [] : [{ id: { lte: current } }])],
    },
    data: { payload: null },
  })
  await tx.outbound.updateMany({
    where: { conversationId, status: 'waiting', reminderId: null },
    data: { status: 'dropped', reason: 'erased' },
  })
  await tx.outbound.updateMany({
    where: { conversationId, status: { not: 'waiting' } },
    data: { body: null },
  })
  await tx.$executeRaw`
    UPDATE whatsapp_sent s SET content = NULL FROM conversations c
    WHERE c.id = ${conversationId} AND s.account = c.account AND s.address = c.address`
  await dropReminders(tx, Prisma.sql`r.conversation_id = ${conversationId}`)
  await tx.conversation.updateMany({
    where: { id: conversationId },
    data: { heldBy: null, heldTicket: null, heldUntil: null },
  })
  await tx.timer.deleteMany({ where: { conversationId } })
  await tx.file.deleteMany({ where: { conversationId } })
}

/** What reminders said or were about to say. */
async function dropReminders(tx: Tx, whose: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    UPDATE outbound o SET body = NULL,
      status = CASE WHEN o.status = 'waiting' THEN 'dropped' ELSE o.status END,
      reason = CASE WHEN o.status = 'waiting' THEN 'erased' ELSE o.reason END
    FROM reminders r WHERE ${whose} AND o.reminder_id = r.id`
  await tx.$executeRaw`
    UPDATE inbound i SET payload = NULL FROM reminders r
    WHERE ${whose} AND r.via_id = i.conversation_id AND i.kind = 'notice'
      AND i.external_id LIKE 'reminder:' || r.id || ':%'`
  await tx.$executeRaw`DELETE FROM reminders r WHERE ${whose}`
}

async function bury(tx: Tx, subjectDigest: string, at: number): Promise<void> {
  const erasedAt = new Date(at)
  await tx.tombstone.upsert({
    where: { subjectDigest },
    create: { subjectDigest, erasedAt },
    update: { erasedAt },
  })
}

/** Answers under way. In the chat that is speaking, the turn saves its own state after this. */
async function forgetState(tx: Tx, sealer: Sealer, id: number): Promise<void> {
  const { language } = await tx.conversation.findUniqueOrThrow({ where: { id }, select: { language: true } })
  const bare = newState(language === 'en' ? 'en' : 'id')
  await tx.conversation.update({
    where: { id },
    data: {
      state: sealer.seal(statePlace(id), JSON.stringify(bare)),
      flow: null,
      flowVersion: null,
      step: null,
    },
  })
}
