import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { Player, type PlayerOptions } from '../../src/cli/chat/player.ts'
import { readConfig } from '../../src/config.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { reposFor } from '../../src/db/repos.ts'
import { EMPTY_INTAKE } from '../../src/domain/people.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { registered, type World } from './people.ts'
import { testDatabase } from './postgres.ts'

const flows = loadFlows('flows', callSpecs)
const NOON = Date.parse('2026-11-25T10:00+07:00')

export interface Players {
  store: Store
  /** Somebody new who chats with the real flows through the real path. */
  player(who: Pick<PlayerOptions, 'id'> & Partial<PlayerOptions>, now?: number): Player
  /** Somebody of Duri Kepa, Kebon Jeruk, who wants to grow a business, speaks through this player from now on. */
  register(name: string, as: Pick<PlayerOptions, 'id'> & Partial<PlayerOptions>, at?: number): Promise<void>
  close(): Promise<void>
}

/** A database of one's own for played conversations. */
export async function openPlayers(): Promise<Players> {
  const { url } = await testDatabase()
  const secretKey = 'a key for tests only, of 32 characters'
  const store = await openStore({ databaseUrl: url, dataDir: '/nonexistent', secretKey })
  return {
    store,
    player: (who, now = NOON) =>
      new Player({
        ...{ store, flows, channel: 'telegram', facts: readConfig({}).facts },
        log: createLog('silent'),
        clock: new FixedClock(now),
        ...who,
      }),
    async register(name, { id, channel = 'telegram', address = '1' }, at = NOON) {
      const chat = { channel, account: `terminal:${id}`, address, sandbox: true }
      const row = await store.db.conversation.create({ data: { ...chat, createdAt: new Date(at) } })
      const within: World['within'] = work => store.db.$transaction(tx => work(reposFor(tx, store.sealer)))
      const intake = {
        ...EMPTY_INTAKE,
        wantsGrow: true,
        growField: 'kuliner',
        primaryNeed: 'naik_kelas' as const,
      }
      await registered({ within }, { id: row.id, ...chat }, { name, intake })
    },
    close: () => store.stop(),
  }
}
