import { createRequire } from 'node:module'
import { Api } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../support/redis.ts'
import { fakeWithApi } from '../support/telegram/bot.ts'
import { DEFAULT_TOKEN, type FakeBotApi } from '../support/telegram/fake.ts'
import { HookServer } from '../support/telegram/hook.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let fake: FakeBotApi
let api: Api
let hook: HookServer
let url: string
let failed: number

beforeEach(async () => {
  ;({ fake, api } = await fakeWithApi({ guard: false }))
  failed = 0
  fake.webhook.onAnswer = (_ms, ok) => void (ok || failed++)
  fake.clock.hold() // so that the pauses between posts are those of a test, not of a busy machine
  hook = new HookServer()
  url = await hook.start()
})
afterEach(async () => {
  await fake.stop()
  await hook.stop()
})

const heard = (expected: string[]) => expect.poll(() => hook.heard).toEqual(expected)
/** The pause after a failure begins when Telegram has noted it. */
const failedTimes = (times: number) => expect.poll(() => failed).toBe(times)
const info = () => api.getWebhookInfo()
const settled = () => expect.poll(() => fake.updates.pending).toBe(0)

describe('a post', () => {
  it('carries the update and the secret', async () => {
    await api.setWebhook(url, { secret_token: 'rahasia-1' })
    const { update_id } = fake.person(1).sends('halo')
    await settled()
    expect(hook.posts).toMatchObject([
      { update: { update_id, message: { text: 'halo' } }, secret: 'rahasia-1' },
    ])
  })

  it('brings what waited before the webhook was set, and all that comes after', async () => {
    for (const text of ['satu', 'dua']) fake.person(1).sends(text)
    await api.setWebhook(url)
    await heard(['satu', 'dua'])
    fake.person(1).sends('tiga')
    await heard(['satu', 'dua', 'tiga'])
  })

  it('waits for the one before it in the same chat, and for nobody else', async () => {
    let release = () => {}
    const slow = new Promise<void>(resolve => (release = resolve))
    hook.answer = async update => {
      if (update.message?.text === 'lambat') await slow
      return { status: 200 }
    }
    await api.setWebhook(url)
    fake.person(1).sends('lambat')
    fake.person(1).sends('berikutnya')
    fake.person(2).sends('orang lain')
    await heard(['lambat', 'orang lain'])
    release()
    await heard(['lambat', 'orang lain', 'berikutnya'])
  })

  it('of a tap overtakes the text of the same person: it has a line of its own', async () => {
    let tapped = () => {}
    const tap = new Promise<void>(resolve => (tapped = resolve))
    hook.answer = async update => {
      if (update.message) await tap
      else tapped()
      return { status: 200 }
    }
    await api.setWebhook(url)
    const siti = fake.person(1)
    siti.sends('satu')
    siti.sends('dua')
    siti.tapsData('w.1', 1)
    await heard(['satu', 'w.1', 'dua'])
  })

  it('goes out over so many connections at once and no more', async () => {
    let [now, most] = [0, 0]
    let all = () => {}
    const three = new Promise<void>(resolve => (all = resolve))
    hook.answer = async () => {
      most = Math.max(most, ++now)
      if (now === 3) all()
      await three
      await new Promise(resolve => setTimeout(resolve, 30)) // a fourth would come meanwhile
      now--
      return { status: 200 }
    }
    await api.setWebhook(url, { max_connections: 3 })
    for (let id = 1; id <= 12; id++) fake.person(id).sends('halo')
    await settled()
    expect(most).toBe(3)
  })
})

describe('a post that is not answered with 2xx', () => {
  it.each([
    ['a 500', { status: 500 }, 'Wrong response from the webhook: 500 Internal Server Error'],
    ['a redirect', { status: 302 }, 'Wrong response from the webhook: 302 Found'],
    ['a hang-up', undefined, 'socket hang up'],
  ])('comes again, at once and then after growing pauses (%s)', async (_what, answer, message) => {
    hook.answer = () => (hook.posts.length > 3 ? { status: 200 } : answer)
    await api.setWebhook(url)
    const { update_id } = fake.person(1).sends('halo')
    await heard(['halo', 'halo'])
    expect(await info()).toMatchObject({ pending_update_count: 1, last_error_message: message })
    await failedTimes(2)
    fake.advance(1_999)
    expect(fake.stats().updates.posts).toBe(2)
    fake.advance(1)
    await heard(['halo', 'halo', 'halo'])
    await failedTimes(3)
    fake.advance(3_999)
    expect(fake.stats().updates.posts).toBe(3)
    fake.advance(1)
    await settled()
    expect(hook.posts.map(({ update }) => update.update_id)).toEqual(Array(4).fill(update_id))
  })

  it('comes again when Retry-After says', async () => {
    hook.answer = () => (hook.posts.length > 1 ? { status: 200 } : { status: 503, retryAfter: 120 })
    await api.setWebhook(url)
    fake.person(1).sends('halo')
    await heard(['halo'])
    await expect.poll(async () => (await info()).last_error_message).toContain('503')
    fake.advance(119_999)
    expect(fake.stats().updates.posts).toBe(1)
    fake.advance(1)
    await settled()
  })

  it('comes again when the answer was lost on its way', async () => {
    const fault = fake.fault({ kind: 'closeAfterAccept', method: 'webhook', chat: 1 })
    await api.setWebhook(url)
    fake.person(1).sends('halo')
    await heard(['halo', 'halo'])
    await settled()
    expect(fault.hits).toBe(1)
  })

  it('can be told to come once more though it was answered, as from two Bot API servers', async () => {
    await fake.stop()
    ;({ fake, api } = await fakeWithApi({ offerTwice: true }))
    fake.clock.hold()
    await api.setWebhook(url)
    for (const text of ['satu', 'dua']) fake.person(1).sends(text)
    await heard(['satu', 'satu', 'dua', 'dua'])
  })

  it('is given up after a day; a tap after 150 seconds', async () => {
    hook.answer = () => ({ status: 500 })
    await api.setWebhook(url)
    const siti = fake.person(1)
    siti.sends('halo')
    siti.tapsData('w.1', 1)
    await expect.poll(() => hook.posts.length).toBe(4)
    await expect.poll(async () => (await info()).last_error_message).toBeDefined()
    const after = (ms: number) => () => {
      fake.advance(ms)
      return fake.updates.pending
    }
    await expect.poll(after(MINUTE)).toBe(1)
    fake.advance(23 * HOUR)
    expect(fake.updates.first(9)).toMatchObject([{ message: { text: 'halo' } }])
    await expect.poll(after(HOUR)).toBe(0)
  })

  it('closes the webhook when the answer is 410 Gone for 23 hours', async () => {
    hook.answer = () => ({ status: 410 })
    await api.setWebhook(url)
    fake.person(1).sends('halo')
    await heard(['halo', 'halo'])
    await expect.poll(async () => (await info()).last_error_message).toContain('410')
    fake.advance(23.1 * HOUR)
    await expect.poll(async () => (await info()).url).toBe('')
  })
})

