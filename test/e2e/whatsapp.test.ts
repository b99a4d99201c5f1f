import { downloadContentFromMessage } from '@whiskeysockets/baileys'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../src/lib/log.ts'
import { systemClock } from '../../src/lib/time.ts'
import { whatsAppPorts } from '../../src/whatsapp.ts'
import { testDatabase } from '../support/postgres.ts'
import { plain } from '../support/whatsapp/plain.ts'
import { Resident } from '../support/whatsapp/resident.ts'
import { until, wordsOf } from '../support/whatsapp/scene.ts'
import { Town } from '../support/whatsapp/town.ts'

/** The whole assistant, a real database, the real Baileys, and people with phones. */

let town: Town
beforeEach(async () => {
  const { url } = await testDatabase()
  town = await Town.open(url)
  await town.start()
})
afterEach(() => town.close())

test('a resident registers on WhatsApp with numbers and words', async () => {
  const siti = new Resident(town.someone())
  const number = await siti.begins()
  expect(number).toMatch(/^OKO-/)
  const { db } = town.app.store
  const residents = await db.resident.findMany({ include: { intake: true } })
  expect(residents).toHaveLength(1)
  expect(residents[0]).toMatchObject({ number, centreCode: '31.73.05', stage: 'P1', reminders: true })
  const first = plain(wordsOf(siti.person.received[0] ?? { id: '', chat: '', message: {} }))
  expect(first).toContain('\n1. Daftar')
  expect(first).toContain('Balas dengan angka atau nama pilihan.')
})

test('twenty residents at once; the assistant is restarted in mid-run: each is registered once, and no message is lost', async () => {
  const people = Array.from({ length: 20 }, (_, i) => new Resident(town.someone(`Warga ${i}`)))
  const numbers = Promise.all(people.map(person => person.begins()))
  await until(() => people.filter(person => person.person.received.length >= 5).length >= 5, 40_000)
  await town.stopAssistant()
  await town.start()
  expect(new Set(await numbers).size).toBe(20)
  const { db } = town.app.store
  expect(await db.resident.count()).toBe(20)
  await until(() => people.every(({ person }) => person.received.length > 0))
  const written = people.reduce((sum, { written }) => sum + written, 0)
  expect(await db.inbound.count({ where: { kind: { not: 'timer' } } })).toBe(written)
  expect(await db.inbound.count({ where: { handledAt: null } })).toBe(0)
}, 180_000)

test('error 463: an alarm in /ready and /metrics until it ends; the assistant stays ready for answers', async () => {
  const ask = async (page: string) => (await fetch(`${town.app.url}/${page}`)).text()
  expect(await ask('ready')).not.toContain('restricts')
  expect(await ask('metrics')).toContain('okoce_restricted_accounts 0')
  const ports = whatsAppPorts({
    store: town.app.store,
    clock: systemClock,
    log: createLog('silent'),
    dailyCap: 9,
  })
  await ports.outreach.locked(undefined, Date.now())
  expect(JSON.parse(await ask('ready'))).toMatchObject({
    status: 'ready',
    parts: expect.arrayContaining([expect.objectContaining({ name: 'outreach', ok: false })]) as unknown,
  })
  expect(await ask('metrics')).toContain('okoce_restricted_accounts 1')
  await ports.outreach.unlocked(Date.now())
  expect(await ask('metrics')).toContain('okoce_restricted_accounts 0')
})

test('messages of two days ago are each recorded and answered once, together', async () => {
  await town.stopAssistant()
  const siti = town.someone()
  const at = Math.floor(Date.now() / 1000) - 2 * 86_400
  for (const [i, text] of ['halo', 'permisi', 'mau daftar'].entries())
    await siti.writes(text, { offline: true, at: at + i })
  await town.start()
  const { db } = town.app.store
  await until(() => siti.received.length > 0)
  const results = await db.inbound.findMany({ orderBy: { id: 'asc' }, select: { result: true } })
  expect(results.map(({ result }) => result)).toEqual(['silence:late', 'silence:late', 'answer'])
  expect(siti.received).toHaveLength(1)
  expect(siti.received.map(wordsOf).join()).toContain('Maaf, pesan Anda baru sampai di kami sekarang.')
})

test('a document: the workbook comes as a file with its caption', async () => {
  const siti = new Resident(town.someone())
  await siti.begins()
  const asked = siti.person.next(
    message => /Format mana/.test(message.extendedTextMessage?.text ?? ''),
    30_000,
  )
  await siti.writes('format pembukuan')
  await asked
  const file = siti.person.next(message => Boolean(message.documentMessage), 30_000)
  await siti.writes('1')
  const { documentMessage: sent } = (await file).message
  expect(sent?.fileName).toMatch(/\.xlsx$/)
  expect(sent?.caption).toContain('Isi hanya sel berwarna kuning')
  const media = {
    mediaKey: sent?.mediaKey ?? null,
    directPath: sent?.directPath ?? null,
    url: sent?.url ?? null,
  }
  const { options } = town.fake.media.route()
  const chunks: Buffer[] = []
  for await (const chunk of await downloadContentFromMessage(media, 'document', { options }))
    chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks).subarray(0, 2).toString()).toBe('PK') // a workbook is a zip
})
