import { newState } from '../engine/state.ts'
import type { Db, Tx } from './client.ts'
import { chatDigest } from './consents.ts'
import { Prisma } from './generated/client.ts'
import { bodyPlace, statePlace } from './saveTurns.ts'
import { filePlace } from './files.ts'
import type { Sealer } from './seal.ts'

/** Both addresses are of the same person: everything of `from` goes to `into`. */
export interface Join {
  account: string
  from: string
  into: string
  /** Epoch ms. */
  at: number
}

/**
 * Whoever changes which addresses are whose stands alone; whoever only uses them stands together (`use`). So no message
 * comes in for an address in the moment it is joined to another. Until the transaction ends.
 */
export async function lockAddresses(tx: Tx, account: string, how: 'use' | 'change'): Promise<void> {
  const key = `addresses of ${account}`
  await (how === 'use'
    ? tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${key}, 0))`
    : tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
}

/** Where a chat is that was joined to another. */
export async function currentAddress(db: Db | Tx, account: string, address: string): Promise<string> {
  const row = await db.movedChat.findUnique({ where: { account_address: { account, address } } })
  return row?.current ?? address
}

interface Chat {
  id: number
  address: string
  channel: string
  state: Uint8Array | null
  flow: string | null
  flow_version: number | null
  step: string | null
  language: string
  created_at: Date
  active_at: Date | null
}

/**
 * One conversation out of two: messages in their order, what waits to be sent, tickets, consents, people. The state is
 * that of the one with an open question, of two such the one that was spoken in last. The caller holds
 * `lockAddresses(…, 'change')`.
 */
export async function joinChats(tx: Tx, sealer: Sealer, join: Join): Promise<void> {
  const { account, from, into } = join
  // waits for turns and doors that hold one of them
  const chats = await tx.$queryRaw<Chat[]>`
    SELECT id, address, channel, state, flow, flow_version, step, language, created_at, active_at FROM conversations
    WHERE account = ${account} AND address IN (${from}, ${into}) ORDER BY id FOR UPDATE`
  await tx.movedChat.updateMany({ where: { account, current: from }, data: { current: into } })
  await tx.movedChat.create({ data: { account, address: from, current: into, at: new Date(join.at) } })
  await tx.whatsAppSent.updateMany({ where: { account, address: from }, data: { address: into } })
  const gone = chats.find(chat => chat.address === from)
  if (!gone) return
  await moveEvidence(tx, sealer, join, gone.channel)
  const kept = chats.find(chat => chat.address === into)
  if (!kept) {
    await tx.conversation.update({ where: { id: gone.id }, data: { address: into } })
    return
  }
  const [winner, loser] = goesOn(gone, kept) ? [gone, kept] : [kept, gone]
  const residentId = await activeResident(tx, winner, loser)
  await moveState(tx, sealer, { winner, loser, kept })
  await moveSealed(tx, sealer, gone.id, kept.id)
  await moveRows(tx, gone.id, kept.id)
  if (residentId !== undefined)
    await tx.conversationResident.update({
      where: { conversationId_residentId: { conversationId: kept.id, residentId } },
      data: { active: true },
    })
  await tx.conversation.delete({ where: { id: gone.id } })
}

/** Consents and requests are found by the digest of their chat. */
async function moveEvidence(tx: Tx, sealer: Sealer, { account, from, into }: Join, channel: string) {
  const chat = { id: 0, channel, account, sandbox: false }
  const where = { subjectDigest: chatDigest(sealer, { ...chat, address: from }) }
  const data = { subjectDigest: chatDigest(sealer, { ...chat, address: into }) }
  await tx.consent.updateMany({ where, data })
  await tx.privacyRequest.updateMany({ where, data })
}

const later = (a: Chat, b: Chat) => (a.active_at?.getTime() ?? 0) > (b.active_at?.getTime() ?? 0)

/** Whether the first one's state goes on rather than the second one's. */
const goesOn = (a: Chat, b: Chat) => ((a.flow !== null) === (b.flow !== null) ? later(a, b) : a.flow !== null)

async function moveState(
  tx: Tx,
  sealer: Sealer,
  { winner, loser, kept }: { winner: Chat; loser: Chat; kept: Chat },
): Promise<void> {
  const state = winner.state && sealer.tryOpen(statePlace(winner.id), winner.state)
  const language = winner.language === 'en' ? 'en' : 'id'
  await tx.timer.deleteMany({ where: { conversationId: loser.id } })
  await tx.conversation.update({
    where: { id: kept.id },
    data: {
      state: sealer.seal(statePlace(kept.id), state ?? JSON.stringify(newState(language))),
      ...{ language, flow: winner.flow, flowVersion: winner.flow_version, step: winner.step },
      activeAt: later(winner, loser) ? winner.active_at : loser.active_at,
      createdAt: winner.created_at < loser.created_at ? winner.created_at : loser.created_at,
    },
  })
}

/** Both chats may speak for the same person; at most one is active, that of the winner first. */
async function activeResident(tx: Tx, winner: Chat, loser: Chat): Promise<string | undefined> {
  const where = { conversationId: { in: [winner.id, loser.id] }, active: true }
  const links = await tx.conversationResident.findMany({ where })
  await tx.conversationResident.updateMany({ where, data: { active: false } })
  return (links.find(link => link.conversationId === winner.id) ?? links[0])?.residentId
}

/** What is sealed to its conversation is sealed anew. */
async function moveSealed(tx: Tx, sealer: Sealer, gone: number, kept: number): Promise<void> {
  const reseal = (placeOf: (id: number) => string, bytes: Uint8Array) =>
    sealer.sealBytes(placeOf(kept), sealer.openBytes(placeOf(gone), bytes))
  for (const row of await tx.outbound.findMany({ where: { conversationId: gone, body: { not: null } } }))
    if (row.body)
      await tx.outbound.update({ where: { id: row.id }, data: { body: reseal(bodyPlace, row.body) } })
  for (const row of await tx.file.findMany({ where: { conversationId: gone } }))
    await tx.file.update({ where: { id: row.id }, data: { bytes: reseal(filePlace, row.bytes) } })
}

interface Reference {
  table: string
  column: string
  /** The other columns of unique keys that the column is part of. */
  beside: string[] | null
}

/** Whatever points to the conversation follows it, by the database's own list; where both have the same, one is enough. */
async function moveRows(tx: Tx, gone: number, kept: number): Promise<void> {
  const references = await tx.$queryRaw<Reference[]>`
    SELECT c.conrelid::regclass::text AS table, a.attname AS column,
      (SELECT array_agg(b.attname::text) FROM pg_index i JOIN pg_attribute b ON b.attrelid = i.indrelid AND b.attnum = ANY(i.indkey)
       WHERE i.indrelid = c.conrelid AND i.indisunique AND i.indpred IS NULL AND a.attnum = ANY(i.indkey)
         AND b.attnum <> a.attnum) AS beside
    FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND c.confrelid = 'conversations'::regclass ORDER BY 1, 2`
  for (const { table, column, beside } of references) {
    const [t, c] = [Prisma.raw(table), Prisma.raw(`"${column}"`)]
    if (beside) {
      const same = Prisma.raw(beside.map(name => `k."${name}" = g."${name}"`).join(' AND '))
      await tx.$executeRaw`DELETE FROM ${t} g USING ${t} k WHERE g.${c} = ${gone} AND k.${c} = ${kept} AND ${same}`
    }
    await tx.$executeRaw`UPDATE ${t} SET ${c} = ${kept} WHERE ${c} = ${gone}`
  }
}
