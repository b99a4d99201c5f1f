import type { Chat, Message, User } from 'grammy/types'
import type { Chats } from './chats.ts'
import type { MovableClock } from './clock.ts'
import { identity, type FileKind, type Files, type StoredFile } from './files.ts'
import type { Formatted } from './html.ts'
import { badRequest, numberOf, objectOf, textOf, type Call, type Params } from './http.ts'
import { buttonsOf, checkedMarkup, type Button, type Markup } from './keyboards.ts'
import type { Flood } from './limits.ts'
import { formattedCaption, formattedText } from './texts.ts'

/** A file as it was sent; its bytes are `fake.files.get(fileId)`. */
export interface SentFile {
  name: string
  /** Bytes. */
  size: number
  fileId: string
}

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
  document?: SentFile
  photo?: SentFile
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

const HOUR_MS = 3_600_000
const DELETABLE_MS = 48 * HOUR_MS

/** A message of either side. */
interface Entry {
  message: Message
  deleted: boolean
  /** Of the bot's own. */
  sent?: SentMessage
}

interface Content {
  text: string
  formatted: Formatted
  fields: object
  file?: Partial<Record<FileKind, SentFile>>
}

/** What stands in the chats: checked as the official server does, kept in order. */
export class Messages {
  readonly all: SentMessage[] = []
  onDelivered: (message: SentMessage) => void = () => {}
  readonly #entries = new Map<number, Entry>()
  readonly #byChat = new Map<number, SentMessage[]>()
  #nextId = 1

  constructor(private readonly deps: { chats: Chats; flood: Flood; files: Files; clock: MovableClock }) {}

  /** One numbering for both sides, as in real private chats of a bot. */
  newId(): number {
    return this.#nextId++
  }

  /** A message of a person. */
  keep(message: Message): void {
    this.#entries.set(message.message_id, { message, deleted: false })
  }

  of(chat: number): SentMessage[] {
    return this.#byChat.get(chat) ?? []
  }

  byId(messageId: number): Entry | undefined {
    return this.#entries.get(messageId)
  }

  send({ params }: Call): Message {
    const formatted = formattedText(params)
    return this.#deliver(params, { text: textOf(params.text), formatted, fields: { ...formatted } })
  }

  sendDocument(call: Call): Message {
    return this.#sendFile(call, 'document', file => ({
      document: { ...identity(file), file_name: file.name },
    }))
  }

  sendPhoto(call: Call): Message {
    return this.#sendFile(call, 'photo', file => ({
      photo: [{ ...identity(file), width: 1280, height: 720 }],
    }))
  }

  editText(params: Params): Message {
    const { message } = this.#editable(params)
    if (message.text === undefined) throw badRequest('there is no text in the message to edit')
    const formatted = formattedText(params)
    return this.#edit(params, formatted, formatted.text === message.text, formatted)
  }

  editCaption(params: Params): Message {
    const { message } = this.#editable(params)
    if (message.text !== undefined) throw badRequest('there is no caption in the message to edit')
    const formatted = formattedCaption(params)
    const fields = { caption: formatted.text, caption_entities: formatted.entities }
    return this.#edit(params, fields, formatted.text === (message.caption ?? ''), formatted)
  }

  editMarkup(params: Params): Message {
    this.#editable(params)
    return this.#edit(params, {}, true)
  }

  delete(params: Params): true {
    const found = this.#find(params)
    if (!found || found.deleted) throw badRequest('message to delete not found')
    if (this.deps.clock.now() - found.message.date * 1000 > DELETABLE_MS)
      throw badRequest("message can't be deleted for everyone")
    if (found.sent) found.sent.deleted = true
    return (found.deleted = true)
  }

  /** Those that are not there are passed over, as the official server does it. */
  deleteAll(params: Params): true {
    for (const id of objectOf<number[]>(params.message_ids) ?? []) {
      const found = this.#find({ ...params, message_id: id })
      if (found && !found.deleted) this.delete({ ...params, message_id: id })
    }
    return true
  }

  #sendFile(call: Call, kind: 'document' | 'photo', fieldsOf: (file: StoredFile) => object): Message {
    this.deps.chats.reach(call.params) // refused before the file is kept
    const formatted = formattedCaption(call.params)
    const file = this.deps.files.ofCall(call, kind)
    const { name, size, fileId } = file
    const caption = formatted.text ? { caption: formatted.text, caption_entities: formatted.entities } : {}
    return this.#deliver(call.params, {
      text: textOf(call.params.caption),
      formatted,
      fields: { ...fieldsOf(file), ...caption },
      file: { [kind]: { name, size, fileId } },
    })
  }

  #deliver(params: Params, { text, formatted, fields, file }: Content): Message {
    const markup = checkedMarkup(params)
    const chat = this.deps.chats.reach(params)
    this.deps.flood.take(chat)
    const messageId = this.newId()
    const at = this.deps.clock.now()
    const message = {
      message_id: messageId,
      from: BOT,
      chat,
      date: Math.floor(at / 1000),
      ...fields,
    } as Message
    if (markup && 'inline_keyboard' in markup) message.reply_markup = markup
    const sent: SentMessage = {
      ...{ seq: this.all.length + 1, at, chat: chat.id, messageId, text, plain: formatted.text },
      ...{ buttons: buttonsOf(markup), edits: 0, deleted: false, answered: true, ...file },
    }
    this.#store(chat, { message, sent, deleted: false })
    this.onDelivered(sent)
    return message
  }

  #store(chat: Chat, entry: Entry & { sent: SentMessage }): void {
    this.all.push(entry.sent)
    const before = this.#byChat.get(chat.id)
    if (before) before.push(entry.sent)
    else this.#byChat.set(chat.id, [entry.sent])
    this.#entries.set(entry.sent.messageId, entry)
  }

  /** @param same whether the content stays: then at least the buttons must change */
  #edit(params: Params, fields: object, same: boolean, formatted?: Formatted): Message {
    const { message, sent } = this.#editable(params)
    const markup = checkedMarkup(params)
    if (same && sameMarkup(markup, message)) throw notModified()
    Object.assign(message, fields, { edit_date: Math.floor(this.deps.clock.now() / 1000) })
    if (formatted) Object.assign(sent, { text: textOf(params.text ?? params.caption), plain: formatted.text })
    delete message.reply_markup
    if (markup && 'inline_keyboard' in markup) message.reply_markup = markup
    sent.buttons = buttonsOf(markup)
    sent.edits++
    return message
  }

  #find(params: Params): Entry | undefined {
    const chat = this.deps.chats.reach(params)
    const found = this.#entries.get(numberOf(params.message_id, NaN))
    return found?.message.chat.id === chat.id ? found : undefined
  }

  #editable(params: Params): Entry & { sent: SentMessage } {
    const found = this.#find(params)
    if (!found || found.deleted) throw badRequest('message to edit not found')
    const { sent } = found
    // Nobody edits what somebody else wrote, nor a message that brought a reply keyboard.
    if (!sent || sent.buttons.some(button => button.data === undefined && button.url === undefined))
      throw badRequest("message can't be edited")
    return { ...found, sent }
  }
}

const sameMarkup = (markup: Markup | undefined, message: Message) =>
  JSON.stringify(markup) === JSON.stringify(message.reply_markup)

const notModified = () =>
  badRequest(
    'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
  )
