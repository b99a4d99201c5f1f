import { errorForLog } from '../../lib/log.ts'
import type { Say, Touch } from '../../engine/types.ts'
import type { Channel, ChannelState, OutboundFile, Received, SendOutcome } from '../channel.ts'
import { telegramParts, type TelegramOptions, type TelegramParts } from './options.ts'
import { Polling } from './poll.ts'
import { introduce, Sender } from './send.ts'
import { Webhook, type WebhookDoor } from './webhook.ts'

export type { TelegramOptions } from './options.ts'

/** Telegram through grammY's typed API client: no runner, no sessions, no automatic retry; the outbox owns retries. */
export class TelegramChannel implements Channel {
  readonly name = 'telegram'
  readonly account: string
  /** Where posts of Telegram go; undefined while the channel polls. */
  readonly webhook: WebhookDoor | undefined
  readonly #parts: TelegramParts
  readonly #hearing: Polling | Webhook
  readonly #sender: Sender
  /** Telegram allows about 30 messages a second of what a bot starts itself; answers may be as many as there are. */
  readonly perSecond = 25

  constructor(options: TelegramOptions) {
    this.#parts = telegramParts(options)
    this.account = this.#parts.account
    const webhook = options.webhookUrl ? new Webhook(this.#parts, options.webhookUrl) : undefined
    this.webhook = webhook
    this.#hearing = webhook ?? new Polling(this.#parts)
    this.#sender = new Sender(this.#parts)
  }

  state(): ChannelState {
    return this.#hearing.state
  }

  async start(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    this.#hearing.start(accept)
    void introduce(this.#parts).catch((error: unknown) =>
      this.#parts.log.warn({ ...errorForLog(error), channel: this.name }, 'a start-up call failed; going on'),
    )
  }

  stop(): Promise<void> {
    return this.#hearing.stop()
  }

  send(address: string, say: Say, file?: OutboundFile): Promise<SendOutcome> {
    return this.#sender.send(address, say, file)
  }

  touch(address: string, touch: Touch): Promise<SendOutcome> {
    return this.#sender.touch(address, touch)
  }

  typing(address: string): Promise<void> {
    return this.#sender.typing(address)
  }
}
