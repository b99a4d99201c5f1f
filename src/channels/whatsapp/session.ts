import type {
  CacheStore,
  UserFacingSocketConfig,
  WAMessage,
  WASocket,
  WAVersion,
} from '@whiskeysockets/baileys'
import type { Agent } from 'node:https'
import { SECOND, sleep } from '../../lib/time.ts'
import type { News } from './acks.ts'
import type { Auth } from './auth.ts'
import type { Baileys } from './baileys.ts'
import { isPublic, phoneOf } from './jids.ts'
import type { Locks } from './locks.ts'

/** Where WhatsApp is: tests and measurements have their own. */
export interface Endpoint {
  url: string
  /** The way to the media host. */
  fetchAgent?: Agent
  options?: RequestInit
}

/** What a connection tells. `closed` is the last thing it says. */
export interface SessionHears {
  qr(qr: string): void
  opened(phone: string | undefined): void
  closed(code: number | undefined): void
  messages(messages: readonly WAMessage[]): void
  news(news: readonly News[]): void
  pairs(pairs: readonly { lid: string; pn: string }[]): void
  /** `until`: epoch ms where WhatsApp says so. */
  reachOut(locked: boolean, until: number | undefined): void
  /** Something came in that is not the answer to a keep-alive. */
  alive(): void
}

export interface SessionOptions {
  baileys: Baileys
  auth: Auth
  endpoint?: Endpoint | undefined
  version?: WAVersion | undefined
  /** How often each message was asked for again: must outlive the connection, else it starts from nothing. */
  retries: CacheStore
  findMessage(id: string): Promise<Uint8Array | undefined>
  locks: Locks
}

/** How long messages that are being decrypted may take until they are told. */
const HALF_RECEIVED_MS = 5 * SECOND

export interface Session {
  socket: WASocket
  /** Takes nothing new: WhatsApp keeps what was not confirmed. Resolves when what was confirmed has been told. */
  stopHearing(): Promise<void>
  /** Ends the connection without losing what is half received. */
  close(): Promise<void>
}

/** The new client for every connection. Its handlers live as long as it does: none survives on an old socket. */
export function openSession(options: SessionOptions, hears: SessionHears): Session {
  const half = new Set<string>()
  const socket = connect(options, hears, half)
  const { ws, ev } = socket
  const stopHearing = async () => {
    ws.removeAllListeners('CB:message')
    const end = performance.now() + HALF_RECEIVED_MS
    for (ev.flush(); half.size > 0 && ws.isOpen && performance.now() < end; ev.flush()) await sleep(20)
  }
  const close = async () => {
    await stopHearing()
    await socket.end(undefined)
  }
  return { socket, stopHearing, close }
}

/** @param half messages that were received and are not told yet */
function connect(options: SessionOptions, hears: SessionHears, half: Set<string>): WASocket {
  const socket = options.baileys.makeWASocket(configOf(options))
  const { ev, ws } = socket
  ev.on('creds.update', part => void options.auth.saveCreds(part).catch(() => {})) // `broken` tells
  ev.on('messages.upsert', ({ messages }) => {
    for (const { key } of messages) half.delete(key.id ?? '')
    hears.news(messages.flatMap(message => newsOf(message.key, message)))
    hears.messages(messages)
  })
  ev.on('messages.update', updates => hears.news(updates.flatMap(({ key, update }) => newsOf(key, update))))
  ev.on('lid-mapping.update', pair => hears.pairs([pair]))
  ev.on('messaging-history.set', ({ lidPnMappings = [] }) => hears.pairs(lidPnMappings))
  ev.on('connection.update', ({ qr, connection, lastDisconnect, reachoutTimeLock }) => {
    if (qr !== undefined) hears.qr(qr)
    if (reachoutTimeLock)
      hears.reachOut(Boolean(reachoutTimeLock.isActive), reachoutTimeLock.timeEnforcementEnds?.getTime())
    if (connection === 'open') hears.opened(phoneOf(socket.user?.id))
    if (connection !== 'close') return
    ev.flush() // the client forgets what it still buffers, though it has told WhatsApp "received"
    hears.closed(codeOf(lastDisconnect?.error))
  })
  // no event tells a confirmation; refusals come as events, too
  ws.on('CB:ack,class:message', (node: { attrs: Record<string, string> }) => {
    const { id = '', error } = node.attrs
    hears.news([error ? { id, status: 'failed', reason: error } : { id, status: 'sent' }])
  })
  ws.on('CB:message', ({ attrs: { id, from = '' } }: { attrs: Record<string, string> }) => {
    if (id && !isPublic(from)) half.add(id)
  })
  for (const stanza of ['message', 'receipt', 'notification', 'ack'])
    ws.on(`CB:${stanza}`, () => hears.alive())
  return socket
}

function configOf({
  baileys,
  auth,
  endpoint,
  version,
  retries,
  findMessage,
  locks,
}: SessionOptions): UserFacingSocketConfig {
  const { FULL, RECENT } = baileys.proto.HistorySync.HistorySyncType
  return {
    auth: auth.state,
    logger: MUTE,
    browser: baileys.Browsers.ubuntu('Chrome'),
    markOnlineOnConnect: false, // else the phone gets no notifications any more
    syncFullHistory: false,
    // all but these: refusing everything would leave out who has which LID
    shouldSyncHistoryMessage: ({ syncType }) => syncType !== FULL && syncType !== RECENT,
    shouldIgnoreJid: isPublic,
    emitOwnEvents: false,
    keepAliveIntervalMs: 25 * SECOND,
    generateHighQualityLinkPreview: false,
    makeSignalRepository: (...given) => {
      const repository = baileys.DEFAULT_CONNECTION_CONFIG.makeSignalRepository(...given)
      const { decryptMessage } = repository
      return { ...repository, decryptMessage: one => locks.run(one.jid, () => decryptMessage(one)) }
    },
    msgRetryCounterCache: retries,
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 100 }, // a failed write ends the connection
    getMessage: async ({ id }) => {
      const content = id ? await findMessage(id) : undefined
      return content && baileys.proto.Message.decode(content)
    },
    ...(version ? { version } : {}),
    ...(endpoint ? { waWebSocketUrl: endpoint.url } : {}),
    ...(endpoint?.fetchAgent ? { fetchAgent: endpoint.fetchAgent } : {}),
    ...(endpoint?.options ? { options: endpoint.options } : {}),
  }
}

/** The client logs who writes to whom at every level, so it logs nothing; what matters comes as events. */
const MUTE = {
  level: 'silent',
  child: () => MUTE,
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
}

/** Of WebMessageInfo.Status. */
const STATUS: readonly (News['status'] | undefined)[] = [
  'failed',
  undefined,
  'sent',
  'delivered',
  'read',
  'read',
]

/** A fast confirmation is merged into the message's own upsert, a slow one is an update: both are read. */
function newsOf(
  key: { fromMe?: boolean | null; id?: string | null },
  { status, messageStubParameters }: Partial<WAMessage>,
): News[] {
  const to = status === null || status === undefined ? undefined : STATUS[status]
  if (!key.fromMe || !key.id || !to) return []
  const [reason] = (messageStubParameters ?? []) as unknown[]
  return [{ id: key.id, status: to, ...(to === 'failed' ? { reason: String(reason ?? 'unknown') } : {}) }]
}

const codeOf = (error: unknown): number | undefined =>
  (error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode
