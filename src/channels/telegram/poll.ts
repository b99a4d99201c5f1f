import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { errorForLog } from '../../lib/log.ts'
import { SECOND, sleep, within } from '../../lib/time.ts'
import type { Received } from '../channel.ts'
import { whileHeld } from '../lease.ts'
import { Condition } from './condition.ts'
import type { TelegramParts } from './options.ts'
import { ALLOWED, answerTaps, readUpdates } from './updates.ts'

/** A poll is given up after so many times its waiting time; a connection that died silently never answers. */
const PATIENCE = 1.2
/** A server that answers an empty long poll at once would have us ask hundreds of times a second. */
const EARLY_MS = 500

type Accept = (batch: Received[]) => Promise<void>

/**
 * Hears by asking. A loop of our own: the offset moves only after the commit, so nothing is confirmed that could still
 * be lost. Of several processes one asks, the others stand by.
 */
export class Polling {
  readonly #stopping = new AbortController()
  readonly #condition: Condition
  #running: Promise<void> | undefined

  constructor(private readonly parts: TelegramParts) {
    this.#condition = new Condition(parts, 'poll')
  }

  get state() {
    return this.#condition.state
  }

  start(accept: Accept): void {
    const { log, hearing } = this.parts
    const options = {
      signal: this.#stopping.signal,
      onStandby: () => this.#condition.set({ status: 'standby' }),
      onFault: (error: unknown) => log.warn(errorForLog(error), 'the right to hear Telegram is not settled'),
    }
    this.#running = whileHeld(hearing, options, signal => this.#poll(accept, signal))
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    this.#condition.set({ status: 'stopped', reason: 'stopped' })
  }

  async #poll(accept: Accept, signal: AbortSignal): Promise<void> {
    this.#condition.set({ status: 'starting' })
    let offset = 0
    let webhookGone = false
    for (let failures = 0; !signal.aborted;) {
      const asked = performance.now()
      try {
        // what waits at Telegram stays there and comes by polls now
        if (!webhookGone) webhookGone = await this.parts.api.deleteWebhook()
        const updates = await this.#updates(offset, signal)
        await accept(readUpdates(this.parts, updates))
        this.#condition.success()
        failures = 0
        answerTaps(this.parts, updates)
        offset = nextOffset(updates)
        if (updates.length === 0 && performance.now() - asked < EARLY_MS) await sleep(EARLY_MS, signal)
      } catch (error) {
        if (signal.aborted) return
        await sleep(this.#condition.failed(error, ++failures), signal)
      }
    }
  }

  #updates(offset: number, signal: AbortSignal): Promise<Update[]> {
    const { api, pollSeconds } = this.parts
    // the first poll does not wait: until it is answered the channel counts as not connected and no timer fires
    const timeout = this.state.status === 'connected' ? pollSeconds : 0
    const options = { offset, limit: 100, timeout, allowed_updates: ALLOWED }
    return within(pollSeconds * PATIENCE * SECOND, signal, limit =>
      api.getUpdates(options, limit as Parameters<Api['getUpdates']>[1]),
    )
  }
}

/**
 * After an empty answer everything is confirmed and 0 asks for whatever comes: Telegram's numbers begin anew at random
 * after a week of silence, and an offset kept from before could stand above them.
 */
const nextOffset = (updates: Update[]) => (updates.at(-1)?.update_id ?? -1) + 1
