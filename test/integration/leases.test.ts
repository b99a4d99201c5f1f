import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { whileHeld } from '../../src/channels/lease.ts'
import type { Lease } from '../../src/channels/channel.ts'
import { connect, type Db } from '../../src/db/client.ts'
import { createLease } from '../../src/db/leases.ts'
import { keptOnceMore, LEASE_MS } from '../support/leases.ts'
import { testDatabase } from '../support/postgres.ts'

let db: Db
beforeAll(async () => {
  db = connect((await testDatabase()).url)
})
afterAll(() => db.$disconnect())
afterEach(() => void vi.useRealTimers())

let names = 0
const twoFor = (ms: number): [Lease, Lease, string] => {
  const name = `test ${++names}`
  return [createLease(db, name, ms), createLease(db, name, ms), name]
}
const ended = (signal: AbortSignal) =>
  new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))

describe('a lease', () => {
  it('is held by one, who may take it again and keep it', async () => {
    const [mine, other] = twoFor(10_000)
    expect(await mine.tryTake()).toBe(true)
    expect(await other.tryTake()).toBe(false)
    expect(await mine.tryTake()).toBe(true)
    expect(await mine.keep()).toBe(true)
    expect(await other.keep()).toBe(false)
  })

  it('passes on at once when it is given up, and only its holder can give it up', async () => {
    const [mine, other] = twoFor(10_000)
    await mine.tryTake()
    await other.release()
    expect(await other.tryTake()).toBe(false)
    await mine.release()
    expect(await other.tryTake()).toBe(true)
    expect(await mine.keep()).toBe(false)
  })

  it('of a process that was killed ends by itself', async () => {
    const [mine, other] = twoFor(150)
    await mine.tryTake()
    await expect.poll(() => other.tryTake()).toBe(true)
    expect(await mine.keep()).toBe(false)
  })

  it('is won by one of many who try at once', async () => {
    const name = `test ${++names}`
    const tries = Array.from({ length: 12 }, () => createLease(db, name).tryTake())
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })
})

describe('work under a lease', () => {
  it('is done by one at a time, and taken over when the first stops', async () => {
    const [mine, other, name] = twoFor(LEASE_MS)
    const [first, second] = [new AbortController(), new AbortController()]
    const log: string[] = []
    const work = (who: string) => async (signal: AbortSignal) => {
      log.push(`${who} begins`)
      await ended(signal)
      log.push(`${who} ends`)
    }
    const one = whileHeld(mine, { signal: first.signal }, work('one'))
    await expect.poll(() => log).toEqual(['one begins'])
    const onStandby = () => void log.push('two waits')
    const two = whileHeld(other, { signal: second.signal, onStandby }, work('two'))
    await expect.poll(() => log).toContain('two waits')
    await keptOnceMore(db, name)
    expect(log).toEqual(['one begins', 'two waits'])
    first.abort()
    await one
    await expect.poll(() => log.at(-1)).toBe('two begins')
    second.abort()
    await two
    expect(log).toEqual(['one begins', 'two waits', 'one ends', 'two begins', 'two ends'])
  })

  it('ends before the lease can be another one’s, also when the database does not answer', async () => {
    vi.useFakeTimers()
    let takes = 0
    const away: Lease = {
      ms: 3_000,
      tryTake: () => Promise.resolve(++takes === 1),
      keep: () => new Promise(() => {}),
      release: () => Promise.resolve(),
    }
    const stop = new AbortController()
    const taken = performance.now()
    let lasted = Infinity
    const running = whileHeld(away, { signal: stop.signal }, async signal => {
      await ended(signal)
      lasted = performance.now() - taken
    })
    await vi.advanceTimersByTimeAsync(10_000)
    stop.abort()
    await running
    expect(lasted).toBeGreaterThan(away.ms / 2)
    expect(lasted).toBeLessThan(away.ms)
  })

  it('waits for a database that is away', async () => {
    const [mine] = twoFor(100)
    let tries = 0
    const faults: unknown[] = []
    const flaky: Lease = {
      ...mine,
      tryTake: () => (++tries < 3 ? Promise.reject(new Error('away')) : mine.tryTake()),
    }
    const signal = new AbortController().signal
    await whileHeld(flaky, { signal, onFault: error => faults.push(error) }, async () => {})
    expect(faults).toHaveLength(2)
  })
})
