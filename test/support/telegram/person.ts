import type { Chat, Message, Update, User } from 'grammy/types'
import type { FakeBotApi } from './fake.ts'
import { identity, type FileKind } from './files.ts'
import type { Button } from './keyboards.ts'
import { BOT, type SentMessage } from './messages.ts'
import { initData } from './miniapp.ts'
import { Reading } from './reading.ts'
import type { NewUpdate } from './updates.ts'

type Content = Partial<Message> & Record<string, unknown>

/** The person's side of a private chat; the chat's id is the person's. Every act returns the update it became. */
export class Person {
  readonly from: User
  readonly chat: Chat.PrivateChat
  readonly #reading: Reading
  #lastText: { messageId: number } | undefined

  constructor(
    private readonly fake: FakeBotApi,
    readonly id: number,
    name: string,
    /** What is shared when the person taps a button that asks for the number. */
    readonly phone: string,
  ) {
    this.from = { id, is_bot: false, first_name: name, language_code: 'id' }
    this.chat = { id, type: 'private', first_name: name }
    this.#reading = new Reading(fake.messages, id)
    fake.chats.know(this.chat, 'silent')
  }

  sends(text: string): Update {
    const length = /^\/\w+/.exec(text)?.[0].length
    const entities = length ? { entities: [{ type: 'bot_command' as const, offset: 0, length }] } : {}
    const update = this.#says({ text, ...entities }, text)
    this.#lastText = { messageId: update.message?.message_id ?? 0 }
    return update
  }

  /** Opens the bot by a link `t.me/<bot>?start=<payload>` and presses Start. */
  opensLink(payload: string): Update {
    return this.sends(`/start ${payload}`)
  }

