import { ChatPageChannel, CHATPAGE_ACCOUNT } from './channels/chatpage.ts'
import type { Channel } from './channels/channel.ts'
import { numberedText } from './channels/numbered.ts'
import { createFiles, type MadeFiles } from './db/files.ts'
import type { Store } from './db/open.ts'
import { createSandbox } from './db/sandbox.ts'
import { News } from './http/chatpage/news.ts'
import { chatPageRoutes } from './http/chatpage/routes.tsx'
import type { Log } from './lib/log.ts'
import type { Clock } from './lib/time.ts'

interface ChatPageOptions {
  clock: Clock
  log: Log
  store: Store
  madeFiles: MadeFiles
}

/** The chat page: its channel for the path, and its routes for the web server. */
export function openChatPage({ clock, log, store, madeFiles }: ChatPageOptions): {
  channel: Channel
  routes: ReturnType<typeof chatPageRoutes>
} {
  const news = new News()
  const sandbox = createSandbox(store.db, store.sealer, CHATPAGE_ACCOUNT)
  const channel = new ChatPageChannel({
    clock,
    async deliver(address) {
      const id = await sandbox.onItsWay(address)
      news.ring(address)
      return id === undefined ? undefined : String(id)
    },
  })
  const post = (message: Parameters<ChatPageChannel['receive']>[0]) => channel.receive(message)
  const files = createFiles(store.db, store.sealer, madeFiles)
  const openFile = (key: string) => files.open(CHATPAGE_ACCOUNT, key)
  return { channel, routes: chatPageRoutes({ sandbox, clock, log, news, openFile, post, numberedText }) }
}
