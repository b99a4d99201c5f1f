import type { Say } from '../engine/types.ts'
import { quietUntil } from '../domain/quiet.ts'
import type { Tx } from './client.ts'
import { bodyPlace } from './saveTurns.ts'
import type { Sealer } from './seal.ts'

export interface LaterSay {
  conversation: { id: number; account: string }
  /** Whose erasure also erases this; null when it is about nobody in particular. */
  residentId: string | null
  purpose: 'reply' | 'operator'
  say: Say
  now: number
}

/** Queues something to say outside a turn; between 21.00 and 06.00 WIB it waits for the morning. */
export async function sayLater(
  tx: Tx,
  sealer: Sealer,
  { conversation, residentId, purpose, say, now }: LaterSay,
) {
  const until = quietUntil(now)
  await tx.outbound.create({
    data: {
      conversationId: conversation.id,
      account: conversation.account,
      purpose,
      guardResident: residentId,
      body: sealer.seal(bodyPlace(conversation.id), JSON.stringify(say)),
      notBefore: until === undefined ? null : new Date(until),
      createdAt: new Date(now),
    },
  })
}
