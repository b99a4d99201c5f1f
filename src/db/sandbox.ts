import type { Sandbox, SandboxChat, SandboxMessage } from '../app/ports/chatPage.ts'
import type { Incoming, Say } from '../engine/types.ts'
import { DAY } from '../lib/time.ts'
import type { Db, Tx } from './client.ts'
import { payloadPlace } from './inbox.ts'
import { bodyPlace } from './saveTurns.ts'
import type { Sealer } from './seal.ts'

export const MAX_LIVE_CHATS = 100
const HISTORY = 300
/** What a person did in the chat; timers and notices are heard by the assistant only. */
const SEEN = ['text', 'tap', 'contact', 'location', 'media']

interface ChatRow {
  id: number
  address: string
  clock_offset_ms: bigint
  flow: string | null
  flow_version: number | null
  step: string | null
  timer: string | null
  due_at: Date | null
  reminder_at: Date | null
  unhandled: boolean
  unsent: bigint
  last_in: bigint
  last_out: bigint
}

interface InboundRow {
  id: bigint
  external_id: string
  payload: Uint8Array | null
  at: Date
}

interface OutboundRow {
  id: bigint
  body: Uint8Array | null
  at: Date
}

/** The chats of the page on one account. The page is drawn from these rows, so it misses nothing whatever dies. */
export function createSandbox(db: Db, sealer: Sealer, account: string): Sandbox {
  return {
    async chats(session) {
      const rows = await db.$queryRaw<ChatRow[]>`
        SELECT c.id, c.address, c.clock_offset_ms, c.flow, c.flow_version, c.step, t.name AS timer, t.due_at,
          (SELECT min(r.due_at) FROM reminders r WHERE r.status = 'waiting' AND (r.conversation_id = c.id
            OR r.resident_id IN (SELECT resident_id FROM conversation_residents WHERE conversation_id = c.id)
            OR r.staff_id IN (SELECT staff_id FROM staff_chats WHERE conversation_id = c.id))) AS reminder_at,
          EXISTS (SELECT FROM inbound WHERE conversation_id = c.id AND handled_at IS NULL) AS unhandled,
          (SELECT count(*) FROM outbound o WHERE o.account = c.account AND o.conversation_id = c.id
            AND o.status = 'waiting') AS unsent,
          coalesce((SELECT max(id) FROM inbound i
            WHERE i.account = c.account AND i.conversation_id = c.id AND i.kind = ANY(${SEEN}::text[])), 0) AS last_in,
          coalesce((SELECT max(id) FROM outbound o WHERE o.conversation_id = c.id
            AND (o.status = 'sent' OR (o.status = 'waiting' AND o.lease_until > now()))), 0) AS last_out
        FROM conversations c LEFT JOIN timers t ON t.conversation_id = c.id
        WHERE c.account = ${account} AND starts_with(c.address, ${`${session}.`}) ORDER BY c.address`
      return rows.map(toChat)
    },
    messages: chat => messages(db, sealer, account, chat),
    async say(session, outbound) {
      const row = await db.outbound.findFirst({
        where: { id: outbound, conversation: { account, address: { startsWith: `${session}.` } } },
      })
      return row?.body ? parseSealed<Say>(sealer, bodyPlace(row.conversationId), row.body) : undefined
    },
    async onItsWay(address) {
      const [row] = await db.$queryRaw<{ id: bigint }[]>`
        SELECT o.id FROM outbound o JOIN conversations c ON c.id = o.conversation_id
        WHERE c.account = ${account} AND c.address = ${address} AND o.status = 'waiting' AND o.lease_until > now()
        ORDER BY o.id LIMIT 1`
      return row && Number(row.id)
    },
    async admit(address, now) {
      if (await db.conversation.findUnique({ where: { account_address: { account, address } } })) return true
      if (!(await makeRoom(db, account, now))) return false
      await db.conversation.createMany({
        data: [{ channel: 'chatpage', account, address, sandbox: true, createdAt: new Date(now) }],
        skipDuplicates: true,
      })
      return true
    },
    forget: address => forget(db, account, address),
    moveClock: (address, ms) => db.$transaction(tx => moveClock(tx, { account, address }, ms)),
  }
}

/** A leased row is on its way to the page; a waiting one may still be held back or dropped, and is not shown. */
async function messages(
  db: Db,
  sealer: Sealer,
  account: string,
  chat: SandboxChat,
): Promise<SandboxMessage[]> {
  const id = chat.conversation
  const inbound = await db.$queryRaw<InboundRow[]>`
    SELECT id, external_id, payload, sent_at AS at FROM inbound
    WHERE account = ${account} AND conversation_id = ${id} AND kind = ANY(${SEEN}::text[])
    ORDER BY id DESC LIMIT ${HISTORY}`
  const outbound = await db.$queryRaw<OutboundRow[]>`
    SELECT id, body, coalesce(sent_at, created_at) AS at FROM outbound
    WHERE conversation_id = ${id} AND (status = 'sent' OR (status = 'waiting' AND lease_until > now()))
    ORDER BY id DESC LIMIT ${HISTORY}`
  const said = inbound.map((row): SandboxMessage => {
    const incoming = parseSealed<Incoming>(sealer, payloadPlace(account, row.external_id), row.payload)
    const key = row.external_id.slice(row.external_id.lastIndexOf(':') + 1)
    return { from: 'person', id: Number(row.id), at: row.at.getTime() + chat.clockOffsetMs, key, incoming }
  })
  const answered = outbound.map((row): SandboxMessage => {
    const say = parseSealed<Say>(sealer, bodyPlace(id), row.body)
    return { from: 'assistant', id: Number(row.id), at: row.at.getTime() + chat.clockOffsetMs, say }
  })
  return [...said, ...inTheirOrder(answered)].sort(bySight).slice(-HISTORY)
}

