import type { CacheStore, WASocket, WAVersion } from '@whiskeysockets/baileys'
import { errorForLog } from '../../lib/log.ts'
import { atMost, MINUTE, SECOND, sleep } from '../../lib/time.ts'
import { openAuth } from './auth.ts'
import { loadBaileys, type Baileys } from './baileys.ts'
import { startOf, step, type Connection, type ConnectionEvent, type Then } from './connection.ts'
import { converse, type ConverseDeps, type Ended, type Live } from './converse.ts'
import { Locks } from './locks.ts'
import type { AccountState, HeldLease, PairingDesk } from './ports.ts'
import { RetryCounts } from './retries.ts'
import { newestVersion } from './version.ts'

export interface AccountDeps extends ConverseDeps {
  /** 0 ≤ chance < 1 */
  chance: () => number
}

/** Pairing was asked of an account that cannot do it now. The message is for operators. */
export class PairingError extends Error {
  override readonly name = 'PairingError'
}

const END_MS = 5 * SECOND
/** So long an operator waits at most; it is done as soon as it can be. */
const FORGET_MS = 10 * SECOND

/** The account's life: waits for the lease, connects, does what the table of codes says, again and again. */
export class Account implements PairingDesk {
  #connection: Connection
  #live: Live | undefined
  #running: Promise<void> | undefined
  #version: WAVersion | undefined
  /** An operator asked for it: the next connection begins without a credential. Called when that is gone. */
  #forget: (() => void) | undefined
  /** Wakes an account that has stopped trying. */
  #wake = () => {}
  /** Nothing is heard any more; what is on its way out may still go. */
  #quiet = false
  readonly #stop = new AbortController()
  readonly #retries: CacheStore = new RetryCounts()
  readonly locks = new Locks()

  constructor(private readonly deps: AccountDeps) {
    this.#connection = startOf(deps.clock.now())
  }

  state(): AccountState {
    return this.#connection.account
  }

  get quiet(): boolean {
    return this.#quiet
  }

  /** The open connection. */
  socket(): WASocket | undefined {
    return this.state().status === 'open' ? this.#live?.socket : undefined
  }

  sent(): void {
    this.#live?.sent()
  }

  start(): void {
    this.#running = this.#run()
  }

  /** Takes nothing more from WhatsApp, which keeps it for the next start. */
  async hush(): Promise<void> {
    this.#quiet = true
    await this.#live?.stopHearing()
  }

  async stop(): Promise<void> {
    this.#quiet = true
    this.#stop.abort()
    await this.#running
    this.#move({ type: 'stopped' })
  }

