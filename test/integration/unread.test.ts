import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { understand } from '../../src/cli/understand.ts'
import { readUnread } from '../../src/db/unread.ts'
import { openPlayers, type Players } from '../support/players.ts'

/** Learning from use: what is not understood is kept masked, of people who consented, and of nobody else. */
let players: Players
beforeAll(async () => {
  players = await openPlayers()
})
beforeEach(() => players.store.db.unreadText.deleteMany())
afterAll(() => players.close())

const unread = () => readUnread(players.store.db)

/** Plays lines as somebody real: the terminal's people are sandbox, whose words are never kept. */
async function play(id: string, lines: string[], sandbox = false): Promise<void> {
  const player = players.player({ id, channel: 'whatsapp' })
  for (const line of lines) await player.line(line)
  const where = { account: `terminal:${id}` }
  await players.store.db.conversation.updateMany({ where, data: { sandbox } })
  await player.close()
}

const TO_CONSENT = ['halo', '[Daftar]', '[Sudah]']
const TO_CAPITAL = [
  ...[...TO_CONSENT, '[Setuju]', '[Boleh]', '[Tidak]', '[Ya]', '[Tidak]', 'Siti Aminah', '[Ibu]'],
  ...['0812 3456 7890', 'kebon jeruk', '[Duri Kepa]', '[Makanan dan minuman]', '[Sudah]'],
]
const NAMED = 'Zubaidah dari Rawasari bilang usaha besok 081234567890 qwertyu'

describe('texts that were not understood', () => {
  test('before consent leave nothing', async () => {
    await play('before', [...TO_CONSENT, NAMED])
    expect(await unread()).toEqual([])
  })

  test('after consent leave only words of our own lexicons, with step and count', async () => {
    await play('after', [...TO_CONSENT, '[Setuju]', NAMED, NAMED])
    const rows = await unread()
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ step: expect.stringMatching(/^\w+\/\w+$/), count: 2 })
    expect(rows[0]?.text).toContain('▢')
    expect(rows[0]?.text).toContain('usaha')
    expect(JSON.stringify(rows)).not.toMatch(/Zubaidah|qwertyu|0812/i)

    const lines: string[] = []
    const io = { input: Readable.from([]), write: (line: string) => void lines.push(line), now: () => 0 }
    expect(await understand(['--report'], { ...io, unread })).toBe(0)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^ +2 {2}\w+\/\w+ +.*▢/)
  })

  test('of a sensitive question are not kept, however masked', async () => {
    await play('capital', [...TO_CAPITAL, 'lima puluh ikan besok usaha'])
    expect(await unread()).toEqual([])
  })

  test('of a sandbox are not kept', async () => {
    await play('sandbox', [...TO_CONSENT, '[Setuju]', NAMED], true)
    expect(await unread()).toEqual([])
  })
})
