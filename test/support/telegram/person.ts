import type { Chat, Message, Update, User } from 'grammy/types'
import type { Button } from './keyboards.ts'
import type { Messages, SentMessage } from './messages.ts'
import type { NewUpdate } from './updates.ts'

/** What a person needs of the fake. */
export interface Network {
  messages: Messages
  push(update: NewUpdate): Update
  newQueryId(): string
}

type Content = Partial<Message> & Record<string, unknown>

const now = () => Math.floor(Date.now() / 1000)

/** The person's side of a private chat; the chat's id is the person's. Every act returns the update it became. */
export class Person {
  readonly from: User
  readonly chat: Chat.PrivateChat
  #read = 0
  #lastText: { messageId: number } | undefined
  #waiting: (() => void)[] = []

  constructor(
    private readonly network: Network,
    readonly id: number,
    name: string,
    /** What is shared when the person taps a button that asks for the number. */
    readonly phone: string,
  ) {
    this.from = { id, is_bot: false, first_name: name, language_code: 'id' }
    this.chat = { id, type: 'private', first_name: name }
    network.messages.know(this.chat, 'silent')
  }

  sends(text: string): Update {
    const length = /^\/\w+/.exec(text)?.[0].length
    const entities = length ? { entities: [{ type: 'bot_command' as const, offset: 0, length }] } : {}
    const update = this.#says({ text, ...entities })
    this.#lastText = { messageId: update.message?.message_id ?? 0 }
    return update
  }

  /** Changes the last text sent; the bot hears `edited_message`. */
  edits(text: string): Update {
    if (!this.#lastText) throw new Error(`${this.#who} has sent no text that could be edited`)
    const message = this.#message({ text, edit_date: now() }, this.#lastText.messageId)
    return this.network.push({ edited_message: message } as NewUpdate)
  }

  /** `own: false` is a contact picked from the address book. */
  shares({ own, phone = this.phone }: { own: boolean; phone?: string }): Update {
    const whose = own ? { user_id: this.id, first_name: this.from.first_name } : { first_name: 'Orang Lain' }
    return this.#says({ contact: { phone_number: phone, ...whose } })
  }

  sendsLocation(latitude = -6.2, longitude = 106.816666): Update {
    return this.#says({ location: { latitude, longitude } })
  }

  sendsPhoto(caption?: string): Update {
    const photo = [{ ...file('photo'), width: 90, height: 67 }]
    return this.#says({ photo, ...(caption === undefined ? {} : { caption }) })
  }

  sendsVoice(): Update {
    return this.#says({ voice: { ...file('voice'), duration: 3 } })
  }

  sendsSticker(): Update {
    const kind = { type: 'regular' as const, is_animated: false, is_video: false, emoji: '👍' }
    return this.#says({ sticker: { ...file('sticker'), ...kind, width: 512, height: 512 } })
  }

  /** In a group in which the bot is a member. */
  groupSays(text: string, { group = -1001 }: { group?: number } = {}): Update {
    const chat: Chat.SupergroupChat = { id: group, type: 'supergroup', title: 'Grup Uji' }
    this.network.messages.know(chat, 'open')
    return this.#push({ message: { ...this.#message({ text }), chat } } as NewUpdate)
  }

  /**
   * Taps a button as a real client could: the newest message that shows it (or the one named). A button of a reply
   * keyboard shares the own number or place, or sends its label. Throws when no message shows such a button.
   */
  taps(label: string | RegExp, { messageId }: { messageId?: number } = {}): Update {
    const shown = this.received().filter(
      message => messageId === undefined || message.messageId === messageId,
    )
    for (const message of shown.reverse()) {
      const button = message.buttons.find(({ label: text }) =>
        typeof label === 'string' ? text === label : label.test(text),
      )
      if (button) return this.#press(button, message.messageId)
    }
    const newest = shown[0]
    const offered = newest?.buttons.map(button => `"${button.label}"`).join(', ') || 'no buttons'
    throw new Error(
      newest
        ? `${this.#who} sees no button ${String(label)}; the newest message "${newest.plain}" offers ${offered}`
        : `${this.#who} sees no button ${String(label)}: ${messageId === undefined ? 'no message' : `no message ${messageId}`} received`,
    )
  }

  /** A tap with any data on any message: a stale button, a forged one, one of a deleted message. */
  tapsData(data: string, messageId: number): Update {
    const known = this.network.messages.byId(messageId)
    const gone = { message_id: messageId, chat: this.chat, date: 0 as const }
    const message = known && !known.sent.deleted ? known.message : gone
    const query = {
      id: this.network.newQueryId(),
      from: this.from,
      chat_instance: `${this.id}`,
      message,
      data,
    }
    return this.#push({ callback_query: query } as NewUpdate)
  }

  /** The bot hears it, and every call to this chat is refused with 403 from now on. */
  blocks(): Update {
    return this.#membership('kicked')
  }

  unblocks(): Update {
    return this.#membership('member')
  }

  /** The account is deleted: the bot hears nothing, and sends fail with 403. */
  leavesTelegram(): void {
    this.network.messages.setState(this.chat, 'deactivated')
  }

  /** What stands in the chat from the bot, oldest first, without what it deleted. */
  received(): SentMessage[] {
    return this.network.messages.of(this.id).filter(message => !message.deleted)
  }

  /**
   * The next message of the bot that no earlier `next` gave; one that is already there is given at once. Edits do not
   * count. @param timeoutMs default 5,000; then it throws, naming the last message seen
   */
  async next({ timeoutMs = 5000 }: { timeoutMs?: number } = {}): Promise<SentMessage> {
    const place = this.#read++
    const until = Date.now() + timeoutMs
    for (;;) {
      const all = this.network.messages.of(this.id)
      const message = all[place]
      if (message) return message
      const left = until - Date.now()
      if (left <= 0) {
        this.#read--
        const last = all.at(-1)
        throw new Error(
          `${this.#who} heard nothing within ${timeoutMs} ms; last message: ${last ? `"${last.plain}"` : 'none'}`,
        )
      }
      await this.#newsOr(left)
    }
  }

  /** For the fake: a message has arrived. */
  notify(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }

  #newsOr(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms)
      this.#waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  #press(button: Button, messageId: number): Update {
    if (button.data !== undefined) return this.tapsData(button.data, messageId)
    if (button.contact) return this.shares({ own: true })
    if (button.location) return this.sendsLocation()
    if (button.url !== undefined)
      throw new Error(`"${button.label}" opens ${button.url}: the bot hears nothing`)
    return this.sends(button.label)
  }

  #membership(status: 'kicked' | 'member'): Update {
    const user = { id: 0, is_bot: true, first_name: 'bot' }
    const change = {
      ...{ chat: this.chat, from: this.from, date: now() },
      old_chat_member: { user, status: status === 'kicked' ? 'member' : 'kicked', until_date: 0 },
      new_chat_member: { user, status, until_date: 0 },
    }
    return this.#push({ my_chat_member: change } as NewUpdate)
  }

  #says(content: Content): Update {
    return this.#push({ message: this.#message(content) } as NewUpdate)
  }

  #message(content: Content, messageId = this.network.messages.newId()): object {
    return { message_id: messageId, from: this.from, chat: this.chat, date: now(), ...content }
  }

  #push(update: NewUpdate): Update {
    return this.network.push(update)
  }

  get #who(): string {
    return `person ${this.id}`
  }
}

let files = 0
const file = (kind: string) => ({
  file_id: `${kind}-${++files}`,
  file_unique_id: `${kind}-u${files}`,
  file_size: 1000,
})
