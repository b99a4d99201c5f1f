import type { Chat, Message, User } from 'grammy/types'
import { parseHtml, type Formatted } from './html.ts'
import { badRequest, numberOf, Refusal, textOf, tooMany, type Call, type Params } from './http.ts'
import { buttonsOf, checkedMarkup, type Button, type Markup } from './keyboards.ts'

/** A message of the bot as the fake accepted it. */
export interface SentMessage {
  /** 1, 2, 3 … in the order of acceptance, over all chats. */
  seq: number
  /** Epoch ms of acceptance. */
  at: number
  chat: number
  messageId: number
  /** As the bot sent it, markup included. */
  text: string
  /** As the person reads it. */
  plain: string
  buttons: Button[]
  document?: { name: string; size: number }
  edits: number
  deleted: boolean
  /** False when the connection ended before the answer was written: the bot cannot know that it was delivered. */
  answered: boolean
}

export const BOT: User = {
  id: 123456,
  is_bot: true,
  first_name: 'Asisten Uji',
  username: 'asisten_uji_bot',
}

export interface Limits {
  chatPerSecond?: number
  groupPerMinute?: number
  allPerSecond?: number
}

/** What Telegram's own FAQ names: 1 message a second per chat, 20 a minute per group, 30 a second overall. */
export const TELEGRAM_LIMITS: Limits = { chatPerSecond: 1, groupPerMinute: 20, allPerSecond: 30 }

/** `silent`: the person exists but never started the bot. */
type ChatState = 'open' | 'silent' | 'blocked' | 'deactivated'

const MAX_TEXT = 4096
const MAX_CAPTION = 1024

/** Chats, and what the bot sent to them: checked as the official server does, kept in order. */
export class Messages {
  readonly all: SentMessage[] = []
  onDelivered: (message: SentMessage) => void = () => {}
  readonly #chats = new Map<number, { chat: Chat; state: ChatState; sent: SentMessage[] }>()
  readonly #byId = new Map<number, { sent: SentMessage; message: Message }>()
  readonly #windows = new Map<string, { start: number; count: number }>()
  #nextId = 1

  constructor(private readonly limits: Limits = {}) {}

  /** One numbering for both sides, as in real private chats of a bot. */
  newId(): number {
    return this.#nextId++
  }

  /** A chat seen in an update. Writing opens a silent one; a blocked one opens only by `setState`. */
  know(chat: Chat, state: 'silent' | 'open'): void {
    const known = this.#chats.get(chat.id)
    if (!known) this.#chats.set(chat.id, { chat, state, sent: [] })
    else if (state === 'open' && known.state === 'silent') known.state = state
  }

  setState(chat: Chat, state: ChatState): void {
    this.know(chat, 'silent')
    const known = this.#chats.get(chat.id)
    if (known) known.state = state
  }

  of(chat: number): SentMessage[] {
    return this.#chats.get(chat)?.sent ?? []
  }

  byId(messageId: number): { sent: SentMessage; message: Message } | undefined {
    return this.#byId.get(messageId)
  }

  /** The chat a call may go to; throws what the server answers when it may not. */
  reach(params: Params): Chat {
    const known = this.#chats.get(numberOf(params.chat_id, NaN))
    if (!known) throw badRequest('chat not found')
    if (known.state === 'blocked') throw new Refusal(403, 'Forbidden: bot was blocked by the user')
    if (known.state === 'deactivated') throw new Refusal(403, 'Forbidden: user is deactivated')
    if (known.state === 'silent')
      throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user")
    return known.chat
  }

  send({ params }: Call): Message {
    const formatted = formattedText(params)
    return this.#deliver(params, textOf(params.text), formatted, { ...formatted })
  }

  sendDocument({ params, files }: Call): Message {
    const field = textOf(params.document)
    const file = files.get(field.replace('attach://', '')) ?? files.get('document')
    if (!file && !field) throw badRequest('there is no document in the request')
    const caption = parse(params, textOf(params.caption))
    if (caption.text.length > MAX_CAPTION) throw badRequest('message caption is too long')
    const document = file ?? { name: field, size: 0 }
    const content = {
      document: {
        file_id: `doc-${this.#nextId}`,
        file_unique_id: `${this.#nextId}`,
        file_name: document.name,
        file_size: document.size,
      },
      ...(caption.text ? { caption: caption.text, caption_entities: caption.entities } : {}),
    }
    return this.#deliver(params, textOf(params.caption), caption, content, document)
  }

