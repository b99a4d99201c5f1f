import { createDoor } from '../../app/door.ts'
import { silentMeter } from '../../app/meter.ts'
import type { Config } from '../../config.ts'
import { createInbox } from '../../db/inbox.ts'
import type { Store } from '../../db/open.ts'
import { createBoard, type AccountBoard } from '../../db/whatsapp/state.ts'
import { createLog } from '../../lib/log.ts'
import { SECOND, sleep, systemClock } from '../../lib/time.ts'
import { openWhatsApp, WHATSAPP_ACCOUNT, type Elsewhere } from '../../whatsapp.ts'

export interface AccountOptions {
  store: Store
  config: Pick<Config, 'WHATSAPP_DAILY_CAP' | 'WHATSAPP_REPLIES_PER_MINUTE' | 'PUBLIC_URL' | 'PORT'>
  /** Another WhatsApp than the real one, for tests. */
  elsewhere?: Elsewhere
}

export const boardOf = ({ db, sealer }: Store): AccountBoard => createBoard(db, sealer, WHATSAPP_ACCOUNT)

/** A phone that has just been linked still sends what the new device needs. */
const LINGER_MS = 5 * SECOND

/**
 * Runs `work` while some process owns the account: the assistant where it runs, else this one for as long as it takes.
 * What people write meanwhile is stored like always, and answered when the assistant starts.
 */
export async function withAccount<T>(
  options: AccountOptions,
  work: (board: AccountBoard) => Promise<T>,
): Promise<T> {
  const { store, config, elsewhere } = options
  const board = boardOf(store)
  if ((await board.read())?.live) return work(board)
  const clock = systemClock
  const { channel, stop } = openWhatsApp(config, { store, clock, log: createLog('silent'), elsewhere })
  const inbox = createInbox(store.db, store.sealer)
  const begun = clock.now()
  await channel.start(createDoor({ inbox, clock, meter: silentMeter, ring: () => {} }))
  try {
    // until this process has written, the board shows what an earlier one left
    for (let fresh = false; !fresh; await sleep(SECOND / 10)) {
      const shown = await board.read()
      fresh = shown?.live === true && shown.state.since >= begun
    }
    return await work(board)
  } finally {
    if (channel.pairing.state().status === 'open') await sleep(LINGER_MS / (elsewhere?.haste ?? 1))
    await stop()
    await channel.stop()
    await channel.close()
  }
}