describe('setting and deleting it', () => {
  it('keeps what waits, whichever way it goes', async () => {
    hook.answer = () => ({ status: 500 })
    await api.setWebhook(url)
    fake.person(1).sends('halo')
    await heard(['halo', 'halo'])
    await api.deleteWebhook()
    expect((await api.getUpdates()).map(update => update.message?.text)).toEqual(['halo'])
    hook.answer = () => ({ status: 200 })
    fake.advance(1_000)
    await api.setWebhook(url)
    await settled()
    expect((await info()).url).toBe(url)
  })

  it('ends a poll that waits, with 409', async () => {
    const poll = expect(api.getUpdates({ timeout: 20 })).rejects.toMatchObject({
      error_code: 409,
      description: 'Conflict: terminated by setWebhook request',
    })
    await expect.poll(() => fake.stats().updates.polls).toBe(1)
    await api.setWebhook(url)
    await poll
  })

  it('may happen once a second, unless nothing changes', async () => {
    await api.setWebhook(url)
    await api.setWebhook(url)
    await expect(api.setWebhook(`${url}?2`)).rejects.toMatchObject({
      error_code: 429,
      parameters: { retry_after: 1 },
    })
    fake.advance(1_000)
    await api.setWebhook(`${url}?2`)
    expect(await info()).toMatchObject({ url: `${url}?2`, max_connections: 40 })
  })

  it.each([
    [{ url: 'ftp://example.org' }, 'HTTPS URL must be provided'],
    [{ secret_token: 'a b' }, 'unallowed characters'],
    [{ secret_token: 'x'.repeat(257) }, 'too long'],
  ])('refuses %j', async (params, description) => {
    const { url: other = url, ...rest } = params as { url?: string; secret_token?: string }
    await expect(api.setWebhook(other, rest)).rejects.toMatchObject({
      error_code: 400,
      description: expect.stringContaining(description),
    })
  })

  it('takes only the kinds asked for', async () => {
    await api.setWebhook(url, { allowed_updates: ['message'] })
    fake.person(1).sends('halo')
    fake.person(1).edits('halo!')
    await settled()
    expect(hook.heard).toEqual(['halo'])
  })
})

/** The part that an emulator which is not ours can do: it posts, without a secret and without trying again. */
describe.each(['our fake', 'telegram-test-api'])('a webhook of %s, as any bot sees it', which => {
  interface Emulator {
    start(): Promise<void>
    stop(): Promise<boolean>
    addUserMessage(message: object): Promise<void>
  }
  let says: (text: string) => Promise<unknown>
  let stop: () => Promise<unknown> = async () => {}
  let root: string

  beforeEach(async () => {
    if (which === 'our fake') {
      const other = await fakeWithApi()
      stop = () => other.fake.stop()
      root = other.url
      says = async text => other.fake.person(7).sends(text)
      return
    }
    const TelegramServer = createRequire(import.meta.url)('telegram-test-api') as new (c: object) => Emulator
    const port = await freePort()
    const server = new TelegramServer({ port, host: '127.0.0.1' })
    await server.start()
    root = `http://127.0.0.1:${port}`
    stop = () => server.stop()
    const from = { id: 7, first_name: 'Siti', is_bot: false }
    const chat = { id: 7, type: 'private', first_name: 'Siti' }
    says = text =>
      server.addUserMessage({
        botToken: DEFAULT_TOKEN,
        date: Math.floor(Date.now() / 1000),
        from,
        chat,
        text,
      })
  })
  afterEach(() => stop())

  it('posts every message as JSON, in order, until it is deleted', async () => {
    const bot = new Api(DEFAULT_TOKEN, { apiRoot: root })
    await bot.setWebhook(url)
    for (const text of ['satu', 'dua', 'tiga']) await says(text)
    await heard(['satu', 'dua', 'tiga'])
    expect(hook.posts[0]?.update.message).toMatchObject({ chat: { id: 7, type: 'private' }, from: { id: 7 } })
    await bot.deleteWebhook()
    await says('empat')
    expect((await bot.getUpdates()).map(update => update.message?.text)).toContain('empat')
    expect(hook.posts).toHaveLength(3)
  })
})
