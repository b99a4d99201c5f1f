import { quietUntil } from './quiet.ts'

/** What everything that the assistant says by itself has in common; the kinds are in `reminderKinds.ts`. */
export interface ReminderKind {
  /** What operators call it, in Indonesian. */
  title: string
  /** The notice flow that says it: `flows/<flow>.yaml`. */
  flow: string
  /** `reminder` and `operator` are repeated when no answer to a send comes; `bulk` never is, and yields to the others. */
  purpose: 'reminder' | 'operator' | 'bulk'
  /** Only to residents who have agreed to reminders. Whoever stopped processing hears nothing either way. */
  consent: boolean
  /** Between 21.00 and 06.00 WIB: comes at 06.00, never comes, or comes all the same (an answer to who is there). */
  quiet: 'morning' | 'drop' | 'always'
  /** How much later than planned it may come, ms; null = it is never too late. */
  late: number | null
}

/** Who hears it: a resident or a member of staff wherever they can be reached, or one chat. */
export type Recipient = { resident: string } | { staff: string } | { conversation: number }

export interface Moment {
  dueAt: number
  /** The last moment at which it helps; null = any. */
  expiresAt: number | null
}

/**
 * When a reminder really comes due. @returns undefined when it never will: its time is past already, or lies in quiet
 * hours that its kind drops. "At once" is `dueAt` = `now`. All times are epoch ms.
 */
export function planned(
  kind: Pick<ReminderKind, 'quiet' | 'late'>,
  wanted: { dueAt: number; expiresAt?: number | null },
  now: number,
): Moment | undefined {
  if (wanted.dueAt < now) return undefined
  const morning = kind.quiet === 'always' ? undefined : quietUntil(wanted.dueAt)
  if (morning !== undefined && kind.quiet === 'drop') return undefined
  const dueAt = morning ?? wanted.dueAt
  const expiresAt = wanted.expiresAt ?? (kind.late === null ? null : dueAt + kind.late)
  return expiresAt !== null && expiresAt < dueAt ? undefined : { dueAt, expiresAt }
}

export type Fate = { do: 'say' } | { do: 'wait'; until: number } | { do: 'drop'; why: 'late' | 'quiet' }

/** What becomes of a reminder that is due now. The leasing query (`db/outbox.ts`) asks the same once more. */
export function fateOf(kind: Pick<ReminderKind, 'quiet'>, expiresAt: number | null, now: number): Fate {
  if (expiresAt !== null && now > expiresAt) return { do: 'drop', why: 'late' }
  const until = kind.quiet === 'always' ? undefined : quietUntil(now)
  if (until === undefined) return { do: 'say' }
  return kind.quiet === 'drop' ? { do: 'drop', why: 'quiet' } : { do: 'wait', until }
}

/** The identity of a reminder: planning the same again changes nothing. No personal data. */
export function keyOf(kind: string, subject: string, version: number, to: Recipient): string {
  const who =
    'resident' in to
      ? `resident:${to.resident}`
      : 'staff' in to
        ? `staff:${to.staff}`
        : `conversation:${to.conversation}`
  return `${subject}/${kind}/${version}/${who}`
}
