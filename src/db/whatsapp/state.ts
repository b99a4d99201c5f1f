import { randomUUID } from 'node:crypto'
import type { AccountState } from '../../channels/whatsapp/ports.ts'
import type { Db } from '../client.ts'
import type { Sealer } from '../seal.ts'

/** What an operator asks of the process that owns the account. */
export type Request = { kind: 'code'; phone: string } | { kind: 'unpair' }
export type Answer = { code: string } | { done: true } | { error: string }

export interface AccountBoard {
  /** undefined: no process has ever opened the account. */
  read(): Promise<Shown | undefined>
  /** The account's own process writes how it is doing; `phone` of an open one decides who is a stranger. */
  write(state: AccountState): Promise<void>
  /** An operator's process asks; a newer question replaces an older one. @returns its id */
  ask(request: Request): Promise<string>
  /** The answer to one's own question. */
  answerTo(id: string): Promise<Answer | undefined>
  /** The account's own process takes what was asked, once. */
  take(): Promise<{ id: string; request: Request } | undefined>
  answer(id: string, answer: Answer): Promise<void>
}

export interface Shown {
  state: AccountState
  /** Some process owns the account at this moment. Without one the state is what it was when the last one ended. */
  live: boolean
  /** Epoch ms: until then WhatsApp restricts what we start. */
  lockedUntil: number | undefined
}

/**
 * How an account is doing, and what operators ask of it, in the database: the page, the terminal and the account may live
 * in three processes. A QR code can link the account, so everything here is sealed.
 */
export function createBoard(db: Db, sealer: Sealer, account: string): AccountBoard {
  const where = { account }
  const place = (field: 'state' | 'asked' | 'answer') => `whatsapp_accounts:${account}:${field}`
  const seal = (field: 'state' | 'asked' | 'answer', value: unknown) =>
    sealer.seal(place(field), JSON.stringify(value))
  const put = (data: object) =>
    db.whatsAppAccount.upsert({ where, create: { account, ...data }, update: data })
  return {
    async read() {
      const [row] = await db.$queryRaw<BoardRow[]>`
        SELECT state, locked_until, EXISTS (SELECT FROM leases WHERE name = ${ownLease(account)} AND until >= now()) AS live
        FROM whatsapp_accounts WHERE account = ${account}`
      const json = row?.state && sealer.tryOpen(place('state'), row.state)
      if (!row || !json) return undefined
      const state = JSON.parse(json) as AccountState
      return { state, live: row.live, lockedUntil: row.locked_until?.getTime() }
    },
    async write(state) {
      await put({ state: seal('state', state) })
      if (state.status !== 'open' || state.phone === undefined) return
      const numberDigest = sealer.digest('phone', state.phone)
      await db.$executeRaw`
        UPDATE whatsapp_accounts SET number_digest = ${numberDigest},
          number_since = CASE WHEN number_digest IS NULL THEN NULL ELSE ${new Date(state.since)}::timestamptz END
        WHERE account = ${account} AND number_digest IS DISTINCT FROM ${numberDigest}`
    },
    async ask(request) {
      const askedId = randomUUID()
      await put({ askedId, asked: seal('asked', request), answer: null })
      return askedId
    },
    async answerTo(id) {
      const row = await db.whatsAppAccount.findFirst({ where: { account, askedId: id } })
      const json = row?.answer && sealer.tryOpen(place('answer'), row.answer)
      return json ? (JSON.parse(json) as Answer) : undefined
    },
    async take() {
      const rows = await db.$queryRaw<{ asked_id: string; asked: Uint8Array }[]>`
        UPDATE whatsapp_accounts a SET asked = NULL
        FROM (SELECT asked FROM whatsapp_accounts WHERE account = ${account} AND asked IS NOT NULL FOR UPDATE) before
        WHERE a.account = ${account} RETURNING a.asked_id, before.asked`
      const row = rows[0]
      const json = row && sealer.tryOpen(place('asked'), row.asked)
      return row && json ? { id: row.asked_id, request: JSON.parse(json) as Request } : undefined
    },
    async answer(id, answer) {
      await db.whatsAppAccount.updateMany({
        where: { account, askedId: id },
        data: { answer: seal('answer', answer) },
      })
    },
  }
}

interface BoardRow {
  state: Uint8Array | null
  locked_until: Date | null
  live: boolean
}

/** The name of the lease by which one process owns the account. */
export const ownLease = (account: string) => `own ${account}`
