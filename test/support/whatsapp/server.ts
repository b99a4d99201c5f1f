import { Curve, jidDecode, WA_CERT_DETAILS } from '@whiskeysockets/baileys'
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { systemClock, type Clock } from '../../../src/lib/time.ts'
import { Client, type ClientHost, type Faults } from './client.ts'
import type { LinkedDevice } from './device.ts'
import { MediaHost } from './media.ts'
import { makeCertChain, NoiseResponder } from './noise.ts'
import { codePairing, link, pairDevice, type Applicant } from './pairing.ts'
import { Person } from './person.ts'
import { Wire } from './wire.ts'

interface Events {
  login: [LinkedDevice]
  /** A client asked for a code to type into this phone. */
  'code-asked': [string]
  'code-finished': [Buffer]
  undecryptable: [string, unknown]
  fault: [unknown]
}

/**
 * A WhatsApp of our own: WebSocket, Noise, Signal, media; enough for the real, unpatched client. It proves the client, our
 * adapter, its memory and its reconnects. It does not prove bans, real limits, or what phones draw.
 */
export class FakeWhatsApp extends EventEmitter<Events> implements ClientHost {
  readonly #root = Curve.generateKeyPair()
  readonly #key = Curve.generateKeyPair()
  readonly #chain = makeCertChain(this.#root, this.#key.public)
  readonly #people = new Map<string, Person>()
  readonly #wires = new Set<Wire>()
  readonly #applicants = new Map<string, Applicant>()
  #devices: LinkedDevice[] = []
  #server: WebSocketServer | undefined
  #nextId = 1
  readonly media = new MediaHost()
  readonly faults: Faults = {}
  /** What all phones show. */
  clock: Clock = systemClock
  /** How long the network takes before a message is confirmed. */
  latencyMs = 15
  /** The owner's own phone gets a copy of everything the client sends; off, to measure the client alone. */
  phoneHears = true
  logins = 0
  /** How often the client sent each message. */
  readonly sends = new Map<string, number>()

