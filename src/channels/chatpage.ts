import type { Incoming } from '../engine/types.ts'
import type { Clock } from '../lib/time.ts'
import type { Channel, ChannelState, Received, SendOutcome } from './channel.ts'

export const CHATPAGE_ACCOUNT = 'chatpage:local'

/** What somebody did on the page. `key` is made by the page: the same key is the same message, sent again. */
export interface Posted {
  address: string
  key: string
  incoming: Incoming
}

/** Nothing is taken while the assistant starts or stops; the page keeps the message and offers it again. */
class ChatPageClosedError extends Error {
  override readonly name = 'ChatPageClosedError'
  constructor() {
    super('The chat page takes no messages now.')
  }
}

interface Options {
  clock: Clock
  /**
   * Tells the open pages of an address that there is something new to draw.
   * @returns the number of the message on its way there; undefined when there is none (the chat was started anew)
   */
  deliver: (address: string) => Promise<string | undefined>
}

/**
 * The page at `/` as a chat platform of its own: what people post goes through the door, what is sent is drawn. Pages are
 * drawn from the database, where every message lies anyway, so sending is a bell for them: a page that was closed, slow
 * or in another process draws the same messages later, each once.
 */
export class ChatPageChannel implements Channel {
  readonly name = 'chatpage'
  readonly account = CHATPAGE_ACCOUNT
  #accept: ((batch: Received[]) => Promise<void>) | undefined
  #accepting = new Set<Promise<void>>()
  #state: ChannelState = { status: 'starting' }

  constructor(private readonly options: Options) {}

  state(): ChannelState {
    return this.#state
  }

  async start(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    this.#accept = accept
    this.#state = { status: 'connected', since: this.options.clock.now() }
  }

  async stop(): Promise<void> {
    this.#accept = undefined
    this.#state = { status: 'stopped', reason: 'stopped' }
    await Promise.allSettled(this.#accepting)
  }

  /** Resolves once the message is stored; only then may the page show it as sent. @throws ChatPageClosedError */
  async receive({ address, key, incoming }: Posted): Promise<void> {
    if (!this.#accept) throw new ChatPageClosedError()
    const received: Received = {
      account: this.account,
      channel: this.name,
      address,
      externalId: `${address}:${key}`,
      sentAt: this.options.clock.now(),
      incoming,
      sandbox: true,
    }
    const accepting = this.#accept([received])
    this.#accepting.add(accepting)
    try {
      await accepting
    } finally {
      this.#accepting.delete(accepting)
    }
  }

  /** A chat that was started anew meanwhile is refused, not blocked: a notice about it would bring it back. */
  async send(address: string): Promise<SendOutcome> {
    try {
      const providerId = await this.options.deliver(address)
      return providerId ? { kind: 'sent', providerId } : { kind: 'refused', reason: 'no such chat' }
    } catch {
      return { kind: 'later', at: this.options.clock.now() + 1_000, scope: 'chat', reason: 'database' }
    }
  }
}
