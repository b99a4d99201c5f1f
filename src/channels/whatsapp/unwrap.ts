import type { proto } from '@whiskeysockets/baileys'

/** Envelopes around a message: chats whose messages vanish, pictures that are shown once, files with a caption … */
const ENVELOPES = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'associatedChildMessage',
  'groupMentionedMessage',
  'botInvokeMessage',
  'lottieStickerMessage',
  'editedMessage',
] as const satisfies (keyof proto.IMessage)[]

/** Envelopes in envelopes end here: nobody's phone makes more. */
const DEEPEST = 6

/** What a message holds, and whether an envelope said that it replaces an earlier one. */
export function unwrap(message: proto.IMessage | null | undefined): {
  content: proto.IMessage | undefined
  edited: boolean
} {
  let content = message ?? undefined
  let edited = false
  for (let depth = 0; content && depth < DEEPEST; depth++) {
    const inside: proto.IMessage = content
    const envelope = ENVELOPES.find(name => inside[name]?.message)
    if (!envelope) break
    edited ||= envelope === 'editedMessage'
    content = inside[envelope]?.message ?? undefined
  }
  return { content, edited }
}
