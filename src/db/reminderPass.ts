import type { ReminderPass } from '../app/ports.ts'
import { REMINDER_KINDS } from '../domain/reminderKinds.ts'
import { fateOf, type ReminderKind } from '../domain/reminders.ts'
import type { Incoming, Values } from '../engine/types.ts'
import { MINUTE } from '../lib/time.ts'
import type { Db, Tx } from './client.ts'
import { Prisma } from './generated/client.ts'
import { payloadPlace } from './inbox.ts'
import { reminderPlace } from './reminders.ts'
import type { Sealer } from './seal.ts'
import { RECENT } from './whatsapp/outreach.ts'

const BATCH = 250
/** So long after its time a reminder no longer waits for the channel where its person was last, but takes another. */
const PATIENCE = 2 * MINUTE

interface Due {
  id: bigint
  kind: string
  key: string
  payload: Uint8Array | null
  quiet: ReminderKind['quiet']
  expires_at: Date | null
  tries: number
  wanted: boolean
  chat: number
  account: string
  clock_offset_ms: bigint
}

/**
 * Due reminders come in through the inbox like any message: the same transaction gives one to a chat and inserts its
 * inbound, so each is said once whatever dies. A chat is chosen only among accounts that have heard from their platform
 * since the start: after an outage, what people wrote meanwhile comes first.
 * @param kinds for tests, whose kinds have every rule
 */
export function createReminderPass(
  db: Db,
  sealer: Sealer,
  kinds: Record<string, ReminderKind> = REMINDER_KINDS,
): ReminderPass {
  return {
    fire: (accounts, now) =>
      db.$transaction(async tx => {
        const due = await claim(tx, accounts, now)
        await settle(tx, due, now)
        const queued = due.filter(row => fate(row, now).do === 'say')
        await queue(tx, sealer, { due: queued, kinds }, now)
        return { taken: due.length, queued: queued.length }
      }),
    giveUp: now => giveUp(db, now),
  }
}

/**
 * Locks what is due, with the chat where its person can be reached: one that has not blocked us and where we may start,
 * preferably on the channel they chose, where they are the one who speaks, and where they wrote last; none where an
 * operator speaks just now, but for what they say.
 */
const claim = (tx: Tx, accounts: string[], now: number) => tx.$queryRaw<Due[]>`
  SELECT r.id, r.kind, r.key, r.payload, r.quiet, r.expires_at, r.tries,
    (p.id IS NULL OR (p.restricted_at IS NULL AND (p.reminders OR NOT r.consent))) AS wanted,
    c.id AS chat, c.account, c.clock_offset_ms
  FROM reminders r
  LEFT JOIN residents p ON p.id = r.resident_id
  CROSS JOIN LATERAL (
    SELECT c.id, c.account, c.clock_offset_ms FROM conversations c
    LEFT JOIN conversation_residents l ON l.conversation_id = c.id AND l.resident_id = r.resident_id
    LEFT JOIN whatsapp_accounts w ON w.account = c.account
    WHERE c.blocked_at IS NULL AND c.id IN (SELECT chats_of(r.resident_id, r.staff_id, r.conversation_id))
      AND (r.purpose = 'operator' OR ((w.locked_until IS NULL OR w.locked_until <= ${new Date(now)})
        AND ${knowsUs(now)}))
      AND (r.purpose = 'operator' OR c.held_until IS NULL OR c.held_until <= ${new Date(now)})
    ORDER BY (c.account = ANY(${accounts}::text[]) OR r.due_at > ${new Date(now - PATIENCE)}) DESC,
      coalesce(c.channel = p.preferred_channel, true) DESC, coalesce(l.active, true) DESC, c.active_at DESC NULLS LAST, c.id
    LIMIT 1) c
  WHERE r.status = 'waiting' AND r.due_at <= ${new Date(now)} AND c.account = ANY(${accounts}::text[])
  ORDER BY r.due_at, r.id LIMIT ${BATCH} FOR UPDATE OF r SKIP LOCKED`

/**
 * Whether a chat `c` lets us start: on WhatsApp only with who wrote lately to the number that is linked now, as
 * whatsapp/outreach.ts asks at the moment of sending. Whoever it refuses there is looked for elsewhere here.
 */
const knowsUs = (now: number): Prisma.Sql => Prisma.sql`NOT EXISTS (
  SELECT FROM whatsapp_accounts a LEFT JOIN whatsapp_people w ON w.account = a.account AND w.address = c.address
  WHERE a.account = c.account AND (w.wrote_at IS NULL OR w.wrote_at < a.number_since
    OR w.wrote_at < ${new Date(now - RECENT)}))`

type Outcome = { do: 'say' } | { do: 'wait'; until: number } | { do: 'drop'; why: string }

