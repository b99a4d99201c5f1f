import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { Player } from '../../src/cli/chat/player.ts'
import { readConfig } from '../../src/config.ts'
import { openStore, type Store } from '../../src/db/open.ts'
import { createLog } from '../../src/lib/log.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { testDatabase } from '../support/postgres.ts'
import { readTranscripts, RENDERINGS } from '../support/transcripts.ts'

/**
 * Plays every transcript through the real path and compares it line by line with its file; `npx vitest -u` writes it anew.
 * One file serves both renderings: both channels say the same thing.
 */
const transcripts = readTranscripts()
const flows = loadFlows('flows', callSpecs)
let store: Store

beforeAll(async () => {
  const { url } = await testDatabase()
  store = await openStore({
    databaseUrl: url,
    dataDir: '/nonexistent',
    secretKey: 'transcripts need no secret, only a key',
  })
  await addCoaches()
})
afterAll(() => store.stop())

describe.each(RENDERINGS)('on %s', channel => {
  test.each(transcripts.filter(t => t.renderings.includes(channel)))('$name', async transcript => {
    const player = new Player({
      ...{ store, flows, channel, facts: readConfig({}).facts },
      log: createLog('silent'),
      clock: new FixedClock(transcript.now),
      id: `${transcript.name} on ${channel}`,
    })
    const played = await player.play(transcript.script)
    await player.close()
    if (!updating()) expect(played).toBe(transcript.script)
    else if (channel === transcript.renderings[0]) writeFileSync(transcript.file, played)
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
  await store.db.coach.create({
    data: { name: 'Faran', centreCode: '31.73.05', serves, createdAt: new Date('2026-11-01') },
  })
}
