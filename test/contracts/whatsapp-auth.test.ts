import { randomBytes } from 'node:crypto'
import * as baileys from '@whiskeysockets/baileys'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openAuth } from '../../src/channels/whatsapp/auth.ts'
import { accountLease } from '../../src/channels/whatsapp/owner.ts'
import type { AuthStore } from '../../src/channels/whatsapp/ports.ts'
import { connect, type Db } from '../../src/db/client.ts'
import { createLease, DeposedError } from '../../src/db/leases.ts'
import { Sealer } from '../../src/db/seal.ts'
import { createAuthStore } from '../../src/db/whatsapp/auth.ts'
import { Fence } from '../../src/db/whatsapp/fence.ts'
import { sleep } from '../../src/lib/time.ts'
import { keptOnceMore, LEASE_MS } from '../support/leases.ts'
import { testDatabase } from '../support/postgres.ts'
import { MemoryAuth } from '../support/whatsapp/memory-auth.ts'

let db: Db
const sealer = new Sealer(randomBytes(32))
beforeAll(async () => {
  db = connect((await testDatabase()).url)
})
afterAll(() => db.$disconnect())

const FREE = { guard: async () => {} }
const inDatabase = (account: string, fence: Pick<Fence, 'guard'> = FREE) =>
  createAuthStore(db, sealer, { account, fence })
const read = async (store: AuthStore, type: string, ids: string[]) =>
  Object.fromEntries(await store.get(type, ids))

let accounts = 0
const STORES: [string, () => AuthStore][] = [
  ['in memory', () => new MemoryAuth()],
  ['in PostgreSQL', () => inDatabase(`whatsapp:${++accounts}`)],
]

describe.each(STORES)('an auth store %s', (_, open) => {
  let store: AuthStore
  beforeEach(() => {
    store = open()
  })

  it('knows no credential before the first pairing, and then the one that was saved last', async () => {
    expect(await store.creds()).toBeUndefined()
    await store.saveCreds('{"a":1}')
    await store.saveCreds('{"a":2}')
    expect(await store.creds()).toBe('{"a":2}')
  })

  it('gives back what was set, each type for itself, and nothing for what is not there', async () => {
    await store.set([
      { type: 'session', id: '628111@s.whatsapp.net', value: '"s"' },
      { type: 'pre-key', id: '628111@s.whatsapp.net', value: '"p"' },
    ])
    const ids = ['628111@s.whatsapp.net', '628222@s.whatsapp.net']
    expect(await read(store, 'session', ids)).toEqual({ '628111@s.whatsapp.net': '"s"' })
    expect(await read(store, 'pre-key', ids)).toEqual({ '628111@s.whatsapp.net': '"p"' })
    expect(await read(store, 'tctoken', ids)).toEqual({})
  })

  it('overwrites, deletes by null, and takes the last word on a row that is named twice', async () => {
    await store.set([
      { type: 'session', id: 'a', value: '1' },
      { type: 'session', id: 'b', value: '1' },
    ])
    await store.set([
      { type: 'session', id: 'a', value: '2' },
      { type: 'session', id: 'b', value: null },
      { type: 'session', id: 'c', value: null },
      { type: 'session', id: 'd', value: '1' },
      { type: 'session', id: 'd', value: '2' },
      { type: 'session', id: 'e', value: '1' },
      { type: 'session', id: 'e', value: null },
    ])
    expect(await read(store, 'session', ['a', 'b', 'c', 'd', 'e'])).toEqual({ a: '2', d: '2' })
  })

  it('takes the first login’s 812 pre-keys at once', async () => {
    const ids = Array.from({ length: 812 }, (_, n) => String(n))
    await store.set(ids.map(id => ({ type: 'pre-key', id, value: `"${id}"` })))
    expect((await store.get('pre-key', ids)).size).toBe(812)
  })

  it('is empty after a wipe, creds and every type, and can be filled again', async () => {
    await store.saveCreds('{}')
    await store.set([
      { type: 'session', id: 'a', value: '1' },
      { type: 'tctoken', id: 'a', value: '1' },
    ])
    await store.wipe()
    expect(await store.creds()).toBeUndefined()
    expect(await read(store, 'session', ['a'])).toEqual({})
    expect(await read(store, 'tctoken', ['a'])).toEqual({})
    await store.saveCreds('{"a":3}')
    expect(await store.creds()).toBe('{"a":3}')
  })

  it('brings all ten key types of Baileys back as they were', async () => {
    const pair = { public: randomBytes(32), private: randomBytes(32) }
    const values = {
      'pre-key': pair,
      session: new Uint8Array(randomBytes(40)),
      'sender-key': new Uint8Array(randomBytes(40)),
      'sender-key-memory': { '1@lid': true },
      'app-state-sync-key': { keyData: new Uint8Array(randomBytes(32)), timestamp: 7 },
      'app-state-sync-version': {
        version: 3,
        hash: randomBytes(16),
        indexValueMap: { x: { valueMac: randomBytes(8) } },
      },
      'lid-mapping': '628111',
      'device-list': ['0', '12'],
      tctoken: { token: randomBytes(16), timestamp: '1790000000' },
      'identity-key': new Uint8Array(randomBytes(33)),
    }
    const before = await openAuth(baileys, store)
    const data = Object.fromEntries(Object.entries(values).map(([type, value]) => [type, { id: value }]))
    await before.state.keys.set(data as never)
    const after = await openAuth(baileys, store)
    const { 'app-state-sync-key': appState, ...plainly } = values
    for (const [type, value] of Object.entries(plainly)) {
      const found = (await after.state.keys.get(type as 'session', ['id']))['id']
      expect(plain(found), type).toEqual(plain(value))
    }
    const key = (await after.state.keys.get('app-state-sync-key', ['id']))['id']
    expect(Buffer.from(key?.keyData ?? [])).toEqual(Buffer.from(appState.keyData))
    expect(key).toBeInstanceOf(baileys.proto.Message.AppStateSyncKeyData)
  })

  it('keeps creds whole though Baileys tells only parts', async () => {
    const before = await openAuth(baileys, store)
    const { noiseKey, registrationId } = before.state.creds
    await Promise.all([
      before.saveCreds({ registered: true }),
      before.saveCreds({ me: { id: '628111:5@s.whatsapp.net', lid: '9@lid' } }),
      before.saveCreds({ nextPreKeyId: 813 }),
    ])
    const after = (await openAuth(baileys, store)).state.creds
    expect(after).toMatchObject({ registered: true, nextPreKeyId: 813, registrationId })
    expect(after.me?.lid).toBe('9@lid')
    expect(Buffer.from(after.noiseKey.private)).toEqual(Buffer.from(noiseKey.private))
  })
})