/**
 * What was sent has the time of sending, what is on its way that of its turn, which is earlier: without this the second of
 * two answers would stand before the first for a moment, and whoever draws by number would never draw the first.
 */
function inTheirOrder(answered: SandboxMessage[]): SandboxMessage[] {
  let latest = 0
  return answered
    .toSorted((a, b) => a.id - b.id)
    .map(message => {
      latest = Math.max(latest, message.at)
      return { ...message, at: latest }
    })
}

function parseSealed<T>(sealer: Sealer, place: string, sealed: Uint8Array | null): T | undefined {
  const json = sealed && sealer.tryOpen(place, sealed)
  return json ? (JSON.parse(json) as T) : undefined
}

const bySight = (a: SandboxMessage, b: SandboxMessage) =>
  a.at - b.at || (a.from === b.from ? a.id - b.id : a.from === 'person' ? -1 : 1)

function toChat(row: ChatRow): SandboxChat {
  const { flow, flow_version: version, step } = row
  return {
    conversation: row.id,
    address: row.address,
    clockOffsetMs: Number(row.clock_offset_ms),
    open: flow !== null && step !== null ? { flow, version: version ?? 0, step } : undefined,
    timer: row.timer !== null && row.due_at ? { name: row.timer, dueAt: row.due_at.getTime() } : undefined,
    reminderAt: row.reminder_at?.getTime(),
    unhandled: row.unhandled,
    unsent: Number(row.unsent),
    lastIn: Number(row.last_in),
    lastOut: Number(row.last_out),
  }
}

async function makeRoom(db: Db, account: string, now: number): Promise<boolean> {
  if ((await db.conversation.count({ where: { account } })) < MAX_LIVE_CHATS) return true
  const idle = await db.$queryRaw<{ address: string }[]>`
    SELECT address FROM conversations
    WHERE account = ${account} AND coalesce(active_at, created_at) < ${new Date(now - DAY)}
    ORDER BY coalesce(active_at, created_at), id LIMIT 1`
  if (!idle[0]) return false
  await forget(db, account, idle[0].address)
  return true
}

/** Waits for a turn that holds the chat. What else names the conversation goes with it by the database's own rules. */
const forget = (db: Db, account: string, address: string): Promise<void> =>
  db.$transaction(async tx => {
    const [chat] = await tx.$queryRaw<{ id: number }[]>`
      SELECT id FROM conversations WHERE account = ${account} AND address = ${address} FOR UPDATE`
    if (!chat) return
    const residents = await tx.resident.findMany({
      where: {
        sandbox: true,
        conversations: { some: { conversationId: chat.id }, every: { conversationId: chat.id } },
      },
      select: { id: true },
    })
    const ids = residents.map(resident => resident.id)
    await tx.consent.deleteMany({ where: { OR: [{ conversationId: chat.id }, { residentId: { in: ids } }] } })
    await tx.privacyRequest.deleteMany({ where: { conversationId: chat.id } })
    await tx.resident.deleteMany({ where: { id: { in: ids } } })
    await tx.conversation.delete({ where: { id: chat.id } })
  })

/**
 * The offset grows, and everything that has happened moves back by as much: so an old message keeps the time it was seen
 * at, and a timer set for three hours from now is due once three hours have passed.
 */
async function moveClock(tx: Tx, chat: { account: string; address: string }, ms: number): Promise<void> {
  const { account, address } = chat
  const [row] = await tx.$queryRaw<{ id: number }[]>`
    UPDATE conversations SET clock_offset_ms = clock_offset_ms + ${ms}::bigint
    WHERE account = ${account} AND address = ${address} RETURNING id`
  if (!row) return
  await tx.$executeRaw`
    UPDATE timers SET due_at = due_at - ${ms}::bigint * interval '1 millisecond' WHERE conversation_id = ${row.id}`
  await tx.$executeRaw`
    UPDATE reminders SET due_at = due_at - ${ms}::bigint * interval '1 millisecond',
      expires_at = expires_at - ${ms}::bigint * interval '1 millisecond'
    WHERE status IN ('waiting', 'queued') AND ${row.id} IN (SELECT chats_of(resident_id, staff_id, conversation_id))`
  await tx.$executeRaw`
    UPDATE inbound SET sent_at = sent_at - ${ms}::bigint * interval '1 millisecond'
    WHERE account = ${account} AND conversation_id = ${row.id}`
  await tx.$executeRaw`
    UPDATE outbound SET sent_at = sent_at - ${ms}::bigint * interval '1 millisecond'
    WHERE conversation_id = ${row.id} AND sent_at IS NOT NULL`
}
