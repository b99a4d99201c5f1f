import type { SentMessage } from '../../test/support/telegram/messages.ts'
import { repliesTo, ticketsOf, messagesOf } from './script.ts'
import type { World } from './world.ts'

export interface Findings {
  /** Messages that were not handled exactly once. */
  lost: number
  /** What was done more than once: replies written or tickets opened too many. */
  twice: number
  /** Messages stored or handled, and replies received, in another order than they were written. */
  outOfOrder: number
  repliesMissing: number
  /** Copies received beyond the first. */
  repliesRepeated: number
  setAside: number
}

interface Row {
  chat: number
  external_id: string
  result: string | null
  handled_at: Date | null
  replies: number
}

/**
 * What became of everything, read from the database and from what the fake delivered.
 * @param pushed update ids by chat, in the order in which they were written
 */
export async function verify(world: World, pushed: Map<number, number[]>): Promise<Findings> {
  const findings = { lost: 0, twice: 0, outOfOrder: 0, repliesMissing: 0, repliesRepeated: 0, setAside: 0 }
  const rows = await inboundRows(world)
  const tickets = await ticketCounts(world)
  for (const [chat, updates] of pushed) {
    const stored = rows.filter(row => row.chat === chat)
    const handled = stored.filter(row => row.handled_at !== null && row.result === 'answer')
    const ids = updates.map(id => `u${id}`)
    findings.lost += ids.filter(id => handled.filter(row => row.external_id === id).length !== 1).length
    findings.twice += stored.reduce((sum, row) => sum + Math.max(0, row.replies - 1), 0)
    findings.twice += Math.max(0, (tickets.get(chat) ?? 0) - ticketsOf(chat).length)
    findings.lost += Math.max(0, ticketsOf(chat).length - (tickets.get(chat) ?? 0))
    findings.setAside += stored.filter(row => row.result === 'set_aside').length
    findings.outOfOrder += misplaced(stored, ids)
    addReplies(findings, world.api.messages.of(chat), repliesTo(chat))
  }
  return findings
}

function misplaced(stored: Row[], ids: string[]): number {
  const wrongPlace = stored.filter((row, i) => row.external_id !== ids[i]).length
  const wrongTime = stored.filter((row, i) => {
    const before = stored[i - 1]?.handled_at
    return before && row.handled_at && before > row.handled_at
  }).length
  return wrongPlace + wrongTime
}

/** A copy must come before the next reply does: one that comes later stands out of order. */
function addReplies(findings: Findings, received: SentMessage[], expected: string[]): void {
  let next = 0
  for (const { plain } of received) {
    if (plain === expected[next]) next++
    else if (expected.slice(0, next).includes(plain)) {
      findings.repliesRepeated++
      if (plain !== expected[next - 1]) findings.outOfOrder++
    } else findings.outOfOrder++
  }
  const texts = new Set(received.map(message => message.plain))
  findings.repliesMissing += expected.filter(text => !texts.has(text)).length
}

const inboundRows = (world: World) =>
  world.cluster.query<Row>(
    `SELECT c.address::int AS chat, i.external_id, i.result, i.handled_at,
            (SELECT count(*)::int FROM outbound o WHERE o.inbound_id = i.id) AS replies
     FROM inbound i JOIN conversations c ON c.id = i.conversation_id ORDER BY i.id`,
  )

async function ticketCounts(world: World): Promise<Map<number, number>> {
  const rows = await world.cluster.query<{ chat: number; tickets: number }>(
    `SELECT c.address::int AS chat, count(*)::int AS tickets
     FROM tickets t JOIN conversations c ON c.id = t.conversation_id GROUP BY 1`,
  )
  return new Map(rows.map(row => [row.chat, row.tickets]))
}

/** Lines that say what is wrong where, for a run that broke a promise. */
export async function explain(world: World, pushed: Map<number, number[]>): Promise<string[]> {
  const rows = await inboundRows(world)
  return [...pushed.keys()].flatMap(chat => {
    const expected = repliesTo(chat)
    const received = world.api.messages.of(chat).map(message => message.plain)
    const collapsed = received.filter((text, i) => text !== received[i - 1])
    const stored = rows.filter(row => row.chat === chat)
    const fine =
      JSON.stringify(collapsed) === JSON.stringify(expected) &&
      stored.length === messagesOf(chat).length &&
      stored.every(row => row.result === 'answer' && row.replies === 1)
    return fine ? [] : [`chat ${chat}: ${JSON.stringify({ received, stored })}`]
  })
}