const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each: unknown) => {
      const bytes = each as { type?: string; data?: number[] }
      if (each instanceof Uint8Array) return Buffer.from(each).toString('hex')
      return bytes?.type === 'Buffer' && bytes.data ? Buffer.from(bytes.data).toString('hex') : each
    }),
  )

describe('the auth store in PostgreSQL', () => {
  it('shows neither keys nor phone numbers to whoever reads the database', async () => {
    const store = inDatabase('whatsapp:sealed')
    await store.saveCreds('{"noiseKey":"streng geheim"}')
    await store.set([{ type: 'session', id: '628123456789.0', value: '"private key"' }])
    await store.set([{ type: 'lid-mapping', id: '628123456789', value: '"1234567890"' }])
    const keys = await db.whatsAppKey.findMany({ where: { account: 'whatsapp:sealed' } })
    const { creds } = await db.whatsAppAccount.findUniqueOrThrow({ where: { account: 'whatsapp:sealed' } })
    const latin = (bytes: Uint8Array | null) => Buffer.from(bytes ?? []).toString('latin1')
    const text = [...keys.map(key => `${key.type} ${key.id} ${latin(key.value)}`), latin(creds)].join('\n')
    for (const secret of ['geheim', 'private', '628123456789', '1234567890'])
      expect(text).not.toContain(secret)
  })

  it('does not open a key that was moved to another account', async () => {
    await inDatabase('whatsapp:from').set([{ type: 'session', id: 'a', value: '1' }])
    const row = await db.whatsAppKey.findFirstOrThrow({ where: { account: 'whatsapp:from' } })
    const store = inDatabase('whatsapp:to')
    await store.set([{ type: 'session', id: 'a', value: '2' }])
    await db.whatsAppKey.updateMany({ where: { account: 'whatsapp:to' }, data: { value: row.value } })
    await expect(store.get('session', ['a'])).rejects.toMatchObject({ code: 'SEAL' })
  })

  it('leaves nothing of a set behind when a write fails in mid-run: half a ratchet reads nothing any more', async () => {
    const store = inDatabase('whatsapp:fails')
    await store.set([{ type: 'session', id: 'a', value: '"before"' }])
    await failWrites('whatsapp:fails', 'sender-key')
    await expect(
      store.set([
        { type: 'session', id: 'a', value: '"after"' },
        { type: 'sender-key', id: 'b', value: '"after"' },
        { type: 'pre-key', id: 'c', value: null },
      ]),
    ).rejects.toThrow()
    expect(await read(store, 'session', ['a'])).toEqual({ a: '"before"' })
    expect(await read(store, 'sender-key', ['b'])).toEqual({})
  })

  it('after a failed write: tells at once, forgets its cache, and stores nothing more of that socket', async () => {
    const store = inDatabase('whatsapp:broken')
    const auth = await openAuth(baileys, store)
    const keys = auth.state.keys
    await keys.set({ session: { a: Buffer.from('before') } })
    const allow = await failWrites('whatsapp:broken', 'sender-key')
    const bad = { session: { a: Buffer.from('after') }, 'sender-key': { b: Buffer.from('x') } }
    await expect(keys.set(bad)).rejects.toThrow()
    await auth.broken
    expect(String((await keys.get('session', ['a']))['a'])).toBe('before')
    await allow()
    await expect(keys.set({ session: { a: Buffer.from('later') } })).rejects.toThrow()
    await expect(auth.saveCreds({ registered: true })).rejects.toThrow()
    const next = await openAuth(baileys, store)
    expect(String((await next.state.keys.get('session', ['a']))['a'])).toBe('before')
  })
})

