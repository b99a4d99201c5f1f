import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Api } from 'grammy'
import { Api as Client } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeWithApi } from '../support/telegram/bot.ts'
import { DEFAULT_TOKEN, type FakeBotApi } from '../support/telegram/fake.ts'
import { startFakeProcess } from '../support/telegram/process.ts'

describe("the person's side", () => {
  let fake: FakeBotApi
  let api: Api

  beforeEach(async () => {
    ;({ fake, api } = await fakeWithApi({ guard: false }))
  })
  afterEach(() => fake.stop())

  const yesNo = (wait: string) => ({
    reply_markup: {
      inline_keyboard: [['Ya', 'Belum'].map((text, i) => ({ text, callback_data: `${wait}.${i + 1}` }))],
    },
  })

  it('sends everything a person can send', async () => {
    const siti = fake.person(1, { name: 'Siti', phone: '+628111' })
    siti.sends('/mulai sekarang')
    siti.edits('/mulai')
    siti.shares({ own: true })
    siti.shares({ own: false, phone: '+628222' })
    siti.sendsLocation()
    siti.sendsPhoto('toko saya')
    siti.sendsVoice()
    siti.sendsSticker()
    siti.groupSays('halo semua')
    const updates = await api.getUpdates()
    expect(updates).toMatchObject([
      { message: { text: '/mulai sekarang', entities: [{ type: 'bot_command', length: 6 }] } },
      { edited_message: { text: '/mulai', message_id: updates[0]?.message?.message_id } },
      { message: { contact: { phone_number: '+628111', user_id: 1 } } },
      { message: { contact: { phone_number: '+628222' } } },
      { message: { location: { latitude: -6.2 } } },
      { message: { photo: [{ width: 90 }], caption: 'toko saya' } },
      { message: { voice: { duration: 3 } } },
      { message: { sticker: { emoji: '👍' } } },
      { message: { text: 'halo semua', chat: { type: 'supergroup' }, from: { id: 1 } } },
    ])
    expect(updates[3]?.message?.contact).not.toHaveProperty('user_id')
    const photo = updates[5]?.message?.photo?.[0]?.file_id ?? ''
    expect((await api.getFile(photo)).file_path).toContain('photo')
    await expect(api.getFile('nonsense!')).rejects.toMatchObject({ error_code: 400 })
  })

  it('taps the newest button of that name, and only one that is there', async () => {
    const siti = fake.person(1)
    expect(() => siti.taps('Ya')).toThrow('person 1 sees no button Ya: no message received')
    siti.sends('/start')
    const old = await api.sendMessage(1, 'Setuju?', yesNo('w1'))
    await api.sendMessage(1, 'Punya usaha?', yesNo('w2'))
    expect(siti.taps('Ya').callback_query).toMatchObject({ data: 'w2.1' })
    expect(siti.taps(/^bel/i, { messageId: old.message_id }).callback_query).toMatchObject({
      data: 'w1.2',
      message: { message_id: old.message_id, text: 'Setuju?' },
    })
    expect(() => siti.taps('Mungkin')).toThrow(
      'no button Mungkin; the newest message "Punya usaha?" offers "Ya", "Belum"',
    )
    await api.deleteMessage(1, old.message_id)
    expect(() => siti.taps('Ya', { messageId: old.message_id })).toThrow('no message')
    expect(siti.tapsData('w1.1', old.message_id).callback_query?.message).toMatchObject({ date: 0 })
  })

  it('taps the buttons of a reply keyboard: they share the number or send their label', async () => {
    const siti = fake.person(1, { phone: '+628111' })
    siti.sends('/start')
    const keyboard = [[{ text: 'Bagikan nomor saya', request_contact: true }], [{ text: 'Nanti saja' }]]
    await api.sendMessage(1, 'Nomor HP?', { reply_markup: { keyboard } })
    expect(siti.taps('Bagikan nomor saya').message?.contact).toMatchObject({
      phone_number: '+628111',
      user_id: 1,
    })
    expect(siti.taps('Nanti saja').message?.text).toBe('Nanti saja')
  })

  it('hears that a tap was answered, and not that of a query it never gave', async () => {
    const siti = fake.person(1)
    siti.sends('/start')
    await api.sendMessage(1, 'Setuju?', yesNo('w1'))
    const id = siti.taps('Ya').callback_query?.id ?? ''
    await api.answerCallbackQuery(id)
    expect(fake.journal.answeredTaps).toEqual([id])
    await expect(api.answerCallbackQuery('1')).rejects.toMatchObject({ error_code: 400 })
    fake.expireQueries()
    await expect(api.answerCallbackQuery(id)).rejects.toThrow(/query is too old/)
  })

  it('a tap can come twice under different update ids, as real clients do it', async () => {
    fake.person(1).sends('/start')
    const sent = await api.sendMessage(1, 'Setuju?', yesNo('w1'))
    const { callback_query } = fake.person(1).tapsData('w1.1', sent.message_id)
    if (callback_query) fake.push({ callback_query })
    const taps = (await api.getUpdates()).filter(update => update.callback_query)
    expect(new Set(taps.map(update => update.update_id)).size).toBe(2)
    expect(new Set(taps.map(update => update.callback_query?.id)).size).toBe(1)
  })

  it('waits for the next message, in order, and says what it saw when none comes', async () => {
    const siti = fake.person(1)
    siti.sends('/start')
    await api.sendMessage(1, 'satu')
    const waiting = [siti.next(), siti.next()]
    setTimeout(() => void api.sendMessage(1, 'dua'), 50)
    expect((await Promise.all(waiting)).map(message => message.plain)).toEqual(['satu', 'dua'])
    await expect(siti.next({ timeoutMs: 50 })).rejects.toThrow(
      'heard nothing within 50 ms; last message: "dua"',
    )
    await api.sendMessage(1, 'tiga')
    expect((await siti.next()).plain).toBe('tiga')
  })

  it('answers by script, after the send was answered', async () => {
    fake.onMessage = (message, person) => {
      if (message.plain === 'Setuju?') person.taps('Ya')
    }
    fake.person(1).sends('/start')
    await api.sendMessage(1, 'Setuju?', yesNo('w1'))
    const updates = await api.getUpdates({ offset: 2, timeout: 5 })
    expect(updates[0]?.callback_query?.data).toBe('w1.1')
  })
})

