import type { Leased, Mark, Outbox } from '../app/ports.ts'
import type { Say, Touch } from '../engine/types.ts'
import type { Db, Tx } from './client.ts'
import { Prisma } from './generated/client.ts'
import { allowance, usePace } from './pace.ts'
import { bodyPlace } from './saveTurns.ts'
import type { Sealer } from './seal.ts'

/** Longer than the channel client's own limit of 30 s: a lease never ends while its send may still arrive. */
const LEASE_SECONDS = 90

interface LeasedRow {
  id: bigint
  conversation_id: number
  address: string
  purpose: string
  attempts: number
  body: Uint8Array | null
  status: string
}

/**
 * What is to be sent. Order in a conversation is kept by leasing only its first waiting row of each lane; times are the
 * database's, so that processes with different clocks agree. What a row's guard asks is checked here, at the moment of
 * sending.
 */
export function createOutbox(db: Db, sealer: Sealer): Outbox {
  const open = (rows: LeasedRow[]) => rows.map(row => toLeased(row, sealer))
  return {
    lease: async (account, lease, limit) => open(await take(db, LANES.direct, { account, lease, limit })),
    async leasePaced(account, lease, limit, perSecond) {
      const want = { account, lease, limit }
      if (perSecond === undefined) return { rows: open(await take(db, LANES.paced, want)) }
      if (!(await anyPaced(db, account))) return { rows: [] }
      return db.$transaction(async tx => {
        const may = await allowance(tx, account, perSecond)
        if (!may || may.free === 0) return { rows: [], pauseMs: may?.pauseMs ?? BUSY_MS }
        const rows = await take(tx, LANES.paced, { ...want, limit: Math.min(limit, may.free) })
        await usePace(tx, account, rows.length, perSecond)
        return { rows: open(rows) }
      })
    },
    async mark(lease, marks, at) {
      if (marks.length === 0) return
      const rows = marks.map(toRow)
      await db.$executeRaw`
        UPDATE outbound o SET status = new.status, reason = new.reason, provider_id = new.provider_id, lease = NULL,
          lease_until = NULL, sent_at = CASE WHEN new.status = 'waiting' THEN NULL ELSE ${new Date(at)}::timestamptz END,
          not_before = now() + new.pause * interval '1 millisecond',
          attempts = CASE WHEN new.counted THEN o.attempts ELSE greatest(0, o.attempts - 1) END
        FROM unnest(${rows.map(r => r.id)}::bigint[], ${rows.map(r => r.status)}::text[],
                    ${rows.map(r => r.reason)}::text[], ${rows.map(r => r.providerId)}::text[],
                    ${rows.map(r => r.pauseMs)}::double precision[], ${rows.map(r => r.counted)}::boolean[])
             AS new (id, status, reason, provider_id, pause, counted)
        WHERE o.id = new.id AND o.lease = ${lease}::uuid`
      await dropBlocked(db, marks)
    },
  }
}

/** Spelt out in the query, so that the partial index of each lane is used. */
const LANES = {
  direct: Prisma.sql`purpose NOT IN ('reminder', 'bulk')`,
  paced: Prisma.sql`purpose IN ('reminder', 'bulk')`,
}
/** Another process holds the allowance for the length of a transaction. */
const BUSY_MS = 20

async function anyPaced(db: Db, account: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ some: boolean }[]>`
    SELECT EXISTS (SELECT FROM outbound WHERE account = ${account} AND status = 'waiting' AND ${LANES.paced}
      AND (lease_until IS NULL OR lease_until < now()) AND (not_before IS NULL OR not_before <= now())) AS some`
  return row?.some ?? false
}

/** Rows whose guard no longer holds, and what we start for somebody who blocked us, end here. */
async function take(
  db: Db | Tx,
  lane: Prisma.Sql,
  { account, lease, limit }: { account: string; lease: string; limit: number },
): Promise<LeasedRow[]> {
  const rows = await db.$queryRaw<LeasedRow[]>`
    WITH first AS (
      SELECT DISTINCT ON (conversation_id) id FROM outbound
      WHERE account = ${account} AND status = 'waiting' AND ${lane} ORDER BY conversation_id, id),
    taken AS (
      SELECT o.id FROM outbound o JOIN first USING (id)
      WHERE o.status = 'waiting' AND (o.lease_until IS NULL OR o.lease_until < now())
        AND (o.not_before IS NULL OR o.not_before <= now())
      ORDER BY o.id LIMIT ${limit} FOR NO KEY UPDATE OF o SKIP LOCKED)
    UPDATE outbound o SET lease = ${lease}::uuid, lease_until = now() + ${LEASE_SECONDS} * interval '1 second',
      attempts = o.attempts + 1,
      status = CASE WHEN o.guard = 'reminders' AND NOT EXISTS (
          SELECT FROM residents r WHERE r.id = o.guard_resident AND r.reminders AND r.restricted_at IS NULL)
          THEN 'dropped'
        WHEN o.purpose IN ('reminder', 'bulk') AND c.blocked_at IS NOT NULL THEN 'blocked'
        ELSE o.status END
    FROM taken, conversations c
    WHERE o.id = taken.id AND c.id = o.conversation_id
    RETURNING o.id, o.conversation_id, c.address, o.purpose, o.attempts, o.body, o.status`
  return rows.filter(row => row.status === 'waiting').sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Nothing more is tried for somebody who blocked us. */
async function dropBlocked(db: Db, marks: Mark[]): Promise<void> {
  const blocked = marks.filter(m => m.outcome.kind === 'blocked').map(m => m.conversationId)
  if (blocked.length === 0) return
  await db.outbound.updateMany({
    where: { conversationId: { in: blocked }, status: 'waiting' },
    data: { status: 'blocked' },
  })
}

function toLeased(row: LeasedRow, sealer: Sealer): Leased {
  const body = row.body && sealer.tryOpen(bodyPlace(row.conversation_id), row.body)
  const content = body ? (JSON.parse(body) as Say | Touch) : undefined
  return {
    id: row.id,
    conversationId: row.conversation_id,
    address: row.address,
    purpose: row.purpose,
    attempts: row.attempts,
    ...(content && 'touch' in content ? { say: undefined, touch: content } : { say: content }),
  }
}

interface MarkRow {
  id: bigint
  status: string
  reason: string | null
  providerId: string | null
  /** Until the next try, ms; null = none. */
  pauseMs: number | null
  /** A request that never left is no attempt. */
  counted: boolean
}

function toRow({ id, outcome }: Mark): MarkRow {
  const row = { id, reason: null, providerId: null, pauseMs: null, counted: true }
  switch (outcome.kind) {
    case 'sent':
      return { ...row, status: 'sent', providerId: outcome.providerId }
    case 'later':
      return { ...row, status: 'waiting', reason: outcome.reason, pauseMs: outcome.pauseMs, counted: false }
    case 'repeat':
      return { ...row, status: 'waiting', reason: outcome.reason, pauseMs: outcome.pauseMs }
    case 'blocked':
      return { ...row, status: 'blocked' }
    case 'refused':
      return { ...row, status: 'refused', reason: outcome.reason }
    case 'unknown':
      return { ...row, status: 'unknown', reason: outcome.reason }
    case 'gone':
      return { ...row, status: 'dropped' }
  }
}
