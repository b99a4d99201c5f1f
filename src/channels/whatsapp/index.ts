import { randomUUID } from 'node:crypto'
import type { Log } from '../../lib/log.ts'
import { SECOND, type Clock } from '../../lib/time.ts'
import type { Say } from '../../engine/types.ts'
import type { Channel, ChannelState, OutboundFile, Received, SendOutcome, Sending } from '../channel.ts'
import { Account } from './account.ts'
import { Acks } from './acks.ts'
import { Intake } from './intake.ts'
import { faster, Pace, PACE, type PaceRules } from './pace.ts'
import type { AccountState, PairingDesk, WhatsAppPorts } from './ports.ts'
import { Sender } from './send.ts'
import type { Endpoint } from './session.ts'

export { PairingError } from './account.ts'
export type { Endpoint } from './session.ts'

export interface WhatsAppOptions {
  /** e.g. `whatsapp:main` */
  account: string
  ports: WhatsAppPorts
  clock: Clock
  log: Log
  pace?: PaceRules
  endpoint?: Endpoint
  /** 0 ≤ chance < 1 */
  chance?: () => number
  /** Pauses and pace so many times faster, for tests and measurements. */
  haste?: number
}

const STUBS_EVERY = 30 * SECOND

/**
 * WhatsApp through Baileys, a linked device of an ordinary phone. Only the process that holds the account's lease is
 * connected; the outbox owns retries, the door owns what was heard.
 */
export class WhatsAppChannel implements Channel {
  readonly name = 'whatsapp'
  readonly account: string
  /** What we start goes at the platform's pace from the outbox on. */
  readonly perSecond: number
  readonly pairing: PairingDesk
  readonly #account: Account
  readonly #acks: Acks
  readonly #sender: Sender
  #intake: Intake | undefined
  #stubs: NodeJS.Timeout | undefined
  #started = false

  constructor(private readonly options: WhatsAppOptions) {
    const { account, ports, clock, log, endpoint, chance = Math.random, haste = 1 } = options
    this.account = account
    const rules = faster(options.pace ?? PACE, haste)
    this.perSecond = rules.startsPerMinute / 60
    this.#acks = new Acks({ sent: ports.sent, now: () => clock.now() })
    const common = { ports, acks: this.#acks, endpoint, clock, log, chance, haste }
    this.#account = new Account({ ...common, messages: messages => this.#intake?.hear(messages) })
    this.#sender = new Sender({ ...common, account, pace: new Pace(rules), connection: this.#account })
    this.pairing = this.#account
  }

  state(): ChannelState {
    if (this.#account.quiet) return { status: 'stopped', reason: 'stopped' }
    return this.#started ? channelState(this.#account.state()) : { status: 'starting' }
  }

  /** Only the connected process can send: elsewhere rows wait for it, untouched. */
  canSend(): boolean {
    return this.#account.socket() !== undefined
  }

  async start(accept: (batch: Received[]) => Promise<void>): Promise<void> {
    const { account, clock, log, ports } = this.options
    const intake = new Intake({ account, identities: ports.identities, accept, clock, log })
    this.#intake = intake
    this.#stubs = setInterval(() => intake.giveUpStubs(), STUBS_EVERY)
    this.#started = true
    this.#account.start()
  }

  async stop(): Promise<void> {
    clearInterval(this.#stubs)
    await this.#account.hush()
    await this.#intake?.stop()
  }

  async close(): Promise<void> {
    await this.#account.stop()
    await this.#acks.flush()
  }

  send(address: string, say: Say, file?: OutboundFile, sending?: Sending): Promise<SendOutcome> {
    const which = sending ?? { outbound: randomUUID(), purpose: 'reply' }
    return this.#sender.send({ address, say, file, sending: which })
  }
}

function channelState(account: AccountState): ChannelState {
  const { since } = account
  switch (account.status) {
    case 'waiting':
      return { status: 'standby' }
    case 'connecting':
      return account.reason === undefined
        ? { status: 'starting' }
        : { status: 'trouble', since, reason: account.reason }
    case 'open':
      return { status: 'connected', since }
    case 'needs_pairing':
      return { status: 'trouble', since, reason: 'needs pairing' }
    case 'taken_over':
      return { status: 'trouble', since, reason: 'taken over by another program' }
    case 'banned':
      return { status: 'trouble', since, reason: 'this number is banned' }
    case 'outdated':
      return { status: 'trouble', since, reason: 'this version of the client is refused' }
    case 'stopped':
      return { status: 'stopped', reason: 'stopped' }
  }
}
