import type { Identities } from '../../channels/whatsapp/ports.ts'
import type { Clock } from '../../lib/time.ts'
import type { Db, Tx } from '../client.ts'
import { currentAddress, joinChats, lockAddresses } from '../joinChats.ts'
import type { Sealer } from '../seal.ts'
import { jidOfPhone, seenBy, whoIs, type Known, type Seen, type Who } from './who.ts'

type Field = 'lid' | 'phone'
export const personPlace = (account: string, address: string, field: Field) =>
  `whatsapp_people:${account}:${address}:${field}`

/**
 * People of an account, found by keyed digests: neither LID nor number lies here in clear. The address of a conversation
 * is the digest of what its person was first met under, so that it names nobody and is the same after a new pairing.
 */
export function createIdentities(
  db: Db,
  sealer: Sealer,
  { account, clock }: { account: string; clock: Clock },
): Identities {
  const people = new People(sealer, account, clock)
  return {
    async addressOf(jid, alt, at) {
      const seen = seenBy(jid, alt)
      const wrote = { reach: jid.endsWith('@lid') ? ('lid' as const) : ('phone' as const), at }
      if (seen.lid === undefined && seen.phone === undefined)
        throw new Error('This jid is nobody’s: neither a LID nor a number.')
      const known = await people.wroteAgain(db, seen, wrote)
      if (known !== undefined) return known
      return db.$transaction(async tx => {
        await lockAddresses(tx, account, 'change')
        return people.settle(tx, seen, wrote)
      })
    },
    async jidOf(address) {
      const found = await people.find(db, await currentAddress(db, account, address))
      return found && (found.reach === 'lid' ? found.lid : found.phone && jidOfPhone(found.phone))
    },
    async learn(pairs) {
      const seen = pairs.map(({ lid, pn }) => seenBy(lid, pn)).filter(({ lid, phone }) => lid && phone)
      // only of people who wrote: the rest of a phone's address book is none of our business
      for (const pair of await people.thoseKnown(db, seen))
        await db.$transaction(async tx => {
          await lockAddresses(tx, account, 'change')
          await people.settle(tx, pair)
        })
    },
  }
}

interface Wrote {
  reach: Field
  /** Epoch ms. */
  at: number
}

class People {
  constructor(
    private readonly sealer: Sealer,
    private readonly account: string,
    private readonly clock: Clock,
  ) {}

  digest(field: Field, value: string): string {
    return field === 'phone' ? this.sealer.digest('phone', value) : this.sealer.digest('whatsapp', value)
  }

  /** The usual case in one statement: whatever was seen is known of one person already. */
  async wroteAgain(db: Db, { lid, phone }: Seen, { reach, at }: Wrote): Promise<string | undefined> {
    const l = lid === undefined ? null : this.digest('lid', lid)
    const p = phone === undefined ? null : this.digest('phone', phone)
    const when = new Date(at)
    const rows = await db.$queryRaw<{ address: string }[]>`
      UPDATE whatsapp_people SET wrote_at = greatest(wrote_at, ${when}),
        reach = CASE WHEN wrote_at <= ${when} THEN ${reach} ELSE reach END
      WHERE account = ${this.account} AND (${l}::text IS NULL OR lid_digest = ${l}::text)
        AND (${p}::text IS NULL OR phone_digest = ${p}::text)
      RETURNING address`
    return rows[0]?.address
  }

