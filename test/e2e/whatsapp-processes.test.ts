import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { silenceSignal } from '../../src/channels/whatsapp/silence.ts'
import { connect } from '../../src/db/client.ts'
import { testDatabase } from '../support/postgres.ts'
import type { Person } from '../support/whatsapp/person.ts'
import { AssistantProcess } from '../support/whatsapp/process.ts'
import { Resident } from '../support/whatsapp/resident.ts'
import { until } from '../support/whatsapp/scene.ts'
import { FakeWhatsApp } from '../support/whatsapp/server.ts'

/** Assistants that are processes of their own, as in life. */
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })
const PATIENCE = 100_000

silenceSignal() // of the phones in this process

let fake: FakeWhatsApp
let owner: Person
let databaseUrl: string
let first: AssistantProcess
let siti: Resident
const start = () => new AssistantProcess(fake, { databaseUrl, haste: 1000, logLevel: 'trace' })
beforeAll(async () => {
  databaseUrl = (await testDatabase()).url
  fake = await FakeWhatsApp.start()
  owner = fake.person('628111000111', 'OK OCE')
  siti = new Resident(fake.person('628222000222', 'Siti'))
  first = start()
  await first.paired(fake, owner)
})
/** What the lease of a killed process does by itself after 15 s. */
async function leaseRunsOut(): Promise<void> {
  const db = connect(databaseUrl, { max: 1 })
  await db.$executeRaw`UPDATE leases SET until = now()`
  await db.$disconnect()
}
afterAll(async () => {
  await first.kill()
  await fake.stop()
})

/** The library prints sessions with their private keys whenever one is closed (nanoclaw#2520, Baileys#2098, #888, #887). */
test('nothing of a key appears on standard output or error, whatever happens to sessions', async () => {
  await siti.begins()
  const { id = '' } = siti.person.received.at(-1) ?? {}
  const again = siti.person.next(() => true, PATIENCE)
  siti.person.asksAgain(id) // the client closes the session and opens a new one
  await again
  await siti.writes('rusak')
  await siti.person.writes('pesan rusak', { corrupt: true }) // "Failed to decrypt message with any known session"
  await until(() => siti.person.receipts.some(receipt => receipt.attrs['type'] === 'retry'), PATIENCE)
  const { output } = first
  expect(output).toContain('"level":"debug"') // it does print
  expect(output).not.toMatch(
    /SessionEntry|privKey|rootKey|chainKey|Closing session|Opening session|any known session|<Buffer/,
  )
  expect(output).not.toMatch(/62822\d{6}|628111000111|Siti/)
})

test('two processes on one account (Baileys#963, #1339: "conflict"): one waits; after kill -9 it takes over, and what was written meanwhile is answered once', async () => {
  const { logins } = fake
  const second = start()
  try {
    await until(() => second.told?.state.status === 'waiting', PATIENCE)
    const budi = new Resident(fake.person('628333000333', 'Budi'))
    await budi.begins()
    expect([first.told?.state.status, second.told?.state.status]).toEqual(['open', 'waiting'])
    expect(fake.logins).toBe(logins)
    await first.kill()
    await leaseRunsOut()
    await until(() => fake.device().wire === undefined)
    const before = budi.person.received.length
    await budi.writes('menu')
    await until(() => second.told?.state.status === 'open', PATIENCE)
    await until(() => budi.person.received.length > before, PATIENCE)
    const answer = budi.person.next(() => true, PATIENCE)
    await budi.writes('menu')
    await answer
    expect(budi.person.received).toHaveLength(before + 2)
    expect(fake.logins).toBe(logins + 1)
    expect(fake.devices).toHaveLength(1)
  } finally {
    await second.kill()
  }
})