  static async start(port = 0): Promise<FakeWhatsApp> {
    const fake = new FakeWhatsApp()
    await fake.media.start()
    const server = new WebSocketServer({ host: '127.0.0.1', port })
    server.on('connection', socket => fake.#welcome(socket))
    await new Promise<void>(resolve => server.once('listening', resolve))
    fake.#server = server
    return fake
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server?.address() as AddressInfo).port}/ws/chat`
  }

  /** Baileys exports its trust anchor as a plain mutable object: no patch of node_modules is needed. @returns the way back */
  trust(): () => void {
    const before = WA_CERT_DETAILS.PUBLIC_KEY
    Object.assign(WA_CERT_DETAILS, { PUBLIC_KEY: this.trustAnchor })
    return () => void Object.assign(WA_CERT_DETAILS, { PUBLIC_KEY: before })
  }

  get trustAnchor(): Buffer {
    return Buffer.from(this.#root.public)
  }

  async stop(): Promise<void> {
    for (const wire of this.#wires) wire.cut()
    await this.media.stop()
    await new Promise<void>(resolve => (this.#server ? this.#server.close(() => resolve()) : resolve()))
  }

  // ── The scenario ───────────────────────────────────────────────────────────────────────────────────────────────

  person(phone: string, name: string): Person {
    const person = new Person(this, phone, `9${phone.slice(-11).padStart(14, '0')}`, name)
    this.#people.set(person.phone, person).set(person.lidUser, person)
    return person
  }

  /** `owner` scans the QR code that the client shows. */
  scan(qr: string, owner: Person): void {
    const [ref = '', , , secret = ''] = qr.split('#').at(-1)?.split(',') ?? []
    const applicant = this.#applicants.get(ref)
    if (!applicant) throw new Error('this QR code is not of this server, or too old')
    this.#link(applicant, owner, Buffer.from(secret, 'base64'))
  }

  /** `owner` types the code that the client shows. */
  async enterCode(code: string, owner: Person): Promise<void> {
    const applicant = [...this.#applicants.values()].find(one => one.wrapped)
    if (!applicant?.wrapped) throw new Error('no client has asked for a code')
    const { hello, secret } = await codePairing(code, applicant.wrapped, owner, this.#id())
    const finished = new Promise<Buffer>(resolve => this.once('code-finished', resolve))
    applicant.wire.send(hello)
    this.#link(applicant, owner, secret(await finished))
  }

  /** The client under test: the one that was linked last. */
  device(): LinkedDevice {
    const device = this.#devices.at(-1)
    if (!device) throw new Error('no client is linked')
    return device
  }

  /** Throws the client out as WhatsApp does; after 401 the device is no longer linked. */
  streamError(code: number, reason = 'conflict', device = this.device()): void {
    if (code === 401) this.unlink(device)
    const content = [{ tag: reason, attrs: {} }]
    device.wire?.send({ tag: 'stream:error', attrs: { code: String(code) }, content })
    device.wire?.close()
  }

  /** The network goes away: nobody says good-bye. */
  cut(): void {
    this.device().wire?.cut()
  }

  /** WhatsApp restricts new chats of this account, until the time given (epoch seconds), or no longer. */
  reachOutLock(until: number | undefined): void {
    const payload = until
      ? { is_active: true, time_enforcement_ends: String(until), enforcement_type: 'DEFAULT' }
      : { is_active: false }
    const content = Buffer.from(JSON.stringify({ data: { xwa2_notify_account_reachout_timelock: payload } }))
    const update = { tag: 'update', attrs: { op_name: 'NotificationUserReachoutTimelockUpdate' }, content }
    const attrs = {
      id: this.#id(),
      type: 'mex',
      from: 's.whatsapp.net',
      t: String(Math.floor(this.clock.now() / 1000)),
    }
    this.device().deliver({ tag: 'notification', attrs, content: [update] })
  }

  // ── What connected clients call ────────────────────────────────────────────────────────────────────────────────

  get devices(): readonly LinkedDevice[] {
    return this.#devices
  }

  get mediaHost(): string {
    return this.media.host
  }

  find(jid: string): Person | undefined {
    return this.#people.get(jidDecode(jid)?.user ?? '')
  }

  devicesOf(person: Person): LinkedDevice[] {
    return this.#devices.filter(device => device.owner === person)
  }

  apply(applicant: Applicant): void {
    const refs = Array.from({ length: 6 }, () => randomBytes(12).toString('base64'))
    for (const ref of refs) this.#applicants.set(ref, applicant)
    applicant.wire.send(pairDevice(this.#id(), refs))
  }

  loggedIn(device: LinkedDevice, wire: Wire): void {
    if (device.wire && device.wire !== wire) this.streamError(440, 'conflict', device)
    device.wire = wire
    this.logins++
    this.emit('login', device)
  }

  unlink(device: LinkedDevice): void {
    this.#devices = this.#devices.filter(one => one !== device)
  }

  codeAsked(phone: string): void {
    this.emit('code-asked', phone)
  }

  codeFinished(bundle: Buffer): void {
    this.emit('code-finished', bundle)
  }

  undecryptable(jid: string, error: unknown): void {
    this.emit('undecryptable', jid, error)
  }

  counts(id: string): void {
    this.sends.set(id, (this.sends.get(id) ?? 0) + 1)
  }

  #id(): string {
    return String(this.#nextId++)
  }

  #link(applicant: Applicant, owner: Person, advSecret: Uint8Array): void {
    const number = this.devicesOf(owner).length + 1
    const { device, stanza } = link(applicant, owner, { number, advSecret, id: this.#id() })
    this.#devices.push(device)
    applicant.wire.send(stanza)
  }

  #welcome(socket: WebSocket): void {
    const wire = new Wire(socket, new NoiseResponder(this.#key, this.#chain))
    const client = new Client(this, wire)
    this.#wires.add(wire)
    wire.listen({
      login: payload => client.logsIn(payload),
      node: node => client.hears(node),
      closed: () => {
        this.#wires.delete(wire)
        if (client.device?.wire === wire) client.device.wire = undefined
      },
      error: error => void this.emit('fault', error),
    })
  }
}
