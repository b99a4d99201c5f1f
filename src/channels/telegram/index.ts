import { Api, GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import { errorForLog, type Log } from '../../lib/log.ts'
import { SECOND, sleep, type Clock } from '../../lib/time.ts'
import type { Say } from '../../engine/types.ts'
import type { Channel, ChannelState, Received, SendOutcome } from '../channel.ts'
import { readUpdate } from './read.ts'
import { judgeError } from './outcomes.ts'
import { writeSay } from './write.ts'

export interface TelegramOptions {
  token: string
  apiRoot: string
  clock: Clock
  log: Log
  /** Shown in the chat's menu button. */
  commands: { command: string; description: string }[]
}

const ALLOWED = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
const LONG_POLL_SECONDS = 25
/** A server that answers an empty long poll at once would have us ask hundreds of times a second. */
const EARLY_MS = 500

/** The account of a bot is its id, the part of the token before the colon; it is no secret. */
const telegramAccount = (token: string) => `telegram:${token.split(':')[0]}`

/**
 * Telegram through grammY's typed API client, with a poll loop of our own: the offset moves only after the commit, so
 * nothing is confirmed that could still be lost. No runner, no sessions, no automatic retry: the outbox owns retries.
 */
export class TelegramChannel implements Channel {
  readonly name = 'telegram'
  readonly account: string
  readonly #api: Api
  readonly #stopping = new AbortController()
  #polling: Promise<void> | undefined
  #state: ChannelState = { status: 'starting' }

  constructor(private readonly options: TelegramOptions) {
    this.account = telegramAccount(options.token)
    this.#api = new Api(options.token, { apiRoot: options.apiRoot, timeoutSeconds: 30 })
  }

  state(): ChannelState {
    return this.#state
  }

  async start(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    void this.#introduce()
    this.#polling = this.#poll(accept)
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#polling
    if (this.#state.status !== 'stopped') this.#state = { status: 'stopped', reason: 'stopped' }
  }

  async send(address: string, say: Say): Promise<SendOutcome> {
    const { text, ...other } = writeSay(say)
    try {
      const message = await this.#api.sendMessage(Number(address), text, other)
      return { kind: 'sent', providerId: String(message.message_id) }
    } catch (error) {
      return judgeError(error, this.options.clock.now())
    }
  }

  /** Start-up courtesies: a failure is logged and never stops a start. */
  async #introduce(): Promise<void> {
    try {
      await this.#api.deleteWebhook()
      await this.#api.setMyCommands(this.options.commands)
    } catch (error) {
      this.options.log.warn({ ...errorForLog(error), channel: this.name }, 'a start-up call failed; going on')
    }
  }

  async #poll(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    let offset = 0
    for (let failures = 0; !this.#stopping.signal.aborted;) {
      const asked = performance.now()
      try {
        const updates = await this.#updates(offset)
        this.#connected()
        failures = 0
        const now = this.options.clock.now()
        await accept(updates.flatMap(update => this.#read(update, now) ?? []))
        this.#answerTaps(updates)
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
    return this.#api.getUpdates(options, this.#stopping.signal as Parameters<Api['getUpdates']>[1])
  }

  /** One update that our reader trips over must not stop the poll for all. */
  #read(update: Update, now: number): Received | undefined {
    try {
      return readUpdate(update, this.account, now)
    } catch (error) {
      this.options.log.error(
        { ...errorForLog(error), update: update.update_id },
        'an update could not be read',
      )
      return undefined
    }
  }

  /** At once and outside any lock: a button that keeps spinning looks broken. Too late is too late. */
  #answerTaps(updates: Update[]): void {
    for (const { callback_query: query } of updates) {
      if (query) this.#api.answerCallbackQuery(query.id).catch(() => {})
    }
  }

  #connected(): void {
    if (this.#state.status !== 'connected')
      this.#state = { status: 'connected', since: this.options.clock.now() }
  }

  /** A wrong token is the one failure that waiting does not heal. */
  #fatal(error: unknown): boolean {
    if (!(error instanceof GrammyError) || ![401, 404].includes(error.error_code)) return false
    this.#state = { status: 'stopped', reason: 'the platform refuses TELEGRAM_BOT_TOKEN' }
    this.options.log.error(
      { channel: this.name },
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
      this.#state = { status: 'trouble', since: this.options.clock.now(), reason }
    this.options.log.warn({ ...errorForLog(error), channel: this.name, failures }, `polling: ${reason}`)
    if (api?.parameters.retry_after) return api.parameters.retry_after * SECOND
    return Math.min(15 * SECOND, 250 * 2 ** Math.min(failures, 6))
  }
}
