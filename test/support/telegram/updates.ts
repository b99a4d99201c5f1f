import type { Update } from 'grammy/types'
import type { MovableClock } from './clock.ts'
import { objectOf, type Params } from './http.ts'

export type NewUpdate = Omit<Update, 'update_id'> & { update_id?: number }

const NOT_BY_DEFAULT = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])
const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

/** What waits for the bot, whichever way it hears: kept until it is confirmed, at most a day. */
export class Updates {
  readonly counts = { created: 0, offered: 0, repeated: 0, polls: 0, posts: 0 }
  /** In the order they were created. */
  readonly #pending = new Map<number, { update: Update; at: number }>()
  readonly #listeners: ((update: Update) => void)[] = []
  #nextId = 1
  #lastAt = 0
  #allowed: ReadonlySet<string> | undefined

  constructor(private readonly clock: MovableClock) {}

  get pending(): number {
    return this.#pending.size
  }

  /** The newest id given, and the kinds that are created. */
  get nextId(): number {
    return this.#nextId
  }

  get allowed(): string[] | undefined {
    return this.#allowed && [...this.#allowed]
  }

  onNew(listener: (update: Update) => void): void {
    this.#listeners.push(listener)
  }

  /** Allowed kinds are judged when an update is created. An id given is kept, and the numbering goes on from it. */
  push(update: NewUpdate): Update {
    const at = this.clock.now()
    // after a week of silence the numbering begins anew at random, also below what was
    if (this.#lastAt > 0 && at - this.#lastAt > WEEK_MS) this.#nextId = 1 + Math.floor(Math.random() * 1e9)
    this.#lastAt = at
    const numbered: Update = { ...update, update_id: update.update_id ?? this.#nextId }
    this.#nextId = numbered.update_id + 1
    this.counts.created++
    if (!this.#wanted(numbered)) return numbered
    this.#pending.set(numbered.update_id, { update: numbered, at })
    for (const listener of this.#listeners) listener(numbered)
    return numbered
  }

  /** Those that wait, oldest first. */
  first(limit: number): Update[] {
    const found: Update[] = []
    for (const [id, { update }] of this.#pending) {
      if (found.length >= limit) break
      if (this.since(id) !== undefined) found.push(update)
    }
    return found
  }

  /** Created at, epoch ms; undefined when it waits no more. After a day nothing does. */
  since(id: number): number | undefined {
    const at = this.#pending.get(id)?.at
    if (at === undefined || this.clock.now() - at <= DAY_MS) return at
    this.#pending.delete(id)
    return undefined
  }

  confirm(id: number): void {
    this.#pending.delete(id)
  }

  clear(): void {
    this.#pending.clear()
  }

  /** The list of kinds that a getUpdates or setWebhook names; without one the last list stays. */
  allow(params: Params): void {
    const list = objectOf<string[]>(params.allowed_updates)
    if (list) this.#allowed = list.length > 0 ? new Set(list) : undefined
  }

  #wanted(update: Update): boolean {
    return Object.keys(update).some(kind =>
      kind === 'update_id' ? false : this.#allowed ? this.#allowed.has(kind) : !NOT_BY_DEFAULT.has(kind),
    )
  }
}
