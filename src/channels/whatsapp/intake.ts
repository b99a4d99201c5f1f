import type { WAMessage } from '@whiskeysockets/baileys'
import { errorForLog, type Log } from '../../lib/log.ts'
import { DAY, MINUTE, SECOND, sleep, type Clock } from '../../lib/time.ts'
import type { Received } from '../channel.ts'
import { isGroup, person } from './jids.ts'
import type { Identities } from './ports.ts'
import { readMessage, type Heard } from './read.ts'

interface Deps {
  account: string
  identities: Pick<Identities, 'addressOf'>
  accept: (batch: Received[]) => Promise<void>
  clock: Clock
  log: Log
}

/** Messages stored in one transaction. */
const BATCH = 100
const LONGEST_PAUSE = 5 * SECOND
/** Old messages come one after the other; stored together, they are answered together. */
const OLD = DAY
const GATHER_MS = SECOND
/** After that nobody sends the content of an undecryptable message any more. */
const STUB_PATIENCE = 2 * MINUTE

/**
 * From the socket into the door, in order. WhatsApp was told "received" before we hear of a message and will not send it
 * again, so storing is tried until it works; only the end of the process loses what waits here.
 */
export class Intake {
  #waiting: Heard[] = []
  #working: Promise<void> | undefined
  readonly #hurry = new AbortController()
  readonly #stubs = new Map<string, { heard: Heard; since: number }>()

  constructor(private readonly deps: Deps) {}

  hear(messages: readonly WAMessage[]): void {
    for (const message of messages) {
      const heard = readMessage(message, this.deps.clock.now())
      if (heard) this.#add(heard)
      else this.#mind(message)
    }
    this.#working ??= this.#work()
  }

  /** Says of what stayed undecryptable that it could not be read. To be called now and then. */
  giveUpStubs(): void {
    const now = this.deps.clock.now()
    for (const { heard, since } of [...this.#stubs.values()])
      if (now - since >= STUB_PATIENCE) this.#add(heard)
    this.#working ??= this.#work()
  }

  /** Resolves when nothing waits; a last try is made of what could not be stored. */
  async stop(): Promise<void> {
    this.#hurry.abort()
    await this.#working
    if (this.#waiting.length > 0)
      this.deps.log.error({ lost: this.#waiting.length }, 'messages could not be stored before the end')
  }

  #add(heard: Heard): void {
    this.#stubs.delete(heard.externalId)
    this.#waiting.push(heard)
  }

  /** A stub: the content follows under the same id. If it never does, the person must not wait for an answer in vain. */
  #mind(message: WAMessage): void {
    if (message.message || message.messageStubType !== CIPHERTEXT) return
    const unread = readMessage({ ...message, message: { conversation: '-' } }, this.deps.clock.now())
    if (!unread || isGroup(unread.jid)) return
    const heard: Heard = { ...unread, incoming: { kind: 'unreadable' } }
    this.#stubs.set(heard.externalId, { heard, since: this.deps.clock.now() })
  }

  async #work(): Promise<void> {
    await Promise.resolve() // so that `#working` is set before it is cleared
    for (let pause = 50; this.#waiting.length > 0;) {
      const old = this.deps.clock.now() - OLD
      if (this.#waiting.some(({ sentAt }) => sentAt < old)) await sleep(GATHER_MS, this.#hurry.signal)
      const batch = this.#waiting.slice(0, BATCH)
      try {
        await this.deps.accept(await Promise.all(batch.map(heard => this.#received(heard))))
        this.#waiting.splice(0, batch.length)
        pause = 50
      } catch (error) {
        const waiting = this.#waiting.length
        this.deps.log.warn({ ...errorForLog(error), waiting }, 'storing messages failed; trying again')
        if (this.#hurry.signal.aborted) break
        await sleep(pause, this.#hurry.signal)
        pause = Math.min(2 * pause, LONGEST_PAUSE)
      }
    }
    this.#working = undefined
  }

  async #received({ jid, alt, ...heard }: Heard): Promise<Received> {
    const { account, identities } = this.deps
    const address = isGroup(jid) ? person(jid) : await identities.addressOf(jid, alt, heard.sentAt)
    return { account, channel: 'whatsapp', address, ...heard }
  }
}

/** Of WebMessageInfo.StubType. */
const CIPHERTEXT = 2