  /** Changes the last text sent; the bot hears `edited_message`. */
  edits(text: string): Update {
    if (!this.#lastText) throw new Error(`${this.#who} has sent no text that could be edited`)
    const message = this.#message({ text, edit_date: this.#seconds }, this.#lastText.messageId)
    this.#reading.wrote(`(edited) ${text}`)
    return this.fake.push({ edited_message: message } as NewUpdate)
  }

  /** `own: false` is a contact picked from the address book. */
  shares({ own, phone = this.phone }: { own: boolean; phone?: string }): Update {
    const whose = own ? { user_id: this.id, first_name: this.from.first_name } : { first_name: 'Orang Lain' }
    return this.#says({ contact: { phone_number: phone, ...whose } }, `(contact ${own ? 'own' : phone})`)
  }

  sendsLocation(latitude = -6.2, longitude = 106.816666): Update {
    return this.#says({ location: { latitude, longitude } }, `(location ${latitude},${longitude})`)
  }

  sendsPhoto(caption?: string, bytes?: Buffer): Update {
    const photo = [{ ...this.#file('photo', 'foto.jpg', bytes), width: 90, height: 67 }]
    return this.#says({ photo, ...(caption === undefined ? {} : { caption }) }, '(photo)')
  }

  sendsDocument(name: string, bytes?: Buffer): Update {
    const document = { ...this.#file('document', name, bytes), file_name: name }
    return this.#says({ document }, `(document ${name})`)
  }

  sendsVoice(): Update {
    return this.#says({ voice: { ...this.#file('voice', 'suara.ogg'), duration: 3 } }, '(voice)')
  }

  sendsSticker(): Update {
    const kind = { type: 'regular' as const, is_animated: false, is_video: false, emoji: '👍' }
    const sticker = { ...this.#file('sticker', 'stiker.webp'), ...kind, width: 512, height: 512 }
    return this.#says({ sticker }, '(sticker)')
  }

  /** Data of a Mini App that was opened from a reply keyboard. */
  sendsWebAppData(data: string, button = 'Buka'): Update {
    return this.#says({ web_app_data: { data, button_text: button } }, `(web app ${data})`)
  }

  /** What a Mini App receives when this person opens it, signed with the bot's token. */
  initData(): string {
    return initData(this.from, this.fake.token, this.fake.clock.now())
  }

  /** In a group in which the bot is a member: a supergroup below -1000, else a small one. */
  groupSays(text: string, { group = -1001 }: { group?: number } = {}): Update {
    const chat = groupChat(group)
    return this.fake.push({ message: { ...this.#message({ text }), chat } } as NewUpdate)
  }

  /** Adds the bot to a group, or removes it. */
  groupMember(status: 'member' | 'left' | 'kicked', { group = -1001 }: { group?: number } = {}): Update {
    return this.#membership(groupChat(group), status)
  }

  /**
   * Taps a button as a real client could: the newest message that shows it (or the one named). A button of a reply
   * keyboard shares the own number or place, or sends its label. Throws when no message shows such a button.
   */
  taps(label: string | RegExp, { messageId }: { messageId?: number } = {}): Update {
    const shown = this.received().filter(
      message => messageId === undefined || message.messageId === messageId,
    )
    for (const message of shown.toReversed()) {
      const button = message.buttons.find(({ label: text }) =>
        typeof label === 'string' ? text === label : label.test(text),
      )
      if (button) return this.#press(button, message.messageId)
    }
    const newest = shown.at(-1)
    const offered = newest?.buttons.map(button => `"${button.label}"`).join(', ') || 'no buttons'
    throw new Error(
      newest
        ? `${this.#who} sees no button ${String(label)}; the newest message "${newest.plain}" offers ${offered}`
        : `${this.#who} sees no button ${String(label)}: ${messageId === undefined ? 'no message' : `no message ${messageId}`} received`,
    )
  }

  /** A tap with any data on any message: a stale button, a forged one, one of a deleted message. */
  tapsData(data: string, messageId: number): Update {
    const known = this.fake.messages.byId(messageId)
    const gone = { message_id: messageId, chat: this.chat, date: 0 as const }
    const message = known && !known.deleted ? known.message : gone
    const label = known?.sent?.buttons.find(button => button.data === data)?.label ?? `old ${data}`
    this.#reading.wrote(`[${label}]`)
    const query = { id: this.fake.newQueryId(), from: this.from, chat_instance: `${this.id}`, message, data }
    return this.fake.push({ callback_query: query } as NewUpdate)
  }

  /** The bot hears it, and every call to this chat is refused with 403 from now on. */
  blocks(): Update {
    return this.#membership(this.chat, 'kicked')
  }

  unblocks(): Update {
    return this.#membership(this.chat, 'member')
  }

  /** The account is deleted: the bot hears nothing, and sends fail with 403. */
  leavesTelegram(): void {
    this.fake.chats.setState(this.chat, 'deactivated')
  }

  /** What stands in the chat from the bot, oldest first, without what it deleted. */
  received(): SentMessage[] {
    return this.#reading.received()
  }

  /**
   * The next message of the bot that no earlier `next` gave; one that is already there is given at once. Edits do not
   * count. @param timeoutMs default 30,000; then it throws, naming the last message seen
   */
  next({ timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Promise<SentMessage> {
    return this.#reading.next(timeoutMs)
  }

  /** The whole chat as it reads now: `>` the person, `<` the bot. */
  transcript(): string {
    return this.#reading.transcript()
  }

  /** For the fake: a message has arrived. */
  notify(message: SentMessage): void {
    this.#reading.heard(message)
  }

  #press(button: Button, messageId: number): Update {
    if (button.data !== undefined) return this.tapsData(button.data, messageId)
    if (button.contact) return this.shares({ own: true })
    if (button.location) return this.sendsLocation()
    if (button.url !== undefined)
      throw new Error(`"${button.label}" opens ${button.url}: the bot hears nothing`)
    return this.sends(button.label)
  }

  #membership(chat: Chat, status: 'kicked' | 'left' | 'member'): Update {
    const change = {
      ...{ chat, from: this.from, date: this.#seconds },
      old_chat_member: { user: BOT, status: status === 'member' ? 'kicked' : 'member', until_date: 0 },
      new_chat_member: { user: BOT, status, until_date: 0 },
    }
    return this.fake.push({ my_chat_member: change } as NewUpdate)
  }

  #file(kind: FileKind, name: string, bytes: Buffer = Buffer.alloc(1000)) {
    return identity(this.fake.files.add(kind, { name, bytes }))
  }

  #says(content: Content, line: string): Update {
    const update = this.fake.push({ message: this.#message(content) } as NewUpdate)
    this.#reading.wrote(line, update.message?.message_id)
    return update
  }

  #message(content: Content, messageId = this.fake.messages.newId()): object {
    return { message_id: messageId, from: this.from, chat: this.chat, date: this.#seconds, ...content }
  }

  get #seconds(): number {
    return Math.floor(this.fake.clock.now() / 1000)
  }

  get #who(): string {
    return `person ${this.id}`
  }
}

const groupChat = (id: number): Chat =>
  id <= -1000 ? { id, type: 'supergroup', title: 'Grup Uji' } : { id, type: 'group', title: 'Grup Uji' }
