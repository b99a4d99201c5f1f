import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OutboundFile } from '../../src/channels/channel.ts'
import { TelegramChannel } from '../../src/channels/telegram/index.ts'
import { writeSay } from '../../src/channels/telegram/write.ts'
import { splitSay } from '../../src/engine/texts.ts'
import type { Say } from '../../src/engine/types.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { FakeBotApi } from '../support/telegram/fake.ts'

/** What a send on Telegram comes to, whatever the Bot API answers. Named after what people reported of other bots. */

const NOW = Date.parse('2026-11-25T10:00+07:00')
const CHAT = 7
let fake: FakeBotApi
let open: (timeoutSeconds: number) => TelegramChannel
let channel: TelegramChannel
let clock: FixedClock
let lines: string[]

beforeEach(async () => {
  fake = new FakeBotApi()
  const { url: apiRoot } = await fake.start()
  clock = new FixedClock(NOW)
  lines = []
  const log = createLog('trace', { write: line => void lines.push(line) })
  open = timeoutSeconds =>
    new TelegramChannel({ token: fake.token, apiRoot, commands: [], clock, log, timeoutSeconds })
  channel = open(30)
  for (let id = CHAT; id < CHAT + 5; id++) fake.person(id).sends('/start')
})
afterEach(() => fake.stop())

const siti = () => fake.person(CHAT)
const send = (say: Partial<Say> = {}, file?: OutboundFile, chat = CHAT) =>
  channel.send(String(chat), { text: ['halo'], ...say }, file)
const seen = () => siti().received()
const question = { wait: 'w1', choices: [{ label: 'Ya' }, { label: 'Tidak' }] }

describe('too many requests', () => {
  test('the chat waits as long as told, and after that is written to once a second for a while', async () => {
    fake.fault({ kind: '429', method: 'sendMessage', retryAfter: 3 })
    expect(await send()).toEqual({ kind: 'later', at: NOW + 3000, scope: 'chat', reason: '429' })
    expect(await send({}, undefined, CHAT + 1)).toMatchObject({ kind: 'sent' })
    expect(await send()).toMatchObject({ kind: 'later', at: NOW + 3000, scope: 'chat' })
    clock.advance(3000)
    expect(await send()).toMatchObject({ kind: 'sent' })
    expect(await send()).toEqual({ kind: 'later', at: NOW + 4000, scope: 'chat', reason: 'after 429' })
    clock.advance(1000)
    expect(await send()).toMatchObject({ kind: 'sent' })
    clock.advance(120_000)
    for (let i = 0; i < 3; i++) expect(await send()).toMatchObject({ kind: 'sent' })
  })

  test('a long pause is meant for the whole bot (a bot was told to wait 10072 seconds)', async () => {
    fake.fault({ kind: '429', method: 'sendMessage', retryAfter: 10_072 })
    expect(await send()).toMatchObject({ kind: 'later', at: NOW + 10_072_000, scope: 'account' })
  })

  test('several chats refused in a row mean the whole bot; one after the other with successes between do not', async () => {
    fake.fault({ kind: '429', method: 'sendMessage', times: 2 })
    for (const chat of [CHAT, CHAT + 1])
      expect(await send({}, undefined, chat)).toMatchObject({ scope: 'chat' })
    expect(await send({}, undefined, CHAT + 2)).toMatchObject({ kind: 'sent' })
    fake.fault({ kind: '429', method: 'sendMessage', times: 3 })
    const scopes = []
    for (const chat of [CHAT + 2, CHAT + 3, CHAT + 4]) scopes.push(await send({}, undefined, chat))
    expect(scopes).toMatchObject([{ scope: 'chat' }, { scope: 'chat' }, { scope: 'account' }])
  })
})

