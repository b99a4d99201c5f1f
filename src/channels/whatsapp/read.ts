import type { proto, WAMessage } from '@whiskeysockets/baileys'
import { createHash } from 'node:crypto'
import { SECOND } from '../../lib/time.ts'
import { wellFormed } from '../../lib/text.ts'
import type { Incoming } from '../../engine/types.ts'
import { isGroup, isPerson, person, phoneOf } from './jids.ts'
import { unwrap } from './unwrap.ts'

/** A message of somebody, read but not judged. */
export interface Heard {
  /** The chat it came in, without device: a person by LID or number, or a group. */
  jid: string
  /** The same person's other identity, where WhatsApp tells it. */
  alt?: string
  externalId: string
  /** Epoch ms. */
  sentAt: number
  incoming: Incoming
}

/** Longer than what other channels let people write; readers are measured up to this. */
const LONGEST = 4096

/**
 * What a message of `messages.upsert` is, live (`notify`) or late (`append`) alike. undefined: nothing of a person: our
 * own echoes, status updates, reactions, receipts of the protocol, and stubs of what could not be decrypted: their content
 * comes later under the same id, so they must leave no trace.
 */
export function readMessage(message: WAMessage, now: number): Heard | undefined {
  const { key } = message
  const jid = key.remoteJid ? person(key.remoteJid) : ''
  if (key.fromMe || !key.id || !(isPerson(jid) || isGroup(jid))) return undefined
  const incoming = isGroup(jid) ? readGroup(message) : readSafely(message)
  if (!incoming) return undefined
  const alt = key.remoteJidAlt ? person(key.remoteJidAlt) : undefined
  return {
    jid,
    ...(alt && isPerson(alt) && alt !== jid ? { alt } : {}),
    externalId: identityOf(jid, alt, key.id),
    sentAt: sentAt(message, now),
    incoming,
  }
}

/**
 * What a message is recorded under. Ids are the sender's own, so the chat belongs to the identity; the same message may
 * come under LID and under number. Digested, because it is stored in clear and chats are phone numbers.
 */
export function identityOf(jid: string, alt: string | undefined, id: string): string {
  const chat = [jid, alt].find(one => one?.endsWith('@lid')) ?? jid
  return createHash('sha256').update(`${chat} ${id}`).digest('base64url').slice(0, 22)
}

/** In a group nothing is read: that somebody wrote is enough for the one sentence a day. */
const readGroup = (message: WAMessage): Incoming | undefined =>
  message.message && readSafely(message) ? { kind: 'group' } : undefined

/** Clocks of phones may be wrong: never later than now. */
function sentAt({ messageTimestamp }: WAMessage, now: number): number {
  const seconds = Number(messageTimestamp)
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * SECOND, now) : now
}

/** A message in a shape that we do not know is still somebody's: it is answered as unreadable. */
function readSafely(message: WAMessage): Incoming | undefined {
  try {
    return readCall(message) ?? readContent(message)
  } catch {
    return { kind: 'unreadable' }
  }
}

/** Of WebMessageInfo.StubType: a voice or video call that nobody took, alone or in a group. */
const MISSED_CALLS: ReadonlySet<unknown> = new Set([40, 41, 45, 46])

/** Who calls hears what who sends a voice note hears: please write. */
const readCall = ({ messageStubType }: WAMessage): Incoming | undefined =>
  MISSED_CALLS.has(messageStubType) ? { kind: 'media', media: 'voice' } : undefined

function readContent({ message, key }: WAMessage): Incoming | undefined {
  const { content, edited } = unwrap(message)
  if (!content) return undefined
  if (edited) return { kind: 'edited' }
  const said = textOf(content)
  if (said !== undefined) return { kind: 'text', text: clean(said) }
  const sender = phoneOf(key.remoteJid ?? undefined) ?? phoneOf(key.remoteJidAlt)
  if (content.protocolMessage) return readProtocol(content.protocolMessage, sender)
  return readContact(content, sender) ?? readLocation(content) ?? readMedia(content)
}

