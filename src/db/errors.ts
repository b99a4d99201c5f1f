/**
 * Which failures are the moment's and not the message's: connection loss, deadlock, serialisation failure, shutdown.
 * They are retried without counting; anything else is held to be deterministic.
 */
const TRANSIENT_SQLSTATE = /^(08|40|53|55P03|57)/
const TRANSIENT_PRISMA = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2034'])
const TRANSIENT_NODE = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'])
const TRANSIENT_TEXT =
  /terminat|connection (?:closed|error|timeout|is closed|lost)|not queryable|timeout exceeded|server has closed|shutting down|starting up/i

export function isTransient(error: unknown): boolean {
  for (let e = error, depth = 0; e && typeof e === 'object' && depth < 5; depth++) {
    const { code, originalCode, name, message, cause, meta } = e as Record<string, unknown>
    const codes = [code, originalCode, (meta as { code?: unknown } | undefined)?.code].filter(
      (c): c is string => typeof c === 'string',
    )
    if (codes.some(c => TRANSIENT_PRISMA.has(c) || TRANSIENT_NODE.has(c) || isSqlState(c))) return true
    if (name === 'TransientError') return true
    if (codes.length === 0 && typeof message === 'string' && TRANSIENT_TEXT.test(message)) return true
    e = cause ?? (e as { meta?: { driverAdapterError?: unknown } }).meta?.driverAdapterError
  }
  return false
}

const isSqlState = (code: string) => code.length === 5 && TRANSIENT_SQLSTATE.test(code)

/** Thrown by tests and the faults run in place of a serialisation failure. */
export class TransientError extends Error {
  override readonly name = 'TransientError'
}