  /** @throws PairingError */
  async requestCode(phone: string): Promise<string> {
    const account = this.state()
    // before the first QR code the client is not ready, and asking ends the connection with 428
    if (account.status !== 'needs_pairing' || account.qr === undefined || !this.#live)
      throw new PairingError(
        'A code can be asked for while the account waits to be paired and shows a QR code.',
      )
    return this.#live.socket.requestPairingCode(phone)
  }

  async unpair(): Promise<void> {
    const forgotten = new Promise<void>(resolve => (this.#forget = resolve))
    const open = this.socket()
    if (open) await open.logout().catch(() => {})
    await this.#live?.socket.end(undefined)
    this.#wake()
    await atMost(FORGET_MS, forgotten)
  }

  async #run(): Promise<void> {
    const baileys = await loadBaileys()
    while (!this.#stop.signal.aborted) {
      this.#move({ type: 'waits' })
      const held = await this.deps.ports.lease.acquire(this.#stop.signal)
      if (!held) return
      const then = await this.#own(baileys, held).finally(() => held.release())
      if (this.#quiet) return
      if (then.kind === 'release') await this.#sleep(then.afterMs, this.#stop.signal)
    }
  }

  /** Connects until the account must be given up. */
  async #own(baileys: Baileys, held: HeldLease): Promise<Then> {
    const lost = new AbortController()
    void held.lost.then(() => lost.abort())
    const end = AbortSignal.any([this.#stop.signal, lost.signal])
    while (!end.aborted && !this.#quiet) {
      this.#move({ type: 'connects' })
      const ended = await this.#connect(baileys, end)
      this.deps.acks.lose()
      if (ended === 'asked') break
      const before = this.state().status
      const then = this.#move({ type: 'closed', code: ended.code })
      this.#tell(ended.code, then, before)
      if (then.kind === 'halt') await this.#unpaired(end)
      if (then.kind === 'release') return then
      if (then.kind !== 'connect') continue
      if (then.newVersion) this.#version = await newestVersion(baileys)
      if (then.wipe) await this.#wipe(end)
      await this.#sleep(then.afterMs, end)
    }
    return { kind: 'nothing' }
  }

  /** Banned: the account is kept, so that no other process tries it either, until an operator has it forgotten. */
  async #unpaired(end: AbortSignal): Promise<void> {
    const woken = new Promise<void>(resolve => (this.#wake = resolve))
    if (this.#forget) return
    const ended = new Promise<void>(resolve => end.addEventListener('abort', () => resolve(), { once: true }))
    if (!end.aborted) await Promise.race([woken, ended])
  }

  async #connect(baileys: Baileys, end: AbortSignal): Promise<Ended> {
    if (this.#forget) await this.#wipe(end)
    const auth = await openAuth(baileys, this.deps.ports.auth).catch((error: unknown) => {
      this.deps.log.warn(errorForLog(error), 'the credential could not be read')
      return undefined
    })
    if (end.aborted) return 'asked'
    if (!auth) return { code: undefined }
    try {
      return await converse(this.deps, {
        ...{ baileys, auth, end, retries: this.#retries, locks: this.locks, version: this.#version },
        begun: live => (this.#live = live),
        qr: qr => void this.#move({ type: 'qr', qr }),
        opened: phone => void this.#move({ type: 'opened', ...(phone ? { phone } : {}) }),
      })
    } finally {
      this.#live = undefined
      await atMost(END_MS, auth.settled())
    }
  }

  /** Half a credential can neither connect nor be paired: wiped whole, however long the database is away. */
  async #wipe(end: AbortSignal): Promise<void> {
    let wiped = false
    while (!wiped && !end.aborted) {
      wiped = await this.deps.ports.auth.wipe().then(
        () => true,
        () => false,
      )
      if (!wiped) await sleep(SECOND, end)
    }
    if (!wiped) return
    this.#forget?.()
    this.#forget = undefined
  }

  #move(event: ConnectionEvent): Then {
    const before = this.#connection.account
    const [next, then] = step(this.#connection, event, this.deps.clock.now(), this.deps.chance())
    this.#connection = next
    if (next.account !== before) this.deps.ports.health.changed(next.account)
    return then
  }

  /** An alarm for each time that it comes to this: a QR code that nobody scanned, and pairing itself, are none. */
  #tell(code: number | undefined, then: Then, before: AccountState['status']): void {
    const { status } = this.state()
    const said = { channel: 'whatsapp', code, status, next: then.kind }
    const alarm = status === before ? undefined : ALARMS[status]
    if (alarm) this.deps.log.error(said, alarm)
    else this.deps.log.info(said, 'the connection ended')
  }

  #sleep(ms: number, signal: AbortSignal): Promise<void> {
    return sleep(Math.min(ms / this.deps.haste, 10 * MINUTE), signal)
  }
}

const ALARMS: Partial<Record<AccountState['status'], string>> = {
  needs_pairing: 'WhatsApp must be paired: no device is linked any more',
  banned: 'WhatsApp has banned this number; the assistant stops using it',
  taken_over: 'another program uses this WhatsApp credential; waiting before trying again',
  outdated: 'WhatsApp refuses this version of the client; asking for the newest',
}
