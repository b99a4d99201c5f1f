import type { Db, Tx } from '../../db/client.ts'
import { reposFor } from '../../db/repos.ts'
import type { Sealer } from '../../db/seal.ts'
import type { Repos } from '../../domain/ports.ts'
import { dismissCoach, dismissOperator, type Leaver } from '../../domain/staff/absence.ts'
import type { Role } from '../../domain/staff/invitations.ts'
import { MINUTE } from '../../lib/time.ts'
import { findCentre, titleOf } from './find.ts'

export interface DismissRequest {
  role: Role
  name: string
  /** Name or code of a centre; undefined for an operator of every centre. */
  centre: string | undefined
  dryRun: boolean
  now: number
}

/** Thrown to undo a dry run: what it would have done is known by then. */
class DryRun extends Error {
  constructor(readonly done: string[]) {
    super()
  }
}

/**
 * Ends the work of a coach or operator, all of it or nothing. What staff read is Indonesian.
 * @returns what to print, and the exit code
 */
export async function dismissCli(
  db: Db,
  sealer: Sealer,
  request: DismissRequest,
): Promise<{ text: string; code: 0 | 1 }> {
  const { role, dryRun, now } = request
  try {
    return await db.$transaction(
      async tx => {
        const found = await find(tx, request)
        if (typeof found === 'string') return { text: found, code: 1 }
        const repos = reposFor(tx, sealer)
        const lines = await dismiss(repos, role, found, now)
        const subject = { account: role, address: found.id }
        await repos.audit.append(
          { actor: 'administrator', action: `dismiss_${role}`, subject, detail: '' },
          now,
        )
        if (dryRun) throw new DryRun(lines)
        return { text: lines.join('\n'), code: 0 }
      },
      { timeout: 5 * MINUTE, maxWait: MINUTE },
    )
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
    return { text: ['Percobaan saja, tidak ada yang disimpan.', ...error.done].join('\n'), code: 0 }
  }
}

type Found = Omit<Leaver, 'centreCode'> & { centreCode: string | null; place: string }

/** The one who is meant, or what is wrong. */
async function find(tx: Tx, { role, name, centre }: DismissRequest): Promise<Found | string> {
  const at = centre === undefined ? undefined : await findCentre(tx, centre)
  if (centre !== undefined && !at)
    return `Tidak ada satu center bernama "${centre}". Contoh: --centre "Kebon Jeruk"`
  const named = { name: { equals: name.trim(), mode: 'insensitive' as const }, active: true }
  const query = { where: at ? { ...named, centreCode: at.code } : named, include: { centre: true } }
  const all = role === 'coach' ? await tx.coach.findMany(query) : await tx.operator.findMany(query)
  const one = all.length === 1 || centre !== undefined ? all[0] : all.find(each => each.centreCode === null)
  const title = titleOf(role, name.trim())
  if (all.length === 0) return `${title} tidak ada. Lihat daftarnya: npm run people -- list`
  if (!one) return `Ada beberapa ${title}. Sebutkan centernya, misalnya --centre "Kebon Jeruk"`
  return { ...one, place: one.centre?.name ?? 'semua center' }
}

async function dismiss(repos: Repos, role: Role, who: Found, now: number): Promise<string[]> {
  const { id, name, centreCode, place } = who
  const head = `${titleOf(role, name)} (${place}) tidak bertugas lagi:`
  const chats = '  chat kerjanya berakhir sekarang, dan undangan yang belum dipakai tidak berlaku'
  if (role === 'operator') {
    const given = await dismissOperator(repos, who, now)
    const back = `  ${given} percakapan dikembalikan ke asisten; tiketnya terbuka lagi untuk petugas lain`
    return given === 0 ? [head, chats] : [head, chats, back]
  }
  const { sessions, successors, waiting } = await dismissCoach(
    repos,
    { id, name, centreCode: centreCode ?? '' },
    now,
  )
  const to = [...successors].map(([successor, count]) => `Coach ${successor} ${count}`)
  return [
    head,
    chats,
    `  ${sessions} janji dibatalkan; warganya dikabari dan ditawari coach atau waktu lain`,
    `  peserta pindah: ${to.join(', ') || 'tidak ada'}`,
    ...(waiting === 0
      ? []
      : [`  ${waiting} peserta menunggu coach: belum ada yang melayani kebutuhannya di sana`]),
  ]
}
