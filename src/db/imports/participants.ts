import { route, settleIntake } from '../../domain/intake.ts'
import type { ParticipantRow } from '../../domain/imports/tables.ts'
import { EMPTY_INTAKE, sameName, type Intake } from '../../domain/people.ts'
import { centreOf } from '../../domain/registration.ts'
import { formatPhone } from '../../lib/format.ts'
import type { Tx } from '../client.ts'
import { createProfile, residentPlace } from '../residents.ts'
import type { Sealer } from '../seal.ts'
import type { Done } from './done.ts'

/**
 * People who took part before this assistant. They are linked to no chat and have consented to nothing here: who writes,
 * consents, and shares the number as their own takes the profile over (`claim_own`). The same name, number and kelurahan
 * is the same person, so that an import can be repeated.
 */
export async function importParticipants(
  tx: Tx,
  sealer: Sealer,
  rows: readonly ParticipantRow[],
  now: number,
): Promise<Done> {
  const done: Done = { added: 0, changed: 0, kept: 0 }
  for (const row of rows) {
    if (await isKnown(tx, sealer, row)) {
      done.kept++
      continue
    }
    const intake = intakeOf(row)
    const { id } = await createProfile(
      tx,
      sealer,
      {
        name: row.nama,
        formOfAddress: row.sapaan ?? 'Kak',
        phone: row.hp ?? null,
        nik: null,
        kelurahan: row.kelurahan,
        centreCode: centreOf(row.kelurahan),
        coachId: null,
        nextStep: route(intake).step,
        reminders: false,
        language: 'id',
        intake,
        source: 'impor',
        sandbox: false,
      },
      now,
    )
    if (row.tahap !== undefined) await tx.resident.update({ where: { id }, data: { stage: row.tahap } })
    done.added++
  }
  return done
}

async function isKnown(tx: Tx, sealer: Sealer, row: ParticipantRow): Promise<boolean> {
  const same = await tx.resident.findMany({
    where: {
      kelurahan: row.kelurahan,
      phoneDigest: row.hp === undefined ? null : sealer.digest('phone', row.hp),
      sandbox: false,
    },
    select: { id: true, name: true },
  })
  return same.some(one => sameName(sealer.open(residentPlace(one.id, 'name'), one.name), row.nama))
}

function intakeOf({ kebutuhan = [] }: ParticipantRow): Intake {
  const has = (need: (typeof kebutuhan)[number]) => kebutuhan.includes(need)
  return settleIntake({
    ...EMPTY_INTAKE,
    wantsJob: has('cari_kerja'),
    wantsStart: has('mulai_usaha'),
    wantsGrow: has('naik_kelas'),
    primaryNeed: kebutuhan[0] ?? null,
  })
}

/** Real people whose consent stands; numbers are written as people here write them. */
export async function exportParticipants(tx: Tx, sealer: Sealer): Promise<Record<string, string>[]> {
  const rows = await tx.resident.findMany({
    where: { sandbox: false, restrictedAt: null },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { intake: true },
  })
  return rows.map(row => ({
    nama: sealer.open(residentPlace(row.id, 'name'), row.name),
    sapaan: row.formOfAddress,
    hp: row.phone ? formatPhone(sealer.open(residentPlace(row.id, 'phone'), row.phone)) : '',
    kelurahan: row.kelurahan,
    kebutuhan: [
      ...(row.intake?.wantsJob ? ['cari_kerja'] : []),
      ...(row.intake?.wantsStart ? ['mulai_usaha'] : []),
      ...(row.intake?.wantsGrow ? ['naik_kelas'] : []),
    ].join('; '),
    tahap: row.stage,
  }))
}
