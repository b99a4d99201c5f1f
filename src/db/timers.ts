import type { Timers } from '../app/ports.ts'
import type { Incoming, TimerName } from '../engine/types.ts'
import type { Db } from './client.ts'
import { payloadPlace } from './inbox.ts'
import type { Sealer } from './seal.ts'

const BATCH = 200

interface Due {
  id: number
  conversation_id: number
  account: string
  name: TimerName
  wait: string
  due_at: Date
}

/**
 * Due timers come in through the inbox like any message: the same transaction removes the timer and inserts the inbound,
 * so a timer fires once whatever dies. It only fires for accounts that have heard from their platform since the start:
 * after an outage, what people wrote meanwhile comes first.
 */
export function createTimers(db: Db, sealer: Sealer): Timers {
  return {
    fire: (accounts, now) =>
      db.$transaction(async tx => {
        const due = await tx.$queryRaw<Due[]>`
          SELECT t.id, t.conversation_id, c.account, t.name, t.wait, t.due_at
          FROM timers t JOIN conversations c ON c.id = t.conversation_id
          WHERE t.due_at <= ${new Date(now)} AND c.account = ANY(${accounts}::text[])
          ORDER BY t.due_at, t.id LIMIT ${BATCH} FOR UPDATE OF t SKIP LOCKED`
        if (due.length === 0) return 0
        await tx.timer.deleteMany({ where: { id: { in: due.map(t => t.id) } } })
        const at = new Date(now)
        await tx.inbound.createMany({
          skipDuplicates: true,
          data: due.map(t => {
            // With its time: an off-topic word keeps the wait and may set the same timer anew.
            const externalId = `timer:${t.conversation_id}:${t.wait}:${t.name}:${t.due_at.getTime()}`
            const incoming: Incoming = { kind: 'timer', timer: t.name, wait: t.wait }
            return {
              conversationId: t.conversation_id,
              account: t.account,
              externalId,
              kind: 'timer',
              payload: sealer.seal(payloadPlace(t.account, externalId), JSON.stringify(incoming)),
              sentAt: at,
              receivedAt: at,
            }
          }),
        })
        return due.length
      }),
  }
}
