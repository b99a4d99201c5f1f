import type { Update, Message } from 'grammy/types'
import { wellFormed } from '../../lib/text.ts'
import type { Incoming } from '../../engine/types.ts'
import type { Received } from '../channel.ts'

/** What an update is. Undefined: nothing of a chat (an inline query, a poll): confirmed and forgotten. */
export function readUpdate(update: Update, account: string, now: number): Received | undefined {
  const found = readSafely(update)
  if (!found || !Number.isSafeInteger(found.chat)) return undefined
  const { chat, incoming, externalId, date } = found
  return {
    account,
    channel: 'telegram',
    address: String(chat),
    externalId: externalId ?? `u${update.update_id}`,
    sentAt: Number.isFinite(date) ? Math.min(Math.max(0, Number(date) * 1000), now) : now,
    incoming,
  }
}

/** A message in a shape that we do not know is still somebody's: it is answered as unreadable. */
function readSafely(update: Update): Found | undefined {
  try {
    return readMessage(update) ?? readTap(update) ?? readMembership(update)
  } catch {
    const message = update.message ?? update.edited_message ?? update.callback_query?.message
    const chat = (message as { chat?: { id?: number } } | undefined)?.chat?.id
    return chat === undefined ? undefined : { chat, incoming: { kind: 'unreadable' } }
  }
}

interface Found {
  chat: number
  incoming: Incoming
  /** Where the update's own number is not identity enough. */
  externalId?: string
  date?: number
}

function readMessage(update: Update): Found | undefined {
  const message = update.message
  if (message?.migrate_to_chat_id !== undefined) {
    const to = String(message.migrate_to_chat_id)
    return { chat: message.chat.id, incoming: { kind: 'moved', to }, date: message.date }
  }
  if (message) {
    const incoming = message.chat.type === 'private' ? readContent(message) : ({ kind: 'group' } as const)
    return { chat: message.chat.id, incoming, date: message.date }
  }
  const edited = update.edited_message
  return edited && { chat: edited.chat.id, incoming: { kind: 'edited' }, date: edited.date }
}

function readContent(message: Message): Incoming {
  if (message.text !== undefined)
    return { kind: 'text', text: wellFormed(message.text), message: String(message.message_id) }
  if (message.contact) {
    const own = message.contact.user_id !== undefined && message.contact.user_id === message.from?.id
    return { kind: 'contact', phone: wellFormed(message.contact.phone_number), own }
  }
  if (message.location) {
    const { latitude, longitude } = message.location
    if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return { kind: 'unreadable' }
    return { kind: 'location', latitude, longitude }
  }
  const caption = message.caption === undefined ? {} : { caption: wellFormed(message.caption) }
  return { kind: 'media', media: mediaOf(message), ...caption }
}

/** Photos, voice and stickers get their texts and are not downloaded. */
function mediaOf(message: Message): 'photo' | 'voice' | 'sticker' | 'document' | 'video' | 'other' {
  if (message.photo) return 'photo'
  if (message.voice ?? message.audio) return 'voice'
  if (message.sticker) return 'sticker'
  if (message.video ?? message.video_note ?? message.animation) return 'video'
  return message.document ? 'document' : 'other'
}

const BUTTON = /^([a-z0-9]{1,20})\.(\d{1,3})$/

/** Button data is `<wait id>.<n>`; whatever else stands there is an old or foreign button. */
function readTap(update: Update): Found | undefined {
  const query = update.callback_query
  if (!query?.message) return undefined
  if (query.message.chat.type !== 'private')
    return { chat: query.message.chat.id, incoming: { kind: 'group' } }
  const match = BUTTON.exec(query.data ?? '')
  const incoming: Incoming = {
    kind: 'tap',
    wait: match?.[1] ?? '',
    option: Number(match?.[2] ?? 0),
    message: String(query.message.message_id),
  }
  return { chat: query.message.chat.id, incoming }
}

function readMembership(update: Update): Found | undefined {
  const change = update.my_chat_member
  if (!change) return undefined
  const blocked = ['kicked', 'left'].includes(change.new_chat_member.status)
  const back: Incoming = change.chat.type === 'private' ? { kind: 'unblocked' } : { kind: 'group' }
  const incoming: Incoming = blocked ? { kind: 'blocked' } : back
  return { chat: change.chat.id, incoming, date: change.date }
}
