import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { reposFor } from '../../src/db/repos.ts'
import { bookingSubject } from '../../src/domain/booking/reminders.ts'
import { HOUR } from '../../src/lib/time.ts'
import { testDatabase } from '../support/postgres.ts'
import type { Person as TelegramPerson } from '../support/telegram/person.ts'
import { converse } from '../support/telegram/resident.ts'
import type { Heard, Person } from '../support/whatsapp/person.ts'
import { plain } from '../support/whatsapp/plain.ts'
import { faultsOfRecord } from '../support/whatsapp/record.ts'
import { Resident } from '../support/whatsapp/resident.ts'
import { until, wordsOf } from '../support/whatsapp/scene.ts'
import { Town } from '../support/whatsapp/town.ts'

/** The whole assistant, a real database, the real Baileys, and people with phones. */

vi.setConfig({ testTimeout: 240_000 }) // whole registrations with real encryption

let town: Town
beforeEach(async () => {
  const { url } = await testDatabase()
  town = await Town.open(url)
  await town.start()
})
afterEach(() => town.close())

/** Writes, and waits for the answer that fits. */
async function ask(person: Person, text: string, answer: RegExp): Promise<Heard> {
  const heard = hears(person, answer)
  await person.writes(text)
  return heard
}
/** Nothing here is judged by the clock. */
const PATIENCE = 90_000
const REMINDER = 'Mengingatkan, janji Anda'
const reminders = (person: Person) => person.received.filter(heard => wordsOf(heard).startsWith(REMINDER))
const hears = (person: Person, words: RegExp): Promise<Heard> =>
  person.next(message => words.test(plain(wordsOf({ id: '', chat: '', message }))), PATIENCE)

test('a resident registers on WhatsApp with numbers and words; what is delivered again is not answered again (Baileys#1864, #2223, #816)', async () => {
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
  const before = siti.person.received.length
  await ask(siti.person, 'menu', /\n1\. /)
  for (let i = 0; i < 3; i++) siti.person.redelivers()
  await ask(siti.person, 'menu', /\n1\. /)
  expect(siti.person.received).toHaveLength(before + 2)
})

test('twelve residents at once; the assistant is restarted in mid-run: each is registered once, and no message is lost, doubled or out of order', async () => {
  const people = Array.from({ length: 12 }, (_, i) => new Resident(town.someone(`Warga ${i}`)))
  const [last, ...first] = people
  const numbers = first.map(person => person.begins())
  await until(() => first.filter(({ person }) => person.received.length >= 5).length >= 5, PATIENCE)
  await town.stopAssistant()
  numbers.push(last?.begins() ?? Promise.reject(new Error('nobody'))) // writes while nobody is there
  await until(() => town.fake.device().waiting > 0)
  await town.start()
  expect(new Set(await Promise.all(numbers)).size).toBe(12)
  const { db } = town.app.store
  expect(await db.resident.count()).toBe(12)
  expect(await faultsOfRecord(db, people)).toEqual([])
})

