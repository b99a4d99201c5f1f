import type { proto, WAMessage } from '@whiskeysockets/baileys'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readMessage } from '../../../src/channels/whatsapp/read.ts'

const NOW = Date.parse('2026-11-25T10:00:00+07:00')
const LID = '900028222000222@lid'
const PN = '628222000222@s.whatsapp.net'

const of = (message: proto.IMessage | null, changes: Partial<WAMessage> = {}): WAMessage => ({
  key: { remoteJid: LID, remoteJidAlt: PN, fromMe: false, id: '3A01' },
  messageTimestamp: NOW / 1000 - 60,
  message,
  ...changes,
})
const incoming = (message: proto.IMessage | null, changes?: Partial<WAMessage>) =>
  readMessage(of(message, changes), NOW)?.incoming

describe('what people send', () => {
  test('text, with who, when and the other identity', () => {
    expect(readMessage(of({ conversation: 'halo' }), NOW)).toEqual({
      jid: LID,
      alt: PN,
      externalId: expect.stringMatching(/^[\w-]{22}$/),
      sentAt: NOW - 60_000,
      incoming: { kind: 'text', text: 'halo' },
    })
  })

  test.each<[string, proto.IMessage, unknown]>([
    [
      'a text with a preview',
      { extendedTextMessage: { text: 'https://a.id' } },
      { kind: 'text', text: 'https://a.id' },
    ],
    [
      'a quoted reply',
      {
        extendedTextMessage: {
          text: '2',
          contextInfo: { stanzaId: 'X', quotedMessage: { conversation: 'Mau?' } },
        },
      },
      { kind: 'text', text: '2' },
    ],
    ['NUL and half a letter', { conversation: 'a\0b\ud800' }, { kind: 'text', text: 'a\ufffdb\ufffd' }],
    [
      'a vanishing text',
      { ephemeralMessage: { message: { conversation: 'a' } } },
      { kind: 'text', text: 'a' },
    ],
    [
      'envelopes in envelopes',
      {
        ephemeralMessage: {
          message: { viewOnceMessageV2: { message: { imageMessage: { caption: 'ktp' } } } },
        },
      },
      { kind: 'media', media: 'photo', caption: 'ktp' },
    ],
    ['a picture', { imageMessage: {} }, { kind: 'media', media: 'photo' }],
    ['a voice note', { audioMessage: { ptt: true } }, { kind: 'media', media: 'voice' }],
    ['a video', { videoMessage: { caption: 'toko' } }, { kind: 'media', media: 'video', caption: 'toko' }],
    ['a round video', { ptvMessage: {} }, { kind: 'media', media: 'video' }],
    ['a sticker', { stickerMessage: {} }, { kind: 'media', media: 'sticker' }],
    [
      'a moving sticker',
      { lottieStickerMessage: { message: { stickerMessage: {} } } },
      { kind: 'media', media: 'sticker' },
    ],
    [
      'a file with caption',
      { documentWithCaptionMessage: { message: { documentMessage: { caption: 'ini' } } } },
      { kind: 'media', media: 'document', caption: 'ini' },
    ],
    [
      'a place',
      { locationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8 } },
      { kind: 'location', latitude: -6.2, longitude: 106.8 },
    ],
    [
      'a place on the move',
      { liveLocationMessage: { degreesLatitude: -6.2, degreesLongitude: 106.8 } },
      { kind: 'location', latitude: -6.2, longitude: 106.8 },
    ],
    [
      'a place that is none',
      { locationMessage: { degreesLatitude: NaN, degreesLongitude: 1 } },
      { kind: 'unreadable' },
    ],
    [
      'the own contact',
      { contactMessage: { vcard: 'BEGIN:VCARD\nTEL;waid=628222000222:+62 822-2000-222\nEND:VCARD' } },
      { kind: 'contact', phone: '+628222000222', own: true },
    ],
    [
      "somebody else's contact, as a phone book writes it",
      { contactMessage: { vcard: 'BEGIN:VCARD\nitem1.TEL;type=CELL:0812-3456-7890\nEND:VCARD' } },
      { kind: 'contact', phone: '+6281234567890', own: false },
    ],
    ['several contacts', { contactsArrayMessage: { contacts: [{}, {}] } }, { kind: 'media', media: 'other' }],
    ['a poll', { pollCreationMessageV3: { name: 'Kapan?' } }, { kind: 'media', media: 'other' }],
    [
      'a button of another program',
      { buttonsResponseMessage: { selectedDisplayText: 'Ya' } },
      { kind: 'text', text: 'Ya' },
    ],
    ['a row of another program', { listResponseMessage: { title: 'Sore' } }, { kind: 'text', text: 'Sore' }],
    ['an edit', { editedMessage: { message: { protocolMessage: { type: 14 } } } }, { kind: 'edited' }],
    ['an edit, older form', { protocolMessage: { type: 14 } }, { kind: 'edited' }],
    [
      'the number, shared',
      { protocolMessage: { type: 11 } },
      { kind: 'contact', phone: '+628222000222', own: true },
    ],
  ])('%s', (_, message, expected) => {
    expect(incoming(message)).toEqual(expected)
  })

  test('a call that nobody took is answered like a voice note', () => {
    expect(incoming(null, { messageStubType: 40 })).toEqual({ kind: 'media', media: 'voice' })
  })

  test('a very long text is cut where other channels end', () => {
    const said = incoming({ conversation: '😀'.repeat(5000) })
    expect(said).toMatchObject({ kind: 'text' })
    if (said?.kind === 'text') expect(said.text.length).toBeLessThanOrEqual(4096)
  })

  test('somebody without a phone number is still somebody', () => {
    const heard = readMessage(
      of({ conversation: 'a' }, { key: { remoteJid: LID, fromMe: false, id: 'X' } }),
      NOW,
    )
    expect(heard).toMatchObject({ jid: LID })
    expect(heard).not.toHaveProperty('alt')
  })

  test('the same message under LID and under number is the same (one chat becomes two, Baileys#1832)', () => {
    const byLid = readMessage(of({ conversation: 'a' }), NOW)
    const byPn = readMessage(
      of({ conversation: 'a' }, { key: { remoteJid: PN, remoteJidAlt: LID, fromMe: false, id: '3A01' } }),
      NOW,
    )
    expect(byPn?.externalId).toBe(byLid?.externalId)
    const other = readMessage(
      of({ conversation: 'a' }, { key: { remoteJid: '900011@lid', fromMe: false, id: '3A01' } }),
      NOW,
    )
    expect(other?.externalId).not.toBe(byLid?.externalId) // ids are each sender's own
  })

  test('a phone whose clock is ahead has not written in the future', () => {
    expect(readMessage(of({ conversation: 'a' }, { messageTimestamp: NOW / 1000 + 9999 }), NOW)?.sentAt).toBe(
      NOW,
    )
    expect(readMessage(of({ conversation: 'a' }, { messageTimestamp: null }), NOW)?.sentAt).toBe(NOW)
  })
})

