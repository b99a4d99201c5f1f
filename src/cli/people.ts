import { pathToFileURL } from 'node:url'
import { Command, Option } from 'commander'
import { readConfig, type Config } from '../config.ts'
import type { Store } from '../db/open.ts'
import { NEEDS } from '../domain/people.ts'
import type { Role } from '../domain/staff/invitations.ts'
import { dismissCli } from './people/dismiss.ts'
import { inviteCli } from './people/invite.ts'
import { listCli } from './people/list.ts'
import { withStore } from './withStore.ts'

interface Options {
  name: string
  centre?: string
  needs?: string
  languages?: string
  bot?: string
  dryRun?: boolean
}

const list = (words: string | undefined, otherwise: string[]) =>
  words === undefined ? otherwise : words.split(',').map(word => word.trim())

interface Printed {
  text: string
  code: 0 | 1
}

async function run(config: Config, work: (store: Store) => Promise<Printed>): Promise<void> {
  const { text, code } = await withStore(config, work)
  console.log(text)
  process.exitCode = code
}

async function invite(role: Role, options: Options): Promise<void> {
  const config = readConfig()
  const bot = options.bot ?? (await askName(config))
  await run(config, ({ db, sealer }) =>
    inviteCli(db, sealer, {
      role,
      name: options.name,
      centre: options.centre,
      needs: list(options.needs, [...NEEDS]),
      languages: list(options.languages, ['id']),
      bot,
      now: Date.now(),
    }),
  )
}

const dismiss = (role: Role, { name, centre, dryRun = false }: Options) =>
  run(readConfig(), ({ db, sealer }) =>
    dismissCli(db, sealer, { role, name, centre, dryRun, now: Date.now() }),
  )

/** Without Telegram there is a code and no link. */
async function askName({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root }: Config) {
  if (!token) return undefined
  const { botName } = await import('../channels/telegram/name.ts')
  return botName(token, root).catch(() => undefined)
}

async function main(): Promise<void> {
  const program = new Command('npm run people --').description(
    'Invites coaches and operators, and ends their work.',
  )
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
      .action((options: Options) => invite(role, options))
  const dismissal = (role: Role) =>
    program
      .command(`dismiss-${role}`)
      .description(`ends the work of a ${role} at once: no chat is theirs any more`)
      .requiredOption('--name <name>', 'as it was invited')
      .option('--centre <centre>', 'where several have that name')
      .option('--dry-run', 'says what would happen and changes nothing')
      .action((options: Options) => dismiss(role, options))
  invitation('coach').addOption(needs).option('--languages <list>', 'id, en', 'id')
  invitation('operator')
  dismissal('coach')
  dismissal('operator')
  program
    .command('list')
    .description('who works here')
    .action(() => run(readConfig(), async ({ db }) => ({ text: await listCli(db), code: 0 })))
  await program.parseAsync()
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
