import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/lib/log.ts'
import { sleep, systemClock } from '../../src/lib/time.ts'
import { testDatabase } from '../support/postgres.ts'
import { freePort } from '../support/redis.ts'

/**
 * The whole assistant against telegram-test-api, an emulator that is not ours, with a resident who speaks over HTTP:
 * proof that we do not only agree with our own fake.
 */
const TOKEN = '123456789:telegram-test-api-is-not-ours'

interface BotMessage {
  messageId: number
  message: { text: string; reply_markup?: { inline_keyboard?: { text: string; callback_data: string }[][] } }
}
interface Client {
  makeMessage(text: string, options?: object): object
  makeCallbackQuery(data: string, options: object): object
  sendMessage(message: object): Promise<unknown>
  sendCallback(callback: object): Promise<unknown>
  getUpdates(): Promise<{ result: BotMessage[] }>
}
interface Emulator {
  start(): Promise<void>
  stop(): Promise<unknown>
  getClient(token: string, options: object): Client
}

let emulator: Emulator
let app: App

beforeAll(async () => {
  const Emulator = createRequire(import.meta.url)('telegram-test-api') as new (config: object) => Emulator
  const port = await freePort()
  emulator = new Emulator({ port, host: '127.0.0.1' })
  await emulator.start()
  const { url } = await testDatabase()
  const config = readConfig({
    DATABASE_URL: url,
    SECRET_KEY: 'a key for tests only, of 32 characters',
    TELEGRAM_BOT_TOKEN: TOKEN,
    TELEGRAM_API_ROOT: `http://127.0.0.1:${port}`,
    PORT: '0',
  })
  app = await startApp(config, { clock: systemClock, log: createLog('silent') })
})
afterAll(async () => {
  await app.stop()
  await emulator.stop()
})

/** What this resident answers to which question: a label is tapped, anything else typed. */
const ANSWERS: [RegExp, string][] = [
  [/Selamat datang/, 'Daftar'],
  [/sudah 18 tahun/, 'Sudah'],
  [/Apakah Anda setuju/, 'Setuju'],
  [/pengingat jadwal/, 'Boleh'],
  [/mencari kerja/, 'gak'],
  [/memulai usaha/, 'Ya'],
  [/sudah punya usaha/, 'blm'],
  [/nama lengkap/, 'Siti Aminah'],
  [/lebih suka disapa/, 'Ibu'],
  [/nomor HP/, '0812 3456 7890'],
  [/wilayah mana/, 'kebon jeruk'],
  [/Maksudnya Kecamatan/, 'Ya, benar'],
  [/Kelurahannya apa/, 'kelapa dua'],
  [/Usaha apa yang ingin/, 'Makanan dan minuman'],
  [/mencoba menjualnya/, 'Belum'],
  [/modal berapa/, '500rb'],
  [/paling menghambat/, 'Modal'],
  [/Mohon diperiksa/, 'Simpan'],
]

describe('a resident on Telegram', () => {
  test('answers the three questions over HTTP and gets a participant number', async () => {
    const client = emulator.getClient(TOKEN, { userId: 77, chatId: 77, timeout: 30_000 })
    await client.sendMessage(client.makeMessage('halo'))
    const number = await converse(client)
    expect(number).toMatch(/^OKO-[0-9A-HJKMNP-TV-Z]{6}$/)

    const { db } = app.store
    const conversation = await db.conversation.findFirstOrThrow({ where: { address: '77' } })
    const residents = await db.resident.findMany({ include: { intake: true } })
    expect(residents).toHaveLength(1)
    expect(residents[0]).toMatchObject({ number, centreCode: '31.73.05', stage: 'P1', reminders: true })
    expect(residents[0]?.intake).toMatchObject({ wantsJob: false, wantsStart: true, wantsGrow: false })
    const consents = await db.consent.findMany({ where: { conversationId: conversation.id } })
    expect(consents.map(c => [c.purpose, c.answer])).toEqual([
      ['data', true],
      ['reminders', true],
    ])
    expect(await db.inbound.count({ where: { handledAt: null } })).toBe(0)
    // heard before it is noted
    await expect.poll(() => db.outbound.count({ where: { status: { not: 'sent' } } })).toBe(0)
  })

  test('/ready names each dependency and channel', async () => {
    const answer = (await (await fetch(`${app.url}/ready`)).json()) as {
      status: string
      parts: { name: string; ok: boolean }[]
    }
    expect(answer.status).toBe('ready')
    expect(answer.parts.filter(part => part.ok).map(part => part.name)).toEqual(
      expect.arrayContaining(['database', 'queue', 'telegram']),
    )
    const metrics = await (await fetch(`${app.url}/metrics`)).text()
    expect(metrics).toMatch(/okoce_turns_total\{heard="answer"\} \d+/)
    expect(metrics).not.toContain('Siti')
  })
})

/** Answers whatever is asked until the number comes. */
async function converse(client: Client): Promise<string> {
  for (const deadline = Date.now() + 50_000; Date.now() < deadline; await sleep(20)) {
    const { result } = await client.getUpdates()
    for (const { messageId, message } of result) {
      const number = /OKO-\w{6}/.exec(message.text)?.[0]
      if (number) return number
      await reply(client, messageId, message)
    }
  }
  throw new Error('no participant number came in 50 s')
}

async function reply(client: Client, messageId: number, message: BotMessage['message']): Promise<void> {
  const text = message.text.replace(/<[^>]+>/g, '')
  const answer = ANSWERS.find(([question]) => question.test(text))?.[1]
  if (!answer) return
  const button = message.reply_markup?.inline_keyboard?.flat().find(b => b.text === answer)
  await (button
    ? client.sendCallback(
        client.makeCallbackQuery(button.callback_data, { message: { message_id: messageId } }),
      )
    : client.sendMessage(client.makeMessage(answer)))
}
