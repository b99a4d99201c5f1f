import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  startOf,
  step,
  type Connection,
  type ConnectionEvent,
} from '../../../src/channels/whatsapp/connection.ts'
import { MINUTE, SECOND } from '../../../src/lib/time.ts'

const AT = 1_700_000_000_000
const play = (events: [ConnectionEvent, number?][], chance = 0.5) => {
  let state: Connection = startOf(AT)
  let now = AT
  return events.map(([event, later = 0]) => {
    now += later
    const [next, then] = step(state, event, now, chance)
    state = next
    return { state, then }
  })
}
const closed = (code?: number): ConnectionEvent => ({ type: 'closed', code })
const last = <T>(list: T[]): T => list.at(-1) as T

describe('the table of codes', () => {
  test('515 after pairing: connect at once, and no step of the backoff is used up', () => {
    const { state, then } = last(play([[closed(428)], [closed(515)]]))
    expect(then).toEqual({ kind: 'connect', afterMs: 0 })
    expect(state.failures).toBe(1)
  })

  test.each([428, 408, 503, 500, undefined])('%s: connect again, later each time, at most a minute', code => {
    const pauses = play(Array.from({ length: 9 }, () => [closed(code)])).map(({ then }) => then)
    expect(pauses.map(then => (then.kind === 'connect' ? then.afterMs : undefined))).toEqual(
      [1, 2, 4, 8, 16, 32, 60, 60, 60].map(seconds => seconds * SECOND),
    )
  })

  test('428 during opening stays in the retry loop (openclaw#75773: the channel died)', () => {
    const { state, then } = last(play([[{ type: 'connects' }], [closed(428)]]))
    expect(then.kind).toBe('connect')
    expect(state.account).toMatchObject({ status: 'connecting', reason: 'closed with 428' })
  })

  test('"open" alone does not begin the backoff anew: only a connection that held does', () => {
    const short = last(play([[closed(428)], [closed(428)], [{ type: 'opened' }], [closed(428), 2 * SECOND]]))
    expect(short.then).toMatchObject({ afterMs: 4 * SECOND })
    const long = last(play([[closed(428)], [closed(428)], [{ type: 'opened' }], [closed(428), 2 * MINUTE]]))
    expect(long.then).toMatchObject({ afterMs: SECOND })
  })

  test('440 every 5 s, an endless loop of throwing each other out (Baileys#502): it is never fought', () => {
    const steps = play(Array.from({ length: 6 }, () => [closed(440)]))
    for (const { then } of steps) expect(then.kind).toBe('release')
    expect(steps.map(({ then }) => (then.kind === 'release' ? then.afterMs / SECOND : 0))).toEqual([
      30, 60, 120, 240, 300, 300,
    ])
    expect(last(steps).state.account).toMatchObject({ status: 'taken_over', retryAt: AT + 300 * SECOND })
  })

  test.each([401, 411])('%s: the whole credential goes, and pairing is asked for', code => {
    const { state, then } = last(play([[{ type: 'opened' }], [closed(code)]]))
    expect(then).toMatchObject({ kind: 'connect', wipe: true })
    expect(state.account.status).toBe('needs_pairing')
  })

  test('403: banned; nothing is tried any more', () => {
    const { state, then } = last(play([[{ type: 'opened' }], [closed(403)]]))
    expect(then).toEqual({ kind: 'halt' })
    expect(state.account.status).toBe('banned')
  })

  test('405: the newest version is asked for, with a pause that grows', () => {
    const steps = play([[closed(405)], [closed(405)]])
    expect(steps.map(({ then }) => then)).toEqual([
      { kind: 'connect', afterMs: SECOND, newVersion: true },
      { kind: 'connect', afterMs: 2 * SECOND, newVersion: true },
    ])
    expect(last(steps).state.account.status).toBe('outdated')
  })

  test('a QR code that nobody scanned gives place to the next; the page does not flicker', () => {
    const steps = play([
      [{ type: 'qr', qr: 'a' }],
      [closed(408), MINUTE],
      [{ type: 'connects' }],
      [{ type: 'qr', qr: 'b' }],
    ])
    expect(steps.map(({ state }) => state.account.status)).toEqual(Array(4).fill('needs_pairing'))
    expect(last(steps).state.account).toEqual({ status: 'needs_pairing', since: AT, qr: 'b' })
    expect(steps[1]?.then).toEqual({ kind: 'connect', afterMs: 2 * SECOND })
  })

  test('whatever happens: a pause is half a second to five minutes, and only a ban or a stop ends it', () => {
    const event = fc.oneof(
      fc.constantFrom<ConnectionEvent>(
        { type: 'opened' },
        { type: 'connects' },
        { type: 'waits' },
        { type: 'qr', qr: 'x' },
      ),
      fc.constantFrom(515, 428, 408, 503, 500, 440, 401, 403, 405, 411, 999, undefined).map(closed),
    )
    fc.assert(
      fc.property(fc.array(event), fc.double({ min: 0, max: 0.999, noNaN: true }), (events, chance) => {
        for (const [i, { then }] of play(
          events.map(each => [each, SECOND]),
          chance,
        ).entries()) {
          const each = events[i]
          if (then.kind === 'halt') expect(each).toEqual(closed(403))
          if (then.kind === 'release') expect(each).toEqual(closed(440))
          const pause = 'afterMs' in then ? then.afterMs : SECOND
          expect(pause).toBeLessThanOrEqual(7.5 * MINUTE)
          if (each?.type === 'closed' && each.code !== 515) expect(pause).toBeGreaterThanOrEqual(SECOND / 2)
        }
      }),
    )
  })
})
