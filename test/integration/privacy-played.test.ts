import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { statePlace } from '../../src/db/saveTurns.ts'
import { openPlayers, type Players } from '../support/players.ts'

/** What the law asks before consent, held by the conversation as people have it, message by message. */
let players: Players
beforeAll(async () => {
  players = await openPlayers()
})
afterAll(() => players.close())

async function play(id: string, lines: string[], facts?: Record<string, string>): Promise<void> {
  const player = players.player(facts ? { id, facts } : { id })
  for (const line of lines) await player.line(line)
  await player.close()
}

/** Everything of a person that the database holds: rows by table, and whatever of their words is left. */
async function remains(id: string) {
  const { db, sealer } = players.store
  const chat = await db.conversation.findFirstOrThrow({ where: { account: `terminal:${id}` } })
  const where = { conversationId: chat.id }
  return {
    residents: await db.conversationResident.count({ where }),
    consents: await db.consent.count({ where }),
    tickets: await db.ticket.count({ where }),
    requests: await db.privacyRequest.count({ where }),
    timers: await db.timer.count({ where }),
    words: await db.inbound.count({ where: { ...where, payload: { not: null } } }),
    state: chat.state ? sealer.open(statePlace(chat.id), chat.state) : '',
  }
}

const NOTHING = { residents: 0, consents: 0, tickets: 0, requests: 0, timers: 0, words: 0 }
const TO_CONSENT = ['/start poster-kebonjeruk', '[Daftar]', '[Sudah]']

describe('before *Setuju* nothing exists but the address and the messages', () => {
  test('while the consent is being read', async () => {
    await play('reading', TO_CONSENT)
    expect(await remains('reading')).toMatchObject({ residents: 0, consents: 0, tickets: 0, requests: 0 })
    expect(await players.store.db.consentText.count()).toBe(0)
  })

  test.each(['[Tidak setuju]', 'tidak setuju', 'ga setuju kak'])(
    '%s erases the messages at once',
    async no => {
      await play(`no ${no}`, [...TO_CONSENT, no])
      const { state, ...rest } = await remains(`no ${no}`)
      expect(rest).toMatchObject({ ...NOTHING, consents: expect.any(Number), timers: expect.any(Number) })
      expect(await players.store.db.consent.count({ where: { answer: true } })).toBe(0)
      expect(state).not.toContain('poster-kebonjeruk')
    },
  )

  test.each(['belum setuju', 'belum', 'nanti aja', 'ya ampun banyak amat'])(
    '%s is no consent: it is asked again',
    async words => {
      await play(`not yet ${words}`, [...TO_CONSENT, words])
      expect(await remains(`not yet ${words}`)).toMatchObject({ residents: 0, consents: 0 })
    },
  )

  test.each(['[Belum]', 'belum', 'blm kak'])('under 18 by %s: nothing is stored', async answer => {
    await play(`minor ${answer}`, ['/start', '[Daftar]', answer])
    const { state: _, ...rest } = await remains(`minor ${answer}`)
    expect(rest).toMatchObject({ ...NOTHING, timers: expect.any(Number) })
  })
})

test('a NIK of somebody under 18 ends the registration and leaves nothing', async () => {
  const facts = readConfig({ NIK: 'on' }).facts
  const before = await players.store.db.resident.count()
  const road = ['[Setuju]', '[Boleh]', '[Tidak]', '[Ya]', '[Tidak]', 'Siti Aminah', '[Ibu]', '0812 3456 7890']
  await play('young', [...TO_CONSENT, ...road, 'kebon jeruk', '[Duri Kepa]', '3173050112150001'], facts)
  const { state, ...rest } = await remains('young')
  expect(await players.store.db.resident.count()).toBe(before)
  expect(rest).toMatchObject({ residents: 0, words: 0 })
  for (const trace of ['3173050112150001', 'Siti Aminah', '81234567890']) expect(state).not.toContain(trace)
})
