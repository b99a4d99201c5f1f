import type { Received } from '../../../src/channels/channel.ts'
import { WhatsAppChannel, type WhatsAppOptions } from '../../../src/channels/whatsapp/index.ts'
import { createLog } from '../../../src/lib/log.ts'
import { systemClock } from '../../../src/lib/time.ts'
import { MemoryPorts } from './memory-ports.ts'
import type { Person } from './person.ts'
import { FakeWhatsApp } from './server.ts'

export const ACCOUNT = 'whatsapp:main'

/** A fake WhatsApp, the owner of the number, and what the assistant remembers. Phones outlive assistants. */
export class Scene {
  readonly ports = new MemoryPorts()
  readonly heard: Received[] = []
  readonly faults: unknown[] = []
  readonly #channels: WhatsAppChannel[] = []
  #people = 0

  private constructor(
    readonly fake: FakeWhatsApp,
    readonly owner: Person,
    private readonly untrust: () => void,
  ) {
    fake.on('fault', fault => this.faults.push(fault))
  }

  static async open(): Promise<Scene> {
    const fake = await FakeWhatsApp.start()
    return new Scene(fake, fake.person('628111000111', 'Nomor OK OCE'), fake.trust())
  }

  someone(name = 'Siti'): Person {
    return this.fake.person(`62855${String(10_000_000 + ++this.#people)}`, name)
  }

  channel(changes: Partial<WhatsAppOptions> = {}): WhatsAppChannel {
    const { fetchAgent, options } = this.fake.media.route()
    const channel = new WhatsAppChannel({
      account: ACCOUNT,
      ports: this.ports,
      clock: systemClock,
      log: createLog('silent'),
      endpoint: { url: this.fake.url, fetchAgent, options },
      chance: () => 0.5,
      haste: 100,
      ...changes,
    })
    this.#channels.push(channel)
    return channel
  }

  /** Starts it, and pairs it when it asks for that. */
  async start(
    channel: WhatsAppChannel,
    accept: (batch: Received[]) => Promise<void> = async batch => void this.heard.push(...batch),
  ): Promise<WhatsAppChannel> {
    await channel.start(accept)
    await this.paired(channel)
    return channel
  }

  /** Resolves when it is connected; the owner scans what it shows. */
  async paired(channel: WhatsAppChannel): Promise<void> {
    let scanned: string | undefined
    await until(() => {
      const state = channel.pairing.state()
      if (state.status === 'needs_pairing' && state.qr !== undefined && state.qr !== scanned) {
        scanned = state.qr
        this.fake.scan(scanned, this.owner)
      }
      return state.status === 'open'
    })
  }

  async close(): Promise<void> {
    for (const channel of this.#channels) {
      await channel.stop()
      await channel.close()
    }
    this.untrust()
    await this.fake.stop()
    if (this.faults.length > 0) throw new AggregateError(this.faults, 'the fake WhatsApp did not understand')
  }
}

/** Looks again and again until there is something. @throws Error when there is nothing after `ms` */
export async function until<T>(look: () => T | undefined | false, ms = 30_000): Promise<T> {
  for (const end = Date.now() + ms; ; await new Promise(resolve => setTimeout(resolve, 10))) {
    const found = look()
    if (found) return found
    if (Date.now() > end) throw new Error(`waited in vain for ${look.toString()}`)
  }
}

/** The words of a message: text or caption. */
export const wordsOf = ({ message }: Person['received'][number]): string =>
  message.extendedTextMessage?.text ??
  message.documentMessage?.caption ??
  message.imageMessage?.caption ??
  message.conversation ??
  ''