describe('the fake in its own process', () => {
  it('takes orders, plays scripted people and ends', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fake-'))
    const script = join(folder, 'people.mjs')
    await writeFile(
      script,
      `export const onMessage = (message, person) => { if (/nama/.test(message.plain)) person.sends('Siti') }
       export const orders = { begin: (fake, n) => { for (let i = 1; i <= n; i++) fake.person(i).sends('/start') } }`,
    )
    const control = await startFakeProcess({ script, guard: false })
    try {
      const api = new Client(DEFAULT_TOKEN, { apiRoot: control.url, timeoutSeconds: 30 })
      await control.order('begin', 2)
      const date = Math.floor(Date.now() / 1000)
      const from = { id: 3, is_bot: false as const, first_name: 'Budi' }
      const chat = { id: 3, type: 'private' as const, first_name: 'Budi' }
      expect(await control.push([{ message: { message_id: 1, date, from, chat, text: 'halo' } }])).toEqual([
        3,
      ])
      expect(await api.getUpdates()).toHaveLength(3)
      await control.fault({ kind: '500', method: 'sendMessage', text: /^gagal/ })
      await expect(api.sendMessage(1, 'gagal')).rejects.toMatchObject({ error_code: 500 })
      for (const id of [1, 2, 3]) await api.sendMessage(id, 'Siapa nama Anda?')
      const answers = await api.getUpdates({ offset: 4, timeout: 5 })
      expect(answers.map(update => update.message?.text)).toContain('Siti')
      expect((await control.messages(1)).map(message => [message.seq, message.chat])).toEqual([
        [2, 2],
        [3, 3],
      ])
      expect(await control.stats()).toMatchObject({
        accepted: 3,
        refused: { 500: 1 },
        calls: { sendmessage: 4 },
      })
      await expect(control.order('nothing')).rejects.toThrow('knows the order "nothing"')
    } finally {
      await control.stop()
      await rm(folder, { recursive: true })
    }
    await expect(control.stats()).rejects.toThrow()
  })
})