/** Text, or the button of another program's message that somebody tapped. */
function textOf(content: proto.IMessage): string | undefined {
  const candidates = [
    content.conversation,
    content.extendedTextMessage?.text,
    content.buttonsResponseMessage?.selectedDisplayText,
    content.templateButtonReplyMessage?.selectedDisplayText,
    content.listResponseMessage?.title,
    content.interactiveResponseMessage?.body?.text,
  ]
  return candidates.find(text => typeof text === 'string' && text !== '') ?? undefined
}

/** Of ProtocolMessage.Type. */
const EDIT = 14
const SHARE_PHONE_NUMBER = 11

function readProtocol(
  message: proto.Message.IProtocolMessage,
  sender: string | undefined,
): Incoming | undefined {
  if (message.type === EDIT) return { kind: 'edited' }
  if (message.type === SHARE_PHONE_NUMBER && sender)
    return { kind: 'contact', phone: `+${sender}`, own: true }
  return undefined
}

function readContact(content: proto.IMessage, sender: string | undefined): Incoming | undefined {
  const cards = content.contactMessage ? [content.contactMessage] : content.contactsArrayMessage?.contacts
  if (!cards) return undefined
  const phone = cards.length === 1 ? phoneIn(cards[0]?.vcard ?? '') : undefined
  if (phone === undefined) return { kind: 'media', media: 'other' }
  return { kind: 'contact', phone: `+${phone}`, own: phone === sender }
}

/** WhatsApp writes its own number of the contact beside the one in the phone's address book. */
function phoneIn(vcard: string): string | undefined {
  const waid = /waid=(\d{6,15})/.exec(vcard)?.[1]
  if (waid !== undefined) return waid
  const tel = /^(?:item\d+\.)?TEL[^:]*:(.{1,40})$/im.exec(vcard)?.[1]?.replace(/[^\d]/g, '')
  return tel?.replace(/^0/, '62') || undefined
}

function readLocation(content: proto.IMessage): Incoming | undefined {
  const place = content.locationMessage ?? content.liveLocationMessage
  if (!place) return undefined
  const { degreesLatitude: latitude, degreesLongitude: longitude } = place
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return { kind: 'unreadable' }
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return { kind: 'unreadable' }
  return { kind: 'location', latitude, longitude }
}

type Media = Extract<Incoming, { kind: 'media' }>['media']

const MEDIA: Partial<Record<keyof proto.IMessage, Media>> = {
  imageMessage: 'photo',
  videoMessage: 'video',
  ptvMessage: 'video',
  audioMessage: 'voice',
  stickerMessage: 'sticker',
  lottieStickerMessage: 'sticker',
  documentMessage: 'document',
}

/** Of the protocol, and not meant for reading: a reaction, a vote, a pin, keys for groups. */
const NO_MESSAGE: ReadonlySet<string> = new Set([
  'messageContextInfo',
  'senderKeyDistributionMessage',
  'fastRatchetKeySenderKeyDistributionMessage',
  'reactionMessage',
  'encReactionMessage',
  'encCommentMessage',
  'encEventResponseMessage',
  'pollUpdateMessage',
  'pinInChatMessage',
  'keepInChatMessage',
  'deviceSentMessage',
  'stickerSyncRmrMessage',
  'placeholderMessage',
  'secretEncryptedMessage',
  'messageHistoryNotice',
])

/** Photos, voice notes and files get their texts and are not downloaded. Whatever else is there gets its text, too. */
function readMedia(content: proto.IMessage): Incoming | undefined {
  const kinds = (Object.keys(content) as (keyof proto.IMessage)[]).filter(
    kind => content[kind] !== null && content[kind] !== undefined && !NO_MESSAGE.has(kind),
  )
  const [first] = kinds
  if (first === undefined) return undefined
  const found = kinds.find(kind => MEDIA[kind] !== undefined) ?? first
  const caption =
    content.imageMessage?.caption ?? content.videoMessage?.caption ?? content.documentMessage?.caption
  return { kind: 'media', media: MEDIA[found] ?? 'other', ...(caption ? { caption: clean(caption) } : {}) }
}

/** Cut at a letter's border, and free of what cannot be stored. */
const clean = (text: string) => wellFormed(text.slice(0, LONGEST))