test('messages of two days ago are each recorded and answered once, together', async () => {
  await town.stopAssistant()
  const siti = town.someone()
  const at = Math.floor(town.clock.now() / 1000) - 2 * 86_400
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

test('somebody whose number WhatsApp hides (Baileys#1718, #2043) is asked for it; a document: the workbook comes as a file with its caption', async () => {
  const siti = new Resident(town.someone(), { withoutAlt: true })
  await siti.begins()
  const said = siti.person.received.map(heard => plain(wordsOf(heard)))
  expect(said.filter(words => words.startsWith('Boleh minta nomor HP'))).toHaveLength(1)
  expect(said.join()).not.toContain('Kami pakai nomor')
  const asked = siti.person.next(
    message => /Format mana/.test(message.extendedTextMessage?.text ?? ''),
    PATIENCE,
  )
  await siti.writes('format pembukuan')
  await asked
  const file = siti.person.next(message => Boolean(message.documentMessage), PATIENCE)
  await siti.writes('1')
  const { documentMessage: sent } = (await file).message
  expect(sent?.fileName).toMatch(/\.xlsx$/)
  expect(sent?.caption).toContain('Isi hanya sel berwarna kuning')
  const workbook = await town.fake.media.open(sent)
  expect(workbook.subarray(0, 2).toString()).toBe('PK') // a workbook is a zip
})

/** Registers somebody, who then takes the first free place of the first day. */
async function booked(name: string): Promise<{ person: Person; invitation: Heard }> {
  const resident = new Resident(town.someone(name))
  await resident.begins()
  const { person } = resident
  await ask(person, 'buat janji', /untuk membahas apa/)
  await ask(person, '1', /Mau datang hari apa/)
  await ask(person, '1', /1[34]\.00/)
  await ask(person, '1', /Saya bacakan dulu/)
  return { person, invitation: await ask(person, 'simpan', /Janji tersimpan/) }
}

test('a resident books, is reminded two hours before and answers', async () => {
  await town.addCoach()
  const { person: siti, invitation } = await booked('Siti')
  const { documentMessage } = invitation.message
  expect(documentMessage?.fileName).toMatch(/^J-.+\.ics$/)
  expect((await town.fake.media.open(documentMessage)).toString()).toContain('DTSTART:20261125T060000Z')
  const reminder = hears(siti, /Mengingatkan, janji Anda: .*pukul 13\.00 WIB/)
  town.clock.advance(HOUR)
  await reminder
  await ask(siti, 'datang', /kami tunggu: .*pukul 13\.00 WIB/)
  expect(reminders(siti)).toHaveLength(1)
  const { db } = town.app.store
  const first = { orderBy: { dueAt: 'asc' }, select: { kind: true, status: true } } as const
  // heard before it is noted
  await expect.poll(() => db.reminder.findFirst(first)).toEqual({ kind: 'booking_soon', status: 'sent' })
})

test('error 463 "reachout timelock" (Baileys#2707): nothing more is started, /ready and /metrics tell it, reminders move to Telegram or wait; answers go on', async () => {
  await town.addCoach()
  const { person: siti } = await booked('Siti') // at 13.00
  const { person: budi } = await booked('Budi') // at 14.00
  const telegram = await linkedOnTelegram(siti)
  const page = async (name: string) => (await fetch(`${town.app.url}/${name}`)).text()
  expect(await page('ready')).not.toContain('outreach')
  expect(await page('metrics')).toContain('okoce_restricted_accounts 0')

  town.fake.faults.nack = '463'
  town.clock.advance(HOUR)
  await converse(telegram, [], /Mengingatkan, janji Anda: .*pukul 13\.00 WIB/, PATIENCE)
  town.fake.faults.nack = undefined
  expect(JSON.parse(await page('ready'))).toMatchObject({
    status: 'ready',
    parts: expect.arrayContaining([expect.objectContaining({ name: 'outreach', ok: false })]) as unknown,
  })
  expect(await page('metrics')).toContain('okoce_restricted_accounts 1')

  await remindsOnceMore('13:00', '12:00')
  town.clock.advance(HOUR) // Budi's is due in the same pass
  await until(
    () => telegram.received().filter(({ plain }) => plain.startsWith(REMINDER)).length === 2,
    PATIENCE,
  )
  await ask(budi, 'menu', /\n1\. /)
  expect(reminders(budi)).toHaveLength(0)
  const reminder = hears(budi, /Mengingatkan, janji Anda: .*pukul 14\.00 WIB/)
  town.fake.reachOutLock(undefined)
  await reminder
  expect(await page('ready')).not.toContain('outreach')
  expect(reminders(siti)).toHaveLength(0)
  const sent = { where: { status: 'sent' }, orderBy: { id: 'asc' } } as const
  const tries = async () => (await town.app.store.db.reminder.findMany(sent)).map(({ tries }) => tries)
  // only the first was tried on WhatsApp: a try while it is restricted makes the restriction longer
  await expect.poll(tries).toEqual([2, 1, 1]) // heard before it is noted
})

/** Brings the profile to Telegram by a code; reminders stay on WhatsApp. */
async function linkedOnTelegram(person: Person): Promise<TelegramPerson> {
  await ask(person, 'hubungkan', /Mau apa/)
  const code = /H-\w{6}/.exec(wordsOf(await ask(person, '1', /Kode Anda/)))?.[0] ?? ''
  const telegram = town.telegram.person(1)
  telegram.sends('hubungkan')
  const answers = [
    [/Ketik kode/, code],
    [/dikirim lewat mana/, 'WhatsApp'],
  ] as const
  await converse(telegram, answers, /pengingat dikirim lewat WhatsApp/, PATIENCE)
  return telegram
}

/** Plans a second reminder of somebody's booking. Times of the day. */
async function remindsOnceMore(startsAt: string, dueAt: string): Promise<void> {
  const { db, sealer } = town.app.store
  const today = (time: string) => Date.parse(`2026-11-25T${time}:00+07:00`)
  const booking = await db.booking.findFirstOrThrow({ where: { startsAt: new Date(today(startsAt)) } })
  const { id, residentId } = booking
  const reminder = { kind: 'booking_soon', to: { resident: residentId }, values: { booking: id } } as const
  await db.$transaction(tx =>
    reposFor(tx, sealer).reminders.plan(
      { subject: bookingSubject(id), version: 99 },
      [{ ...reminder, dueAt: today(dueAt) }],
      town.clock.now(),
    ),
  )
}
