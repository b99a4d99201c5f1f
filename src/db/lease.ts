import { Prisma } from './generated/client.ts'

/**
 * After kill -9 a reply waits so long. Whoever sends keeps the leases of what is under way (`Delivery`), so that none ends
 * while its send may still arrive; a graceful stop, which waits 20 s, does not outlast it.
 */
export const LEASE_SECONDS = 30

/** Spelt out in the query, so that the partial index of each lane is used. */
export const LANES = {
  direct: Prisma.sql`purpose NOT IN ('reminder', 'bulk')`,
  paced: Prisma.sql`purpose IN ('reminder', 'bulk')`,
}

export interface Lease {
  account: string
  lease: string
  limit: number
  lane: Prisma.Sql
}

/**
 * Leases in one statement: the first waiting row of a conversation in this lane. What is said for a reminder is held against the reminder once more, at the moment of sending:
 * one that was cancelled is gone; one whose person has opted out, blocked us or left this chat, that is late or falls into
 * quiet hours, goes back to its pass, which decides about it anew. Whoever may have read it already (an attempt whose
 * answer never came) is not told again: that one stays `unknown`. What belongs to the same reminder goes with it. While a
 * person of the programme speaks in a conversation, nothing of the assistant's own is sent there.
 */
export const leaseQuery = ({ account, lease, limit, lane }: Lease, now: number): Prisma.Sql => Prisma.sql`
  WITH first AS (
    SELECT DISTINCT ON (conversation_id) id FROM outbound
    WHERE account = ${account} AND status = 'waiting' AND ${lane} ORDER BY conversation_id, id),
  taken AS (
    SELECT o.id, o.reminder_id, o.conversation_id, o.attempts, o.purpose FROM outbound o JOIN first USING (id)
    WHERE o.status = 'waiting' AND (o.lease_until IS NULL OR o.lease_until < now())
      AND (o.not_before IS NULL OR o.not_before <= now())
    ORDER BY o.id LIMIT ${limit} FOR NO KEY UPDATE OF o SKIP LOCKED),
  off AS (${offQuery(now)}),
  back AS (
    UPDATE reminders r SET status = CASE WHEN off.attempts > 0 THEN 'unknown' ELSE 'waiting' END,
      ended_at = CASE WHEN off.attempts > 0 THEN ${new Date(now)}::timestamptz END
    FROM off WHERE r.id = off.reminder_id AND r.status = 'queued' AND r.via_id = off.conversation_id),
  rest AS (
    UPDATE outbound o SET status = 'dropped' FROM off
    WHERE o.reminder_id = off.reminder_id AND o.conversation_id = off.conversation_id AND o.status = 'waiting'
      AND o.id <> off.id)
  UPDATE outbound o SET lease = ${lease}::uuid, lease_until = now() + ${LEASE_SECONDS} * interval '1 second',
    attempts = o.attempts + 1, status = CASE WHEN off.id IS NOT NULL THEN 'dropped'
      WHEN o.purpose IN ('reminder', 'bulk') AND c.blocked_at IS NOT NULL THEN 'blocked'
      ELSE o.status END
  FROM taken LEFT JOIN off USING (id), conversations c
  WHERE o.id = taken.id AND c.id = o.conversation_id
  RETURNING o.id, o.conversation_id, c.address, o.purpose, o.attempts, o.body, o.status`

/** The taken rows that are not to be sent. The rest of a message whose beginning was sent follows it at any hour. */
const offQuery = (now: number): Prisma.Sql => Prisma.sql`
  SELECT t.id, t.reminder_id, t.conversation_id, t.attempts
  FROM taken t JOIN conversations c ON c.id = t.conversation_id
  LEFT JOIN reminders r ON r.id = t.reminder_id
  LEFT JOIN residents p ON p.id = r.resident_id
  WHERE (c.held_until > ${new Date(now)} AND t.purpose <> 'operator') OR (t.reminder_id IS NOT NULL AND (
    r.id IS NULL OR r.status NOT IN ('queued', 'sent') OR r.via_id <> t.conversation_id
    OR (p.id IS NOT NULL AND (p.restricted_at IS NOT NULL OR (r.consent AND NOT p.reminders)))
    OR c.blocked_at IS NOT NULL
    OR c.id NOT IN (SELECT chats_of(r.resident_id, r.staff_id, r.conversation_id))
    OR (r.status = 'queued' AND (r.expires_at < ${new Date(now)} OR (r.quiet <> 'always' AND extract(hour FROM
      (${new Date(now)}::timestamptz + c.clock_offset_ms * interval '1 millisecond') AT TIME ZONE 'Asia/Jakarta')
      NOT BETWEEN 6 AND 20)))))`
