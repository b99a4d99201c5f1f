import { WA_CERT_DETAILS } from '@whiskeysockets/baileys'
import { startApp } from '../../../src/app.ts'
import type { WhatsAppChannel } from '../../../src/channels/whatsapp/index.ts'
import { readConfig } from '../../../src/config.ts'
import { createLog } from '../../../src/lib/log.ts'
import { systemClock } from '../../../src/lib/time.ts'
import { mediaRoute } from './media.ts'

/** The assistant in a process of its own, towards a fake WhatsApp elsewhere (see process.ts). */
export interface EntryOptions {
  url: string
  mediaPort: number
  /** Base64 of the fake's trust anchor. */
  trust: string
  databaseUrl: string
  haste: number
  logLevel?: string
}

const options = JSON.parse(process.argv[2] ?? '{}') as EntryOptions
Object.assign(WA_CERT_DETAILS, { PUBLIC_KEY: Buffer.from(options.trust, 'base64') })
const config = readConfig({
  DATABASE_URL: options.databaseUrl,
  SECRET_KEY: 'a key for tests only, of 32 characters',
  WHATSAPP: 'on',
  PORT: '0',
})
const app = await startApp(config, {
  clock: systemClock,
  log: createLog(options.logLevel ?? 'warn'),
  whatsApp: {
    endpoint: { url: options.url, ...mediaRoute(options.mediaPort) },
    haste: options.haste,
  },
})
const channel = app.channels.find(({ name }) => name === 'whatsapp') as WhatsAppChannel
const tell = () =>
  process.send?.({ state: channel.pairing.state(), rss: process.memoryUsage().rss, cpu: process.cpuUsage() })
setInterval(tell, 100)
process.on('message', () => void app.stop().then(() => process.exit(0)))
process.on('disconnect', () => process.exit(1))
