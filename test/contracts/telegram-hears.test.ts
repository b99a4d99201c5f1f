import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Lease, Received } from '../../src/channels/channel.ts'
import { telegramHookRoutes, type TelegramHook } from '../../src/http/telegramHook.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock, MINUTE, SECOND, sleep } from '../../src/lib/time.ts'
import type { TelegramChannel } from '../../src/channels/telegram/index.ts'
import { fakeWithApi } from '../support/telegram/bot.ts'
import { hookedChannel, telegramChannel, type Hooked } from '../support/telegram/channel.ts'
import type { FakeBotApi } from '../support/telegram/fake.ts'

/** Each test is named after what people saw when a bot of theirs had the fault. */
let fake: FakeBotApi
let url: string
let channel: TelegramChannel
let heard: string[]
let lines: string[]
let clock: FixedClock
let undo: (() => Promise<unknown>)[]

beforeEach(async () => {
  ;({ fake, url } = await fakeWithApi({ guard: false }))
  clock = new FixedClock(Date.now())
  heard = []
  lines = []
  undo = [() => fake.stop()]
})
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step()
})

const log = createLog('debug', { write: line => void lines.push(line) })
const accept = async (batch: Received[]) =>
  void heard.push(...batch.map(({ incoming }) => (incoming.kind === 'text' ? incoming.text : incoming.kind)))

function polling(options: Parameters<typeof telegramChannel>[2] = {}): TelegramChannel {
  const made = telegramChannel(fake, url, { clock, log, pollSeconds: 1, ...options })
  undo.push(() => made.stop())
  return made
}

async function started(options: Parameters<typeof telegramChannel>[2] = {}): Promise<void> {
  channel = polling(options)
  await channel.start(accept)
  await expect.poll(() => channel.state().status).toBe('connected')
}

const reason = () => {
  const state = channel.state()
  return 'reason' in state ? state.reason : state.status
}
const says = (text: string, id = 1) => fake.person(id).sends(text)

/** A lease that two channels of this process share, as two processes share a row of the database. */
function sharedLease(): () => Lease {
  let holder: Lease | undefined
  return () => {
    const own: Lease = {
      ms: 250,
      tryTake: async () => (holder ??= own) === own,
      keep: async () => holder === own,
      release: async () => {
        if (holder === own) holder = undefined
      },
    }
    return own
  }
}

