import type { Outreach } from '../../channels/whatsapp/ports.ts'
import { dayOf, type Day } from '../../lib/days.ts'
import { DAY, MINUTE, SECOND, WIB_OFFSET } from '../../lib/time.ts'
import type { Db } from '../client.ts'
import { currentAddress } from '../joinChats.ts'

export interface OutreachOptions {
  account: string
  /** Messages that we start in a day (WIB), at most. */
  dailyCap: number
  /** Told of every change of the restriction; `until` is epoch ms. */
  alarm?: (locked: { until: number } | undefined) => void
}

/** Whoever has been silent for longer has forgotten us: what we start then, WhatsApp takes for an approach. */
export const RECENT = 60 * DAY
/** Where WhatsApp does not say how long its restriction lasts. */
export const LOCK = DAY
/** Between the yes and the send; a yes that was never used is free again. */
const GRANT = MINUTE
const FIRST_HOUR = 8 * 60 * MINUTE

/**
 * What keeps the number from being banned: we start nothing with strangers, nothing while WhatsApp restricts us, and so
 * much a day. All of it is in the database, so that a restart forgives nothing.
 */
export function createOutreach(db: Db, options: OutreachOptions): Outreach {
  const { account, dailyCap, alarm = () => {} } = options
  const where = { account }
  let granted: number[] = []
  return {
    async mayStart(address, at) {
      const row = await db.whatsAppAccount.findUnique({ where })
      const lockedUntil = row?.lockedUntil?.getTime() ?? 0
      if (lockedUntil > at) return { kind: 'no', reason: 'locked' }
      const stranger = await whyStranger(db, { account, address }, { at, since: row?.numberSince })
      if (stranger) return { kind: 'no', reason: stranger }
      granted = granted.filter(given => given > at - GRANT)
      const today = dayOf(at)
      const used = (row?.startedOn === String(today) ? row.started : 0) + granted.length
      if (used >= dailyCap) return { kind: 'later', at: morningAfter(today, address) }
      granted.push(at)
      return { kind: 'yes' }
    },
    async started(_, at) {
      granted.shift()
      const today = String(dayOf(at))
      await db.$executeRaw`
        INSERT INTO whatsapp_accounts (account, started_on, started) VALUES (${account}, ${today}, 1)
        ON CONFLICT (account) DO UPDATE SET started_on = ${today},
          started = CASE WHEN whatsapp_accounts.started_on = ${today} THEN whatsapp_accounts.started + 1 ELSE 1 END`
    },
    async locked(until, at) {
      const lockedUntil = new Date(until ?? at + LOCK)
      const data = { lockedAt: new Date(at), lockedUntil }
      await db.whatsAppAccount.upsert({ where, create: { account, ...data }, update: data })
      alarm({ until: lockedUntil.getTime() })
    },
    async unlocked(at) {
      const { count } = await db.whatsAppAccount.updateMany({
        where: { account, lockedUntil: { gt: new Date(at) } },
        data: { lockedUntil: new Date(at) },
      })
      if (count > 0) alarm(undefined)
    },
  }
}

/** The morning after, spread over two hours, so that not everything that was held back goes out at once. */
function morningAfter(today: Day, address: string): number {
  const spread = [...address].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 7200, 7)
  return (today + 1) * DAY - WIB_OFFSET + FIRST_HOUR + spread * SECOND
}

interface Chat {
  account: string
  address: string
}

/** Why we may not begin with this address; undefined when we may. */
async function whyStranger(
  db: Db,
  { account, address }: Chat,
  { at, since }: { at: number; since: Date | null | undefined },
): Promise<'stranger' | 'silent' | undefined> {
  const now = await currentAddress(db, account, address)
  const person = await db.whatsAppPerson.findUnique({ where: { account_address: { account, address: now } } })
  // somebody who wrote to the number that was linked before is a stranger to this one
  if (!person || (since && person.wroteAt < since)) return 'stranger'
  return person.wroteAt.getTime() < at - RECENT ? 'silent' : undefined
}
