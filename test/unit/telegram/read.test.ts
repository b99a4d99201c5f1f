import type { Update } from 'grammy/types'
import { describe, expect, test } from 'vitest'
import { readUpdate } from '../../../src/channels/telegram/read.ts'

const NOW = Date.parse('2026-11-25T10:00+07:00')
const chat = { id: 7, type: 'private' as const, first_name: 'Siti' }
const from = { id: 7, is_bot: false, first_name: 'Siti' }
const base = { message_id: 3, date: NOW / 1000 - 60, chat, from }
const read = (update: object) => readUpdate({ update_id: 11, ...update } as Update, 'telegram:1', NOW)
const incoming = (message: object) => read({ message: { ...base, ...message } })?.incoming

describe('a Telegram update becomes one inbound', () => {
  test('text, with NUL and lone surrogates replaced', () => {
    expect(read({ message: { ...base, text: 'ha\0lo \ud800' } })).toEqual({
      account: 'telegram:1',
      channel: 'telegram',
      address: '7',
      externalId: 'u11',
      sentAt: NOW - 60_000,
      incoming: { kind: 'text', text: 'ha\ufffdlo \ufffd', message: '3' },
    })
  })

  test('a contact is the sender’s own only when Telegram says so', () => {
    const contact = { phone_number: '+6281234567890', first_name: 'Siti' }
    expect(incoming({ contact: { ...contact, user_id: 7 } })).toMatchObject({ kind: 'contact', own: true })
    expect(incoming({ contact: { ...contact, user_id: 8 } })).toMatchObject({ kind: 'contact', own: false })
    expect(incoming({ contact })).toMatchObject({ kind: 'contact', own: false })
  })

  test('media are named, not downloaded', () => {
    expect(incoming({ photo: [{ file_id: 'x' }], caption: 'ktp' })).toEqual({
      kind: 'media',
      media: 'photo',
      caption: 'ktp',
    })
    expect(incoming({ voice: {} })).toEqual({ kind: 'media', media: 'voice' })
    expect(incoming({ sticker: {} })).toEqual({ kind: 'media', media: 'sticker' })
    expect(incoming({ dice: {} })).toEqual({ kind: 'media', media: 'other' })
    expect(incoming({ location: { latitude: -6.2, longitude: 106.8 } })).toMatchObject({ kind: 'location' })
  })

  test('a tap carries the wait and the number; other data is an old button', () => {
    const tap = (data: string) => read({ callback_query: { id: '1', from, message: base, data } })?.incoming
    expect(tap('t5k2.3')).toEqual({ kind: 'tap', wait: 't5k2', option: 3, message: '3' })
    expect(tap('{"step":"x"}')).toEqual({ kind: 'tap', wait: '', option: 0, message: '3' })
  })

  test('groups, edits, blocking', () => {
    const group = { ...base, chat: { id: -5, type: 'supergroup' as const, title: 'x' }, text: 'halo' }
    expect(read({ message: group })).toMatchObject({ address: '-5', incoming: { kind: 'group' } })
    expect(read({ edited_message: { ...base, text: 'x' } })?.incoming).toEqual({ kind: 'edited' })
    const member = (status: string) =>
      read({ my_chat_member: { chat, from, date: 1, new_chat_member: { status } } })?.incoming
    expect(member('kicked')).toEqual({ kind: 'blocked' })
    expect(member('member')).toEqual({ kind: 'unblocked' })
    const inGroup = (status: string) =>
      read({ my_chat_member: { chat: group.chat, from, date: 1, new_chat_member: { status } } })?.incoming
    expect(inGroup('member')).toEqual({ kind: 'group' })
    expect(inGroup('kicked')).toEqual({ kind: 'blocked' })
  })

  test('a group that has become a supergroup goes on at its new address', () => {
    const group = { ...base, chat: { id: -5, type: 'group' as const, title: 'x' }, migrate_to_chat_id: -1005 }
    expect(read({ message: group })).toMatchObject({
      address: '-5',
      incoming: { kind: 'moved', to: '-1005' },
    })
  })

  test('what is of no chat is nothing', () => {
    expect(read({ inline_query: { id: '1', from, query: '', offset: '' } })).toBeUndefined()
    expect(read({ poll: {} })).toBeUndefined()
  })
})