  editText(params: Params): Message {
    const { sent, message } = this.#editable(params)
    const formatted = formattedText(params)
    const markup = checkedMarkup(params)
    if (formatted.text === message.text && sameMarkup(markup, message)) throw notModified()
    Object.assign(message, formatted)
    Object.assign(sent, { text: textOf(params.text), plain: formatted.text })
    return this.#edited(sent, message, markup)
  }

  editMarkup(params: Params): Message {
    const { sent, message } = this.#editable(params)
    const markup = checkedMarkup(params)
    if (sameMarkup(markup, message)) throw notModified()
    return this.#edited(sent, message, markup)
  }

  delete(params: Params): true {
    const found = this.#find(params)
    if (!found || found.sent.deleted) throw badRequest('message to delete not found')
    return (found.sent.deleted = true)
  }

  #deliver(
    params: Params,
    text: string,
    { text: plain }: Formatted,
    content: object,
    document?: SentMessage['document'],
  ): Message {
    const markup = checkedMarkup(params)
    const chat = this.reach(params)
    this.#checkLimits(chat)
    const messageId = this.newId()
    const at = Date.now()
    const message = {
      message_id: messageId,
      from: BOT,
      chat,
      date: Math.floor(at / 1000),
      ...content,
      ...(markup && 'inline_keyboard' in markup ? { reply_markup: markup } : {}),
    } as Message
    const sent: SentMessage = {
      ...{ seq: this.all.length + 1, at, chat: chat.id, messageId, text, plain, buttons: buttonsOf(markup) },
      ...{ edits: 0, deleted: false, answered: true },
      ...(document ? { document } : {}),
    }
    this.all.push(sent)
    this.#chats.get(chat.id)?.sent.push(sent)
    this.#byId.set(messageId, { sent, message })
    this.onDelivered(sent)
    return message
  }

  #edited(sent: SentMessage, message: Message, markup: Markup | undefined): Message {
    delete message.reply_markup
    if (markup && 'inline_keyboard' in markup) message.reply_markup = markup
    message.edit_date = Math.floor(Date.now() / 1000)
    sent.buttons = buttonsOf(markup)
    sent.edits++
    return message
  }

  #find(params: Params): { sent: SentMessage; message: Message } | undefined {
    const chat = this.reach(params)
    const found = this.#byId.get(numberOf(params.message_id, NaN))
    return found?.sent.chat === chat.id ? found : undefined
  }

  #editable(params: Params): { sent: SentMessage; message: Message } {
    const found = this.#find(params)
    if (!found || found.sent.deleted) throw badRequest('message to edit not found')
    return found
  }

  #checkLimits(chat: Chat): void {
    const { chatPerSecond, groupPerMinute, allPerSecond } = this.limits
    this.#window('all', allPerSecond, 1)
    if (chat.type === 'private') this.#window(`chat ${chat.id}`, chatPerSecond, 1)
    else this.#window(`group ${chat.id}`, groupPerMinute, 60)
  }

  #window(key: string, most: number | undefined, seconds: number): void {
    if (most === undefined) return
    const now = Date.now()
    const window = this.#windows.get(key)
    if (!window || now >= window.start + seconds * 1000) this.#windows.set(key, { start: now, count: 1 })
    else if (++window.count > most) throw tooMany(Math.ceil((window.start + seconds * 1000 - now) / 1000))
  }
}

function formattedText(params: Params): Formatted {
  const formatted = parse(params, textOf(params.text))
  if (textOf(params.text) === '') throw badRequest('message text is empty')
  if (formatted.text.trim() === '') throw badRequest('text must be non-empty')
  // Counted in UTF-16 units, the strictest reading of "1-4096 characters after entities parsing".
  if (formatted.text.length > MAX_TEXT) throw badRequest('message is too long')
  return formatted
}

function parse(params: Params, source: string): Formatted {
  if (!source.isWellFormed()) throw badRequest('strings must be encoded in UTF-8')
  const mode = textOf(params.parse_mode).toLowerCase()
  if (mode === 'html') return parseHtml(source)
  if (mode === '') return { text: source, entities: [] }
  // Markdown is refused because nothing here could check it; the server would know it.
  throw badRequest('unsupported parse_mode')
}

const sameMarkup = (markup: Markup | undefined, message: Message) =>
  JSON.stringify(markup) === JSON.stringify(message.reply_markup)

const notModified = () =>
  badRequest(
    'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  )
