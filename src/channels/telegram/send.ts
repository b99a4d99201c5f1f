import { GrammyError } from 'grammy'
import type { Say, Touch } from '../../engine/types.ts'
import type { OutboundFile, SendOutcome } from '../channel.ts'
import { Flood } from './flood.ts'
import type { TelegramParts } from './options.ts'
import { isDoneAlready, judgeError } from './outcomes.ts'
import { tryWays, waysOf, type SentMessage } from './ways.ts'

/**
 * Hands messages to the Bot API. No retry of its own, for the outbox owns retries: a call is made again only when it was
 * refused and another form of the same message may be taken.
 */
export class Sender {
  readonly #flood = new Flood()

  constructor(private readonly parts: TelegramParts) {}

  send(address: string, say: Say, file?: OutboundFile): Promise<SendOutcome> {
    const ways = waysOf(this.parts.api, say, file)
    return this.#judged(address, async () => {
      const { id, ...more } = await following(Number(address), chat => tryWays(ways, chat))
      return { kind: 'sent', providerId: String(id), ...more }
    })
  }

  touch(address: string, { touch, message }: Touch): Promise<SendOutcome> {
    const { api } = this.parts
    const [chat, id] = [Number(address), Number(message)]
    return this.#judged(address, async () => {
      const done = touch === 'delete' ? api.deleteMessage(chat, id) : api.editMessageReplyMarkup(chat, id)
      await (done as Promise<unknown>).catch((error: unknown) => {
        if (!isDoneAlready(error)) throw error
      })
      return { kind: 'sent', providerId: message }
    })
  }

  /** Shown for five seconds, or until the next message. */
  async typing(address: string): Promise<void> {
    await this.parts.api.sendChatAction(Number(address), 'typing').catch(() => {})
  }

  async #judged(chat: string, work: () => Promise<SendOutcome>): Promise<SendOutcome> {
    const { clock } = this.parts
    const at = this.#flood.waits(chat, clock.now())
    if (at !== undefined) return { kind: 'later', at, scope: 'chat', reason: 'after 429' }
    try {
      const outcome = await work()
      this.#flood.passed()
      return outcome
    } catch (error) {
      return judgeError(error, { chat, now: clock.now(), flood: this.#flood })
    }
  }
}

/** A group that became a supergroup has another id: the message follows, and says where it went. */
async function following(
  chat: number,
  send: (chat: number) => Promise<SentMessage>,
): Promise<SentMessage & { movedTo?: string }> {
  try {
    return await send(chat)
  } catch (error) {
    const to = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined
    if (to === undefined) throw error
    return { ...(await send(to)), movedTo: String(to) }
  }
}

/**
 * The commands in the menu of private chats: Indonesian, and English for who has set Telegram to it. Groups have none.
 * Start-up courtesies: a failure is logged by whoever called and never stops a start.
 */
export async function introduce({ api, commands }: TelegramParts): Promise<void> {
  const scope = { type: 'all_private_chats' } as const
  if (commands.length > 0) {
    await api.setMyCommands(
      commands.map(command => command.id),
      { scope },
    )
    await api.setMyCommands(
      commands.map(command => command.en),
      { scope, language_code: 'en' },
    )
  }
  await api.deleteMyCommands() // what is set for all scopes would show in groups too
}
