import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig, type Config } from '../config.ts'
import { openStore } from '../db/open.ts'
import { LinkError, posterSource, startLink } from '../domain/links.ts'
import { posterPage, qrText, type Link } from './links/posters.ts'

export interface LinksRequest {
  bot: string
  /** A link for this campaign instead of those of the centres. */
  campaign?: string | undefined
  /** Only centres with these words in their name. */
  centre?: string | undefined
  /** Draws each code in the terminal. */
  qr?: boolean | undefined
}

interface CentreName {
  name: string
  kota: string
}

/** The links that were asked for. @throws LinkError */
export function linksFor(centres: readonly CentreName[], { bot, campaign, centre }: LinksRequest): Link[] {
  if (campaign !== undefined) return [{ title: campaign, place: '', url: startLink(bot, campaign) }]
  const wanted = (centre ?? '').toLowerCase()
  const found = centres.filter(({ name }) => name.toLowerCase().includes(wanted))
  if (found.length === 0) throw new LinkError(`no centre is called "${centre}"`)
  return found.map(({ name, kota }) => ({
    title: name,
    place: kota,
    url: startLink(bot, posterSource(name)),
  }))
}

/** @returns what to print: a line for each link, with its code where that was asked for. */
export async function printLinks(links: readonly Link[], qr: boolean): Promise<string> {
  const width = Math.max(...links.map(({ title }) => title.length)) + 2
  const blocks = await Promise.all(
    links.map(async ({ title, url }) => {
      const line = `${title.padEnd(width)}${url}`
      return qr ? `${line}\n\n${await qrText(url)}` : line
    }),
  )
  return blocks.join('\n')
}

async function main(): Promise<void> {
  const program = new Command('npm run links --')
    .description('Links that open the assistant on Telegram, one for the poster of each centre.')
    .option('--bot <name>', 'the name of the bot; without it Telegram is asked, with TELEGRAM_BOT_TOKEN')
    .option('--campaign <word>', 'one link for a campaign, such as pasar-minggu-1')
    .option('--centre <name>', 'only this centre')
    .option('--qr', 'draws the codes in the terminal')
    .option('--posters <file.html>', 'writes a page to print for each link')
    .parse()
  const options = program.opts<Omit<LinksRequest, 'bot'> & { bot?: string; posters?: string }>()
  const config = readConfig()
  try {
    const bot = options.bot ?? (await askName(config))
    const links = linksFor(options.campaign === undefined ? await centreNames(config) : [], {
      ...options,
      bot,
    })
    if (options.posters !== undefined) await writeFile(options.posters, await posterPage(links))
    console.log(await printLinks(links, options.qr ?? false))
    if (options.posters !== undefined)
      console.log(`\n${options.posters}: open it in a browser and print it; ${links.length} A4 pages.`)
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    program.error(error.message)
  }
}

async function askName({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root }: Config): Promise<string> {
  if (!token)
    throw new LinkError('Which bot? Say --bot NAME, or set TELEGRAM_BOT_TOKEN so that Telegram can be asked.')
  const { botName } = await import('../channels/telegram/name.ts')
  return botName(token, root).catch(() => {
    throw new LinkError('Telegram did not tell the name of the bot. Try again, or say --bot NAME.')
  })
}

async function centreNames(config: Config): Promise<CentreName[]> {
  const store = await openStore({
    databaseUrl: config.DATABASE_URL,
    dataDir: config.DATA_DIR,
    secretKey: config.SECRET_KEY,
  })
  try {
    return await store.db.centre.findMany({ orderBy: { code: 'asc' }, select: { name: true, kota: true } })
  } finally {
    await store.stop()
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
