import makeWASocket, {
  BufferJSON,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  type AuthenticationCreds,
  type BaileysEventMap,
  type SignalDataSet,
  type SignalDataTypeMap,
  type UserFacingSocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys'
import { pino } from 'pino'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FakeWhatsApp } from './server.ts'

const logger = pino({ level: 'silent' })

/** An auth state that goes through JSON, as a database column would. */
export class JsonAuth {
  #creds = JSON.stringify(initAuthCreds(), BufferJSON.replacer)
  readonly rows = new Map<string, string>()

  load() {
    const creds = JSON.parse(this.#creds, BufferJSON.reviver) as AuthenticationCreds
    const keys = {
      get: async <T extends keyof SignalDataTypeMap>(type: T, ids: string[]) => {
        const found: { [id: string]: SignalDataTypeMap[T] } = {}
        for (const id of ids) {
          const json = this.rows.get(`${type}/${id}`)
          if (json) found[id] = JSON.parse(json, BufferJSON.reviver) as SignalDataTypeMap[T]
        }
        return found
      },
      set: async (data: SignalDataSet) => {
        for (const [type, byId] of Object.entries(data)) {
          for (const [id, value] of Object.entries(byId ?? {})) {
            if (value === null) this.rows.delete(`${type}/${id}`)
            else this.rows.set(`${type}/${id}`, JSON.stringify(value, BufferJSON.replacer))
          }
        }
      },
    }
    const save = () => {
      this.#creds = JSON.stringify(creds, BufferJSON.replacer)
    }
    return { creds, keys, save }
  }
}

export type Logged = WAMessage & { upsert: 'notify' | 'append' }

/** The real client with nothing of ours around it, to show what the fake server and the client do by themselves. */
export class BareClient {
  socket: WASocket | undefined
  readonly log: Logged[] = []
  readonly closes: (number | undefined)[] = []
  readonly updates: BaileysEventMap['messages.update'] = []
  opened = 0
  #stopping = false

  constructor(
    private readonly fake: FakeWhatsApp,
    private readonly auth: JsonAuth,
    private readonly onQr: (qr: string, client: BareClient) => void = () => {},
    private readonly changes: Partial<UserFacingSocketConfig> = {},
  ) {}

  get open(): WASocket {
    if (!this.socket) throw new Error('not connected')
    return this.socket
  }

  connect(): this {
    const { creds, keys, save } = this.auth.load()
    this.socket = makeWASocket({
      auth: { creds, keys: makeCacheableSignalKeyStore(keys, logger) },
      logger,
      waWebSocketUrl: this.fake.url,
      markOnlineOnConnect: false,
      syncFullHistory: false,
      shouldSyncHistoryMessage: () => false,
      ...this.fake.media.route(),
      ...this.changes,
    })
    const { ev } = this.socket
    ev.on('creds.update', update => {
      Object.assign(creds, update)
      save()
    })
    ev.on('messages.upsert', ({ messages, type }) => {
      for (const message of messages) this.log.push({ upsert: type, ...message })
    })
    ev.on('messages.update', updates => void this.updates.push(...updates))
    ev.on('connection.update', ({ qr, connection, lastDisconnect }) => {
      if (qr) this.onQr(qr, this)
      if (connection === 'open') this.opened++
      if (connection === 'close') this.#closed(lastDisconnect?.error)
    })
    return this
  }

  inbound(): Logged[] {
    return this.log.filter(message => !message.key.fromMe && message.message)
  }

  async until<T>(look: () => T | undefined | false, ms = 30_000): Promise<T> {
    for (const end = Date.now() + ms; ; await sleep(10)) {
      const found = look()
      if (found) return found
      if (Date.now() > end) throw new Error(`waited in vain for ${look.toString()}`)
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true
    await this.socket?.end(undefined)
  }

  #closed(error: unknown): void {
    const code = (error as { output?: { statusCode?: number } } | undefined)?.output?.statusCode
    this.closes.push(code)
    if (!this.#stopping && code !== 401 && code !== 440) setTimeout(() => this.connect(), 10)
  }
}
