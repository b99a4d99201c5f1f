import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { createPageKeys } from '../db/whatsapp/pageKeys.ts'
import type { AccountBoard } from '../db/whatsapp/state.ts'
import { boardOf, withAccount, type AccountOptions } from './whatsapp/account.ts'
import { describeAccount, pairByCode, pairByQr, unpair, type Terminal } from './whatsapp/pair.ts'
import { withStore } from './withStore.ts'

/** What `npm run whatsapp` does, whether or not the assistant runs in another process. @returns the exit code */
export async function whatsAppCli(
  command: { name: 'state' | 'pair' | 'unpair' | 'link' } | { name: 'code'; phone: string },
  account: AccountOptions,
  terminal: Terminal,
): Promise<0 | 1> {
  const owned = (work: (board: AccountBoard) => Promise<0 | 1>) => withAccount(account, work)
  switch (command.name) {
    case 'state':
      terminal.print(describeAccount(await boardOf(account.store).read(), Date.now()))
      return 0
    case 'link':
      terminal.print(await pageLink(account))
      return 0
    case 'pair':
      return owned(board => pairByQr(board, terminal))
    case 'code':
      return owned(board => pairByCode(board, command.phone, terminal))
    case 'unpair':
      return owned(board => unpair(board, terminal))
  }
}

/** The token stands after the #, which browsers send to no server, so that no log ever holds it. */
async function pageLink({ store, config }: AccountOptions): Promise<string> {
  const token = await createPageKeys(store.db, store.sealer).makeLink(Date.now())
  const base = (config.PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`).replace(/\/$/, '')
  return `${base}/whatsapp#${token}\nOpens the page once, within 15 minutes. The assistant must run with WHATSAPP=on.`
}

type Asked = Parameters<typeof whatsAppCli>[0]

async function main(): Promise<void> {
  const asked: { command: Asked } = { command: { name: 'state' } }
  const program = new Command('npm run whatsapp --')
    .description('Shows how the WhatsApp account is doing, and links a phone to it.')
    .action(() => {})
  const choose = (command: Asked) => void (asked.command = command)
  program
    .command('pair')
    .description('links a phone by a QR code drawn here')
    .action(() => choose({ name: 'pair' }))
  program
    .command('code <number...>')
    .description('links the phone with this number by a code of eight letters')
    .action((parts: string[]) => choose({ name: 'code', phone: parts.join(' ') }))
  program
    .command('link')
    .description('prints a link that opens the page /whatsapp once')
    .action(() => choose({ name: 'link' }))
  program
    .command('unpair')
    .description('forgets the linked phone; people and chats stay')
    .action(() => choose({ name: 'unpair' }))
  program.parse()
  const config = readConfig()
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  const terminal = { print: (text: string) => console.log(text), end: stop.signal }
  process.exitCode = await withStore(config, store => whatsAppCli(asked.command, { store, config }, terminal))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
