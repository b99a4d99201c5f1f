import { AssistantProcess } from '../../test/support/whatsapp/process.ts'
import type { Person } from '../../test/support/whatsapp/person.ts'
import type { FakeWhatsApp } from '../../test/support/whatsapp/server.ts'
import { round } from '../support/machine.ts'

/** How much faster than life: the pace that is meant for WhatsApp would make a measurement a matter of hours. */
export const HASTE = 2000
const LOOK_EVERY_MS = 200

/** The assistant under measurement, in a process of its own, also across a restart. */
export class Assistant {
  readonly #owner: Person
  #process: AssistantProcess | undefined
  #watching: NodeJS.Timeout | undefined
  /** The most memory that was seen, MB. */
  peakMb = 0

  constructor(
    private readonly fake: FakeWhatsApp,
    private readonly databaseUrl: string,
  ) {
    this.#owner = fake.person('628111000111', 'OK OCE')
  }

  /** Resident memory now, MB. */
  get mb(): number {
    return round((this.#process?.told?.rss ?? 0) / 2 ** 20)
  }

  /** CPU time since its start. */
  get cpuMs(): number {
    const { user = 0, system = 0 } = this.#process?.told?.cpu ?? {}
    return (user + system) / 1000
  }

  /** Resolves when it is connected; it is paired where it asks for that. */
  async start(): Promise<void> {
    this.#process = new AssistantProcess(this.fake, { databaseUrl: this.databaseUrl, haste: HASTE })
    await this.#process.paired(this.fake, this.#owner)
    this.#watching = setInterval(() => {
      this.peakMb = Math.max(this.peakMb, this.mb)
    }, LOOK_EVERY_MS)
  }

  /** As an operator does it. */
  async stop(): Promise<void> {
    clearInterval(this.#watching)
    await this.#process?.stop()
    this.#process = undefined
  }
}
