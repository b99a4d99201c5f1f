import { startApp, type App } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { createLog } from '../../../src/lib/log.ts'
import type { WhatsAppChannel } from '../../../src/channels/whatsapp/index.ts'
import { addCoach, KEBON_JERUK } from '../people.ts'
import type { MovableClock } from '../telegram/clock.ts'
import { FakeBotApi } from '../telegram/fake.ts'
import type { Person } from './person.ts'
import { until } from './scene.ts'
import { FakeWhatsApp } from './server.ts'

/** A Wednesday morning: what may be sent at which hour is not left to when the tests run. */
const MORNING = Date.parse('2026-11-25T10:00:00+07:00')
const HASTE = 1000

/**
 * The whole assistant on a real database, and a fake WhatsApp and a fake Telegram full of people; phones outlive
 * assistants, and all clocks show the same.
 */
export class Town {
  #app: App | undefined
  #people = 0

  private constructor(
    readonly fake: FakeWhatsApp,
    readonly telegram: FakeBotApi,
    private readonly owner: Person,
    private readonly undo: (() => unknown)[],
    private readonly env: Record<string, string>,
  ) {}

  static async open(databaseUrl: string): Promise<Town> {
    const fake = await FakeWhatsApp.start()
    const telegram = new FakeBotApi({ startsAt: MORNING, token: '123456:TEST-of-the-town' })
    fake.clock = telegram.clock
    const { url } = await telegram.start()
    const undo = [fake.trust(), () => fake.stop(), () => telegram.stop()]
    return new Town(fake, telegram, fake.person('628111000111', 'OK OCE'), undo, {
      DATABASE_URL: databaseUrl,
      SECRET_KEY: 'a key for tests only, of 32 characters',
      WHATSAPP: 'on',
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: url,
      PORT: '0',
    })
  }

  get app(): App {
    if (!this.#app) throw new Error('the assistant is not running')
    return this.#app
  }

  /** `advance` moves it for the assistant and for all phones. */
  get clock(): MovableClock {
    return this.telegram.clock
  }

  get channel(): WhatsAppChannel {
    return this.app.channels.find(channel => channel.name === 'whatsapp') as WhatsAppChannel
  }

  someone(name = 'Siti'): Person {
    return this.fake.person(`62855${String(10_000_000 + ++this.#people)}`, name)
  }

  /** The coach to whom residents of Kebon Jeruk come, on workdays from eight to four. */
  async addCoach(name = 'Faran'): Promise<void> {
    const { db } = this.app.store
    const { id: coachId } = await addCoach(db, name, ['cari_kerja', 'mulai_usaha', 'naik_kelas'])
    const day = { coachId, centreCode: KEBON_JERUK, opens: 8 * 60, closes: 16 * 60 }
    await db.coachHours.createMany({ data: [1, 2, 3, 4, 5].map(weekday => ({ ...day, weekday })) })
  }

  /** Starts the assistant, and pairs it when it asks for that. */
  async start(): Promise<void> {
    const { fetchAgent, options } = this.fake.media.route()
    this.#app = await startApp(readConfig(this.env), {
      clock: this.clock,
      log: createLog('silent'),
      whatsApp: { endpoint: { url: this.fake.url, fetchAgent, options }, haste: HASTE },
    })
    let scanned: string | undefined
    await until(() => {
      const state = this.channel.pairing.state()
      if (state.status === 'needs_pairing' && state.qr !== undefined && state.qr !== scanned) {
        scanned = state.qr
        this.fake.scan(scanned, this.owner)
      }
      return state.status === 'open'
    }, 60_000)
  }

  async stopAssistant(): Promise<void> {
    await this.#app?.stop()
    this.#app = undefined
  }

  async close(): Promise<void> {
    await this.stopAssistant()
    for (const each of this.undo) await each()
  }
}
