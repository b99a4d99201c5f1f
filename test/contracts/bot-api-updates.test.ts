import type { Api } from 'grammy'
import type { Update } from 'grammy/types'
import { afterEach, describe, expect, it } from 'vitest'
import type { FakeBotApi, FakeOptions } from '../support/telegram/fake.ts'
import { fakeWithApi } from '../support/telegram/bot.ts'

/** What makes "at least once" testable: the official server's getUpdates, which the npm emulator does not have. */
let fake: FakeBotApi
let api: Api

async function begin(options: FakeOptions = { guard: false }): Promise<void> {
  ;({ fake, api } = await fakeWithApi(options))
}

afterEach(() => fake.stop())

const texts = (updates: Update[]) => updates.map(update => update.message?.text)
const say = (...all: string[]) => all.map(text => fake.person(1).sends(text))

async function elapsed<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  const from = performance.now()
  return { result: await work, ms: performance.now() - from }
}

describe('offset, limit and redelivery', () => {
  it('offers an update again and again until an offset above it confirms it', async () => {
    await begin()
    say('satu', 'dua')
    expect(texts(await api.getUpdates())).toEqual(['satu', 'dua'])
    const again = await api.getUpdates()
    expect(texts(again)).toEqual(['satu', 'dua'])
    expect(texts(await api.getUpdates({ offset: (again[0]?.update_id ?? 0) + 1 }))).toEqual(['dua'])
    // The confirmed one is gone even for a bot that starts again from 0.
    expect(texts(await api.getUpdates({ offset: 0 }))).toEqual(['dua'])
    expect(await api.getUpdates({ offset: (again[1]?.update_id ?? 0) + 1 })).toEqual([])
    expect(fake.updates.pending).toBe(0)
  })

  it('gives at most `limit` updates, and never more than 100', async () => {
    await begin()
    say(...Array.from({ length: 130 }, (_, i) => `no ${i}`))
    expect(texts(await api.getUpdates({ limit: 2 }))).toEqual(['no 0', 'no 1'])
    expect(await api.getUpdates()).toHaveLength(100)
    expect(await api.getUpdates({ limit: 5000 })).toHaveLength(100)
  })

  it('keeps only the newest ones for a negative offset', async () => {
    await begin()
    say('lama', 'baru')
    expect(texts(await api.getUpdates({ offset: -1 }))).toEqual(['baru'])
    expect(texts(await api.getUpdates())).toEqual(['baru'])
  })

  it('goes on when the numbering starts again from a lower id', async () => {
    await begin()
    fake.push({ ...fake.person(1).sends('sebelum'), update_id: 900 })
    const before = await api.getUpdates()
    expect(before.at(-1)?.update_id).toBe(900)
    await api.getUpdates({ offset: 901 })
    const update = fake.person(1).sends('jangan')
    await api.getUpdates({ offset: 902 })
    fake.push({ ...update, update_id: 17 })
    // The bot still asks with its old offset: that must not confirm what it has not seen.
    expect((await api.getUpdates({ offset: 902 })).map(update => update.update_id)).toEqual([17])
  })

  it('offers every update once more after it was confirmed, when told to', async () => {
    await begin({ offerTwice: true })
    say('satu', 'dua', 'tiga')
    const heard: Update[] = []
    for (let offset = 0; heard.length < 6;) {
      const updates = await api.getUpdates({ offset, limit: 2, timeout: 5 })
      heard.push(...updates)
      offset = (updates.at(-1)?.update_id ?? 0) + 1
    }
    expect(texts(heard).sort()).toEqual(['dua', 'dua', 'satu', 'satu', 'tiga', 'tiga'])
    expect(new Set(heard.map(update => update.update_id)).size).toBe(3)
    expect(fake.stats().updates).toMatchObject({ created: 3, repeated: 3, pending: 0 })
  })

  it('creates only the kinds asked for, and remembers them', async () => {
    await begin()
    await api.getUpdates({ allowed_updates: ['message'] })
    fake.person(1).sends('halo')
    fake.person(1).edits('halo!')
    fake.person(1).blocks()
    expect((await api.getUpdates()).map(update => Object.keys(update)[0])).toEqual(['message'])
  })
})

describe('the long poll', () => {
  it('waits, and answers at once when a person writes', async () => {
    await begin()
    const poll = elapsed(api.getUpdates({ timeout: 20 }))
    setTimeout(() => say('halo', 'ada orang?'), 150)
    const { result, ms } = await poll
    expect(texts(result)).toEqual(['halo', 'ada orang?'])
    expect(ms).toBeGreaterThan(140)
    expect(ms).toBeLessThan(10_000)
  })

  it('answers an empty list when its time is over', async () => {
    await begin()
    const { result, ms } = await elapsed(api.getUpdates({ timeout: 1 }))
    expect(result).toEqual([])
    expect(ms).toBeGreaterThan(950)
  })

  it('can be told to answer empty and early, and loses nothing by it', async () => {
    await begin()
    fake.fault({ kind: 'emptyPoll', times: 2 })
    say('halo')
    const early = await elapsed(api.getUpdates({ timeout: 20 }))
    expect(early.result).toEqual([])
    expect(early.ms).toBeLessThan(10_000)
    expect(await api.getUpdates({ timeout: 20 })).toEqual([])
    expect(texts(await api.getUpdates({ timeout: 20 }))).toEqual(['halo'])
  })

  it('redelivers when the answer to a poll was lost', async () => {
    await begin()
    say('halo')
    fake.fault({ kind: 'closeAfterAccept', method: 'getUpdates' })
    await expect(api.getUpdates({ timeout: 1 })).rejects.toThrow(/getUpdates/)
    expect(texts(await api.getUpdates())).toEqual(['halo'])
  })

  it('ends with 409 when another poller comes, who gets the updates', async () => {
    await begin()
    const first = api.getUpdates({ timeout: 20 })
    const refused = expect(first).rejects.toMatchObject({
      error_code: 409,
      description: expect.stringContaining('terminated by other getUpdates request'),
    })
    await expect.poll(() => fake.stats().updates.polls).toBe(1)
    const second = api.getUpdates({ timeout: 20 })
    await refused
    say('halo')
    expect(texts(await second)).toEqual(['halo'])
  })

  it('is refused with 409 while a webhook is set, and works again without', async () => {
    await begin()
    const nobody = 'http://127.0.0.1:9/hook'
    await api.setWebhook(nobody)
    say('halo')
    expect(await api.getWebhookInfo()).toMatchObject({
      url: nobody,
      pending_update_count: 1,
    })
    await expect(api.getUpdates()).rejects.toMatchObject({ error_code: 409 })
    await api.deleteWebhook()
    expect(texts(await api.getUpdates())).toEqual(['halo'])
    await api.deleteWebhook({ drop_pending_updates: true })
    expect(await api.getUpdates()).toEqual([])
  })

  it('guards against a loop that spins: the same offset at once again gets one update', async () => {
    await begin({})
    fake.clock.hold()
    say('satu', 'dua')
    expect(await api.getUpdates()).toHaveLength(2)
    expect(await api.getUpdates()).toHaveLength(1)
    fake.advance(500)
    expect(await api.getUpdates()).toHaveLength(2)
  })
})
