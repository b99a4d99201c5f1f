import type { Chat } from 'grammy/types'
import { badRequest, numberOf, Refusal, textOf, type Params } from './http.ts'

/** `silent`: the person exists but never started the bot. A number: the group lives on under that id. */
type ChatState = 'open' | 'silent' | 'blocked' | 'deactivated' | 'removed' | { upgradedTo: number }

const REFUSED: Record<string, string> = {
  blocked: 'Forbidden: bot was blocked by the user',
  deactivated: 'Forbidden: user is deactivated',
  silent: "Forbidden: bot can't initiate conversation with a user",
  removed: 'Forbidden: bot was kicked from the group chat',
}

/** Who can be reached. */
export class Chats {
  readonly #chats = new Map<number, { chat: Chat; state: ChatState }>()

  /** A chat seen in an update. Writing opens a silent one; a blocked one opens only by `setState`. */
  know(chat: Chat, state: 'silent' | 'open'): void {
    const known = this.#chats.get(chat.id)
    if (!known) this.#chats.set(chat.id, { chat, state })
    else if (state === 'open' && known.state === 'silent') known.state = state
  }

  setState(chat: Chat, state: ChatState): void {
    this.know(chat, 'silent')
    const known = this.#chats.get(chat.id)
    if (known) known.state = state
  }

  get(id: number): Chat | undefined {
    return this.#chats.get(id)?.chat
  }

  /** The chat a call may go to; throws what the server answers when it may not. */
  reach({ chat_id: id }: Params): Chat {
    if (id === undefined || (textOf(id) === '' && typeof id !== 'number'))
      throw badRequest('chat_id is empty')
    const known = this.#chats.get(numberOf(id, NaN))
    if (!known) throw badRequest('chat not found')
    const { chat, state } = known
    if (typeof state === 'object')
      throw new Refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: state.upgradedTo,
      })
    const refusal = REFUSED[state]
    if (refusal) throw new Refusal(403, refusal)
    return chat
  }
}
