import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { openPlayers, type Players } from '../support/players.ts'
import { prepareStaff } from '../support/staff.ts'
import { playScene } from '../support/scenes.ts'
import { neglected } from '../support/steps.ts'
import { readTranscripts, type Rendering } from '../support/transcripts.ts'

const KEBON_JERUK = '31.73.05'
const KEMBANGAN = '31.73.08'
const SERVES = ['cari_kerja', 'mulai_usaha', 'naik_kelas']

/**
 * Plays every transcript of a rendering through the real path and compares it line by line with its file; `npx vitest -u`
 * writes it anew. One file serves both renderings: both channels say the same thing.
 */
export function playTranscripts(channel: Rendering): void {
  let players: Players

  beforeAll(async () => {
    players = await openPlayers()
    await addCoaches(players)
  })
  afterAll(() => players.close())
  // Everybody finds the same places free.
  beforeEach(async () => {
    await players.store.db.waitingListEntry.deleteMany()
    await players.store.db.booking.deleteMany()
    await players.store.db.coachTimeOff.deleteMany()
    await players.store.db.coach.updateMany({ data: { serves: SERVES } })
    await players.store.db.staffChat.deleteMany()
  })

  test.each(readTranscripts().filter(t => t.renderings.includes(channel)))('$name', async transcript => {
    const { name, address, now, script, file, registered, staff, settings } = transcript
    const who = { channel, address, id: `${name} on ${channel}` }
    if (registered) await players.register(registered, { ...who, address: address ?? '1' }, now)
    if (staff) await prepareStaff(players, staff, { ...who, address: address ?? '1' }, now)
    const { facts } = readConfig(settings)
    const player = players.player({ ...who, facts, scene: (scene, at) => playScene(players, scene, at) }, now)
    const played = await player.play(script)
    await player.close()
    if (!updating()) expect(played).toBe(script)
    else if (channel === transcript.renderings[0]) writeFileSync(file, played)
  })

  test('every step of every flow was walked by one of them', async () => {
    const { db } = players.store
    const rows = await db.stepCount.findMany({
      where: { event: 'entered' },
      select: { flow: true, step: true },
    })
    const walked = new Set(rows.map(({ flow, step }) => `${flow}/${step}`))
    expect(neglected(walked)).toEqual([])
  })
}

/** `vitest -u`. Not by file snapshots: both renderings would write the same file at once. */
function updating(): boolean {
  const { snapshotState } = expect.getState() as unknown as { snapshotState?: { _updateSnapshot?: string } }
  return snapshotState?._updateSnapshot === 'all'
}

/**
 * One coach where the transcripts live; other centres have none of their own yet, so *menyusul* is seen too. Lina of
 * Kembangan is in Kebon Jeruk on Thursday mornings.
 */
async function addCoaches(players: Players): Promise<void> {
  const { db } = players.store
  const serves = SERVES
  const createdAt = new Date('2026-11-01')
  // Between equals the first id is taken: it must not be chance.
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  const faran = await db.coach.create({
    data: { id: id(2), name: 'Faran', centreCode: KEBON_JERUK, serves, createdAt },
  })
  const lina = await db.coach.create({
    data: { id: id(1), name: 'Lina', centreCode: KEMBANGAN, serves, createdAt },
  })
  const day = { opens: 8 * 60, closes: 16 * 60 }
  await db.coachHours.createMany({
    data: [
      ...[1, 2, 3, 4, 5].map(weekday => ({ ...day, weekday, coachId: faran.id, centreCode: KEBON_JERUK })),
      ...[1, 2, 3, 5].map(weekday => ({ ...day, weekday, coachId: lina.id, centreCode: KEMBANGAN })),
      { weekday: 4, opens: 8 * 60, closes: 12 * 60, coachId: lina.id, centreCode: KEBON_JERUK },
    ],
  })
}
