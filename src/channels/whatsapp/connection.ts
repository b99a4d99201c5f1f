import { MINUTE, SECOND } from '../../lib/time.ts'
import type { AccountState } from './ports.ts'

/**
 * What becomes of the connection, as a table of its own: pure, so that every code can be played. The session does what
 * `then` says and tells what happened.
 */
export interface Connection {
  account: AccountState
  /** Lost connections in a row; only a connection that held clears them, for `open` alone proves nothing. */
  failures: number
  /** How often another program took the account over lately. */
  takeovers: number
}

export type ConnectionEvent =
  | { type: 'waits' }
  | { type: 'connects' }
  | { type: 'qr'; qr: string }
  | { type: 'opened'; phone?: string }
  | { type: 'closed'; code: number | undefined }
  | { type: 'stopped' }

/** What to do next. `release` gives the lease back meanwhile, so that a rightful owner finds it. */
export type Then =
  | { kind: 'nothing' }
  | { kind: 'connect'; afterMs: number; wipe?: true; newVersion?: true }
  | { kind: 'release'; afterMs: number }
  | { kind: 'halt' }

const FIRST_PAUSE = SECOND
const LONGEST_PAUSE = MINUTE
const FIRST_RETREAT = 30 * SECOND
const LONGEST_RETREAT = 5 * MINUTE
/** A connection open for so long has held. */
const HELD = MINUTE
const QR_PAUSE = 2 * SECOND

/** Codes of a closed connection; WhatsApp documents none of them. */
export const CODES = {
  restartRequired: 515,
  replaced: 440,
  loggedOut: 401,
  forbidden: 403,
  clientTooOld: 405,
  multiDeviceMismatch: 411,
} as const

export const startOf = (at: number): Connection => ({
  account: { status: 'connecting', since: at },
  failures: 0,
  takeovers: 0,
})

/** @param at epoch ms @param chance 0 ≤ chance < 1, the jitter of pauses */
export function step(
  before: Connection,
  event: ConnectionEvent,
  at: number,
  chance: number,
): [Connection, Then] {
  switch (event.type) {
    case 'waits':
      return [{ ...before, account: { status: 'waiting', since: at } }, { kind: 'nothing' }]
    case 'connects':
      return [{ ...before, account: connecting(before.account, at) }, { kind: 'nothing' }]
    case 'qr':
      return [
        { ...before, account: { status: 'needs_pairing', since: sinceOf(before.account, at), qr: event.qr } },
        { kind: 'nothing' },
      ]
    case 'opened':
      return [
        { ...before, account: { status: 'open', since: at, ...(event.phone ? { phone: event.phone } : {}) } },
        { kind: 'nothing' },
      ]
    case 'closed':
      return close(before, event.code, at, chance)
    case 'stopped':
      return [{ ...before, account: { status: 'stopped', since: at } }, { kind: 'halt' }]
  }
}

/** Somebody who looks for the QR code must not lose sight of it at every new connection. */
function connecting(account: AccountState, at: number): AccountState {
  if (account.status === 'needs_pairing') return { status: 'needs_pairing', since: account.since }
  return account.status === 'connecting' ? account : { status: 'connecting', since: at }
}

const sinceOf = (account: AccountState, at: number) =>
  account.status === 'needs_pairing' ? account.since : at

function close(before: Connection, code: number | undefined, at: number, chance: number): [Connection, Then] {
  const held = before.account.status === 'open' && at - before.account.since >= HELD
  const failures = held ? 0 : before.failures
  const takeovers = held ? 0 : before.takeovers
  switch (code) {
    case CODES.restartRequired:
      return [
        { ...before, account: connecting(before.account, at) },
        { kind: 'connect', afterMs: 0 },
      ]
    case CODES.replaced: {
      // fighting for it would be an endless loop of throwing each other out
      const afterMs = jitter(Math.min(LONGEST_RETREAT, FIRST_RETREAT * 2 ** takeovers), chance)
      const account: AccountState = { status: 'taken_over', since: at, retryAt: at + afterMs }
      return [
        { account, failures, takeovers: takeovers + 1 },
        { kind: 'release', afterMs },
      ]
    }
    case CODES.loggedOut:
    case CODES.multiDeviceMismatch:
      return [
        { account: { status: 'needs_pairing', since: at }, failures: 0, takeovers: 0 },
        { kind: 'connect', afterMs: QR_PAUSE, wipe: true },
      ]
    case CODES.forbidden:
      return [{ ...before, account: { status: 'banned', since: at } }, { kind: 'halt' }]
    default:
      return lose({ ...before, failures, takeovers }, code, at, chance)
  }
}

/** Dropped, lost, unavailable, or a code nobody has seen yet: come back, later each time. */
function lose(before: Connection, code: number | undefined, at: number, chance: number): [Connection, Then] {
  if (before.account.status === 'needs_pairing')
    // nobody scanned the code in time
    return [
      { ...before, account: connecting(before.account, at) },
      { kind: 'connect', afterMs: QR_PAUSE },
    ]
  const afterMs = jitter(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** before.failures), chance)
  const after = { ...before, failures: before.failures + 1 }
  if (code === CODES.clientTooOld)
    return [
      { ...after, account: { status: 'outdated', since: at } },
      { kind: 'connect', afterMs, newVersion: true },
    ]
  const reason = code === undefined ? 'no connection' : `closed with ${code}`
  return [
    { ...after, account: { status: 'connecting', since: at, reason } },
    { kind: 'connect', afterMs },
  ]
}

/** Half to one and a half times, so that many clients do not come back at the same moment. */
const jitter = (ms: number, chance: number) => Math.round(ms * (0.5 + chance))
