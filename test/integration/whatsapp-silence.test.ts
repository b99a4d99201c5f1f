import { expect, test } from 'vitest'
import { testDatabase } from '../support/postgres.ts'
import { AssistantProcess } from '../support/whatsapp/process.ts'
import { Resident } from '../support/whatsapp/resident.ts'
import { until } from '../support/whatsapp/scene.ts'
import { FakeWhatsApp } from '../support/whatsapp/server.ts'

/** The library prints sessions with their private keys whenever one is closed (nanoclaw#2520, Baileys#2098, #888, #887). */
test('nothing of a key appears on standard output or error, whatever happens to sessions', async () => {
  const { url: databaseUrl } = await testDatabase()
  const fake = await FakeWhatsApp.start()
  const untrust = fake.trust()
  const owner = fake.person('628111000111', 'OK OCE')
  const assistant = new AssistantProcess(fake, { databaseUrl, haste: 1000, logLevel: 'trace' })
  try {
    await assistant.paired(fake, owner)
    const siti = new Resident(fake.person('628222000222', 'Siti'))
    await siti.begins()
    const { id = '' } = siti.person.received.at(-1) ?? {}
    const again = siti.person.next(() => true, 20_000)
    siti.person.asksAgain(id) // the client closes the session and opens a new one
    await again
    await siti.writes('rusak')
    await siti.person.writes('pesan rusak', { corrupt: true }) // "Failed to decrypt message with any known session"
    await until(() => siti.person.receipts.some(receipt => receipt.attrs['type'] === 'retry'), 20_000)
    const { output } = assistant
    expect(output).toContain('"level":"debug"') // it does print
    expect(output).not.toMatch(
      /SessionEntry|privKey|rootKey|chainKey|Closing session|Opening session|any known session|<Buffer/,
    )
    expect(output).not.toMatch(/62822\d{6}|628111000111|Siti/)
  } finally {
    await assistant.kill()
    untrust()
    await fake.stop()
  }
})