describe('what is nobody asking anything', () => {
  test.each<[string, WAMessage]>([
    ['our own message', of({ conversation: 'a' }, { key: { remoteJid: LID, fromMe: true, id: 'X' } })],
    ['a stub: its content comes later under the same id', of(null, { messageStubType: 2 })],
    [
      'a status update',
      of({ conversation: 'a' }, { key: { remoteJid: 'status@broadcast', fromMe: false, id: 'X' } }),
    ],
    [
      'a newsletter',
      of({ conversation: 'a' }, { key: { remoteJid: '1@newsletter', fromMe: false, id: 'X' } }),
    ],
    ['a reaction', of({ reactionMessage: { text: '👍' } })],
    ['a vote', of({ pollUpdateMessage: {} })],
    ['a deleted message', of({ protocolMessage: { type: 0 } })],
    ['keys', of({ senderKeyDistributionMessage: {}, messageContextInfo: {} })],
    ['nothing', of({})],
    ['no id', of({ conversation: 'a' }, { key: { remoteJid: LID, fromMe: false } })],
  ])('%s', (_, message) => {
    expect(readMessage(message, NOW)).toBeUndefined()
  })

  test('a group: that somebody wrote, and nothing of what', () => {
    const key = { remoteJid: '1203@g.us', participant: LID, fromMe: false, id: 'X' }
    expect(readMessage(of({ conversation: 'rahasia' }, { key }), NOW)?.incoming).toEqual({ kind: 'group' })
    expect(readMessage(of({ reactionMessage: { text: '👍' } }, { key }), NOW)).toBeUndefined()
  })
})

test('nothing that comes makes the reader throw', () => {
  fc.assert(
    fc.property(fc.object({ maxDepth: 4 }), fc.string(), (message, id) => {
      expect(() =>
        readMessage(of(message as proto.IMessage, { key: { remoteJid: LID, id } }), NOW),
      ).not.toThrow()
    }),
  )
})
