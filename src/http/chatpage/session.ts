import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { DAY, SECOND } from '../../lib/time.ts'
import { isLanguage, type Language } from './words.ts'

/**
 * One cookie names the browser: 192 random bits, never in a URL and never read by a script. The chats of its residents
 * have the addresses `<session>.1`, `<session>.2`…
 */
const SESSION = 'chat'
const SESSION_SHAPE = /^[\w-]{32}$/
const KEEP_SECONDS = (30 * DAY) / SECOND

export function sessionOf(c: Context): string | undefined {
  const cookie = getCookie(c, SESSION)
  return cookie !== undefined && SESSION_SHAPE.test(cookie) ? cookie : undefined
}

export function openSession(c: Context): string {
  const session = sessionOf(c) ?? randomBytes(24).toString('base64url')
  keep(c, SESSION, session)
  return session
}

export const addressOf = (session: string, resident: number) => `${session}.${resident}`
export const residentOf = (address: string) => Number(address.slice(address.lastIndexOf('.') + 1))

export interface Preferences {
  language: Language
  /** undefined: as the system says. */
  theme: 'light' | 'dark' | undefined
  /** How a resident's chat is shown: buttons as on Telegram, or numbered text as on WhatsApp. */
  look: (resident: number) => 'buttons' | 'numbers'
}

export function preferencesOf(c: Context): Preferences {
  const language = getCookie(c, 'language')
  const theme = getCookie(c, 'theme')
  return {
    language: isLanguage(language) ? language : 'id',
    theme: theme === 'light' || theme === 'dark' ? theme : undefined,
    look: resident => (getCookie(c, `look${resident}`) === 'numbers' ? 'numbers' : 'buttons'),
  }
}

export const setLanguage = (c: Context, language: Language) => keep(c, 'language', language)

function keep(c: Context, name: string, value: string): void {
  const https = new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https'
  setCookie(c, name, value, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: https,
    maxAge: KEEP_SECONDS,
  })
}
