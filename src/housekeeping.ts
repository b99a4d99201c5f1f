import { Every } from './app/loop.ts'
import { createChores } from './db/chores.ts'
import { assignAllWaiting } from './db/coaches.ts'
import type { Store } from './db/open.ts'
import { createReminderPass } from './db/reminderPass.ts'
import { turnWaitingLists } from './db/waitingPass.ts'
import { runRetention } from './db/retention.ts'
import { DAY, HOUR, MINUTE, SECOND, type Clock } from './lib/time.ts'

interface Deps {
  store: Store
  clock: Clock
  writeCounts: () => Promise<void>
  /** Months a profile is kept after its last activity. */
  retentionMonths: number
  /** Takes whatever is due, unhandled or unsent, whether a bell rang or not. */
  sweep: () => Promise<void>
  fault: (where: string) => (error: unknown) => void
}

/** What happens by the clock, in this process: each is idempotent, so several processes may do it at once. */
export async function startHousekeeping(deps: Deps): Promise<Every[]> {
  const { store, clock, fault } = deps
  const { db, sealer } = store
  const chores = createChores(db)
  const reminders = createReminderPass(db, sealer)
  async function clean(): Promise<void> {
    await chores.eraseContents(clock.now() - DAY)
    await chores.eraseKeys(clock.now() - 14 * DAY)
    await chores.eraseReminders(clock.now() - 30 * DAY)
    await runRetention(db, sealer, { now: clock.now(), months: deps.retentionMonths, dryRun: false })
  }
  await clean().catch(fault('cleaning'))
  return [
    new Every(SECOND, deps.sweep, fault('the sweep')),
    new Every(SECOND, deps.writeCounts, fault('counting')),
    new Every(
      MINUTE,
      async () => {
        await assignAllWaiting(db, sealer, clock.now())
      },
      fault('assigning coaches'),
    ),
    new Every(
      MINUTE,
      async () => {
        await turnWaitingLists(db, sealer, clock.now())
      },
      fault('the waiting lists'),
    ),
    new Every(
      MINUTE,
      async () => {
        await reminders.giveUp(clock.now())
      },
      fault('reminders that reach nobody'),
    ),
    new Every(HOUR, clean, fault('cleaning')),
  ]
}
