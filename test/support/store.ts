import { randomBytes } from 'node:crypto'
import type { Files, Inbox, Outbox, Timers, Turns } from '../../src/app/ports.ts'
import type { Received } from '../../src/channels/channel.ts'
import { connect, type Db } from '../../src/db/client.ts'
import { createFiles, type MadeFiles } from '../../src/db/files.ts'
import { createInbox } from '../../src/db/inbox.ts'
import { createOutbox } from '../../src/db/outbox.ts'
import { reposFor } from '../../src/db/repos.ts'
import { Sealer } from '../../src/db/seal.ts'
import { createTimers } from '../../src/db/timers.ts'
import { createTurns, type BeforeCommit } from '../../src/db/turns.ts'
import { testDatabase } from './postgres.ts'

export const ACCOUNT = 'telegram:123456'
export const NOW = Date.parse('2026-11-25T10:00:00+07:00')

/** A file made by code: `note/<words>`. */
export const MADE: MadeFiles = {
  note: words => ({ mime: 'text/plain', bytes: () => Promise.resolve(Buffer.from(words)) }),
}

export interface PathStore {
  db: Db
  sealer: Sealer
  url: string
  inbox: Inbox
  turns: Turns
  outbox: Outbox
  timers: Timers
  files: Files
  /** Empties what messages leave behind. */
  clear(): Promise<void>
  close(): Promise<void>
}

/** The path's side of the database, on a database of its own. */
export async function openPathStore(beforeCommit?: BeforeCommit): Promise<PathStore> {
  const { url, drop } = await testDatabase()
  const db = connect(url)
  const sealer = new Sealer(randomBytes(32))
  return {
    db,
    sealer,
    url,
    inbox: createInbox(db, sealer),
    turns: createTurns(db, sealer, {
      reposFor: tx => reposFor(tx, sealer),
      ...(beforeCommit ? { beforeCommit } : {}),
    }),
    outbox: createOutbox(db, sealer),
    timers: createTimers(db, sealer),
    files: createFiles(db, sealer, MADE),
    async clear() {
      await db.$executeRaw`TRUNCATE conversations, residents CASCADE`
    },
    async close() {
      await db.$disconnect()
      await drop()
    },
  }
}

let updates = 0

/** A text from a chat, new each time. */
export function text(address: string, words: string, changes: Partial<Received> = {}): Received {
  return {
    account: ACCOUNT,
    channel: 'telegram',
    address,
    externalId: `u${++updates}`,
    sentAt: NOW,
    incoming: { kind: 'text', text: words },
    ...changes,
  }
}