/** PostgreSQL refuses rows of a type, as a full disk would. @returns how to end it */
async function failWrites(account: string, type: string): Promise<() => Promise<unknown>> {
  const name = `refuse_${account.replace(/\W/g, '_')}`
  await db.$executeRawUnsafe(
    `ALTER TABLE whatsapp_keys ADD CONSTRAINT ${name} CHECK (account <> '${account}' OR type <> '${type}')`,
  )
  return () => db.$executeRawUnsafe(`ALTER TABLE whatsapp_keys DROP CONSTRAINT ${name}`)
}

describe('two processes on one account', () => {
  const process = (account: string) => {
    const fence = new Fence()
    const lease = accountLease(
      () => createLease(db, `own ${account}`, LEASE_MS),
      held => fence.stand(held),
    )
    return { fence, lease, store: inDatabase(account, fence) }
  }
  const forever = () => new AbortController().signal

  it('one waits until the other has given the account up', async () => {
    const [one, two] = [process('whatsapp:two'), process('whatsapp:two')]
    const held = await one.lease.acquire(forever())
    let second = false
    const waiting = two.lease.acquire(forever()).then(lease => {
      second = true
      return lease
    })
    await keptOnceMore(db, 'own whatsapp:two')
    expect(second).toBe(false)
    await one.store.saveCreds('{"by":"one"}')
    await expect(two.store.saveCreds('{"by":"two"}')).rejects.toBeInstanceOf(DeposedError)
    await held?.release()
    const next = await waiting
    await two.store.saveCreds('{"by":"two"}')
    await expect(one.store.saveCreds('{"by":"one"}')).rejects.toBeInstanceOf(DeposedError)
    expect(await two.store.creds()).toBe('{"by":"two"}')
    await next?.release()
  })

  it('one that stops waiting gets nothing, and its wish is gone', async () => {
    const [one, two] = [process('whatsapp:gone'), process('whatsapp:gone')]
    const held = await one.lease.acquire(forever())
    const stop = new AbortController()
    const waiting = two.lease.acquire(stop.signal)
    stop.abort()
    expect(await waiting).toBeUndefined()
    await held?.release()
    const again = await one.lease.acquire(forever())
    expect(again).toBeDefined()
    await again?.release()
  })

  it('a deposed owner hears of it, and whatever it still writes is refused', async () => {
    const [one, two] = [process('whatsapp:deposed'), process('whatsapp:deposed')]
    const held = await one.lease.acquire(forever())
    await one.store.set([{ type: 'session', id: 'a', value: '"one"' }])
    // as if this process had been suspended: its lease has run out and somebody else took the account
    await db.$executeRaw`UPDATE leases SET until = now() - interval '1 second' WHERE name = 'own whatsapp:deposed'`
    const next = await two.lease.acquire(forever())
    await two.store.set([{ type: 'session', id: 'a', value: '"two"' }])
    const late = one.store.set([{ type: 'session', id: 'a', value: '"one, late"' }])
    await expect(late).rejects.toBeInstanceOf(DeposedError)
    await expect(one.store.wipe()).rejects.toBeInstanceOf(DeposedError)
    await held?.lost
    expect(await read(two.store, 'session', ['a'])).toEqual({ a: '"two"' })
    await next?.release()
  })

  it('an earlier session of the same process is refused, too', async () => {
    const one = process('whatsapp:again')
    const first = new Fence()
    const lease = createLease(db, 'own whatsapp:again', LEASE_MS)
    await lease.tryTake()
    first.stand(lease)
    const old = inDatabase('whatsapp:again', first)
    await old.saveCreds('{"by":"old"}')
    await lease.release()
    const held = await one.lease.acquire(forever())
    await expect(old.saveCreds('{"by":"old, late"}')).rejects.toBeInstanceOf(DeposedError)
    await held?.release()
  })

  it('nobody takes the account while a write of its owner is under way', async () => {
    const account = 'whatsapp:underway'
    const lease = createLease(db, `own ${account}`, LEASE_MS)
    const other = createLease(db, `own ${account}`, LEASE_MS)
    await lease.tryTake()
    let taken = false
    let taking: Promise<void> | undefined
    await db.$transaction(async tx => {
      await lease.guard(tx)
      await tx.$executeRaw`UPDATE leases SET until = now() - interval '1 second' WHERE name = ${`own ${account}`}`
      taking = other.tryTake().then(got => {
        taken = got
      })
      await sleep(100)
      expect(taken).toBe(false)
    })
    await taking
    expect(taken).toBe(true)
  })
})
