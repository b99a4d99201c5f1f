import { Api, HttpError, InputFile } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TELEGRAM_LIMITS } from '../support/telegram/limits.ts'
import { fakeWithApi } from '../support/telegram/bot.ts'
import type { FakeBotApi } from '../support/telegram/fake.ts'

const CHAT = 42
let fake: FakeBotApi
let api: Api
let url: string

beforeEach(async () => {
  ;({ fake, api, url } = await fakeWithApi({ guard: false }))
  fake.person(CHAT, { name: 'Siti' }).sends('/start')
})
afterEach(() => fake.stop())

const html = (text: string) => api.sendMessage(CHAT, text, { parse_mode: 'HTML' })
const button = (callback_data: string) => ({
  reply_markup: { inline_keyboard: [[{ text: 'Ya', callback_data }]] },
})
const refused = (call: Promise<unknown>, error_code: number, description: string | RegExp) =>
  expect(call).rejects.toMatchObject({ error_code, description: expect.stringMatching(description) })

async function post(method: string, body: string, type = 'application/json'): Promise<Response> {
  return fetch(`${url}/bot${fake.token}/${method}`, {
    method: 'POST',
    body,
    headers: { 'content-type': type },
  })
}

describe('what a send must keep to', () => {
  it.each([
    ['', 'message text is empty'],
    [' \n ', 'text must be non-empty'],
    ['x'.repeat(4097), 'message is too long'],
    ['a\ud800b', 'must be encoded in UTF-8'],
  ])('refuses the text %j', async (text, reason) => {
    await refused(api.sendMessage(CHAT, text), 400, reason)
    expect(fake.stats().accepted).toBe(0)
  })

  it('counts the 4096 characters after the markup is parsed', async () => {
    await html(`<b>${'x'.repeat(4090)}</b> &lt;&gt;`)
    await html('x'.repeat(4096))
    await refused(html(`<b>${'x'.repeat(4097)}</b>`), 400, 'message is too long')
  })

  it('holds button data to 64 bytes, not letters', async () => {
    await api.sendMessage(CHAT, 'a', button('x'.repeat(64)))
    await refused(api.sendMessage(CHAT, 'a', button('x'.repeat(65))), 400, 'BUTTON_DATA_INVALID')
    await refused(api.sendMessage(CHAT, 'a', button('é'.repeat(33))), 400, 'BUTTON_DATA_INVALID')
    await refused(api.sendMessage(CHAT, 'a', button('')), 400, 'Text buttons are unallowed')
  })

  it.each([
    ['2 < 3', 'Unsupported start tag "" at byte offset 2'],
    ['é <script>x</script>', 'Unsupported start tag "script" at byte offset 3'],
    ['<b>tebal', `Can't find end tag corresponding to start tag "b"`],
    ['<b>a<i>b</b></i>', 'Unmatched end tag at byte offset 8, expected "</i>", found "</b>"'],
    ['tebal</b>', 'Unexpected end tag at byte offset 5'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler"'],
  ])('refuses the HTML %j', async (text, reason) => {
    await refused(html(text), 400, `Bad Request: can't parse entities: ${reason}`.replaceAll('?', '\\?'))
  })

  it('shows parsed HTML as the person reads it', async () => {
    await html(
      '<b>Halo, <i>Siti</i></b> &amp; &lt;3 &#128578; &nbsp; <a href="https://a.b/?x=1&amp;y">ini</a>',
    )
    const [message] = fake.person(CHAT).received()
    expect(message?.plain).toBe('Halo, Siti & <3 🙂 &nbsp; ini')
    expect(message?.text).toContain('<i>Siti</i>')
  })

  it('knows chats that never wrote, blocked or left', async () => {
    await refused(api.sendMessage(5, 'a'), 400, 'Bad Request: chat not found')
    const person = fake.person(5)
    await refused(api.sendMessage(5, 'a'), 403, `Forbidden: bot can't initiate conversation with a user`)
    person.sends('/start')
    await api.sendMessage(5, 'a')
    person.blocks()
    await refused(api.sendMessage(5, 'b'), 403, 'Forbidden: bot was blocked by the user')
    person.unblocks()
    await api.sendMessage(5, 'c')
    person.leavesTelegram()
    await refused(api.sendMessage(5, 'd'), 403, 'Forbidden: user is deactivated')
    expect(person.received().map(message => message.plain)).toEqual(['a', 'c'])
    const changes = (await api.getUpdates()).map(update => update.my_chat_member?.new_chat_member.status)
    expect(changes.filter(Boolean)).toEqual(['kicked', 'member'])
  })

  it('edits and deletes only what is there, and only when something changes', async () => {
    const sent = await api.sendMessage(CHAT, 'lama', button('w.1'))
    await refused(api.editMessageText(CHAT, sent.message_id, 'lama', button('w.1')), 400, 'not modified')
    await api.editMessageText(CHAT, sent.message_id, 'baru')
    expect(fake.person(CHAT).received()).toMatchObject([{ plain: 'baru', buttons: [], edits: 1 }])
    await refused(api.editMessageText(CHAT, 999, 'x'), 400, 'message to edit not found')
    await refused(api.deleteMessage(CHAT, 999), 400, 'message to delete not found')
  })

  it('takes a document by name and size, a chat action and a menu per language', async () => {
    const file = new InputFile(Buffer.from('a,b\r\n1,2\r\n'), 'data saya.csv')
    await api.sendDocument(CHAT, file, { caption: '<b>Data</b>', parse_mode: 'HTML' })
    expect(fake.person(CHAT).received()).toMatchObject([
      { plain: 'Data', document: { name: 'data saya.csv', size: 10 } },
    ])
    await api.sendChatAction(CHAT, 'typing')
    await api.setMyCommands([{ command: 'mulai', description: 'Mulai' }])
    await api.setMyCommands([{ command: 'start', description: 'Start' }], { language_code: 'en' })
    expect(await api.getMyCommands()).toEqual([{ command: 'mulai', description: 'Mulai' }])
    await refused(api.setMyCommands([{ command: 'Mulai!', description: 'x' }]), 400, 'BOT_COMMAND_INVALID')
  })

  it('takes urlencoded and JSON bodies, and any case of a method', async () => {
    const form = new URLSearchParams({ chat_id: `${CHAT}`, text: 'satu', ...jsonFields(button('w.1')) })
    expect((await post('SENDmessage', form.toString(), 'application/x-www-form-urlencoded')).status).toBe(200)
    expect((await post('sendMessage', '{"chat_id": "42", "text": "dua"}')).status).toBe(200)
    expect((await post('sendMessage', '{"chat_id": ')).status).toBe(400)
    expect(fake.person(CHAT).received()).toMatchObject([
      { plain: 'satu', buttons: [{ data: 'w.1' }] },
      { plain: 'dua' },
    ])
  })

  it('refuses a wrong token and a method it does not have', async () => {
    await refused(new Api('1:wrong', { apiRoot: url }).getMe(), 401, 'Unauthorized')
    const unknown = await post('sendPaidMedia', '{}')
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toEqual({ ok: false, error_code: 404, description: 'Not Found' })
  })
})

const jsonFields = (fields: object) =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)]))