  /** Decides who it is and writes it down. @returns the address */
  async settle(tx: Tx, seen: Seen, wrote?: Wrote): Promise<string> {
    const known = await this.#having(tx, seen)
    const who = whoIs(known, seen)
    if (who.releases !== undefined) await this.#release(tx, who.releases)
    if (who.kind === 'new') return this.#add(tx, seen, wrote)
    const joined = await this.#join(tx, who)
    await this.#learn(tx, who.address, {
      seen,
      ...((wrote ?? joined) ? { wrote: later(wrote, joined) } : {}),
    })
    return who.address
  }

  async thoseKnown(db: Db, seen: Seen[]): Promise<Seen[]> {
    const digests = seen.map(({ lid, phone }) => [
      this.digest('lid', lid ?? ''),
      this.digest('phone', phone ?? ''),
    ])
    const rows = await db.whatsAppPerson.findMany({
      where: {
        account: this.account,
        OR: [
          { lidDigest: { in: digests.map(([lid]) => lid as string) } },
          { phoneDigest: { in: digests.map(([, phone]) => phone as string) } },
        ],
      },
      select: { lidDigest: true, phoneDigest: true },
    })
    const known = new Set(rows.flatMap(row => [row.lidDigest, row.phoneDigest]))
    return seen.filter((_, n) => digests[n]?.some(digest => known.has(digest)))
  }

  async find(db: Db | Tx, address: string): Promise<(Known & { reach: Field }) | undefined> {
    const where = { account_address: { account: this.account, address } }
    const row = await db.whatsAppPerson.findUnique({ where })
    return row ? { ...this.#open(row), reach: row.reach as Field } : undefined
  }

  async #having(tx: Tx, { lid, phone }: Seen): Promise<Known[]> {
    const rows = await tx.whatsAppPerson.findMany({
      where: {
        account: this.account,
        OR: [
          ...(lid === undefined ? [] : [{ lidDigest: this.digest('lid', lid) }]),
          ...(phone === undefined ? [] : [{ phoneDigest: this.digest('phone', phone) }]),
        ],
      },
    })
    return rows.map(row => this.#open(row))
  }

  #open(row: { address: string; lid: Uint8Array | null; phone: Uint8Array | null }): Known {
    const value = (field: Field) =>
      row[field]
        ? { [field]: this.sealer.open(personPlace(this.account, row.address, field), row[field]) }
        : {}
    return { address: row.address, ...value('lid'), ...value('phone') }
  }

  #sealed(address: string, { lid, phone }: Seen) {
    const sealed = (field: Field, value: string | undefined) =>
      value === undefined
        ? {}
        : {
            [field]: this.sealer.seal(personPlace(this.account, address, field), value),
            [`${field}Digest`]: this.digest(field, value),
          }
    return { ...sealed('lid', lid), ...sealed('phone', phone) }
  }

  async #add(tx: Tx, seen: Seen, wrote: Wrote | undefined): Promise<string> {
    const { lid, phone } = seen
    const address = this.sealer.digest('whatsapp', lid ?? (phone as string))
    const { reach = lid !== undefined ? ('lid' as const) : ('phone' as const), at = 0 } = wrote ?? {}
    await tx.whatsAppPerson.create({
      data: { account: this.account, address, ...this.#sealed(address, seen), reach, wroteAt: new Date(at) },
    })
    return address
  }

  #release(tx: Tx, address: string) {
    const where = { account_address: { account: this.account, address } }
    return tx.whatsAppPerson.update({ where, data: { phone: null, phoneDigest: null, reach: 'lid' } })
  }

  /** Two chats become one. @returns when and how the other one was written to last */
  async #join(tx: Tx, who: Who & { kind: 'known' }): Promise<Wrote | undefined> {
    if (who.joins === undefined) return undefined
    const { account } = this
    const gone = await tx.whatsAppPerson.delete({
      where: { account_address: { account, address: who.joins } },
    })
    await joinChats(tx, this.sealer, { account, from: who.joins, into: who.address, at: this.clock.now() })
    return { reach: gone.reach as Field, at: gone.wroteAt.getTime() }
  }

  async #learn(tx: Tx, address: string, { seen, wrote }: { seen: Seen; wrote?: Wrote }): Promise<void> {
    const where = { account_address: { account: this.account, address } }
    const { wroteAt } = await tx.whatsAppPerson.findUniqueOrThrow({ where, select: { wroteAt: true } })
    const newer = wrote && wrote.at >= wroteAt.getTime()
    await tx.whatsAppPerson.update({
      where,
      data: {
        ...this.#sealed(address, seen),
        ...(newer ? { reach: wrote.reach, wroteAt: new Date(wrote.at) } : {}),
      },
    })
  }
}

const later = (a: Wrote | undefined, b: Wrote | undefined): Wrote =>
  (!a ? b : !b || a.at >= b.at ? a : b) as Wrote
