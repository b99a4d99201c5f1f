import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { errorForLog } from '../../lib/log.ts'
import { SECOND, sleep, within } from '../../lib/time.ts'
import type { Received } from '../channel.ts'
import { whileHeld } from '../lease.ts'
import { Sets } from '../sets.ts'
import { Condition } from './condition.ts'
import type { TelegramParts } from './options.ts'
import { ALLOWED, answerTaps, readUpdates } from './updates.ts'

const CONNECTIONS = 100
const CALL_MS = 15 * SECOND

/** The door for Telegram's posts, for the web server. */
export interface WebhookDoor {
  /** Whether a post carries our secret; takes the same time for every wrong one. */
  knows(secret: string | undefined): boolean
  /**
   * Resolves once the update is stored; only then may the post be answered with 200. `malformed`: no update at all.
   * Rejects when it is not stored: Telegram then posts it again.
   */
  receive(body: string): Promise<'stored' | 'malformed'>
}

type ApiSignal = Parameters<Api['getWebhookInfo']>[0]
type Accept = (batch: Received[]) => Promise<void>

/** Nothing is taken while the assistant starts or stops; Telegram keeps the update and posts it again. */
class WebhookClosedError extends Error {
  override readonly name = 'WebhookClosedError'
}

/**
 * Hears by being told. Every process takes posts; one of them sees to it that the hook is set and works. Pending updates
 * stay at Telegram through every change, also from polls to posts and back.
 */
export class Webhook implements WebhookDoor {
  readonly #stopping = new AbortController()
  readonly #condition: Condition
  readonly #secret: string
  readonly #sets = new Sets<Update>(updates => this.#store(updates))
  readonly #watchMs: number
  #accept: Accept | undefined
  #running: Promise<void> | undefined
  #received = 0
  /** At the last look. */
  #receivedBefore = 0

  constructor(
    private readonly parts: TelegramParts,
    private readonly url: string,
  ) {
    this.#condition = new Condition(parts, 'look at the webhook')
    this.#secret = webhookSecret(parts.token)
    this.#watchMs = parts.pollSeconds * SECOND
  }

  get state() {
    return this.#condition.state
  }

  start(accept: Accept): void {
    const { log, hearing } = this.parts
    this.#accept = accept
    const options = {
      signal: this.#stopping.signal,
      onStandby: () => this.#condition.set({ status: 'standby' }),
      onFault: (error: unknown) => log.warn(errorForLog(error), 'the care for the webhook is not settled'),
    }
    this.#running = whileHeld(hearing, options, signal => this.#tend(signal))
  }

  async stop(): Promise<void> {
    this.#accept = undefined
    this.#stopping.abort()
    await Promise.all([this.#running, this.#sets.idle()])
    this.#condition.set({ status: 'stopped', reason: 'stopped' })
  }

  knows(secret: string | undefined): boolean {
    return secret !== undefined && timingSafeEqual(digest(secret), digest(this.#secret))
  }

  async receive(body: string): Promise<'stored' | 'malformed'> {
    const update = parseUpdate(body)
    if (!update) return 'malformed'
    if (!this.#accept) throw new WebhookClosedError('The webhook takes nothing now.')
    await this.#sets.add(update)
    this.#received++
    answerTaps(this.parts, [update])
    return 'stored'
  }

  async #store(updates: Update[]): Promise<void> {
    if (!this.#accept) throw new WebhookClosedError('The webhook takes nothing now.')
    await this.#accept(readUpdates(this.parts, updates))
  }

  async #tend(signal: AbortSignal): Promise<void> {
    this.#condition.set({ status: 'starting' })
    let set = false
    for (let failures = 0; !signal.aborted;) {
      try {
        if (!set) await within(CALL_MS, signal, limit => this.#register(limit))
        set = await within(CALL_MS, signal, limit => this.#look(limit))
        failures = 0
        await sleep(this.#watchMs, signal)
      } catch (error) {
        if (signal.aborted) return
        await sleep(this.#condition.failed(error, ++failures), signal)
      }
    }
  }

  async #register(signal: AbortSignal): Promise<void> {
    const options = {
      secret_token: this.#secret,
      max_connections: CONNECTIONS,
      allowed_updates: ALLOWED,
    }
    await this.parts.api.setWebhook(this.url, options, signal as ApiSignal)
  }

  /** @returns false when another program took the hook away */
  async #look(signal: AbortSignal): Promise<boolean> {
    const info = await this.parts.api.getWebhookInfo(signal as ApiSignal)
    const heardNothing = this.#received === this.#receivedBefore
    this.#receivedBefore = this.#received
    if (info.url !== this.url) {
      const what = 'another program has changed the webhook of this bot'
      this.#condition.trouble(`${what}; it is set again`)
      this.parts.log.warn({ channel: 'telegram' }, what)
      return false
    }
    const errorAge = this.parts.clock.now() - (info.last_error_date ?? 0) * SECOND
    if (info.pending_update_count > 0 && heardNothing && errorAge < 2 * this.#watchMs)
      this.#condition.trouble(`Telegram cannot deliver: ${(info.last_error_message ?? '').slice(0, 120)}`)
    else this.#condition.success()
    return true
  }
}

/** Known to Telegram and to every process with the token, stored nowhere; another token has another secret. */
const webhookSecret = (token: string) =>
  createHmac('sha256', token).update('ok-oce webhook secret v1').digest('base64url')

const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest()

function parseUpdate(body: string): Update | undefined {
  try {
    const update = JSON.parse(body) as Partial<Update> | null
    return typeof update?.update_id === 'number' ? (update as Update) : undefined
  } catch {
    return undefined
  }
}
