import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { faster, Pace, PACE } from '../../../src/channels/whatsapp/pace.ts'
import { Watch } from '../../../src/channels/whatsapp/watch.ts'
import { MINUTE, SECOND } from '../../../src/lib/time.ts'

const NOW = 1_700_000_000_000

/** When messages go that are asked for one after the other, in the order of asking; who is told "later" comes back then. */
function run(asks: { chat: string; kind: 'reply' | 'start'; at: number; chance: number }[], rules = PACE) {
  const pace = new Pace(rules)
  const waiting = asks.map(ask => ({ ...ask }))
  const gone: { chat: string; kind: 'reply' | 'start'; at: number }[] = []
  for (let next = waiting.shift(); next; next = waiting.sort((a, b) => a.at - b.at).shift()) {
    const { chat, kind, at, chance } = next
    const turn = pace.take(chat, kind, at, chance)
    if (turn.kind === 'later') waiting.push({ ...next, at: Math.max(turn.at, at + 1) })
    else gone.push({ chat, kind, at: at + turn.waitMs })
  }
  return gone.sort((a, b) => a.at - b.at)
}

const most = (times: number[], within: number) =>
  Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + within).length))

describe('the pace of an account', () => {
  test('an answer to somebody who has just written goes within half a second', () => {
    const turn = new Pace(PACE).take('a', 'reply', NOW, 0.99)
    expect(turn.kind === 'go' && turn.waitMs).toBeLessThanOrEqual(SECOND / 2)
  })

  test('429 at three messages a second, bans for fixed intervals (Baileys#1248, #2075): at most one a second, no two gaps alike', () => {
    const asks = Array.from({ length: 90 }, (_, i) => ({
      ...{ chat: `c${i}`, kind: 'reply' as const, at: NOW },
      chance: ((i * i * 37) % 101) / 101,
    }))
    const times = run(asks).map(({ at }) => at)
    expect(most(times, MINUTE)).toBeLessThanOrEqual(61) // sixty turns and one whose jitter fell into the next minute
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
    expect(new Set(gaps).size).toBeGreaterThan(20)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(SECOND / 2)
  })

  test('15 to 20 notices a day to strangers got a number banned (Baileys#1983): what we start is slower and waits longer', () => {
    const asks = Array.from({ length: 40 }, (_, i) => ({
      chat: `c${i}`,
      kind: 'start' as const,
      at: NOW,
      chance: 0.5,
    }))
    const times = run(asks).map(({ at }) => at)
    expect(most(times, MINUTE)).toBeLessThanOrEqual(21)
    expect((times[0] ?? 0) - NOW).toBeGreaterThanOrEqual(500)
  })

  test('what we start holds up no answer', () => {
    const pace = new Pace(PACE)
    for (let i = 0; i < 5; i++) pace.take(`c${i}`, 'start', NOW, 0.5)
    const turn = pace.take('a', 'reply', NOW, 0)
    expect(turn.kind === 'go' && turn.waitMs).toBeLessThanOrEqual(5 * SECOND)
  })

  test('whatever is asked for: one a second in a chat, sixty a minute over all, nobody waits inside for long', () => {
    const ask = fc.record({
      chat: fc.constantFrom('a', 'b', 'c', 'd'),
      kind: fc.constantFrom<'reply' | 'start'>('reply', 'start'),
      at: fc.integer({ min: 0, max: 3 * MINUTE }).map(ms => NOW + ms),
      chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
    })
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 120 }), asks => {
        const gone = run(asks.sort((a, b) => a.at - b.at))
        expect(gone).toHaveLength(asks.length)
        for (const chat of ['a', 'b', 'c', 'd']) {
          const times = gone.filter(each => each.chat === chat).map(({ at }) => at)
          for (const [i, at] of times.entries())
            if (i > 0) expect(at - (times[i - 1] ?? 0)).toBeGreaterThan(SECOND - 1)
        }
        expect(
          most(
            gone.map(({ at }) => at),
            MINUTE,
          ),
        ).toBeLessThanOrEqual(63)
      }),
      { numRuns: 50 },
    )
  })

  test('faster is the same, only faster', () => {
    const turn = new Pace(faster(PACE, 100)).take('a', 'start', NOW, 0)
    expect(turn).toEqual({ kind: 'go', waitMs: 5 })
  })
})

describe('deaf sessions (Baileys#2491: open, kept alive, nothing comes)', () => {
  test('a message that nobody confirms for a minute', () => {
    const watch = new Watch(NOW)
    watch.sent(NOW + SECOND)
    expect(watch.judge(NOW + MINUTE)).toBe('well')
    expect(watch.judge(NOW + MINUTE + SECOND)).toBe('deaf')
    watch.heard(NOW + MINUTE)
    expect(watch.judge(NOW + MINUTE + SECOND)).toBe('well')
  })

  test('half an hour of silence is only quiet', () => {
    const watch = new Watch(NOW)
    expect(watch.judge(NOW + 29 * MINUTE)).toBe('well')
    expect(watch.judge(NOW + 30 * MINUTE)).toBe('quiet')
  })
})
