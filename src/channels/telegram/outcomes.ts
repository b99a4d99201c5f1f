import { GrammyError, HttpError } from 'grammy'
import { SECOND } from '../../lib/time.ts'
import type { SendOutcome } from '../channel.ts'

/** Above this a 429 is taken to mean the whole bot, not one chat. */
const ACCOUNT_PAUSE_SECONDS = 5
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

/** What a failed send means. @param now epoch ms */
export function judgeError(error: unknown, now: number): SendOutcome {
  if (error instanceof GrammyError) return judgeAnswer(error, now)
  if (error instanceof HttpError) {
    const code = (error.error as { code?: unknown } | null)?.code
    if (typeof code === 'string' && NEVER_LEFT.has(code))
      return { kind: 'later', at: now + RETRY_LATER_MS, scope: 'account', reason: code }
    return { kind: 'unknown', reason: typeof code === 'string' ? code : 'no answer' }
  }
  return { kind: 'unknown', reason: 'no answer' }
}

function judgeAnswer(error: GrammyError, now: number): SendOutcome {
  const reason = `${error.error_code}`
  if (error.error_code === 429) {
    const seconds = error.parameters.retry_after ?? 1
    const scope = seconds > ACCOUNT_PAUSE_SECONDS ? 'account' : 'chat'
    return { kind: 'later', at: now + seconds * SECOND, scope, reason }
  }
  if (error.error_code === 403) return { kind: 'blocked' }
  if (error.error_code === 401 || error.error_code === 404)
    // the token, not the message: it goes out once that is right
    return { kind: 'later', at: now + TOKEN_PAUSE_MS, scope: 'account', reason }
  if (error.error_code >= 500) return { kind: 'later', at: now + RETRY_LATER_MS, scope: 'chat', reason }
  if (/chat not found|user is deactivated/i.test(error.description)) return { kind: 'blocked' }
  return { kind: 'refused', reason: `${reason} ${error.description.slice(0, 80)}` }
}
