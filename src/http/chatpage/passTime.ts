import type { Sandbox, SandboxChat } from '../../app/ports/chatPage.ts'
import { DAY, HOUR, sleep, type Clock } from '../../lib/time.ts'

export const STEPS = { hour: HOUR, hours: 3 * HOUR, day: DAY, week: 7 * DAY }

/** Timers and reminders are fired by the sweep, once a second; a busy machine takes longer. */
const PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 100
/** What may come due on the way; more would be a flow that never rests. */
const MAX_STOPS = 12

interface Passing {
  sandbox: Sandbox
  clock: Clock
  address: string
  chat: () => Promise<SandboxChat | undefined>
}

/**
 * Lets time pass in one chat as it passes in life: it stops at each timer and reminder on the way and waits until
 * that was heard. Jumping over them, what is late would be dropped and nobody would see it.
 */
export async function passTime(passing: Passing, ms: number): Promise<void> {
  const { sandbox, clock, address } = passing
  let left = ms
  for (let stop = 0; stop < MAX_STOPS && left > 0; stop++) {
    const next = nextDue(await passing.chat())
    const until = Math.max(0, next - clock.now())
    const step = Math.min(left, until)
    await sandbox.moveClock(address, step)
    left -= step
    if (until > step || !(await heard(passing))) break
  }
  if (left > 0) await sandbox.moveClock(address, left)
}

/** When something is said by itself next: the flow timer or a reminder. */
const nextDue = (chat: SandboxChat | undefined): number =>
  Math.min(chat?.timer?.dueAt ?? Infinity, chat?.reminderAt ?? Infinity)

/** @returns false when nobody took it in time (no worker runs) */
async function heard({ chat, clock }: Passing): Promise<boolean> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(LOOK_EVERY_MS)) {
    const now = await chat()
    if (!now) return false
    const due = nextDue(now) <= clock.now()
    if (!due && !now.unhandled && now.unsent === 0) return true
  }
  return false
}
