import { pathToFileURL } from 'node:url'
import { Command, Option } from 'commander'
import { readConfig, type Config } from '../config.ts'
import type { Db } from '../db/client.ts'
import type { Sealer } from '../db/seal.ts'
import { addCoach, addOperator, invite } from '../db/staff.ts'
import { startLink } from '../domain/links.ts'
import { NEEDS } from '../domain/people.ts'
import { INVITATION_DAYS, LINK_PREFIX, type Role } from '../domain/staff/invitations.ts'
import { withStore } from './withStore.ts'

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
  const title = role === 'coach' ? `Coach ${name}` : `Petugas ${name}`
  const lines = [
    `Undangan untuk ${title}, ${centre ? `OK OCE Center ${centre.name}` : 'semua center'}:`,
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

async function findCentre(db: Db, wanted: string) {
  const equals = { equals: wanted.trim(), mode: 'insensitive' as const }
  const found = await db.centre.findMany({ where: { OR: [{ code: wanted.trim() }, { name: equals }] } })
  return found.length === 1 ? found[0] : undefined
}

interface Options {
  name: string
  centre?: string
  needs?: string
  languages?: string
  bot?: string
}

const list = (words: string | undefined, otherwise: string[]) =>
  words === undefined ? otherwise : words.split(',').map(word => word.trim())

async function run(role: Role, options: Options): Promise<void> {
  const config = readConfig()
  const bot = options.bot ?? (await askName(config))
  await withStore(config, async store => {
    const { text, code } = await inviteCli(store.db, store.sealer, {
      role,
      name: options.name,
      centre: options.centre,
      needs: list(options.needs, [...NEEDS]),
      languages: list(options.languages, ['id']),
      bot,
      now: Date.now(),
    })
    console.log(text)
    process.exitCode = code
  })
}

/** Without Telegram there is a code and no link. */
async function askName({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root }: Config) {
  if (!token) return undefined
  const { botName } = await import('../channels/telegram/name.ts')
  return botName(token, root).catch(() => undefined)
}

async function main(): Promise<void> {
  const program = new Command('npm run people --').description('Invites coaches and operators.')
  const needs = new Option(
    '--needs <list>',
    `which needs they serve, of ${NEEDS.join(',')}; all unless given`,
  )
  const invitation = (role: Role) =>
    program
      .command(`invite-${role}`)
      .description(`creates a ${role} (or finds the one of that name) and prints an invitation`)
      .requiredOption('--name <name>', 'as residents read it')
      .option('--centre <centre>', role === 'coach' ? 'the home centre' : 'only this centre; else every one')
      .option('--bot <name>', 'the name of the bot; without it Telegram is asked, with TELEGRAM_BOT_TOKEN')
      .action((options: Options) => run(role, options))
  invitation('coach').addOption(needs).option('--languages <list>', 'id, en', 'id')
  invitation('operator')
  await program.parseAsync()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
