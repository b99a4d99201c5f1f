import { DAY, HOUR } from '../lib/time.ts'

/** The clocks of people's rights. UU 27/2022 gives 3 × 24 clock hours for access, correction, withdrawal and erasure. */

const REQUEST_KINDS = ['view', 'correct', 'export', 'reminders', 'withdraw', 'erase'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]

const DUE = 72 * HOUR
const ALARM = 48 * HOUR
/** Second thoughts about a withdrawal; with a daily chore the erasure comes within 48 of the 72 hours. */
const WITHDRAWAL_GRACE = 24 * HOUR
const EXPORT_PAUSE = DAY
/** Backups are kept 35 days; an erased person leaves the last of them by then. */
const BACKUP_DAYS = 35

export const dueAt = (receivedAt: number): number => receivedAt + DUE

/** Open requests received at or before this need a person's attention. */
export const alarmBefore = (now: number): number => now - ALARM

/** People who withdrew at or before this are erased by the chore. */
export const withdrawnBefore = (now: number): number => now - WITHDRAWAL_GRACE

/** One copy a day: an export is the most that somebody with a borrowed phone could take. */
export const nextExportAt = (lastAt: number | undefined, now: number): number | undefined =>
  lastAt !== undefined && lastAt + EXPORT_PAUSE > now ? lastAt + EXPORT_PAUSE : undefined

export const backupsGoneAt = (erasedAt: number): number => erasedAt + BACKUP_DAYS * DAY