describe('polling', () => {
  test('409 at a restart kills the process: it is shown, and passes when the other has gone', async () => {
    await started()
    const other = telegramChannel(fake, url, { log, pollSeconds: 1 })
    await other.start(async () => {})
    await expect.poll(reason).toContain('another program asks for the updates of this bot')
    await other.stop()
    says('halo')
    await expect.poll(() => heard).toEqual(['halo'])
    await expect.poll(() => channel.state().status).toBe('connected')
  })

  test('a webhook from before keeps a bot deaf: it is taken away, and what waits comes', async () => {
    fake.webhook.set({ url: 'http://127.0.0.1:9/hook' })
    says('halo')
    await started()
    await expect.poll(() => heard).toEqual(['halo'])
    expect(fake.webhook.isSet).toBe(false)
  })

  test('a webhook that another program sets is shown, not fought over', async () => {
    await started()
    fake.webhook.set({ url: 'http://127.0.0.1:9/hook' })
    fake.endPolls()
    await expect.poll(reason).toContain('another program has set a webhook')
    expect(fake.webhook.isSet).toBe(true)
  })

  test('401 rejects the start and ends the process: it is shown, and tried again', async () => {
    fake.fault({ kind: '401', times: 2 })
    channel = polling()
    await channel.start(accept)
    await expect.poll(reason).toContain('refuses TELEGRAM_BOT_TOKEN')
    expect(lines.join('')).toContain('@BotFather')
  })

  test.each(['closeBeforeRead', 'closeAfterAccept', '502html', '500'] as const)(
    'socket hang up, ETIMEDOUT, 5xx: the poll goes on and nothing is lost (%s)',
    async kind => {
      await started()
      const fault = fake.fault({ kind, method: 'getUpdates', times: 2 })
      says('satu')
      await expect.poll(() => fault.hits).toBe(2)
      says('dua')
      await expect.poll(() => new Set(heard)).toEqual(new Set(['satu', 'dua']))
      await expect.poll(() => channel.state().status).toBe('connected')
    },
  )

  test('429 on a poll is waited out as long as told', async () => {
    await started()
    const began = performance.now()
    const fault = fake.fault({ kind: '429', method: 'getUpdates', retryAfter: 1 })
    await expect.poll(() => fault.hits).toBe(1)
    says('halo')
    await expect.poll(() => heard).toEqual(['halo'])
    expect(performance.now() - began).toBeGreaterThan(950)
  })

  test('the poll loop ends for good after "timed out": a poll that hangs is given up and asked again', async () => {
    await started()
    const fault = fake.fault({ kind: 'hang', method: 'getUpdates' })
    await expect.poll(() => fault.hits).toBe(1)
    says('halo')
    await expect.poll(() => heard).toEqual(['halo'])
  })

  test('polling silently dead while health is green: silence for too long is trouble', async () => {
    await started({ pollSeconds: 20 })
    fake.fault({ kind: 'hang', method: 'getUpdates', times: 99 })
    expect(channel.state().status).toBe('connected')
    clock.advance(91 * SECOND)
    expect(channel.state()).toMatchObject({ status: 'trouble', reason: 'no poll has succeeded for 91 s' })
  })

  test('storing that hangs is silence too, whatever the polls say', async () => {
    let release = () => {}
    const stored = new Promise<void>(resolve => (release = resolve))
    let storing = false
    channel = polling()
    await channel.start(batch => {
      storing = batch.length > 0
      return storing ? stored : Promise.resolve()
    })
    await expect.poll(() => channel.state().status).toBe('connected')
    says('halo')
    await expect.poll(() => storing).toBe(true)
    clock.advance(2 * MINUTE)
    expect(channel.state().status).toBe('trouble')
    release()
    await expect.poll(() => channel.state().status).toBe('connected')
  })

  test('the offset saved in completion order skips updates: nothing is confirmed before all before it is stored', async () => {
    let broken = true
    channel = polling()
    await channel.start(async batch => {
      if (batch.length > 0 && broken) throw new Error('the database is away')
      return accept(batch)
    })
    for (let i = 1; i <= 5; i++) says(`no ${i}`, i)
    await expect.poll(reason).toContain('storing failed')
    expect(fake.updates.pending).toBe(5)
    broken = false
    await expect.poll(() => heard).toEqual(['no 1', 'no 2', 'no 3', 'no 4', 'no 5'])
    await expect.poll(() => fake.updates.pending).toBe(0)
  })

  test('Telegram numbers anew after a week of silence: lower numbers are heard, too', async () => {
    await started()
    fake.push({ ...says('sebelum'), update_id: 900_000 })
    await expect.poll(() => heard.length).toBe(2)
    await expect.poll(() => fake.updates.pending).toBe(0)
    const { polls } = fake.stats().updates
    await expect.poll(() => fake.stats().updates.polls).toBeGreaterThan(polls + 1) // one was empty
    fake.push({ ...(says('tanpa nomor') as object), update_id: 17 } as never)
    await expect.poll(() => heard.length).toBeGreaterThanOrEqual(4)
  })

  test('an idle bot that spins burns a core: empty answers that come early are not asked for at once', async () => {
    await started()
    fake.fault({ kind: 'emptyPoll', times: 1_000 })
    const before = fake.stats().calls.getupdates ?? 0
    await sleep(1_500)
    expect((fake.stats().calls.getupdates ?? 0) - before).toBeLessThan(6)
  })

  test('stop() hangs until the poll ends: it does not', async () => {
    await started({ pollSeconds: 20 })
    await expect.poll(() => fake.stats().updates.polls).toBeGreaterThan(1)
    const began = performance.now()
    await channel.stop()
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  test('the log shows the token when a poll fails: it does not', async () => {
    await started()
    for (const kind of ['closeBeforeRead', '502html', '500', '429', '401'] as const) fake.fault({ kind })
    await expect.poll(() => lines.length).toBeGreaterThan(2)
    expect(lines.join('')).not.toContain(fake.token)
    expect(lines.join('')).not.toContain('TEST')
  })

  test('a button keeps spinning behind slow work: taps are answered once they are stored', async () => {
    await started()
    fake.chats.know(fake.person(1).chat, 'open')
    const query = fake.person(1).tapsData('w.1', 1).callback_query
    await expect.poll(() => fake.journal.answeredTaps).toEqual([query?.id])
  })

  test('"query is too old" after a restart: nobody minds, and the tap counts', async () => {
    fake.person(1).tapsData('w.1', 1)
    fake.expireQueries()
    await started()
    await expect.poll(() => heard).toEqual(['tap'])
    await expect.poll(() => channel.state().status).toBe('connected')
  })
})

describe('two processes', () => {
  test('restart loop of two pollers: one hears, the other stands by and takes over', async () => {
    const lease = sharedLease()
    await started({ lease })
    const first = channel
    channel = polling({ lease })
    await channel.start(accept)
    await expect.poll(() => channel.state().status).toBe('standby')
    says('satu')
    await expect.poll(() => heard).toEqual(['satu'])
    expect(fake.stats().refused[409]).toBeUndefined()
    await first.stop()
    says('dua')
    await expect.poll(() => heard).toEqual(['satu', 'dua'])
    await expect.poll(() => channel.state().status).toBe('connected')
  })

  test('from polling to a webhook and back: nothing that waits is lost, and nobody fights', async () => {
    const lease = sharedLease()
    await started({ lease })
    says('satu')
    await expect.poll(() => heard).toEqual(['satu'])
    const hooked = await hook({ lease })
    await hooked.channel.start(accept)
    await channel.stop()
    says('dua')
    await expect.poll(() => heard).toEqual(['satu', 'dua'])
    expect(fake.webhook.isSet).toBe(true)
    channel = polling({ lease })
    await channel.start(accept)
    await hooked.channel.stop()
    says('tiga')
    await expect.poll(() => heard).toEqual(['satu', 'dua', 'tiga'])
    expect(fake.webhook.isSet).toBe(false)
    expect(fake.stats().refused[409]).toBeUndefined()
  })
})

async function hook(options: Parameters<typeof hookedChannel>[2] = {}): Promise<Hooked> {
  const hooked = await hookedChannel(fake, url, { clock, log, ...options })
  undo.push(() => hooked.web.stop())
  undo.push(() => hooked.channel.stop())
  return hooked
}

describe('the webhook', () => {
  const post = (to: string, body: string, headers: Record<string, string> = {}) =>
    fetch(to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })

  test('registers itself with a secret, and neither its address nor a log holds the token or the secret', async () => {
    const hooked = await hook()
    await hooked.channel.start(accept)
    await expect.poll(() => hooked.channel.state().status).toBe('connected')
    expect(fake.webhook.info()).toMatchObject({ url: hooked.url, max_connections: 100 })
    says('halo')
    await expect.poll(() => heard).toEqual(['halo'])
    expect(hooked.url).not.toContain('123456')
    expect(lines.join('')).not.toContain(fake.token)
  })

  test.each([undefined, '', 'salah', 'x'.repeat(300)])(
    'a post with another secret is refused unread (%j)',
    async given => {
      const hooked = await hook()
      await hooked.channel.start(accept)
      const headers: Record<string, string> =
        given === undefined ? {} : { 'x-telegram-bot-api-secret-token': given }
      const update = JSON.stringify({ update_id: 1, message: {} })
      expect((await post(hooked.url, update, headers)).status).toBe(401)
      expect(heard).toEqual([])
    },
  )

  test('an endless body fills the memory: it is cut off at 1 MB; what is no update is refused', async () => {
    const receive = (body: string) => Promise.resolve(body === '{}' ? 'malformed' : 'stored')
    const routes = telegramHookRoutes({ knows: () => true, receive } as TelegramHook)
    const ask = (body: string) => routes.request('/telegram/webhook', { method: 'POST', body })
    expect((await ask('x'.repeat(1024 * 1024 + 1))).status).toBe(413)
    expect((await ask('x'.repeat(1024 * 1024))).status).toBe(200)
    expect((await ask('{}')).status).toBe(400)
  })

  test('wrong JSON crashes the bot: it is refused, and the next update is heard', async () => {
    const hooked = await hook()
    for (const body of ['{', '[]', 'null', '{"update_id":"1"}'])
      await expect(hooked.channel.webhook?.receive(body)).resolves.toBe('malformed')
    await hooked.channel.start(accept)
    says('halo')
    await expect.poll(() => heard).toEqual(['halo'])
  })

  test('200 before the commit loses updates: what is not stored is posted again', async () => {
    const hooked = await hook()
    let tries = 0
    await hooked.channel.start(async batch => {
      if (++tries < 3) throw new Error('the database is away')
      return accept(batch)
    })
    says('halo')
    await expect.poll(() => (fake.advance(MINUTE), heard)).toEqual(['halo'])
    expect(tries).toBe(3)
    await expect.poll(() => fake.updates.pending).toBe(0) // heard before it is answered
  })

  test('many posts at once share commits, and each is answered after its own', async () => {
    const hooked = await hook()
    const receive = vi.spyOn(hooked.door, 'receive')
    const sets: number[] = []
    await hooked.channel.start(async batch => {
      sets.push(batch.length)
      // as a slow commit would: until as many have come as Telegram has connections, and then until all have
      await expect
        .poll(() => receive.mock.calls.length)
        .toBeGreaterThanOrEqual(heard.length < 100 ? 100 : 200)
      expect(fake.updates.counts.offered).toBeLessThanOrEqual(heard.length)
      return accept(batch)
    })
    for (let id = 1; id <= 200; id++) says('halo', id)
    await expect.poll(() => heard.length).toBe(200)
    expect(sets.length).toBeLessThan(6)
    await expect.poll(() => fake.updates.pending).toBe(0)
  })

  test('another program takes the webhook away: it is shown and set again', async () => {
    const hooked = await hook({ pollSeconds: 0.3 })
    await hooked.channel.start(accept)
    await expect.poll(() => hooked.channel.state().status).toBe('connected')
    fake.webhook.set({ url: '' })
    await expect.poll(() => lines.join('')).toContain('another program has changed the webhook')
    await expect.poll(() => fake.webhook.isSet).toBe(true)
    await expect.poll(() => hooked.channel.state().status).toBe('connected')
  })

  test('updates pile up at Telegram while all looks well: what it says of us is shown', async () => {
    const hooked = await hook({ pollSeconds: 0.3 })
    await hooked.channel.start(accept)
    await expect.poll(() => hooked.channel.state().status).toBe('connected')
    await hooked.web.stop()
    says('halo')
    channel = hooked.channel
    await expect.poll(reason).toBe('Telegram cannot deliver: Connection refused')
  })

  test('while it starts or stops nothing is taken, and Telegram keeps it', async () => {
    const hooked = await hook()
    await expect(hooked.channel.webhook?.receive('{"update_id":1}')).rejects.toThrow('takes nothing now')
    await hooked.channel.start(accept)
    await expect.poll(() => fake.webhook.isSet).toBe(true)
    await hooked.channel.stop()
    says('halo')
    await expect.poll(() => fake.updates.counts.posts).toBeGreaterThanOrEqual(2)
    expect(fake.updates.pending).toBe(1)
    expect(heard).toEqual([])
  })
})