/** Quiet hours are those of the person's own clock. */
function fate(row: Due, now: number): Outcome {
  if (!row.wanted) return { do: 'drop', why: 'opted_out' }
  const offset = Number(row.clock_offset_ms)
  const expiresAt = row.expires_at && row.expires_at.getTime() + offset
  const found = fateOf(row, expiresAt, now + offset)
  return found.do === 'wait' ? { do: 'wait', until: found.until - offset } : found
}

/** Those that are not said now: dropped, or waiting for the morning. */
async function settle(tx: Tx, due: Due[], now: number): Promise<void> {
  const others = due.map(row => ({ id: row.id, ...fate(row, now) })).filter(row => row.do !== 'say')
  if (others.length === 0) return
  await tx.$executeRaw`
    UPDATE reminders r SET due_at = coalesce(new.until, r.due_at), reason = new.why,
      status = CASE WHEN new.until IS NULL THEN 'dropped' ELSE 'waiting' END,
      ended_at = CASE WHEN new.until IS NULL THEN ${new Date(now)}::timestamptz END
    FROM unnest(${others.map(row => row.id)}::bigint[],
                ${others.map(row => (row.do === 'wait' ? new Date(row.until) : null))}::timestamptz[],
                ${others.map(row => (row.do === 'drop' ? row.why : null))}::text[]) AS new (id, until, why)
    WHERE r.id = new.id`
}

interface Queued {
  due: Due[]
  kinds: Record<string, ReminderKind>
}

async function queue(tx: Tx, sealer: Sealer, { due, kinds }: Queued, now: number): Promise<void> {
  if (due.length === 0) return
  const at = new Date(now)
  await tx.$executeRaw`
    UPDATE reminders r SET status = 'queued', via_id = new.chat, tries = r.tries + 1, reason = NULL
    FROM unnest(${due.map(row => row.id)}::bigint[], ${due.map(row => row.chat)}::int[]) AS new (id, chat)
    WHERE r.id = new.id`
  await tx.inbound.createMany({
    skipDuplicates: true,
    data: due.map(row => {
      const externalId = noticeKey(row.id, row.tries)
      const incoming: Incoming = {
        kind: 'notice',
        notice: kinds[row.kind]?.flow ?? row.kind,
        id: String(row.id),
        values: valuesOf(sealer, row),
      }
      return {
        conversationId: row.chat,
        account: row.account,
        externalId,
        kind: 'notice',
        payload: sealer.seal(payloadPlace(row.account, externalId), JSON.stringify(incoming)),
        sentAt: at,
        receivedAt: at,
      }
    }),
  })
}

/** The identity of a notice as an inbound: once for each time that the reminder is given to a chat. */
const noticeKey = (id: bigint, tries: number) => `reminder:${id}:${tries}`

function valuesOf(sealer: Sealer, row: Due): Values {
  const json = row.payload && sealer.tryOpen(reminderPlace(row.key), row.payload)
  return json ? (JSON.parse(json) as Values) : {}
}

/**
 * Due, and nowhere to say it: an operator sees it. So does what came too late because its only channel was away, before
 * it was given to a chat or after. Who does not want to hear it is not told to anybody.
 */
const giveUp = (db: Db, now: number): Promise<number> => db.$executeRaw`
  WITH lost AS (
    SELECT r.id, r.expires_at < ${new Date(now - PATIENCE)} AS late,
      (p.id IS NULL OR (p.restricted_at IS NULL AND (p.reminders OR NOT r.consent))) AS wanted,
      EXISTS (SELECT chats_of(r.resident_id, r.staff_id, r.conversation_id)) AS chat,
      EXISTS (SELECT FROM conversations c WHERE c.blocked_at IS NULL
        AND c.id IN (SELECT chats_of(r.resident_id, r.staff_id, r.conversation_id))) AS unblocked,
      EXISTS (SELECT FROM conversations c WHERE c.blocked_at IS NULL AND (r.purpose = 'operator' OR ${knowsUs(now)})
        AND c.id IN (SELECT chats_of(r.resident_id, r.staff_id, r.conversation_id))) AS open_chat
    FROM reminders r LEFT JOIN residents p ON p.id = r.resident_id
    WHERE (r.status = 'waiting' AND r.due_at <= ${new Date(now)}) OR (r.status = 'queued'
      AND r.expires_at < ${new Date(now - PATIENCE)} AND NOT EXISTS (
        SELECT FROM outbound o WHERE o.reminder_id = r.id AND o.status = 'waiting' AND o.lease_until > now()))
    FOR UPDATE OF r SKIP LOCKED)
  UPDATE reminders r SET ended_at = ${new Date(now)},
    status = CASE WHEN lost.wanted THEN 'unreachable' ELSE 'dropped' END,
    reason = CASE WHEN NOT lost.wanted THEN 'opted_out' WHEN NOT lost.chat THEN 'no_chat'
      WHEN NOT lost.unblocked THEN 'blocked' WHEN NOT lost.open_chat THEN 'silent' ELSE 'channel_away' END
  FROM lost WHERE r.id = lost.id AND (lost.late OR (r.status = 'waiting' AND NOT lost.open_chat))`
