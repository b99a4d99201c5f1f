import { GrammyError, HttpError, type Api } from 'grammy'
import type { Update } from 'grammy/types'
import { errorForLog } from '../../lib/log.ts'
import { SECOND, sleep } from '../../lib/time.ts'
import type { ChannelState, Received } from '../channel.ts'
import type { TelegramParts } from './options.ts'
import { ALLOWED, answerTaps, readUpdates } from './updates.ts'

const LONG_POLL_SECONDS = 25
/** A server that answers an empty long poll at once would have us ask hundreds of times a second. */
const EARLY_MS = 500

/**
 * Hears by asking. A loop of our own: the offset moves only after the commit, so nothing is confirmed that could still
 * be lost.
 */
export class Polling {
  readonly #stopping = new AbortController()
  #polling: Promise<void> | undefined
  #state: ChannelState = { status: 'starting' }

  constructor(private readonly parts: TelegramParts) {}

  state(): ChannelState {
    return this.#state
  }

  start(accept: (batch: Received[]) => Promise<void>): void {
    this.#polling = this.#poll(accept)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#polling
    if (this.#state.status !== 'stopped') this.#state = { status: 'stopped', reason: 'stopped' }
  }

  async #poll(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    await this.parts.api.deleteWebhook().catch(() => {})
    let offset = 0
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      const asked = performance.now()
      try {
        const updates = await this.#updates(offset)
        this.#connected()
        failures = 0
        await accept(readUpdates(this.parts, updates))
        answerTaps(this.parts, updates)
        const last = updates.at(-1)
        if (last) offset = last.update_id + 1
        else if (performance.now() - asked < EARLY_MS) await sleep(EARLY_MS, this.#stopping.signal)
      } catch (error) {
        if (this.#stopping.signal.aborted) return
        if (this.#fatal(error)) return
        await sleep(this.#pauseAfter(error, ++failures), this.#stopping.signal)
      }
    }
  }

  #updates(offset: number): Promise<Update[]> {
    // the first poll does not wait: until it is answered the channel counts as not connected and no timer fires
    const timeout = this.#state.status === 'connected' ? LONG_POLL_SECONDS : 0
    const options = { offset, limit: 100, timeout, allowed_updates: ALLOWED }
    return this.parts.api.getUpdates(options, this.#stopping.signal as Parameters<Api['getUpdates']>[1])
  }

  #connected(): void {
    if (this.#state.status !== 'connected')
      this.#state = { status: 'connected', since: this.parts.clock.now() }
  }

  /** A wrong token is the one failure that waiting does not heal. */
  #fatal(error: unknown): boolean {
    if (!(error instanceof GrammyError) || ![401, 404].includes(error.error_code)) return false
    this.#state = { status: 'stopped', reason: 'the platform refuses TELEGRAM_BOT_TOKEN' }
    this.parts.log.error(
      { channel: 'telegram' },
      'Telegram refuses TELEGRAM_BOT_TOKEN: get a new one from @BotFather',
    )
    return true
  }

  #pauseAfter(error: unknown, failures: number): number {
    const api = error instanceof GrammyError ? error : undefined
    const reason = api
      ? `the Bot API answered ${api.error_code}`
      : error instanceof HttpError
        ? 'no connection'
        : 'storing failed'
    if (this.#state.status !== 'trouble')
      this.#state = { status: 'trouble', since: this.parts.clock.now(), reason }
    this.parts.log.warn({ ...errorForLog(error), channel: 'telegram', failures }, `polling: ${reason}`)
    if (api?.parameters.retry_after) return api.parameters.retry_after * SECOND
    return Math.min(15 * SECOND, 250 * 2 ** Math.min(failures, 6))
  }
}
