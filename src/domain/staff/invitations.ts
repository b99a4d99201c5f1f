import { DAY } from '../../lib/time.ts'

/** How a coach or operator gets into their own chat: a code, once, within 7 days. */

export type Role = 'coach' | 'operator'

export const INVITATION_DAYS = 7
export const invitationEnds = (now: number): number => now + INVITATION_DAYS * DAY

/** Letters of a code: 32^8 codes, of which a chat may try five wrong ones a day. */
export const CODE_LENGTH = 8
export const MOST_WRONG = 5

/** What a link to Telegram carries before the code. */
export const LINK_PREFIX = { coach: 'c', operator: 'o' } as const satisfies Record<Role, string>

/**
 * A typed code as it was made: in capitals, without the link's prefix, blanks and dashes; O, I and L as the digits they
 * look like (Crockford). @returns undefined for what cannot be a code
 */
export function readCode(typed: string): string | undefined {
  const code = typed
    .trim()
    .toUpperCase()
    .replace(/^[CO]-/, '')
    .replace(/[\s-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(code) ? code : undefined
}
