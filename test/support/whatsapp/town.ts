import { startApp, type App } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { createLog } from '../../../src/lib/log.ts'
import { systemClock } from '../../../src/lib/time.ts'
import type { WhatsAppChannel } from '../../../src/channels/whatsapp/index.ts'
import type { Person } from './person.ts'
import { until } from './scene.ts'
import { FakeWhatsApp } from './server.ts'

/** The whole assistant on a real database, and a fake WhatsApp full of people; phones outlive assistants. */
export class Town {
  #app: App | undefined
  #people = 0

  private constructor(
    readonly fake: FakeWhatsApp,
    private readonly owner: Person,
    private readonly untrust: () => void,
    private readonly url: string,
    private readonly haste: number,
  ) {}

  static async open(databaseUrl: string, haste = 1000): Promise<Town> {
    const fake = await FakeWhatsApp.start()
    return new Town(fake, fake.person('628111000111', 'OK OCE'), fake.trust(), databaseUrl, haste)
  }

  get app(): App {
    if (!this.#app) throw new Error('the assistant is not running')
    return this.#app
  }

  get channel(): WhatsAppChannel {
    return this.app.channels.find(channel => channel.name === 'whatsapp') as WhatsAppChannel
  }

  someone(name = 'Siti'): Person {
    return this.fake.person(`62855${String(10_000_000 + ++this.#people)}`, name)
  }

  /** Starts the assistant, and pairs it when it asks for that. */
  async start(): Promise<void> {
    const { fetchAgent, options } = this.fake.media.route()
    const config = readConfig({
      DATABASE_URL: this.url,
      SECRET_KEY: 'a key for tests only, of 32 characters',
      WHATSAPP: 'on',
      PORT: '0',
    })
    this.#app = await startApp(config, {
      clock: systemClock,
      log: createLog('silent'),
      whatsApp: { endpoint: { url: this.fake.url, fetchAgent, options }, haste: this.haste },
    })
    let scanned: string | undefined
    await until(() => {
      const state = this.channel.pairing.state()
      if (state.status === 'needs_pairing' && state.qr !== undefined && state.qr !== scanned) {
        scanned = state.qr
        this.fake.scan(scanned, this.owner)
      }
      return state.status === 'open'
    }, 40_000)
  }

  async stopAssistant(): Promise<void> {
    await this.#app?.stop()
    this.#app = undefined
  }

  async close(): Promise<void> {
    await this.stopAssistant()
    this.untrust()
    await this.fake.stop()
  }
}
