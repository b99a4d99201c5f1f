import { pino, type Logger } from 'pino'

export type Log = Logger

/**
 * Structured logs that never hold what people said or who they are. Two fences: callers log ids, kinds and codes only;
 * and whatever slips through in a string (an error of a library that quotes a URL with the bot token, a number in a
 * database message) is masked here before it is written.
 */
export function createLog(level: string, destination?: { write(line: string): void }): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: mask },
  }
  return destination ? pino(options, destination) : pino(options)
}

const TOKEN = /\b\d{6,12}:[\w-]{20,}/g
/** Any run of nine or more digits of any script, also with spaces, dots, dashes or brackets between: phones and NIK in every spelling. */
const DIGITS = /\p{Nd}(?:[ ./()\u00a0-]{0,3}\p{Nd}){8,}/gu
/** A bare JSON number becomes a string, so that the line stays JSON. */
const JSON_NUMBER = /(":)\d{9,}(?=[,}\]])/g
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g
const URL_PASSWORD = /(\w:\/\/[^:@\s/"]{0,64}):[^@\s/"]{1,256}@/g

/** Masks tokens, passwords in URLs, e-mail addresses and long numbers in one log line. */
export function mask(line: string): string {
  return line
    .replace(TOKEN, '[token]')
    .replace(URL_PASSWORD, '$1:[secret]@')
    .replace(EMAIL, '[email]')
    .replace(JSON_NUMBER, '$1"[number]"')
    .replace(DIGITS, '[number]')
}

/** What may be logged of an error: its class, code and place, with known secrets masked. Never its data. */
export function errorForLog(error: unknown): { error: string; code?: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = (error as { code?: unknown }).code
  const at = error.stack
    ?.split('\n')
    .find(line => line.includes('/src/') && !line.includes('node_modules'))
    ?.trim()
  return {
    error: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(at ? { at } : {}),
  }
}
