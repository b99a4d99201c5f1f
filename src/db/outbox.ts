import type { Leased, Mark, Outbox } from '../app/ports.ts'
import type { Say, Touch } from '../engine/types.ts'
import type { Db, Tx } from './client.ts'
import { Prisma } from './generated/client.ts'
import { LANES, LEASE_SECONDS, leaseQuery, type Lease } from './lease.ts'
import { allowance, usePace } from './pace.ts'
import { bodyPlace } from './saveTurns.ts'
import type { Sealer } from './seal.ts'

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
    lease: async (account, lease, limit, now) =>
      open(await take(db, { account, lease, limit, lane: LANES.direct }, now)),
    async leasePaced({ perSecond, ...wanted }, now) {
      const want = { ...wanted, lane: LANES.paced }
      const { account } = want
      if (perSecond === undefined) return { rows: open(await take(db, want, now)) }
      if (!(await anyPaced(db, account))) return { rows: [] }
      return db.$transaction(async tx => {
        const may = await allowance(tx, account, perSecond)
        if (!may || may.free === 0) return { rows: [], pauseMs: may?.pauseMs ?? BUSY_MS }
        const rows = await take(tx, { ...want, limit: Math.min(want.limit, may.free) }, now)
        await usePace(tx, account, rows.length, perSecond)
        return { rows: open(rows) }
      })
    },
    async keep(lease, ids) {
      await db.$executeRaw`
        UPDATE outbound SET lease_until = now() + ${LEASE_SECONDS} * interval '1 second'
        WHERE id = ANY(${ids}::bigint[]) AND lease = ${lease}::uuid AND status = 'waiting'`
    },
    async mark(lease, marks, at) {
      if (marks.length === 0) return
      const rows = marks.map(toRow)
      await db.$executeRaw`
        WITH marked AS (
          UPDATE outbound o SET status = new.status, reason = new.reason, provider_id = new.provider_id, lease = NULL,
            lease_until = NULL,
            sent_at = CASE WHEN new.status = 'waiting' THEN NULL ELSE ${new Date(at)}::timestamptz END,
            not_before = now() + new.pause * interval '1 millisecond',
            attempts = CASE WHEN new.counted THEN o.attempts ELSE greatest(0, o.attempts - 1) END
          FROM unnest(${rows.map(r => r.id)}::bigint[], ${rows.map(r => r.status)}::text[],
                      ${rows.map(r => r.reason)}::text[], ${rows.map(r => r.providerId)}::text[],
                      ${rows.map(r => r.pauseMs)}::double precision[], ${rows.map(r => r.counted)}::boolean[])
               AS new (id, status, reason, provider_id, pause, counted)
          WHERE o.id = new.id AND o.lease = ${lease}::uuid
          RETURNING o.id, o.reminder_id, o.status, o.reason),
        told AS (SELECT DISTINCT ON (reminder_id) * FROM marked
          WHERE reminder_id IS NOT NULL AND status IN ('sent', 'refused', 'unknown', 'dropped')
          ORDER BY reminder_id, status = 'sent' DESC, id)
        UPDATE reminders r SET
          ended_at = CASE WHEN ${elsewhere} THEN NULL ELSE ${new Date(at)}::timestamptz END,
          status = CASE WHEN ${elsewhere} THEN 'waiting' WHEN told.status = 'refused' THEN 'unreachable'
            ELSE told.status END,
          reason = CASE told.status WHEN 'refused' THEN 'refused' WHEN 'dropped' THEN 'erased' END
        FROM told WHERE r.id = told.reminder_id AND r.status = 'queued'`
      await dropBlocked(db, marks)
    },
  }
}

/** Reasons of WhatsApp's adapter: this account may not begin with this person now. Each is stored before it is told. */
const MAY_NOT_START = ['refused with 463', 'locked', 'stranger', 'silent']
const MOST_TRIES = 5
/** A reminder that may not be started here goes back to its pass, which takes another chat or waits. */
const elsewhere = Prisma.sql`(told.status = 'refused' AND told.reason = ANY(${MAY_NOT_START}::text[])
  AND r.tries < ${MOST_TRIES})`

/** Another process holds the allowance for the length of a transaction. */
const BUSY_MS = 20

async function anyPaced(db: Db, account: string): Promise<boolean> {
  const [row] = await db.$queryRaw<{ some: boolean }[]>`
    SELECT EXISTS (SELECT FROM outbound WHERE account = ${account} AND status = 'waiting' AND ${LANES.paced}
      AND (lease_until IS NULL OR lease_until < now()) AND (not_before IS NULL OR not_before <= now())) AS some`
  return row?.some ?? false
}

/** Leasing drops what no longer holds; what waits behind it is taken then: an empty answer would say that nothing waits. */
async function take(db: Db | Tx, want: Lease, now: number): Promise<LeasedRow[]> {
  for (;;) {
    const taken = await db.$queryRaw<LeasedRow[]>(leaseQuery(want, now))
    const rows = taken.filter(row => row.status === 'waiting')
    if (rows.length > 0 || taken.length === 0) return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  }
}

/** Nothing more is tried for somebody who blocked us; their reminders look for another chat. */
async function dropBlocked(db: Db, marks: Mark[]): Promise<void> {
  const blocked = marks.filter(m => m.outcome.kind === 'blocked').map(m => m.conversationId)
  if (blocked.length === 0) return
  await db.outbound.updateMany({
    where: { conversationId: { in: blocked }, status: 'waiting' },
    data: { status: 'blocked' },
  })
  await db.reminder.updateMany({
    where: { viaId: { in: blocked }, status: 'queued' },
    data: { status: 'waiting' },
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
