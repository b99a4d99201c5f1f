import { expect, test } from 'vitest'
import type { Sandbox, SandboxChat } from '../../src/app/ports/chatPage.ts'
import { passTime } from '../../src/http/chatpage/passTime.ts'
import { DAY, FixedClock, HOUR } from '../../src/lib/time.ts'

const NOW = Date.parse('2026-11-25T10:00:00+07:00')

test('a day on the chat page stops at each timer and reminder on the way', async () => {
  const clock = new FixedClock(NOW)
  const moves: number[] = []
  let passed = 0
  const due = [5 * HOUR, 9 * HOUR]
  const sandbox = {
    moveClock: async (_: string, ms: number) => {
      moves.push(ms)
      passed += ms
    },
  } as Pick<Sandbox, 'moveClock'> as Sandbox
  const chat = async () => {
    const [reminder, timer] = due.map(at => (at > passed ? NOW + at - passed : undefined))
    return {
      reminderAt: reminder,
      timer: timer === undefined ? undefined : { name: 'nudge', dueAt: timer },
      unhandled: false,
      unsent: 0,
    } as SandboxChat
  }
  await passTime({ sandbox, clock, address: 'a', chat }, DAY)
  expect(moves).toEqual([5 * HOUR, 4 * HOUR, 15 * HOUR])
})
