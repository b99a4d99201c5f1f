import { turnOver } from '../domain/booking/waiting.ts'
import type { Db } from './client.ts'
import { reposFor } from './repos.ts'
import type { Sealer } from './seal.ts'
import { waitingListFor } from './waitingList.ts'

/** Passes offers on that nobody took in time, one short transaction a centre. @returns how many were made */
export async function turnWaitingLists(db: Db, sealer: Sealer, now: number): Promise<number> {
  let offered = 0
  for (const where of await db.$transaction(tx => waitingListFor(tx).centres()))
    offered += (await db.$transaction(tx => turnOver(reposFor(tx, sealer), where, now))).length
  return offered
}
