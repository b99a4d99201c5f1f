import { DAY } from '../lib/time.ts'
import { withdrawnBefore } from './privacy.ts'

/** How long things are kept. No law names the periods; they are the programme's promise in its consent text. */

/** Answers about money and education are dropped while the profile lives on. */
const SENSITIVE_MONTHS = 12
/** The NIK itself; its digest stays as long as the profile, so that nobody is registered twice. */
const NIK_DAYS = 30
/** Chats that never led to a registration, or whose last resident is erased. */
const EMPTY_CHAT_DAYS = 30
/** People of the chat page and the terminal. */
const SANDBOX_DAYS = 30
/** What somebody wrote to a person of the programme, once it was answered. */
const TICKET_TEXT_DAYS = 30

/** Everything at or before its moment (epoch ms) goes. */
export interface Cutoffs {
  withdrawn: number
  inactive: number
  sandbox: number
  sensitive: number
  nik: number
  emptyChats: number
  ticketTexts: number
}

/** @param months how long profiles are kept after the last activity */
export function cutoffs(now: number, months: number): Cutoffs {
  return {
    withdrawn: withdrawnBefore(now),
    inactive: monthsBefore(now, months),
    sandbox: now - SANDBOX_DAYS * DAY,
    sensitive: monthsBefore(now, SENSITIVE_MONTHS),
    nik: now - NIK_DAYS * DAY,
    emptyChats: now - EMPTY_CHAT_DAYS * DAY,
    ticketTexts: now - TICKET_TEXT_DAYS * DAY,
  }
}

/** The same day and hour that many months earlier; a day that the month lacks is its last (31 March − 1 = 28 February). */
export function monthsBefore(at: number, months: number): number {
  const date = new Date(at)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() - months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return date.getTime()
}

const UNIT: Record<string, number> = { bulan: 1, month: 1, months: 1, tahun: 12, year: 12, years: 12 }

/** `24 bulan` → 24, `2 tahun` → 24, `18 months` → 18; undefined when it is no such period. */
export function retentionMonths(words: string): number | undefined {
  const [, count, unit] = /^(\d{1,3}) ([a-z]+)$/.exec(words.trim().toLowerCase()) ?? []
  const months = Number(count) * (UNIT[unit ?? ''] ?? NaN)
  return months > 0 ? months : undefined
}
