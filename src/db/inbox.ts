import type { Inbox } from '../app/ports.ts'
import type { Received } from '../channels/channel.ts'
import type { Incoming } from '../engine/types.ts'
import { wellFormed } from '../lib/text.ts'
import type { Db, Tx } from './client.ts'
import { isTransient } from './errors.ts'
import { lockAddresses } from './joinChats.ts'
import type { Sealer } from './seal.ts'

/** Additional data of a sealed payload: the message's identity, so that payloads cannot be swapped. */
export const payloadPlace = (account: string, externalId: string) => `inbound:${account}:${externalId}`

/** What people send and are answered for. */
const FROM_PEOPLE: Incoming['kind'][] = ['text', 'tap', 'contact', 'location', 'media']

/**
 * The door. It only inserts: an update of a conversation would wait behind the turn that holds it.
 * Conversations are inserted in key order, else two doors deadlock on each other's new rows.
 */
export function createInbox(db: Db, sealer: Sealer): Inbox {
  return {
    async accept(batch, receivedAt) {
      if (batch.length === 0) return 0
      try {
        return await store(db, sealer, batch, receivedAt)
      } catch (error) {
        if (isTransient(error)) throw error
        return acceptSingly(db, sealer, batch, receivedAt)
      }
    },
    async unanswered(account, { from, to }, limit) {
      const rows = await db.$queryRaw<{ address: string }[]>`
        SELECT c.address FROM inbound i JOIN conversations c ON c.id = i.conversation_id
        WHERE i.handled_at IS NULL AND c.account = ${account} AND i.kind = ANY(${FROM_PEOPLE}::text[])
          AND i.received_at BETWEEN ${new Date(from)} AND ${new Date(to)}
        GROUP BY c.address ORDER BY min(i.id) LIMIT ${limit}`
      return rows.map(row => row.address)
    },
  }
}

/** A batch that cannot be stored goes row by row: one person's message must never stop the poll for all. */
async function acceptSingly(db: Db, sealer: Sealer, batch: Received[], receivedAt: number): Promise<number> {
  let stored = 0
  for (const one of batch) {
    try {
      stored += await store(db, sealer, [one], receivedAt)
    } catch (error) {
      if (isTransient(error)) throw error
      stored += await store(db, sealer, [unreadable(one, receivedAt)], receivedAt)
    }
  }
  return stored
}

/** What is left of a row that cannot be stored: that somebody wrote, in a form that always can. */
const unreadable = (one: Received, receivedAt: number): Received => ({
  ...one,
  address: wellFormed(one.address),
  externalId: wellFormed(one.externalId),
  sentAt: receivedAt,
  incoming: { kind: 'unreadable' },
})

/** One commit for the batch. Only where addresses can move does it take more than one statement. */
function store(db: Db, sealer: Sealer, batch: Received[], receivedAt: number): Promise<number> {
  if (!batch.some(isMovable)) return insert(db, sealer, batch, receivedAt)
  return db.$transaction(async tx => insert(tx, sealer, await whereTheyAre(tx, batch), receivedAt))
}

/**
 * A single statement, for each more would wait for a breath of a busy process. It cannot see a conversation that another
 * door makes in the same moment: then fewer are known than were asked for, and a second look finds it.
 */
async function insert(db: Db | Tx, sealer: Sealer, batch: Received[], receivedAt: number): Promise<number> {
  const at = new Date(receivedAt)
  const chats = [...new Map(batch.map(r => [`${r.account}\n${r.address}`, r])).values()].sort(byKey)
  const payloads = batch.map(r =>
    sealer.seal(payloadPlace(r.account, r.externalId), JSON.stringify(r.incoming)),
  )
  let fresh = 0
  for (let known = 0; known < chats.length;) {
    const [row] = await db.$queryRaw<[{ known: number; fresh: number }]>`
      WITH asked AS (
        SELECT * FROM unnest(${chats.map(r => r.channel)}::text[], ${chats.map(r => r.account)}::text[],
                             ${chats.map(r => r.address)}::text[], ${chats.map(r => r.sandbox ?? false)}::boolean[])
                      WITH ORDINALITY AS asked (channel, account, address, sandbox, n)),
      made AS (
        INSERT INTO conversations (channel, account, address, sandbox, created_at)
        SELECT channel, account, address, sandbox, ${at} FROM asked ORDER BY n
        ON CONFLICT (account, address) DO NOTHING RETURNING id, account, address),
      known AS (
        SELECT * FROM made UNION ALL
        SELECT c.id, c.account, c.address FROM conversations c JOIN asked USING (account, address)),
      stored AS (
        INSERT INTO inbound (conversation_id, account, external_id, kind, payload, sent_at, received_at)
        SELECT known.id, new.account, new.external_id, new.kind, new.payload, new.sent_at, ${at}
        FROM unnest(${batch.map(r => r.account)}::text[], ${batch.map(r => r.address)}::text[],
                    ${batch.map(r => r.externalId)}::text[], ${batch.map(r => r.incoming.kind)}::text[],
                    ${payloads}::bytea[], ${batch.map(r => new Date(r.sentAt))}::timestamptz[])
             WITH ORDINALITY AS new (account, address, external_id, kind, payload, sent_at, n)
        JOIN known USING (account, address)
        ORDER BY new.n
        ON CONFLICT (account, external_id) DO NOTHING RETURNING id)
      SELECT (SELECT count(*)::int FROM known) AS known, (SELECT count(*)::int FROM stored) AS fresh`
    known = row.known
    fresh += row.fresh
  }
  return fresh
}

const isMovable = ({ channel }: Received) => channel === 'whatsapp'

/** WhatsApp may learn later that two addresses are one person: what is still under way for the old one goes there, too. */
async function whereTheyAre(tx: Tx, batch: Received[]): Promise<Received[]> {
  const movable = batch.filter(isMovable)
  for (const account of [...new Set(movable.map(one => one.account))].sort())
    await lockAddresses(tx, account, 'use')
  const moved = await tx.movedChat.findMany({
    where: {
      account: { in: movable.map(one => one.account) },
      address: { in: movable.map(one => one.address) },
    },
  })
  if (moved.length === 0) return batch
  const now = new Map(moved.map(row => [`${row.account}\n${row.address}`, row.current]))
  return batch.map(one => ({ ...one, address: now.get(`${one.account}\n${one.address}`) ?? one.address }))
}

const byKey = (a: Received, b: Received) =>
  a.account < b.account
    ? -1
    : a.account > b.account
      ? 1
      : a.address < b.address
        ? -1
        : a.address > b.address
          ? 1
          : 0