describe('faults by script', () => {
  const received = () =>
    fake
      .person(CHAT)
      .received()
      .map(message => message.plain)

  it('429 carries retry_after in the body and in the header', async () => {
    fake.fault({ kind: '429', method: 'sendMessage', retryAfter: 7, times: 2 })
    await expect(api.sendMessage(CHAT, 'a')).rejects.toMatchObject({
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    })
    const raw = await post('sendMessage', '{"chat_id": 42, "text": "a"}')
    expect([raw.status, raw.headers.get('retry-after')]).toEqual([429, '7'])
    await api.sendMessage(CHAT, 'b')
    expect(received()).toEqual(['b'])
  })

  it('closeAfterAccept delivers the message and loses the answer', async () => {
    const fault = fake.fault({ kind: 'closeAfterAccept', chat: CHAT, text: 'nomor' })
    await api.sendMessage(CHAT, 'halo')
    await expect(api.sendMessage(CHAT, 'nomor Anda')).rejects.toBeInstanceOf(HttpError)
    expect(received()).toEqual(['halo', 'nomor Anda'])
    expect(fault.hits).toBe(1)
    expect(fake.stats()).toMatchObject({
      accepted: 2,
      acceptedUnanswered: 1,
      faults: { closeAfterAccept: 1 },
    })
    expect(fake.messages.all.map(message => message.answered)).toEqual([true, false])
  })

  it('a refused message is no lost answer', async () => {
    fake.fault({ kind: 'closeAfterAccept' })
    await expect(api.sendMessage(CHAT, '')).rejects.toBeInstanceOf(HttpError)
    expect(fake.stats()).toMatchObject({ accepted: 0, acceptedUnanswered: 0 })
  })

  it.each([
    { kind: 'closeBeforeRead', method: 'sendMessage' },
    { kind: 'closeBeforeRead', chat: CHAT },
    { kind: '502html', method: 'sendMessage' },
  ] as const)('%j delivers nothing and is no Telegram answer', async fault => {
    fake.fault(fault)
    await expect(api.sendMessage(CHAT, 'a')).rejects.toBeInstanceOf(HttpError)
    await api.sendMessage(CHAT, 'b')
    expect(received()).toEqual(['b'])
  })

  it('hang answers nobody until the fake stops', async () => {
    fake.fault({ kind: 'hang', method: 'sendMessage' })
    const hasty = new Api(fake.token, { apiRoot: url, timeoutSeconds: 0.3 })
    await expect(hasty.sendMessage(CHAT, 'a')).rejects.toBeInstanceOf(HttpError)
    expect(received()).toEqual([])
  })

  it('delay delivers at once and answers late', async () => {
    fake.clock.hold()
    fake.fault({ kind: 'delay', method: 'sendMessage', delayMs: 5_000 })
    let answered = false
    const sending = api.sendMessage(CHAT, 'a').then(() => (answered = true))
    await fake.person(CHAT).next()
    fake.advance(4_999)
    expect(answered).toBe(false)
    fake.advance(1)
    expect(await sending).toBe(true)
  })

  it('500 and 403 can be scripted, for one chat only', async () => {
    fake.person(43).sends('/start')
    fake.fault({ kind: '500', chat: 43 })
    fake.fault({ kind: '403', chat: 43 })
    await api.sendMessage(CHAT, 'a')
    await refused(api.sendMessage(43, 'a'), 500, 'Internal Server Error: restart')
    await refused(api.sendMessage(43, 'a'), 403, 'blocked')
    await api.sendMessage(43, 'a')
  })

  it('a rate strikes the same calls for the same seed', async () => {
    const struck = async (seed: number) => {
      const fault = fake.fault({ kind: '500', method: 'sendMessage', rate: 0.3, seed })
      const outcomes: boolean[] = []
      for (let i = 0; i < 60; i++)
        outcomes.push(
          await api.sendMessage(CHAT, 'a').then(
            () => false,
            () => true,
          ),
        )
      fault.remove()
      return outcomes
    }
    const first = await struck(5)
    expect(await struck(5)).toEqual(first)
    expect(await struck(6)).not.toEqual(first)
    expect(first.filter(Boolean).length).toBeGreaterThan(5)
    expect(first.filter(Boolean).length).toBeLessThan(36)
  })

  it("keeps to Telegram's own limits when told to", async () => {
    await fake.stop()
    ;({ fake, api } = await fakeWithApi({ limits: TELEGRAM_LIMITS }))
    fake.clock.hold()
    fake.person(CHAT).sends('/start')
    await api.sendMessage(CHAT, 'a')
    await refused(api.sendMessage(CHAT, 'b'), 429, 'retry after 1')
    fake.advance(1_000)
    await api.sendMessage(CHAT, 'c')
  })
})