describe('who cannot be reached', () => {
  test('one user blocks the bot and the sender goes on', async () => {
    siti().blocks()
    expect(await send()).toEqual({ kind: 'blocked' })
    expect(await send({}, undefined, CHAT + 1)).toMatchObject({ kind: 'sent' })
    siti().unblocks()
    expect(await send()).toMatchObject({ kind: 'sent' })
  })

  test('deleted accounts and chats that never were count as blocked', async () => {
    siti().leavesTelegram()
    expect(await send()).toEqual({ kind: 'blocked' })
    expect(await send({}, undefined, 999)).toEqual({ kind: 'blocked' })
  })
})

describe('refused markup', () => {
  test('splitting breaks entities and the message is lost: it goes as plain text, once, with numbers for its buttons', async () => {
    const [message, other] = [
      "can't parse entities: unexpected end tag at byte offset 5",
      'BUTTON_DATA_INVALID',
    ]
    fake.fault({ kind: '400', description: message, method: 'sendMessage' })
    const say = { text: ['Pilih ', { bold: 'satu <b>' }], ...question, more: 'Lainnya' }
    expect(await send(say)).toMatchObject({ kind: 'sent' })
    expect(seen()).toMatchObject([{ plain: 'Pilih satu <b>\n\n1. Ya\n2. Tidak\n0. Lainnya', buttons: [] }])
    fake.fault({ kind: '400', description: other, method: 'sendMessage', times: 2 })
    expect(await send(say)).toEqual({ kind: 'refused', reason: '400 Bad Request: BUTTON_DATA_INVALID' })
    expect(fake.stats().calls['sendmessage']).toBe(4)
  })

  test('what Telegram quotes of a message does not get into the reason', async () => {
    const description = `can't parse entities: unsupported start tag "Siti Aminah" at byte offset 5`
    fake.fault({ kind: '400', description, method: 'sendMessage', times: 2 })
    const outcome = await send()
    expect(outcome.kind).toBe('refused')
    expect(JSON.stringify(outcome)).not.toContain('Siti')
  })
})

