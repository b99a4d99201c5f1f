import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { whatsAppCli } from '../../src/cli/whatsapp.ts'
import { describeAccount } from '../../src/cli/whatsapp/pair.ts'
import { readConfig } from '../../src/config.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { createLog } from '../../src/lib/log.ts'
import { HOUR, systemClock } from '../../src/lib/time.ts'
import { openWhatsApp, WHATSAPP_ACCOUNT } from '../../src/whatsapp.ts'
import { createBoard } from '../../src/db/whatsapp/state.ts'
import { NOW } from '../support/people.ts'
import { testDatabase } from '../support/postgres.ts'
import type { Person } from '../support/whatsapp/person.ts'
import { FakeWhatsApp } from '../support/whatsapp/server.ts'

/** The commands of an operator, on a real database and the real client. */
vi.setConfig({ testTimeout: 120_000 })

let fake: FakeWhatsApp
let owner: Person
let untrust: () => void
beforeAll(async () => {
  fake = await FakeWhatsApp.start()
  owner = fake.person('628111000111', 'OK OCE')
  untrust = fake.trust()
})
afterAll(async () => {
  untrust()
  await fake.stop()
})

let store: Store
beforeEach(async () => {
  const { url } = await testDatabase()
  const secretKey = 'a key for tests only, of 32 characters'
  store = await openStore({ databaseUrl: url, dataDir: 'unused', secretKey })
})
afterEach(() => store.stop())

const config = readConfig({})
const board = () => createBoard(store.db, store.sealer, WHATSAPP_ACCOUNT)
function account() {
  const { fetchAgent, options } = fake.media.route()
  return { store, config, elsewhere: { endpoint: { url: fake.url, fetchAgent, options }, haste: 100 } }
}

/** Runs a command, with the hands of an operator who reads what is printed. */
async function run(
  command: Parameters<typeof whatsAppCli>[0],
  hands: { hear?: (text: string) => void } = {},
) {
  const printed: string[] = []
  const end = new AbortController()
  const limit = setTimeout(() => end.abort(), 100_000)
  const print = (text: string) => {
    printed.push(text)
    hands.hear?.(text)
  }
  try {
    const terminal = { print, end: end.signal }
    const code = await whatsAppCli(command, account(), terminal)
    return { code, text: printed.join('\n') }
  } finally {
    clearTimeout(limit)
  }
}

/** Scans the code that is drawn in the terminal. */
async function scans(text: string): Promise<void> {
  if (!/[█▀▄]{8}/.test(text)) return
  const shown = await board().read()
  if (shown?.state.status === 'needs_pairing' && shown.state.qr) fake.scan(shown.state.qr, owner)
}

function types(text: string): void {
  const code = /Code: (\w{4})-(\w{4})/.exec(text)
  if (code) void fake.enterCode(`${code[1]}${code[2]}`, owner)
}

describe('npm run whatsapp', () => {
  it('says how the account is doing', async () => {
    expect((await run({ name: 'state' })).text).toContain('never started')
    await board().write({ status: 'banned', since: NOW })
    const { text } = await run({ name: 'state' })
    expect(text).toContain('WhatsApp has banned this number.')
    expect(text).toContain('No process is connected now')
    const locked = { state: { status: 'open', since: NOW }, live: true, lockedUntil: NOW + HOUR } as const
    expect(describeAccount(locked, NOW)).toContain('restricts chats that we start until')
    expect(describeAccount(locked, NOW + HOUR)).not.toContain('restricts')
  })

  it('pairs by a QR code in the terminal while no assistant runs, and gives the account back', async () => {
    const { code, text } = await run({ name: 'pair' }, { hear: text => void scans(text) })
    expect(code).toBe(0)
    expect(text).toMatch(/[█▀▄]{8}/)
    expect(text).toContain('Connected.\nNumber: 0811-1000-111')
    expect(await board().read()).toMatchObject({ live: false, state: { status: 'open' } })
  })

  it('pairs through the assistant that runs in another process, and unlinks the phone again', async () => {
    const { channel, stop } = openWhatsApp(config, {
      ...{ store, clock: systemClock, log: createLog('silent') },
      elsewhere: account().elsewhere,
    })
    await channel.start(() => Promise.resolve())
    try {
      await expect.poll(async () => (await board().read())?.live).toBe(true)
      expect(await run({ name: 'pair' }, { hear: text => void scans(text) })).toMatchObject({ code: 0 })
      expect(channel.pairing.state().status).toBe('open')
      expect(await run({ name: 'unpair' })).toMatchObject({ code: 0 })
      await expect.poll(() => channel.pairing.state().status).toBe('needs_pairing')
    } finally {
      await stop()
      await channel.stop()
      await channel.close()
    }
  })

  it('shows an eight-letter code for a number as people write it, and refuses what is none', async () => {
    const { code, text } = await run({ name: 'code', phone: '0811 1000 111' }, { hear: types })
    expect(text).toMatch(/Code: [A-Z0-9]{4}-[A-Z0-9]{4}/)
    expect(code).toBe(0)
    expect(await run({ name: 'code', phone: '021' })).toMatchObject({
      code: 1,
      text: expect.stringContaining('0812-3456-7890'),
    })
  })
})
