import type { Db } from '../../db/client.ts'
import type { Sealer } from '../../db/seal.ts'
import { addCoach, addOperator, invite } from '../../db/staff.ts'
import { startLink } from '../../domain/links.ts'
import { NEEDS } from '../../domain/people.ts'
import { INVITATION_DAYS, LINK_PREFIX, type Role } from '../../domain/staff/invitations.ts'
import { findCentre, titleOf } from './find.ts'

export interface InviteRequest {
  role: Role
  name: string
  /** Name or code of a centre; undefined for an operator of every centre. */
  centre: string | undefined
  /** Of a coach. */
  needs: string[]
  languages: string[]
  /** The bot's name; undefined prints no link. */
  bot: string | undefined
  now: number
}

/**
 * Creates a coach or operator, or finds the one of that name and centre, and invites them. What staff read is Indonesian.
 * @returns what to print, and the exit code; the code is shown here once and kept nowhere
 */
export async function inviteCli(
  db: Db,
  sealer: Sealer,
  request: InviteRequest,
): Promise<{ text: string; code: 0 | 1 }> {
  const wrong = problemOf(request)
  if (wrong) return { text: wrong, code: 1 }
  const centre = request.centre === undefined ? undefined : await findCentre(db, request.centre)
  if (request.centre !== undefined && !centre)
    return {
      text: `Tidak ada satu center bernama "${request.centre}". Contoh: --centre "Kebon Jeruk"`,
      code: 1,
    }
  const { role, now } = request
  const name = request.name.trim()
  const code = await db.$transaction(async tx => {
    const staffId =
      role === 'coach'
        ? await addCoach(tx, { ...request, name, centreCode: centre?.code ?? '' }, now)
        : await addOperator(tx, { name, centreCode: centre?.code ?? null }, now)
    return invite(tx, sealer, { role, staffId }, now)
  })
  const lines = [
    `Undangan untuk ${titleOf(role, name)}, ${centre ? `OK OCE Center ${centre.name}` : 'semua center'}:`,
    ...(request.bot === undefined ? [] : [`  ${startLink(request.bot, `${LINK_PREFIX[role]}-${code}`)}`]),
    `  Kode: ${code}  (di chat mana pun dengan asisten: ketik "undangan", lalu kodenya)`,
    `Sekali pakai, berlaku ${INVITATION_DAYS} hari. Kirim hanya kepada orangnya; kode ini tidak disimpan.`,
  ]
  return { text: lines.join('\n'), code: 0 }
}

function problemOf({ role, name, centre, needs, languages }: InviteRequest): string | undefined {
  if (name.trim() === '' || name.length > 60) return 'Nama: 1 sampai 60 huruf. Contoh: --name "Faran"'
  if (role === 'coach' && centre === undefined) return 'Coach perlu center. Contoh: --centre "Kebon Jeruk"'
  const need = needs.find(each => !(NEEDS as readonly string[]).includes(each))
  if (need !== undefined) return `"${need}" bukan kebutuhan. Pilihannya: ${NEEDS.join(', ')}`
  const language = languages.find(each => each !== 'id' && each !== 'en')
  return language === undefined ? undefined : `"${language}" bukan bahasa. Pilihannya: id, en`
}
