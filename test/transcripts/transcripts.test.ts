import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPlayers, type Players } from '../support/players.ts'
import { readTranscripts, RENDERINGS } from '../support/transcripts.ts'

/**
 * Plays every transcript through the real path and compares it line by line with its file; `npx vitest -u` writes it anew.
 * One file serves both renderings: both channels say the same thing.
 */
const transcripts = readTranscripts()
let players: Players

beforeAll(async () => {
  players = await openPlayers()
  await addCoaches()
})
afterAll(() => players.close())

describe.each(RENDERINGS)('on %s', channel => {
  test.each(transcripts.filter(t => t.renderings.includes(channel)))('$name', async transcript => {
    const { name, address, now, script, file, registered } = transcript
    const who = { channel, address, id: `${name} on ${channel}` }
    if (registered) await players.register(registered, { ...who, address: address ?? '1' }, now)
    const player = players.player(who, now)
    const played = await player.play(script)
    await player.close()
    if (!updating()) expect(played).toBe(script)
    else if (channel === transcript.renderings[0]) writeFileSync(file, played)
  })
})

/** `vitest -u`. Not by file snapshots: both renderings would write the same file at once. */
function updating(): boolean {
  const { snapshotState } = expect.getState() as unknown as { snapshotState?: { _updateSnapshot?: string } }
  return snapshotState?._updateSnapshot === 'all'
}

/** One coach where the transcripts live; other centres have none yet, so *menyusul* is seen too. */
async function addCoaches(): Promise<void> {
  const serves = ['cari_kerja', 'mulai_usaha', 'naik_kelas']
  await players.store.db.coach.create({
    data: { name: 'Faran', centreCode: '31.73.05', serves, createdAt: new Date('2026-11-01') },
  })
}
