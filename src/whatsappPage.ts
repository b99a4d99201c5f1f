import { posterPage } from './cli/links/posters.ts'
import { askOwner } from './db/whatsapp/ask.ts'
import { createPageKeys } from './db/whatsapp/pageKeys.ts'
import { createBoard } from './db/whatsapp/state.ts'
import type { Store } from './db/open.ts'
import { waLink } from './domain/links.ts'
import type { Routes } from './http/server.ts'
import { pairingRoutes } from './http/whatsapp/routes.tsx'
import type { Log } from './lib/log.ts'
import { SECOND, type Clock } from './lib/time.ts'
import { WHATSAPP_ACCOUNT } from './whatsapp.ts'

/** A browser waits for the answer. */
const ASK_MS = 15 * SECOND

/** The page where a phone is linked. Whichever process owns the account, the page shows it through the database. */
export function openPairingPage(deps: { store: Store; clock: Clock; log: Log }): Routes {
  const { store, clock, log } = deps
  const board = createBoard(store.db, store.sealer, WHATSAPP_ACCOUNT)
  const { open, holds } = createPageKeys(store.db, store.sealer)
  return pairingRoutes({
    ...{ open, holds, clock, log },
    read: () => board.read(),
    async askCode(phone) {
      const answer = await askOwner(board, { kind: 'code', phone }, ASK_MS)
      return answer && 'code' in answer ? answer.code : undefined
    },
    poster: phone => posterPage([{ title: 'WhatsApp', place: '', url: waLink(phone), app: 'WhatsApp' }]),
  })
}
