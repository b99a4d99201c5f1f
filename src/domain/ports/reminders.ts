import type { ReminderKindName } from '../reminderKinds.ts'
import type { Recipient } from '../reminders.ts'

/** A value that a notice flow's `input:` can take. */
export type NoticeValue = string | number | boolean | null

export interface NewReminder<Kind extends string = ReminderKindName> {
  kind: Kind
  to: Recipient
  /** Epoch ms on the clock of the one who plans (a call's `context.now`); `now` itself = at once. */
  dueAt: number
  /** The last moment at which it still helps, instead of what its kind says. */
  expiresAt?: number
  /** For the `input:` of its notice flow. Ids rather than words: the flow's calls read what is true when it is said. */
  values?: Record<string, NoticeValue>
}

export interface PlannedReminder {
  id: string
  kind: string
  version: number
  /** Epoch ms, on the clock of who hears it. */
  dueAt: number
  /** waiting | queued | sent | dropped | unreachable | unknown */
  status: string
  reason: string | null
}

/**
 * What is going to be said by itself. `subject` is what it is about, by number only, e.g. `booking:<id>`; with every
 * change of it (a booking that is moved) the version counts up.
 */
export interface Reminders<Kind extends string = ReminderKindName> {
  /** Plans them; those that are planned already, or whose time is past, change nothing. @returns how many are new */
  plan(
    about: { subject: string; version?: number },
    reminders: NewReminder<Kind>[],
    now: number,
  ): Promise<number>
  /**
   * From now on exactly these are true of the subject: whatever else waits or is on its way about it is not sent. What is
   * among these and planned already stays as it is.
   */
  replace(
    about: { subject: string; version: number },
    reminders: NewReminder<Kind>[],
    now: number,
  ): Promise<void>
  /** What waits or is on its way about the subject is not sent; `kinds`: only of these. */
  cancel(subject: string, now: number, kinds?: readonly Kind[]): Promise<void>
  /** Everything about a subject that is not forgotten yet (30 days after its end), oldest first. */
  of(subject: string): Promise<PlannedReminder[]>
}