describe('BUTTON_DATA_INVALID and message is too long', () => {
  const label = fc
    .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
    .filter(text => text.trim() !== '')
  const choice = fc.record({ label, description: fc.option(label, { nil: undefined }) })
  const say = fc.record({
    text: fc.array(fc.oneof(fc.string({ maxLength: 6000 }), fc.record({ bold: fc.string() })), {
      maxLength: 4,
    }),
    choices: fc.array(choice, { maxLength: 10 }),
    more: fc.option(fc.constant('Lainnya'), { nil: undefined }),
  })

  test('whatever is said, every part of it is taken', async () => {
    await fc.assert(
      fc.asyncProperty(say, async ({ more, choices, text }) => {
        const given = choices.map(({ label, description }) => ({
          label,
          ...(description ? { description } : {}),
        }))
        const whole: Say = {
          ...{ text: ['?', ...text.map(span => (typeof span === 'string' ? span.toWellFormed() : span))] },
          ...{ wait: 't5k2zz', choices: given, ...(more ? { more } : {}) },
        }
        for (const part of splitSay(whole, 3800)) {
          const markup = writeSay(part).reply_markup
          if (markup && 'inline_keyboard' in markup)
            for (const button of markup.inline_keyboard.flat())
              expect(Buffer.byteLength('callback_data' in button ? button.callback_data : '')).toBeLessThan(
                65,
              )
          expect(await channel.send(String(CHAT), part)).toMatchObject({ kind: 'sent' })
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('groups that move', () => {
  test('a group upgraded to a supergroup: the message follows and tells the new address', async () => {
    const group = -5
    siti().groupSays('halo', { group })
    const moved = fake.upgradeGroup(group)
    expect(await channel.send(String(group), { text: ['Halo!'] })).toMatchObject({
      kind: 'sent',
      movedTo: String(moved),
    })
    expect(fake.messages.of(moved)).toMatchObject([{ plain: 'Halo!' }])
  })
})

describe('messages that change', () => {
  test('a list is edited in place, with its new buttons', async () => {
    const first = await send({ text: ['Huruf?'], ...question })
    const id = first.kind === 'sent' ? first.providerId : ''
    const next = { text: ['Angka?'], wait: 'w2', choices: [{ label: 'Satu' }], replaces: id }
    expect(await send(next)).toEqual({ kind: 'sent', providerId: id })
    expect(seen()).toMatchObject([{ plain: 'Angka?', edits: 1, buttons: [{ label: 'Satu' }] }])
  })

  test('"message is not modified" crashes the process: an edit that changes nothing is done', async () => {
    const first = await send(question)
    const id = first.kind === 'sent' ? first.providerId : ''
    expect(await send({ ...question, replaces: id })).toEqual({ kind: 'sent', providerId: id })
    expect(seen()).toHaveLength(1)
  })

  test.each([
    ['that is gone', () => siti().sends('halo').message?.message_id ?? 0],
    ['that never was', () => 99_999],
  ])('an edit of a message %s is sent as a new one', async (_, message) => {
    expect(await send({ ...question, replaces: String(message()) })).toMatchObject({ kind: 'sent' })
    expect(seen()).toMatchObject([{ plain: 'halo', buttons: [{ label: 'Ya' }, { label: 'Tidak' }] }])
  })

  test('buttons go, and a message goes; what is gone already is no failure', async () => {
    const first = await send(question)
    const message = first.kind === 'sent' ? first.providerId : ''
    const done = { kind: 'sent', providerId: message }
    for (let i = 0; i < 2; i++)
      expect(await channel.touch(String(CHAT), { touch: 'unbutton', message })).toEqual(done)
    expect(seen()).toMatchObject([{ plain: 'halo', buttons: [] }])
    const typed = String(siti().sends('3173054107850003').message?.message_id)
    for (let i = 0; i < 2; i++)
      expect(await channel.touch(String(CHAT), { touch: 'delete', message: typed })).toMatchObject({
        kind: 'sent',
      })
    expect(siti().transcript()).toContain('> 3173054107850003 (deleted)')
  })

  test('the keyboard that shares a number goes with the next plain words, not while its question is open', async () => {
    const shown: Say = {
      text: ['Nomor?'],
      wait: 'w1',
      choices: [{ label: 'Bagikan' }],
      request: 'contact',
    }
    expect(writeSay(shown).reply_markup).toHaveProperty('keyboard')
    expect(writeSay({ text: ['Nomornya belum pas.'], wait: 'w1' }).reply_markup).toBeUndefined()
    expect(writeSay({ text: ['Baik.'] }).reply_markup).toEqual({ remove_keyboard: true })
    for (const say of [shown, { text: ['Baik.'] }]) expect(await send(say)).toMatchObject({ kind: 'sent' })
  })
})

describe('files', () => {
  const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const contents = (bytes: Buffer, mediaId?: string): OutboundFile & { read: number } => {
    const file = {
      mime: 'x/y',
      read: 0,
      ...(mediaId ? { mediaId } : {}),
      bytes: () => Promise.resolve(bytes),
    }
    return Object.assign(file, { bytes: () => (file.read++, Promise.resolve(bytes)) })
  }
  const ref = (as: 'document' | 'picture', name: string) => ({ file: { key: 'k/1', name, as } })

  test('a document goes up once, and after that by its id, to others too', async () => {
    const first = await send({ text: ['Buku <kas>'], ...ref('document', 'buku kas.xlsx') }, contents(PNG))
    const mediaId = first.kind === 'sent' ? first.mediaId : undefined
    expect(mediaId).toMatch(/./)
    const kept = contents(PNG, mediaId)
    const second = await send({ text: [], ...ref('document', 'buku kas.xlsx') }, kept, CHAT + 1)
    expect(second).toMatchObject({ kind: 'sent', mediaId })
    expect(kept.read).toBe(0)
    expect(seen()).toMatchObject([{ plain: 'Buku <kas>', document: { name: 'buku kas.xlsx', size: 16 } }])
    expect(fake.person(CHAT + 1).received()).toMatchObject([{ plain: '', document: { fileId: mediaId } }])
  })

  test('a picture goes as one, and as a document where Telegram does not take it', async () => {
    expect(await send(ref('picture', 'grafik.png'), contents(PNG))).toMatchObject({ kind: 'sent' })
    expect(await send(ref('picture', 'grafik.png'), contents(Buffer.from('x')))).toMatchObject({
      kind: 'sent',
    })
    expect(seen()).toMatchObject([{ photo: { size: 16 } }, { document: { name: 'grafik.png', size: 1 } }])
  })

  test('an id that Telegram no longer knows: the bytes go up again', async () => {
    const file = contents(PNG, 'document-999')
    expect(await send(ref('document', 'a.xlsx'), file)).toMatchObject({ kind: 'sent', mediaId: 'document-1' })
    expect(file.read).toBe(1)
  })

  test('retried uploads broken: the same file goes up whole after a lost answer', async () => {
    fake.fault({ kind: 'closeBeforeRead', method: 'sendDocument' })
    const file = contents(PNG)
    expect(await send(ref('document', 'a.xlsx'), file)).toMatchObject({ kind: 'unknown' })
    expect(await send(ref('document', 'a.xlsx'), file)).toMatchObject({ kind: 'sent' })
    expect(seen()).toMatchObject([{ document: { size: 16 } }])
  })
})

describe('no answer', () => {
  test.each(['closeAfterAccept', 'hang', '502html'] as const)(
    '%s: nobody knows whether it arrived',
    async kind => {
      fake.fault({ kind, method: 'sendMessage' })
      const hasty = open(kind === 'hang' ? 0.3 : 30)
      expect(await hasty.send(String(CHAT), { text: ['halo'] })).toMatchObject({ kind: 'unknown' })
      expect(seen()).toHaveLength(kind === 'closeAfterAccept' ? 1 : 0)
      expect(await send()).toMatchObject({ kind: 'sent' })
    },
  )

  test('a server in trouble is asked again a little later; a wrong token waits for a right one', async () => {
    fake.fault({ kind: '500', method: 'sendMessage' })
    expect(await send()).toEqual({ kind: 'later', at: NOW + 3000, scope: 'chat', reason: '500' })
    fake.fault({ kind: '401', method: 'sendMessage' })
    expect(await send()).toEqual({ kind: 'later', at: NOW + 60_000, scope: 'account', reason: '401' })
  })

  test('nothing listens there: the request never left, and all of the account wait', async () => {
    await fake.stop()
    expect(await send()).toEqual({ kind: 'later', at: NOW + 3000, scope: 'account', reason: 'ECONNREFUSED' })
  })
})

test('the log shows the token: neither a log line nor an outcome does, whatever fails', async () => {
  const { token } = fake
  channel = open(0.3)
  const outcomes: unknown[] = []
  const kinds = [
    'closeBeforeRead',
    'closeAfterAccept',
    'hang',
    '502html',
    '500',
    '401',
    '403',
    '429',
  ] as const
  for (const kind of kinds) {
    for (const method of ['sendMessage', 'deleteMessage', 'sendDocument', 'setMyCommands'])
      fake.fault({ kind, method })
    outcomes.push(await send(), await channel.touch(String(CHAT), { touch: 'delete', message: '1' }))
    clock.advance(120_000)
  }
  fake.fault({ kind: 'closeBeforeRead', times: 1000 })
  await channel.start(() => Promise.resolve())
  await expect.poll(() => lines.length).toBeGreaterThan(1)
  await channel.typing(String(CHAT))
  await fake.stop()
  outcomes.push(await send())
  await channel.stop()
  outcomes.push(channel.state())
  const told = lines.join('') + JSON.stringify(outcomes)
  expect(told).not.toContain(token)
  expect(told).not.toContain(token.split(':')[1])
})
