import type { AuthStore, KeyChange } from '../../channels/whatsapp/ports.ts'
import type { Db, Tx } from '../client.ts'
import type { Sealer } from '../seal.ts'
import type { Fence } from './fence.ts'

interface Options {
  account: string
  fence: Pick<Fence, 'guard'>
}

/**
 * The credential of a linked device. Ids are digested, because those of sessions and mappings are phone numbers; values
 * are sealed to their place. A `set` is one transaction however many rows it has: the first login brings some 800.
 */
export function createAuthStore(db: Db, sealer: Sealer, { account, fence }: Options): AuthStore {
  const keyOf = (type: string, id: string) => sealer.digest('whatsapp', `${account}\n${type}\n${id}`)
  const place = (type: string, key: string) => `whatsapp_keys:${account}:${type}:${key}`
  const credsPlace = `whatsapp_accounts:${account}:creds`
  const guarded = (work: (tx: Tx) => Promise<void>) =>
    db.$transaction(async tx => {
      await fence.guard(tx)
      await work(tx)
    })
  return {
    async creds() {
      const row = await db.whatsAppAccount.findUnique({ where: { account }, select: { creds: true } })
      return row?.creds ? sealer.open(credsPlace, row.creds) : undefined
    },
    saveCreds: json =>
      guarded(async tx => {
        const creds = sealer.seal(credsPlace, json)
        await tx.whatsAppAccount.upsert({
          where: { account },
          create: { account, creds },
          update: { creds },
        })
      }),
    async get(type, ids) {
      const byKey = new Map(ids.map(id => [keyOf(type, id), id]))
      const rows = await db.whatsAppKey.findMany({ where: { account, type, id: { in: [...byKey.keys()] } } })
      return new Map(
        rows.map(row => [byKey.get(row.id) as string, sealer.open(place(type, row.id), row.value)]),
      )
    },
    async set(changes) {
      if (changes.length === 0) return
      const rows = lastOf(changes).map(({ type, id, value }) => {
        const key = keyOf(type, id)
        return { type, key, value: value === null ? null : sealer.seal(place(type, key), value) }
      })
      await guarded(tx => write(tx, account, rows))
    },
    wipe: () =>
      guarded(async tx => {
        await tx.whatsAppKey.deleteMany({ where: { account } })
        await tx.whatsAppAccount.updateMany({ where: { account }, data: { creds: null } })
      }),
  }
}

/** One statement cannot touch a row twice. In the order of their keys, else two writers deadlock. */
function lastOf(changes: readonly KeyChange[]): KeyChange[] {
  const byKey = new Map(changes.map(change => [`${change.type}\n${change.id}`, change]))
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change)
}

interface SealedChange {
  type: string
  key: string
  value: Buffer<ArrayBuffer> | null
}

async function write(tx: Tx, account: string, rows: SealedChange[]): Promise<void> {
  const gone = rows.filter(row => row.value === null)
  const kept = rows.filter(row => row.value !== null)
  if (gone.length > 0)
    await tx.$executeRaw`
      DELETE FROM whatsapp_keys k USING unnest(${gone.map(r => r.type)}::text[], ${gone.map(r => r.key)}::text[]) AS gone (type, id)
      WHERE k.account = ${account} AND k.type = gone.type AND k.id = gone.id`
  if (kept.length > 0)
    await tx.$executeRaw`
      INSERT INTO whatsapp_keys (account, type, id, value)
      SELECT ${account}, new.* FROM unnest(${kept.map(r => r.type)}::text[], ${kept.map(r => r.key)}::text[],
                                           ${kept.map(r => r.value)}::bytea[]) AS new (type, id, value)
      ON CONFLICT (account, type, id) DO UPDATE SET value = excluded.value`
}
