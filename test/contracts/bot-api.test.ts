import { createRequire } from 'node:module'
import { Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/redis.ts'
import { DEFAULT_TOKEN, FakeBotApi } from '../support/telegram/fake.ts'

/** A Bot API server under test, with the person's side of one chat. */
interface Server {
  start(): Promise<string>
  stop(): Promise<unknown>
  says(text: string): Promise<unknown>
  taps(data: string, messageId: number): Promise<unknown>
}

const CHAT = 7001

function ours(): Server {
  const fake = new FakeBotApi({ guard: false })
  return {
    start: async () => (await fake.start()).url,
    stop: () => fake.stop(),
    says: async text => fake.person(CHAT, { name: 'Siti' }).sends(text),
    taps: async (data, messageId) => fake.person(CHAT).tapsData(data, messageId),
  }
}

interface Emulator {
  start(): Promise<void>
  stop(): Promise<boolean>
  addUserMessage(message: object): Promise<void>
  addUserCallback(query: object): Promise<void>
}

/** Not ours: the npm package telegram-test-api, so that the list below is not only our own opinion. */
async function theirs(): Promise<Server> {
  const load = createRequire(import.meta.url)
  const TelegramServer = load('telegram-test-api') as new (config: object) => Emulator
  const port = await freePort()
  const server = new TelegramServer({ port, host: '127.0.0.1' })
  const from = { id: CHAT, first_name: 'Siti', is_bot: false }
  const chat = { id: CHAT, type: 'private', first_name: 'Siti' }
  const common = { botToken: DEFAULT_TOKEN, date: Math.floor(Date.now() / 1000), from }
  return {
    start: async () => {
      await server.start()
      return `http://127.0.0.1:${port}`
    },
    stop: () => server.stop(),
    says: text => server.addUserMessage({ ...common, chat, text }),
    taps: (data, messageId) =>
      server.addUserCallback({
        ...common,
        data,
        message: { message_id: messageId, chat, date: common.date },
      }),
  }
}

describe.each([
  ['our fake', ours],
  ['telegram-test-api', theirs],
])('a Bot API server (%s), as grammY sees it', (_name, make) => {
  let server: Server
  let api: Api
  let offset = 0

  /** What is new since the last call, confirmed as a bot does it. */
  async function news(): Promise<Update[]> {
    const updates = await api.getUpdates({ offset, timeout: 1 })
    offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
    return updates
  }

  beforeAll(async () => {
    server = await make()
    api = new Api(DEFAULT_TOKEN, { apiRoot: await server.start(), timeoutSeconds: 30 })
    await server.says('/start')
    await news()
  })
  afterAll(() => server.stop())

  it('says who the bot is', async () => {
    const me = await api.getMe()
    expect(me.id).toBeGreaterThan(0)
    expect(me.username).toMatch(/bot$/i)
  })

  it('lets a bot without webhook ask for updates', async () => {
    expect(await api.deleteWebhook()).toBe(true)
  })

  it("delivers a person's text with sender, chat and date", async () => {
    await server.says('Halo, saya mau daftar 🙂')
    const [update, ...others] = await news()
    expect(others).toEqual([])
    expect(update?.message).toMatchObject({
      text: 'Halo, saya mau daftar 🙂',
      chat: { id: CHAT, type: 'private' },
      from: { id: CHAT, first_name: 'Siti' },
    })
    expect(update?.message?.message_id).toBeGreaterThan(0)
    expect(Math.abs((update?.message?.date ?? 0) - Date.now() / 1000)).toBeLessThan(60)
  })

  it('numbers updates upwards, in the order they happened', async () => {
    for (const text of ['satu', 'dua', 'tiga']) await server.says(text)
    const updates = await news()
    expect(updates.map(update => update.message?.text)).toEqual(['satu', 'dua', 'tiga'])
    const ids = updates.map(update => update.update_id)
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b))
  })

  it('gives a confirmed update no second time', async () => {
    await server.says('sekali saja')
    expect(await news()).toHaveLength(1)
    expect(await news()).toEqual([])
  })

  it('takes a message with buttons and answers its id, chat and keyboard', async () => {
    const keyboard = { inline_keyboard: [[{ text: 'Ya', callback_data: 'w1.1' }]] }
    const sent = await api.sendMessage(CHAT, 'Sudah punya usaha?', { reply_markup: keyboard })
    expect(sent).toMatchObject({ text: 'Sudah punya usaha?', chat: { id: CHAT }, reply_markup: keyboard })
    const later = await api.sendMessage(CHAT, 'Baik.')
    expect(later.message_id).toBeGreaterThan(sent.message_id)
  })

  it('delivers a tap with its data and message, and takes the answer to it', async () => {
    const keyboard = { inline_keyboard: [[{ text: 'Ya', callback_data: 'w2.1' }]] }
    const sent = await api.sendMessage(CHAT, 'Setuju?', { reply_markup: keyboard })
    await server.taps('w2.1', sent.message_id)
    const query = (await news())[0]?.callback_query
    expect(query).toMatchObject({
      data: 'w2.1',
      from: { id: CHAT },
      message: { message_id: sent.message_id, chat: { id: CHAT } },
    })
    await api.answerCallbackQuery(query?.id ?? '')
  })

  it('takes an edit of a text and of its buttons', async () => {
    const sent = await api.sendMessage(CHAT, 'Tunggu sebentar')
    await api.editMessageText(CHAT, sent.message_id, 'Selesai')
    const keyboard = { inline_keyboard: [[{ text: 'Lanjut', callback_data: 'w3.1' }]] }
    await api.editMessageReplyMarkup(CHAT, sent.message_id, { reply_markup: keyboard })
  })

  it('deletes a message once', async () => {
    const sent = await api.sendMessage(CHAT, 'Hapus ini')
    await api.deleteMessage(CHAT, sent.message_id)
    const again = api.deleteMessage(CHAT, sent.message_id)
    await expect(again).rejects.toBeInstanceOf(GrammyError)
    await expect(again).rejects.toMatchObject({ error_code: 400 })
  })
})
