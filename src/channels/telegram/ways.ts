import { GrammyError, InputFile, type Api } from 'grammy'
import type { Message } from 'grammy/types'
import type { Say } from '../../engine/types.ts'
import type { OutboundFile } from '../channel.ts'
import { isUnchanged } from './outcomes.ts'
import { writePlain, writeSay, type TelegramMessage } from './write.ts'

export interface SentMessage {
  id: number
  mediaId?: string
}

/** One way to send a say. The next one is tried when this one is refused for a reason that it does not share. */
export interface Way {
  send(chat: number): Promise<SentMessage>
  /** Which refusals (400) lead to the next way. */
  yields: RegExp
}

/** Telegram could not read the markup; words and files are as good as ever. */
const MARKUP = /parse entities|entit(y|ies)|BUTTON_|reply.?markup|keyboard/i
/** What was to be edited is gone, too old, or no text. */
const ANY = /./
const NOTHING = /(?!)/
const KEPT_FILE = /file|media/i
const PICTURE = /photo|image|file/i

/** The ways of a say, best first: edited in place, as it is, with plain text. */
export function waysOf(api: Api, say: Say, file: OutboundFile | undefined): Way[] {
  return file && say.file ? fileWays(api, say, file) : textWays(api, say)
}

function textWays(api: Api, say: Say): Way[] {
  const message = writeSay(say)
  const send = async (chat: number, { text, ...other }: TelegramMessage) => ({
    id: (await api.sendMessage(chat, text, other)).message_id,
  })
  return [
    ...editWays(api, say, message),
    { send: chat => send(chat, message), yields: MARKUP },
    { send: chat => send(chat, writePlain(say)), yields: NOTHING },
  ]
}

type EditOptions = Parameters<Api['editMessageText']>[3]

function editWays(api: Api, { replaces, request }: Say, { text, ...other }: TelegramMessage): Way[] {
  if (replaces === undefined || request) return []
  const id = Number(replaces)
  const edit = async (chat: number) => {
    await api.editMessageText(chat, id, text, other as EditOptions).catch((error: unknown) => {
      if (!isUnchanged(error)) throw error
    })
    return { id }
  }
  return [{ send: edit, yields: ANY }]
}

/** By what Telegram keeps of it, else uploaded; a picture that it does not take as one goes as a document. */
function fileWays(api: Api, say: Say, file: OutboundFile): Way[] {
  const { text: caption, ...other } = writeSay(say)
  const options = { ...(caption === '' ? {} : { caption }), ...other }
  const upload = async () => new InputFile(await file.bytes(), say.file?.name)
  const document = async (chat: number, what: string | InputFile, how = options) => {
    const sent = await api.sendDocument(chat, what, how)
    return { id: sent.message_id, ...mediaOf(sent) }
  }
  const photo = async (chat: number, what: string | InputFile) => {
    const sent = await api.sendPhoto(chat, what, options)
    return { id: sent.message_id, ...mediaOf(sent) }
  }
  const picture = say.file?.as === 'picture'
  const { mediaId } = file
  const { text: plain, ...plainOther } = writePlain(say)
  const kept =
    mediaId === undefined ? undefined : (chat: number) => (picture ? photo : document)(chat, mediaId)
  return [
    ...(kept ? [{ send: kept, yields: KEPT_FILE }] : []),
    ...(picture ? [{ send: async (chat: number) => photo(chat, await upload()), yields: PICTURE }] : []),
    { send: async chat => document(chat, await upload()), yields: MARKUP },
    {
      send: async chat => document(chat, await upload(), { caption: plain, ...plainOther }),
      yields: NOTHING,
    },
  ]
}

/** Of a picture Telegram keeps several sizes; the last is the whole one. */
function mediaOf(sent: Message.DocumentMessage | Message.PhotoMessage): { mediaId?: string } {
  const mediaId = 'document' in sent ? sent.document.file_id : sent.photo.at(-1)?.file_id
  return mediaId === undefined ? {} : { mediaId }
}

/** Tries one way after the other. @throws what the last one tried was refused with, or any other failure at once */
export async function tryWays(ways: readonly Way[], chat: number): Promise<SentMessage> {
  const [way, ...others] = ways
  if (!way) throw new Error('no way to send')
  try {
    return await way.send(chat)
  } catch (error) {
    const refused = error instanceof GrammyError && error.error_code === 400
    const follows = refused && error.parameters.migrate_to_chat_id === undefined
    if (!follows || others.length === 0 || !way.yields.test(error.description)) throw error
    return tryWays(others, chat)
  }
}
