import type { Update } from 'grammy/types'
import type { MovableClock } from './clock.ts'
import type { Faults } from './faults.ts'
import { badRequest, numberOf, textOf, tooMany, type Params } from './http.ts'
import { Poster, type Posted } from './post.ts'
import type { Updates } from './updates.ts'

const SECOND = 1000
const LONGEST_PAUSE_MS = 60 * SECOND
const LONGEST_ASKED_MS = 3600 * SECOND
const TAP_LIFE_MS = 150 * SECOND
/** So long the answer "410 Gone" closes a webhook. */
const GONE_MS = 23 * 3600 * SECOND
const DEFAULT_CONNECTIONS = 40

interface Hook {
  url: string
  secret: string
  connections: number
}

/** Updates of one sender that go out one after the other. */
interface Line {
  waiting: Update[]
  failures: number
  busy: boolean
}

interface Options {
  offerTwice?: boolean
}

/**
 * Webhook delivery, as the official server does it: many posts at once, but one at a time for each chat, and taps of a
 * person in a line of their own, so that a tap can overtake a text. What is not answered with 2xx is posted again, at
 * once, then after 2, 4, 8 … 60 s, or as Retry-After says. Plain http is taken, as a local Bot API server does.
 */
export class Webhook {
  /** Called after each post with the ms from its begin to its answer. */
  onAnswer: ((ms: number, ok: boolean) => void) | undefined
  #hook: Hook | undefined
  readonly #lines = new Map<string, Line>()
  readonly #again = new Set<number>()
  #poster: Poster | undefined
  #busy = 0
  #setAt = -SECOND
  #error: { date: number; message: string } | undefined
  #goneSince: number | undefined

  constructor(
    private readonly updates: Updates,
    private readonly deps: { clock: MovableClock; faults: Faults },
    private readonly options: Options,
  ) {
    updates.onNew(update => {
      if (!this.#hook) return
      this.#queue(update)
      this.#work()
    })
  }

  get isSet(): boolean {
    return this.#hook !== undefined
  }

  /** setWebhook; an empty address removes it. What waits stays, unless it is to be dropped. */
  set(params: Params): true {
    const url = textOf(params.url)
    const now = this.deps.clock.now()
    const hook = url ? checkedHook(params, url) : undefined
    const drop = [true, 'true'].includes(params.drop_pending_updates as never)
    this.updates.allow(params)
    if (!drop && JSON.stringify(hook) === JSON.stringify(this.#hook)) return true // is already set, or deleted
    if (hook && now < this.#setAt + SECOND) throw tooMany(1)
    if (hook) this.#setAt = now
    if (drop) this.updates.clear()
    this.#use(hook)
    return true
  }

  info(): object {
    const { allowed, pending } = this.updates
    return {
      url: this.#hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: pending,
      ...(this.#hook ? { max_connections: this.#hook.connections } : {}),
      ...(this.#error ? { last_error_date: this.#error.date, last_error_message: this.#error.message } : {}),
      ...(allowed ? { allowed_updates: allowed } : {}),
    }
  }

  stop(): void {
    this.#use(undefined)
  }

  #use(hook: Hook | undefined): void {
    this.#poster?.stop()
    this.#lines.clear()
    this.#busy = 0
    this.#error = undefined
    this.#goneSince = undefined
    this.#hook = hook
    this.#poster = hook && new Poster(hook)
    if (!hook) return
    for (const update of this.updates.first(Infinity)) this.#queue(update)
    this.#work()
  }

  #queue(update: Update): void {
    const key = lineOf(update)
    const line = this.#lines.get(key)
    if (line) line.waiting.push(update)
    else this.#lines.set(key, { waiting: [update], failures: 0, busy: false })
  }

  /** Starts as many posts as there are free connections and lines at rest. */
  #work(): void {
    for (const [key, line] of this.#lines) {
      if (this.#busy >= (this.#hook?.connections ?? 0)) return
      if (!line.busy) void this.#post(key, line)
    }
  }

  async #post(key: string, line: Line): Promise<void> {
    const update = this.#nextOf(key, line)
    const poster = this.#poster
    if (!update || !poster) return
    line.busy = true
    this.#busy++
    this.updates.counts.posts++
    const chat = chatOf(update)
    const fault = this.deps.faults.pick({ method: 'webhook', ...(chat === undefined ? {} : { chat }) })
    const began = performance.now()
    const answer = await poster.post(update)
    this.onAnswer?.(performance.now() - began, answer.ok === true)
    if (poster !== this.#poster) return // another webhook meanwhile
    this.#busy--
    if (fault?.kind === 'closeAfterAccept') this.#failed(line, { message: 'Connection reset by peer' })
    else if (answer.ok) this.#delivered(line, update)
    else this.#failed(line, answer)
    this.#work()
  }

  /** The first of a line that still waits; a tap does not wait for ever. */
  #nextOf(key: string, line: Line): Update | undefined {
    for (let update = line.waiting[0]; update; update = line.waiting[0]) {
      const since = this.updates.since(update.update_id)
      const old = since !== undefined && this.deps.clock.now() - since > TAP_LIFE_MS
      if (since !== undefined && !(old && update.callback_query)) return update
      this.updates.confirm(update.update_id)
      line.waiting.shift()
    }
    this.#lines.delete(key)
    return undefined
  }

  #delivered(line: Line, { update_id: id }: Update): void {
    line.busy = false
    line.failures = 0
    this.#goneSince = undefined
    if (this.options.offerTwice && !this.#again.delete(id)) {
      this.#again.add(id)
      this.updates.counts.repeated++
      return
    }
    line.waiting.shift()
    this.updates.counts.offered++
    this.updates.confirm(id)
  }

  #failed(line: Line, { message, retryAfter, status }: Posted): void {
    const { clock } = this.deps
    this.#error = { date: Math.floor(clock.now() / SECOND), message: message ?? '' }
    this.#goneSince = status === 410 ? (this.#goneSince ?? clock.now()) : undefined
    if (this.#goneSince !== undefined && clock.now() - this.#goneSince >= GONE_MS) return this.#use(undefined)
    const own = line.failures++ === 0 ? 0 : Math.min(LONGEST_PAUSE_MS, SECOND * 2 ** (line.failures - 1))
    const pause = Math.min(LONGEST_ASKED_MS, retryAfter === undefined ? own : retryAfter * SECOND)
    clock.after(pause, () => {
      line.busy = false
      this.#work()
    })
  }
}

function checkedHook(params: Params, url: string): Hook {
  const secret = textOf(params.secret_token)
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw badRequest('bad webhook: An HTTPS URL must be provided for webhook')
  if (secret.length > 256) throw badRequest('secret token is too long')
  if (/[^\w-]/.test(secret)) throw badRequest('secret token contains unallowed characters')
  const connections = Math.min(100, Math.max(1, numberOf(params.max_connections, DEFAULT_CONNECTIONS)))
  return { url, secret, connections }
}

const chatOf = ({ message, edited_message: edited, callback_query: query, my_chat_member: member }: Update) =>
  (message ?? edited ?? query?.message ?? member)?.chat.id

const lineOf = (update: Update) =>
  update.callback_query ? `taps of ${update.callback_query.from.id}` : `chat ${chatOf(update)}`
