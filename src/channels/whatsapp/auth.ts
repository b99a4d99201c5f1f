import type {
  AuthenticationCreds,
  AuthenticationState,
  CacheStore,
  SignalDataSet,
  SignalDataTypeMap,
  SignalKeyStore,
} from '@whiskeysockets/baileys'
import type * as Module from '@whiskeysockets/baileys'
import type { AuthStore, KeyChange } from './ports.ts'

/** What a socket needs to be the linked device. */
export interface Auth {
  state: AuthenticationState
  /** What `creds.update` brought, a part of the whole; stored whole, one after the other. */
  saveCreds(part: Partial<AuthenticationCreds>): Promise<void>
  /**
   * Resolves when something could not be stored. The socket goes on with keys that the next one would not know, so it
   * must end at once; nothing more is stored through this.
   */
  readonly broken: Promise<unknown>
  /** Resolves when nothing is being stored any more. */
  settled(): Promise<void>
}

type KeyType = keyof SignalDataTypeMap
/** Loaded by whoever opens the account: it is heavy, and must be silenced first. */
type Baileys = Pick<typeof Module, 'BufferJSON' | 'initAuthCreds' | 'makeCacheableSignalKeyStore' | 'proto'>

/** The stored credential, or a new one where there is none. For one socket: the next one reads again. */
export async function openAuth(baileys: Baileys, store: AuthStore): Promise<Auth> {
  const text = textOf(baileys)
  const stored = await store.creds()
  const creds = stored === undefined ? baileys.initAuthCreds() : (text.parse(stored) as AuthenticationCreds)
  const writer = new Writer()
  const cache = new KeyCache()
  // it fills its cache before the store is written: after a failed write that is a lie
  void writer.broken.then(() => cache.flushAll())
  const keys = baileys.makeCacheableSignalKeyStore(
    keyStore({ baileys, text, store, writer }),
    undefined,
    cache,
  )
  return {
    state: { creds, keys },
    saveCreds(part) {
      Object.assign(creds, part)
      return writer.run(() => store.saveCreds(text.of(creds)))
    },
    broken: writer.broken,
    settled: () => writer.settled(),
  }
}

/** Writes in the order they were asked for; none after one has failed. */
class Writer {
  readonly broken: Promise<unknown>
  #last: Promise<unknown> = Promise.resolve()
  #error: unknown
  #failed = false
  #break: (error: unknown) => void = () => {}

  constructor() {
    this.broken = new Promise(resolve => {
      this.#break = resolve
    })
  }

  run(work: () => Promise<void>): Promise<void> {
    const written = this.#last.then(async () => {
      if (this.#failed) throw this.#error
      try {
        await work()
      } catch (error) {
        this.#failed = true
        this.#error = error
        this.#break(error)
        throw error
      }
    })
    this.#last = written.catch(() => {})
    return written
  }

  async settled(): Promise<void> {
    await this.#last
  }
}

interface Parts {
  baileys: Baileys
  text: ReturnType<typeof textOf>
  store: AuthStore
  writer: Writer
}

function keyStore({ baileys, text, store, writer }: Parts): SignalKeyStore {
  const revive = (type: KeyType, json: string): unknown => {
    const value = text.parse(json)
    return type === 'app-state-sync-key'
      ? baileys.proto.Message.AppStateSyncKeyData.fromObject(value as Record<string, unknown>)
      : value
  }
  return {
    async get<T extends KeyType>(type: T, ids: string[]) {
      const rows = await store.get(type, ids)
      const values = [...rows].map(([id, json]) => [id, revive(type, json)] as const)
      return Object.fromEntries(values) as { [id: string]: SignalDataTypeMap[T] }
    },
    set(data) {
      const changes = changesOf(data, text.of)
      return writer.run(() => store.set(changes))
    },
    clear: () => writer.run(() => store.wipe()),
  }
}

/** Every type that Baileys hands over, known or not: a list of types from an older version loses the newer ones. */
function changesOf(data: SignalDataSet, textOf: (value: unknown) => string): KeyChange[] {
  return Object.entries(data).flatMap(([type, rows]) =>
    Object.entries(rows).map(([id, value]: [string, unknown]) => ({
      type,
      id,
      value: value === null || value === undefined ? null : textOf(value),
    })),
  )
}

const textOf = ({ BufferJSON }: Baileys) => ({
  of: (value: unknown) => JSON.stringify(value, BufferJSON.replacer),
  parse: (json: string): unknown => JSON.parse(json, BufferJSON.reviver),
})

const MOST_CACHED = 10_000

/** Keys in use, the oldest going first: a chat that comes back reads its own from the store again. */
class KeyCache implements CacheStore {
  readonly #items = new Map<string, unknown>()

  get<T>(key: string): T | undefined {
    return this.#items.get(key) as T | undefined
  }
  set(key: string, value: unknown): void {
    this.#items.delete(key)
    this.#items.set(key, value)
    for (const oldest of this.#items.keys()) {
      if (this.#items.size <= MOST_CACHED) break
      this.#items.delete(oldest)
    }
  }
  del(key: string): void {
    this.#items.delete(key)
  }
  flushAll(): void {
    this.#items.clear()
  }
}
