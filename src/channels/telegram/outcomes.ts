import { GrammyError, HttpError } from 'grammy'
import { SECOND } from '../../lib/time.ts'
import type { SendOutcome } from '../channel.ts'
import type { Flood } from './flood.ts'

const RETRY_LATER_MS = 3 * SECOND
const TOKEN_PAUSE_MS = 60 * SECOND

/** Errors of a request that never left this machine: sending again cannot double anything. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
])

/** Where and when a send failed. @param now epoch ms */
interface Failed {
  chat: string
  now: number
  flood: Flood
}

/** What a failed send means. Reasons are codes and Telegram's own words: nothing of the message, and no address of ours. */
export function judgeError(error: unknown, failed: Failed): SendOutcome {
  if (error instanceof GrammyError) return judgeAnswer(error, failed)
  const code = error instanceof HttpError ? (error.error as { code?: unknown } | null)?.code : undefined
  if (typeof code !== 'string') return { kind: 'unknown', reason: 'no answer' }
  if (!NEVER_LEFT.has(code)) return { kind: 'unknown', reason: code }
  return { kind: 'later', at: failed.now + RETRY_LATER_MS, scope: 'account', reason: code }
}

function judgeAnswer(error: GrammyError, { chat, now, flood }: Failed): SendOutcome {
  const reason = `${error.error_code}`
  switch (error.error_code) {
    case 429:
      return { kind: 'later', reason, ...flood.refuse(chat, error.parameters.retry_after ?? 1, now) }
    case 403:
      return { kind: 'blocked' }
    case 401:
    case 404:
      // the token, not the message: it goes out once that is right
      return { kind: 'later', at: now + TOKEN_PAUSE_MS, scope: 'account', reason }
  }
  if (error.error_code >= 500) return { kind: 'later', at: now + RETRY_LATER_MS, scope: 'chat', reason }
  if (/chat not found|user is deactivated/i.test(error.description)) return { kind: 'blocked' }
  return { kind: 'refused', reason: `${reason} ${ownWords(error.description)}` }
}

/** Telegram quotes what it could not parse, and that may be a person's words. */
const ownWords = (description: string) => description.replace(/["“«'].*["”»']/gs, '…').slice(0, 80)

const refusedFor = (error: unknown, words: RegExp): boolean =>
  error instanceof GrammyError && error.error_code === 400 && words.test(error.description)

/** An edit that changes nothing: sent again after its answer was lost, or tapped twice. */
export const isUnchanged = (error: unknown): boolean => refusedFor(error, /message is not modified/i)

/** Nothing is left to do: the message is as it was to become, or gone. */
export const isDoneAlready = (error: unknown): boolean =>
  isUnchanged(error) || refusedFor(error, /message to (delete|edit) not found|MESSAGE_ID_INVALID/i)
