import { GrammyError, HttpError } from 'grammy'
import { errorForLog } from '../../lib/log.ts'
import { MINUTE, SECOND } from '../../lib/time.ts'
import type { ChannelState } from '../channel.ts'
import type { TelegramParts } from './options.ts'

/** Longer than a poll, its time limit and a pause after it. */
const STALLED_MS = 90 * SECOND
const CONFLICT_PAUSES = [3 * SECOND, 6 * SECOND, 15 * SECOND]

/**
 * What the operators see of the hearing. A success must come again and again: a loop that hangs somewhere looks healthy
 * from within, so silence for too long is trouble whatever the loop believes.
 */
export class Condition {
  #state: ChannelState = { status: 'starting' }
  #lastSuccess = 0

  constructor(
    private readonly parts: TelegramParts,
    /** What a success is called: "no poll has succeeded". */
    private readonly what: string,
  ) {}

  get state(): ChannelState {
    if (this.#state.status !== 'connected') return this.#state
    const silentMs = this.parts.clock.now() - this.#lastSuccess
    if (silentMs <= STALLED_MS) return this.#state
    const reason = `no ${this.what} has succeeded for ${Math.round(silentMs / SECOND)} s`
    return { status: 'trouble', since: this.#lastSuccess, reason }
  }

  success(): void {
    this.#lastSuccess = this.parts.clock.now()
    if (this.#state.status !== 'connected') this.#state = { status: 'connected', since: this.#lastSuccess }
  }

  set(state: Extract<ChannelState, { status: 'starting' | 'standby' | 'stopped' }>): void {
    this.#state = state
  }

  trouble(reason: string): void {
    const since = this.#state.status === 'trouble' ? this.#state.since : this.parts.clock.now()
    this.#state = { status: 'trouble', since, reason }
  }

  /** Notes and logs a failure. @param failures how many in a row @returns ms to wait before the next try */
  failed(error: unknown, failures: number): number {
    const { reason, pauseMs } = judge(error, failures)
    this.trouble(reason)
    const level = pauseMs >= MINUTE ? 'error' : 'warn'
    this.parts.log[level]({ ...errorForLog(error), channel: 'telegram', failures }, `${this.what}: ${reason}`)
    return pauseMs
  }
}

function judge(error: unknown, failures: number): { reason: string; pauseMs: number } {
  const pauseMs = Math.min(15 * SECOND, 250 * 2 ** Math.min(failures, 6))
  if (error instanceof HttpError) return { reason: 'no connection to the Bot API', pauseMs }
  if (!(error instanceof GrammyError)) return { reason: 'storing failed', pauseMs }
  const { error_code: code, description, parameters } = error
  switch (code) {
    case 401:
    case 404:
      // a new token needs a new start; but Telegram has answered so by mistake, and that passes
      return {
        reason: 'Telegram refuses TELEGRAM_BOT_TOKEN: get a new one from @BotFather',
        pauseMs: MINUTE,
      }
    case 409:
      return { reason: conflict(description), pauseMs: CONFLICT_PAUSES[Math.min(failures, 3) - 1] ?? 0 }
    case 400:
      return { reason: `the Bot API answered 400: ${description.slice(0, 120)}`, pauseMs: MINUTE }
    default: {
      const asked = parameters.retry_after
      return { reason: `the Bot API answered ${code}`, pauseMs: asked ? asked * SECOND : pauseMs }
    }
  }
}

const conflict = (description: string) =>
  /webhook/i.test(description)
    ? 'another program has set a webhook for this bot (409)'
    : 'another program asks for the updates of this bot (409)'
