import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { Player } from '../../src/cli/chat/player.ts'
import { understand } from '../../src/cli/understand.ts'
import { readConfig } from '../../src/config.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { readUnread } from '../../src/db/unread.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { testDatabase } from '../support/postgres.ts'
import { Readable } from 'node:stream'

/** Learning from use: what is not understood is kept masked, of people who consented, and of nobody else. */
let store: Store
beforeAll(async () => {
  const { url } = await testDatabase()
  store = await openStore({
    databaseUrl: url,
    dataDir: '/nonexistent',
    secretKey: 'a key for tests only, of 32 characters',
  })
})
beforeEach(() => store.db.unreadText.deleteMany())
afterAll(() => store.stop())

/** Plays lines as somebody real: the terminal's people are sandbox, whose words are never kept. */
async function play(id: string, lines: string[], sandbox = false): Promise<void> {
  const player = new Player({
    ...{ store, id, flows: loadFlows('flows', callSpecs), facts: readConfig({}).facts, channel: 'whatsapp' },
    log: createLog('silent'),
    clock: new FixedClock(Date.parse('2026-11-25T10:00+07:00')),
  })
  for (const line of lines) await player.line(line)
  await store.db.conversation.updateMany({ where: { account: `terminal:${id}` }, data: { sandbox } })
  await player.close()
}

const TO_CONSENT = ['halo', '[Daftar]', '[Sudah]']
const NAMED = 'Zubaidah dari Rawasari bilang usaha nomor 081234567890 qwertyu'

describe('texts that were not understood', () => {
  test('before consent leave nothing', async () => {
    await play('before', [...TO_CONSENT, NAMED])
    expect(await readUnread(store.db)).toEqual([])
  })

  test('after consent leave only words of our own lexicons, with step and count', async () => {
    const first = [...TO_CONSENT, '[Setuju]', NAMED, NAMED]
    await play('after', first)
    const rows = await readUnread(store.db)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ step: expect.stringMatching(/^\w+\/\w+$/), count: 2 })
    expect(rows[0]?.text).toContain('▢')
    expect(rows[0]?.text).toContain('usaha')
    expect(JSON.stringify(rows)).not.toMatch(/Zubaidah|qwertyu|0812/i)

    const lines: string[] = []
    const io = { input: Readable.from([]), write: (line: string) => void lines.push(line), now: () => 0 }
    expect(await understand(['--report'], { ...io, unread: () => readUnread(store.db) })).toBe(0)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^ +2 {2}\w+\/\w+ +.*▢/)
  })

  test('of a sandbox are not kept', async () => {
    await play('sandbox', [...TO_CONSENT, '[Setuju]', NAMED], true)
    expect(await readUnread(store.db)).toEqual([])
  })
})
