import { randomBytes, timingSafeEqual } from 'node:crypto'
import { HOUR, MINUTE } from '../../lib/time.ts'
import type { Db } from '../client.ts'
import type { Sealer } from '../seal.ts'

/** A link that nobody opened for so long is over. */
export const LINK_MS = 15 * MINUTE
export const SESSION_MS = 2 * HOUR

export interface PageKeys {
  /** A token for one opening of the page. It is nowhere but in what is returned. */
  makeLink(now: number): Promise<string>
  /** Uses a link up. @returns the token of a session; undefined: unknown, used or over */
  open(link: string, now: number): Promise<string | undefined>
  holds(session: string, now: number): Promise<boolean>
}

/** Who may see the page where the account is linked: only digests are stored, and compared in constant time. */
export function createPageKeys(db: Db, sealer: Sealer): PageKeys {
  const digestOf = (kind: Kind, token: string) => sealer.digest('page', `${kind}:${token}`)
  async function make(kind: Kind, expiresAt: number): Promise<string> {
    const token = randomBytes(24).toString('base64url')
    await db.whatsAppPageKey.create({
      data: { digest: digestOf(kind, token), kind, expiresAt: new Date(expiresAt) },
    })
    return token
  }
  /** Every living key is compared, so that time tells nothing of any. */
  async function find(kind: Kind, token: string, now: number): Promise<string | undefined> {
    const digest = Buffer.from(digestOf(kind, token))
    const rows = await db.whatsAppPageKey.findMany({ where: { kind, expiresAt: { gt: new Date(now) } } })
    return rows.filter(row => same(Buffer.from(row.digest), digest))[0]?.digest
  }
  return {
    makeLink: now => make('link', now + LINK_MS),
    async open(link, now) {
      const digest = await find('link', link, now)
      if (digest === undefined) return undefined
      const { count } = await db.whatsAppPageKey.deleteMany({ where: { digest } })
      return count === 1 ? make('session', now + SESSION_MS) : undefined
    },
    holds: async (session, now) => (await find('session', session, now)) !== undefined,
  }
}

type Kind = 'link' | 'session'

const same = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b)
