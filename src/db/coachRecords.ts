import type { CoachRecordEntry, CoachRecords } from '../domain/staff/ports.ts'
import type { Tx } from './client.ts'
import type { Sealer } from './seal.ts'

/** Bound to the resident: ids are only known after the insert. */
const notePlace = (residentId: string) => `coach_records:${residentId}:text`

/** What coaches noted about participants. */
export const coachRecordsFor = (tx: Tx, sealer: Sealer): CoachRecords => ({
  async add({ residentId, coachId, entry }, at) {
    const text = entry.kind === 'note' ? sealer.seal(notePlace(residentId), entry.text) : null
    const stage = entry.kind === 'stage' ? entry.stage : null
    const jobs = entry.kind === 'jobs' ? entry.jobs : null
    await tx.coachRecord.create({
      data: { residentId, coachId, kind: entry.kind, text, stage, jobs, at: new Date(at) },
    })
    if (stage !== null)
      await tx.resident.update({ where: { id: residentId }, data: { stage, updatedAt: new Date(at) } })
  },
  async of(residentId) {
    const rows = await tx.coachRecord.findMany({
      where: { residentId },
      orderBy: { id: 'desc' },
      include: { coach: true },
    })
    return rows.map(row => ({
      coach: row.coach.name,
      at: row.at.getTime(),
      entry: entryOf(row.kind, {
        text: row.text === null ? '' : sealer.open(notePlace(residentId), row.text),
        stage: row.stage ?? '',
        jobs: row.jobs ?? 0,
      }),
    }))
  },
})

const entryOf = (kind: string, of: { text: string; stage: string; jobs: number }): CoachRecordEntry =>
  kind === 'note'
    ? { kind, text: of.text }
    : kind === 'stage'
      ? { kind, stage: of.stage }
      : { kind: 'jobs', jobs: of.jobs }
