import type { AnyMediaMessageContent, proto, WASocket } from '@whiskeysockets/baileys'
import { DAY } from '../../lib/time.ts'
import type { Say } from '../../engine/types.ts'
import type { OutboundFile } from '../channel.ts'
import type { Baileys } from './baileys.ts'
import { writeCaption, writeText } from './write.ts'

/** WhatsApp's media hosts keep a file for two to three weeks. */
const KEPT_FOR = 10 * DAY

/** The file could not be handed to WhatsApp's media hosts. */
export class UploadError extends Error {
  override readonly name = 'UploadError'
}

export interface Content {
  message: proto.IMessage
  /** What to hand back when the same file goes out again. */
  mediaId?: string
}

interface Means {
  baileys: Baileys
  socket: WASocket
  now: number
  /** The way to the media host. */
  options?: RequestInit
}

/** A say as a protobuf message. Files are encrypted and uploaded here, unless WhatsApp has kept them. @throws UploadError */
export async function contentOf(say: Say, file: OutboundFile | undefined, means: Means): Promise<Content> {
  if (!say.file || !file) return { message: { extendedTextMessage: { text: writeText(say) } } }
  const kept = file.mediaId === undefined ? undefined : reopen(file.mediaId, means)
  const message = kept ?? (await upload(say.file, file, means))
  // the key of a file that was made for one person lies nowhere but in that person's message
  const mediaId = say.file.key.startsWith('own/') ? undefined : keep(message, means)
  captioned(message, writeCaption(say))
  return { message, ...(mediaId === undefined ? {} : { mediaId }) }
}

async function upload(
  { name, as }: NonNullable<Say['file']>,
  file: OutboundFile,
  { baileys, socket, options }: Means,
): Promise<proto.IMessage> {
  const bytes = Buffer.from(await file.bytes())
  const { mime: mimetype } = file
  const content: AnyMediaMessageContent =
    as === 'picture' ? { image: bytes, mimetype } : { document: bytes, mimetype, fileName: name }
  try {
    return await baileys.prepareWAMessageMedia(content, {
      upload: socket.waUploadToServer,
      ...(options ? { options } : {}),
    })
  } catch {
    throw new UploadError('the upload failed')
  }
}

const captioned = (message: proto.IMessage, caption: string): void => {
  const media = message.documentMessage ?? message.imageMessage
  if (media && caption !== '') media.caption = caption
}

/** `<epoch ms>.<protobuf>`: where the file lies and its key. */
const keep = (message: proto.IMessage, { baileys, now }: Means): string =>
  `${now}.${Buffer.from(baileys.proto.Message.encode(message).finish()).toString('base64')}`

function reopen(mediaId: string, { baileys, now }: Means): proto.IMessage | undefined {
  const [at = '', bytes = ''] = mediaId.split('.')
  if (!(now - Number(at) < KEPT_FOR)) return undefined
  return baileys.proto.Message.decode(Buffer.from(bytes, 'base64'))
}
