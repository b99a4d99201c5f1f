import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig, type Config } from '../config.ts'
import { LinkError, posterSource, startLink, waLink } from '../domain/links.ts'
import { readPhone } from '../understand/index.ts'
import { posterPage, qrText, type Link } from './links/posters.ts'
import { boardOf } from './whatsapp/account.ts'
import { withStore } from './withStore.ts'

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
  if (campaign !== undefined)
    return [{ title: campaign, place: '', url: startLink(bot, campaign), app: 'Telegram' }]
  return centresNamed(centres, centre).map(({ name, kota }) => ({
    title: name,
    place: kota,
    url: startLink(bot, posterSource(name)),
    app: 'Telegram',
  }))
}

function centresNamed(centres: readonly CentreName[], centre = ''): CentreName[] {
  const found = centres.filter(({ name }) => name.toLowerCase().includes(centre.toLowerCase()))
  if (found.length === 0) throw new LinkError(`no centre is called "${centre}"`)
  return found
}

/**
 * One link for the WhatsApp number, and with centres a poster for each of them: WhatsApp tells no source, so all lead to the
 * same chat. @throws LinkError
 */
export function whatsAppLinks(phone: string, centres: readonly CentreName[] = []): Link[] {
  const link = { url: waLink(phone), app: 'WhatsApp' } as const
  return [
    { ...link, title: 'WhatsApp', place: '' },
    ...centres.map(({ name, kota }) => ({ ...link, title: name, place: kota })),
  ]
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
    .description(
      'Links that open the assistant on Telegram, one for the poster of each centre, and on WhatsApp.',
    )
    .option('--bot <name>', 'the name of the bot; without it Telegram is asked, with TELEGRAM_BOT_TOKEN')
    .option(
      '--whatsapp [number]',
      'links and posters of the WhatsApp number; without it of the one that is linked',
    )
    .option('--campaign <word>', 'one link for a campaign, such as pasar-minggu-1')
    .option('--centre <name>', 'only this centre')
    .option('--qr', 'draws the codes in the terminal')
    .option('--posters <file.html>', 'writes a page to print for each link')
    .parse()
  const options = program.opts<Options>()
  try {
    const links = await linksAsked(readConfig(), options)
    if (options.posters !== undefined) await writeFile(options.posters, await posterPage(links))
    console.log(await printLinks(links, options.qr ?? false))
    if (options.posters !== undefined)
      console.log(`\n${options.posters}: open it in a browser and print it; ${links.length} A4 pages.`)
  } catch (error) {
    if (!(error instanceof LinkError)) throw error
    program.error(error.message)
  }
}

type Options = Omit<LinksRequest, 'bot'> & { bot?: string; posters?: string; whatsapp?: string | true }

/** With a bot or its token those of Telegram, and those of the WhatsApp number where one is linked or named. */
async function linksAsked(config: Config, options: Options): Promise<Link[]> {
  const { centres, linked } = await stored(config)
  const phone = numberOf(options.whatsapp, linked)
  const only = options.whatsapp !== undefined && options.bot === undefined && !config.TELEGRAM_BOT_TOKEN
  const whatsApp = phone === undefined || options.campaign !== undefined ? [] : whatsAppLinks(phone)
  if (only) return whatsAppLinks(phone ?? '', centresNamed(centres, options.centre))
  // without a bot and its token, a linked number is what there is to print
  if (options.bot === undefined && !config.TELEGRAM_BOT_TOKEN && whatsApp.length > 0) return whatsApp
  const bot = options.bot ?? (await askName(config))
  return [...linksFor(centres, { ...options, bot }), ...whatsApp]
}

/** @throws LinkError when the number that was named cannot be read, or none is linked where one is asked for */
function numberOf(asked: string | true | undefined, linked: string | undefined): string | undefined {
  if (typeof asked === 'string') {
    const read = readPhone(asked)
    if (read.kind === 'value') return read.value
    throw new LinkError(`"${asked}" is no mobile number; expected one such as 0812-3456-7890`)
  }
  if (asked && linked === undefined)
    throw new LinkError(
      'No WhatsApp number is linked yet: npm run whatsapp -- pair, or say --whatsapp NUMBER.',
    )
  return linked
}

async function askName({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: root }: Config): Promise<string> {
  if (!token)
    throw new LinkError('Which bot? Say --bot NAME, or set TELEGRAM_BOT_TOKEN so that Telegram can be asked.')
  const { botName } = await import('../channels/telegram/name.ts')
  return botName(token, root).catch(() => {
    throw new LinkError('Telegram did not tell the name of the bot. Try again, or say --bot NAME.')
  })
}

async function stored(config: Config): Promise<{ centres: CentreName[]; linked: string | undefined }> {
  return withStore(config, async store => {
    const select = { name: true, kota: true } as const
    const centres = await store.db.centre.findMany({ orderBy: { code: 'asc' }, select })
    const state = (await boardOf(store).read())?.state
    return { centres, linked: state?.status === 'open' ? state.phone : undefined }
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
