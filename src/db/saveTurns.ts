import type { TurnResult } from '../app/ports.ts'
import type { Say, Touch } from '../engine/types.ts'
import type { Tx } from './client.ts'
import type { Sealer } from './seal.ts'

/** Additional data of sealed values: where they belong, so that none can be moved to another conversation. */
export const statePlace = (conversationId: number) => `conversations:${conversationId}:state`
export const bodyPlace = (conversationId: number) => `outbound:${conversationId}`

/** Another worker handled the inbound that we hold: the claim is broken, so nothing of the set may stay. */
export class LostClaimError extends Error {
  override readonly name = 'LostClaimError'
}

/** Writes a set of turns: states, handled marks, outbound rows and timers, one statement each. */
export async function saveTurns(tx: Tx, sealer: Sealer, results: TurnResult[], now: number): Promise<void> {
  if (results.length === 0) return
  const at = new Date(now)
  await saveStates(tx, sealer, results, at)
  await markHandled(tx, results, at)
  await addOutbound(tx, sealer, results, at)
  await endWordless(tx, results, at)
  await setTimers(tx, results)
  await move(tx, results)
}

async function saveStates(tx: Tx, sealer: Sealer, results: TurnResult[], at: Date): Promise<void> {
  const changed = results.filter(r => r.state !== undefined || r.blocked !== undefined)
  if (changed.length === 0) return
  const states = changed.map(r =>
    r.state ? sealer.seal(statePlace(r.conversationId), JSON.stringify(r.state)) : null,
  )
  await tx.$executeRaw`
    UPDATE conversations c SET state = coalesce(new.state, c.state),
      active_at = CASE WHEN new.by_person THEN ${at} ELSE c.active_at END,
      flow = new.flow, flow_version = new.version, step = new.step, language = coalesce(new.language, c.language),
      blocked_at = CASE WHEN new.blocked IS NULL THEN c.blocked_at WHEN new.blocked THEN ${at} END
    FROM unnest(${changed.map(r => r.conversationId)}::int[], ${states}::bytea[],
                ${changed.map(r => r.open?.flow ?? null)}::text[], ${changed.map(r => r.open?.version ?? null)}::int[],
                ${changed.map(r => r.open?.step ?? null)}::text[], ${changed.map(r => r.language ?? null)}::text[],
                ${changed.map(r => r.blocked ?? null)}::boolean[], ${changed.map(r => r.byPerson)}::boolean[])
         AS new (id, state, flow, version, step, language, blocked, by_person)
    WHERE c.id = new.id`
}

async function markHandled(tx: Tx, results: TurnResult[], at: Date): Promise<void> {
  const marked = await tx.$executeRaw`
    UPDATE inbound i SET handled_at = ${at}, result = done.heard
    FROM unnest(${results.map(r => r.inboundId)}::bigint[], ${results.map(r => r.heard)}::text[]) AS done (id, heard)
    WHERE i.id = done.id AND i.handled_at IS NULL`
  if (marked !== results.length) throw new LostClaimError()
}

interface NewOutbound {
  conversationId: number
  inboundId: bigint
  purpose: 'reply' | 'touch'
  body: Say | Touch
  reminderId: bigint | null
}

async function addOutbound(tx: Tx, sealer: Sealer, results: TurnResult[], at: Date): Promise<void> {
  const rows: NewOutbound[] = results.flatMap(
    ({ conversationId, inboundId, says, touches, reminderId = null }) => [
      ...says.map(body => ({ conversationId, inboundId, reminderId, purpose: 'reply' as const, body })),
      ...touches.map(body => ({
        conversationId,
        inboundId,
        reminderId: null,
        purpose: 'touch' as const,
        body,
      })),
    ],
  )
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO outbound (conversation_id, account, inbound_id, purpose, reminder_id, body, created_at)
    SELECT new.conversation_id, c.account, new.inbound_id, coalesce(r.purpose, new.purpose), new.reminder_id, new.body,
      ${at}
    FROM unnest(${rows.map(r => r.conversationId)}::int[], ${rows.map(r => r.inboundId)}::bigint[],
                ${rows.map(r => r.purpose)}::text[], ${rows.map(r => r.reminderId)}::bigint[],
                ${rows.map(r => sealer.seal(bodyPlace(r.conversationId), JSON.stringify(r.body)))}::bytea[])
         WITH ORDINALITY AS new (conversation_id, inbound_id, purpose, reminder_id, body, n)
    JOIN conversations c ON c.id = new.conversation_id
    LEFT JOIN reminders r ON r.id = new.reminder_id
    ORDER BY new.n`
}

/**
 * A reminder whose notice said nothing (it is no longer true) has ended with it. One that nobody is there to hear (the
 * person has blocked us meanwhile) looks for another chat.
 */
async function endWordless(tx: Tx, results: TurnResult[], at: Date): Promise<void> {
  const silent = results.flatMap(r =>
    r.reminderId !== undefined && r.says.length === 0 ? [{ id: r.reminderId, why: r.heard }] : [],
  )
  if (silent.length === 0) return
  await tx.$executeRaw`
    UPDATE reminders r SET status = CASE WHEN done.why = 'answer' THEN 'waiting' ELSE 'dropped' END,
      reason = CASE WHEN done.why <> 'answer' THEN done.why END,
      ended_at = CASE WHEN done.why <> 'answer' THEN ${at}::timestamptz END
    FROM unnest(${silent.map(s => s.id)}::bigint[], ${silent.map(s => s.why.replace('silence:', ''))}::text[])
         AS done (id, why)
    WHERE r.id = done.id AND r.status = 'queued'`
}

/** One flow timer a conversation: a new one replaces the old, `null` clears it. */
async function setTimers(tx: Tx, results: TurnResult[]): Promise<void> {
  const cleared = results.filter(r => r.timer === null).map(r => r.conversationId)
  if (cleared.length > 0) await tx.timer.deleteMany({ where: { conversationId: { in: cleared } } })
  const set = results.flatMap(r => (r.timer ? [{ id: r.conversationId, ...r.timer }] : []))
  if (set.length === 0) return
  await tx.$executeRaw`
    INSERT INTO timers (conversation_id, name, wait, due_at)
    SELECT new.id, new.name, new.wait, new.due - c.clock_offset_ms * interval '1 millisecond'
    FROM unnest(${set.map(t => t.id)}::int[], ${set.map(t => t.name)}::text[], ${set.map(t => t.wait)}::text[],
                ${set.map(t => new Date(t.at))}::timestamptz[]) AS new (id, name, wait, due)
    JOIN conversations c ON c.id = new.id
    ON CONFLICT (conversation_id) DO UPDATE SET name = excluded.name, wait = excluded.wait, due_at = excluded.due_at`
}

/** A conversation that has moved keeps all it has; where another one is there already, each stays what it is. */
async function move(tx: Tx, results: TurnResult[]): Promise<void> {
  for (const { conversationId, address } of results) {
    if (address === undefined) continue
    await tx.$executeRaw`
      UPDATE conversations c SET address = ${address}
      WHERE id = ${conversationId}
        AND NOT EXISTS (SELECT FROM conversations o WHERE o.account = c.account AND o.address = ${address})`
  }
}
