import type { OutboundFile } from '../../channels/channel.ts'
import type { Sandbox } from '../../app/ports/chatPage.ts'
import type { Incoming, Say } from '../../engine/types.ts'
import type { Log } from '../../lib/log.ts'
import type { Clock } from '../../lib/time.ts'
import type { News } from './news.ts'

export interface ChatPageDeps {
  sandbox: Sandbox
  clock: Clock
  log: Log
  news: News
  /** What is in a say's file; undefined: erased. */
  openFile: (key: string) => Promise<OutboundFile | undefined>
  /** Hands a person's message to the channel; resolves once it is stored. */
  post: (message: { address: string; key: string; incoming: Incoming }) => Promise<void>
  /** A say as a channel without buttons shows it. */
  numberedText: (say: Say) => string
}
