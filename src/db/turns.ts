import { Prisma } from './generated/client.ts'
import type { ConversationRow, TurnResult, Turns, TurnTx, Work } from '../app/ports.ts'
import type { State } from '../engine/state.ts'
import type { Incoming } from '../engine/types.ts'
import type { Repos } from '../domain/ports.ts'
import type { Db, Tx } from './client.ts'
import { payloadPlace } from './inbox.ts'
import { saveTurns, statePlace } from './saveTurns.ts'
import type { Sealer } from './seal.ts'

/** For tests and the faults run: called just before a turn's commit, may throw. */
export type BeforeCommit = (kind: 'set' | 'alone') => void | Promise<void>

interface Options {
  reposFor: (tx: Tx) => Repos
  beforeCommit?: BeforeCommit
}

/**
 * Claims conversations and gives them to a turn. Claim, then read, in two statements at READ COMMITTED: read in the
 * claiming statement, states come from its older snapshot and a turn that committed in between is undone silently.
 * FOR NO KEY UPDATE lets the door insert inbound rows (a foreign key check) while a turn holds the conversation.
 */
export function createTurns(db: Db, sealer: Sealer, options: Options): Turns {
  const run = async (kind: 'set' | 'alone', claim: (tx: Tx) => Promise<number[]>, work: SetWork) =>
    db.$transaction(async tx => {
      const ids = await claim(tx)
      if (ids.length === 0) return 0
      const claimed = await read(tx, sealer, ids)
      await work(claimed, turnTx(tx, sealer, options.reposFor))
      await options.beforeCommit?.(kind)
      return ids.length
    })
  return {
    set: (limit, work) => run('set', tx => claimOldest(tx, limit), work),
    async alone(id, work) {
      let worked = false
      await run(
        'alone',
        tx => claimOne(tx, id),
        async ([claimed], tx) => {
          if (!claimed) return
          worked = true
          await work(claimed, tx)
        },
      )
      return worked
    },
    async countAttempt(conversationId) {
      const rows = await db.$queryRaw<{ id: bigint }[]>`
        UPDATE inbound SET attempts = attempts + 1
        WHERE id = (SELECT min(id) FROM inbound WHERE conversation_id = ${conversationId} AND handled_at IS NULL)
        RETURNING id`
      return rows[0]?.id
    },
    async uncountAttempt(inboundId) {
      await db.$executeRaw`UPDATE inbound SET attempts = greatest(0, attempts - 1) WHERE id = ${inboundId}`
    },
    async waitingSince(before, limit) {
      const rows = await db.$queryRaw<{ conversation_id: number }[]>`
        SELECT conversation_id FROM inbound WHERE handled_at IS NULL AND received_at < ${new Date(before)}
        GROUP BY conversation_id ORDER BY min(id) LIMIT ${limit}`
      return rows.map(row => row.conversation_id)
    },
  }
}

type SetWork = (claimed: Work[], tx: TurnTx) => Promise<void>

async function claimOldest(tx: Tx, limit: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT c.id FROM conversations c
    JOIN (SELECT conversation_id, min(id) AS oldest FROM inbound WHERE handled_at IS NULL
          GROUP BY conversation_id ORDER BY oldest LIMIT ${limit * 4}) waiting ON waiting.conversation_id = c.id
    ORDER BY waiting.oldest LIMIT ${limit}
    FOR NO KEY UPDATE OF c SKIP LOCKED`
  return rows.map(row => row.id)
}

async function claimOne(tx: Tx, id: number): Promise<number[]> {
  const rows = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM conversations WHERE id = ${id} FOR NO KEY UPDATE SKIP LOCKED`
  return rows.map(row => row.id)
}

interface ReadRow {
  id: number
  channel: ConversationRow['channel']
  account: string
  address: string
  sandbox: boolean
  clock_offset_ms: bigint
  blocked_at: Date | null
  held_until: Date | null
  state: Uint8Array | null
  inbound_id: bigint
  external_id: string
  kind: string
  payload: Uint8Array | null
  /** A notice is said only while its reminder is on its way; null for anything else. */
  holds: boolean | null
  attempts: number
  sent_at: Date
  followed: boolean
}

async function read(tx: Tx, sealer: Sealer, ids: number[]): Promise<Work[]> {
  const rows = await tx.$queryRaw<ReadRow[]>`
    SELECT c.id, c.channel, c.account, c.address, c.sandbox, c.clock_offset_ms, c.blocked_at, c.held_until, c.state,
           i.id AS inbound_id, i.external_id, i.kind, i.payload, i.attempts, i.sent_at,
           CASE WHEN i.kind = 'notice' THEN EXISTS (SELECT FROM reminders r
             WHERE r.id = split_part(i.external_id, ':', 2)::bigint AND r.status = 'queued') END AS holds,
           EXISTS (SELECT FROM inbound more WHERE more.conversation_id = c.id AND more.handled_at IS NULL AND more.id > i.id
             AND more.kind IN ('text', 'tap', 'contact', 'location', 'media', 'unreadable')) AS followed
    FROM conversations c
    JOIN LATERAL (SELECT * FROM inbound WHERE conversation_id = c.id AND handled_at IS NULL ORDER BY id LIMIT 1) i ON true
    WHERE c.id IN (${Prisma.join(ids)}) ORDER BY i.id`
  return rows.map(row => toWork(row, sealer))
}

function toWork(row: ReadRow, sealer: Sealer): Work {
  return {
    conversation: {
      id: row.id,
      channel: row.channel,
      account: row.account,
      address: row.address,
      sandbox: row.sandbox,
      clockOffsetMs: Number(row.clock_offset_ms),
      blocked: row.blocked_at !== null,
      heldUntil: row.held_until?.getTime() ?? null,
      state: openState(row, sealer),
    },
    inbound: {
      id: row.inbound_id,
      incoming: openPayload(row, sealer),
      attempts: row.attempts,
      sentAt: row.sent_at.getTime(),
      followed: row.followed,
    },
  }
}

/** A state or payload that does not open (a damaged row; the key itself is checked at start) costs its own conversation only. */
function openState(row: ReadRow, sealer: Sealer): State | undefined {
  const json = row.state && sealer.tryOpen(statePlace(row.id), row.state)
  return json ? (JSON.parse(json) as State) : undefined
}

function openPayload(row: ReadRow, sealer: Sealer): Incoming {
  if (row.holds === false) return { kind: 'withdrawn' }
  const json = row.payload && sealer.tryOpen(payloadPlace(row.account, row.external_id), row.payload)
  return json ? (JSON.parse(json) as Incoming) : { kind: 'unreadable' }
}

function turnTx(tx: Tx, sealer: Sealer, reposFor: (tx: Tx) => Repos): TurnTx {
  return {
    savepoint: work => nested(tx, inner => work(reposFor(inner))),
    save: (results: TurnResult[], at: number) => saveTurns(tx, sealer, results, at),
  }
}

/** A transaction inside a transaction is a savepoint in Prisma 7.10, though the type of `Tx` leaves it out. */
function nested<T>(tx: Tx, work: (inner: Tx) => Promise<T>): Promise<T> {
  return (tx as unknown as Db).$transaction(work)
}
