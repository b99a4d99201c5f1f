import type { Sandbox, SandboxChat } from '../../app/ports/chatPage.ts'
import { DAY, HOUR, sleep, type Clock } from '../../lib/time.ts'

export const STEPS = { hour: HOUR, hours: 3 * HOUR, day: DAY, week: 7 * DAY }

/** A timer is fired by the sweep, once a second. */
const PATIENCE_MS = 6_000
const LOOK_EVERY_MS = 100
/** Timers that may come due on the way; more would be a flow that never rests. */
const MAX_STOPS = 12

interface Passing {
  sandbox: Sandbox
  clock: Clock
  address: string
  chat: () => Promise<SandboxChat | undefined>
}

/**
 * Lets time pass in one chat as it passes in life: it stops at each timer on the way and waits until that was heard.
 * Jumping over them, a nudge that is more than an hour late would be dropped and nobody would see it.
 */
export async function passTime(passing: Passing, ms: number): Promise<void> {
  const { sandbox, clock, address } = passing
  let left = ms
  for (let stop = 0; stop < MAX_STOPS && left > 0; stop++) {
    const timer = (await passing.chat())?.timer
    const until = timer ? Math.max(0, timer.dueAt - clock.now()) : Infinity
    const step = Math.min(left, until)
    await sandbox.moveClock(address, step)
    left -= step
    if (until > step || !(await heard(passing))) break
  }
  if (left > 0) await sandbox.moveClock(address, left)
}

/** @returns false when nobody took the timer in time (no worker runs) */
async function heard({ chat, clock }: Passing): Promise<boolean> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(LOOK_EVERY_MS)) {
    const now = await chat()
    if (!now) return false
    const due = now.timer !== undefined && now.timer.dueAt <= clock.now()
    if (!due && !now.unhandled && now.unsent === 0) return true
  }
  return false
}
