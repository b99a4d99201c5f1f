import type { CacheStore } from '@whiskeysockets/baileys'

const MOST = 5000

/** Retry counters by message, the oldest going first. They outlive the connection, unlike those of the client itself. */
export class RetryCounts implements CacheStore {
  readonly #counts = new Map<string, unknown>()

  get<T>(key: string): T | undefined {
    return this.#counts.get(key) as T | undefined
  }

  set<T>(key: string, value: T): void {
    this.#counts.delete(key)
    this.#counts.set(key, value)
    const [oldest] = this.#counts.keys()
    if (this.#counts.size > MOST && oldest !== undefined) this.#counts.delete(oldest)
  }

  del(key: string): void {
    this.#counts.delete(key)
  }

  flushAll(): void {
    this.#counts.clear()
  }
}
