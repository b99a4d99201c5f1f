import {
  aesEncryptGCM,
  encodeBigEndian,
  getBinaryNodeChild,
  hmacSign,
  prepareWAMessageMedia,
  proto,
  sha256,
  type AnyMediaMessageContent,
  type BinaryNode,
} from '@whiskeysockets/baileys'
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { pino } from 'pino'
import type { Clock } from '../../../src/lib/time.ts'
import type { LinkedDevice } from './device.ts'
import type { MediaHost } from './media.ts'
import { Phone } from './phone.ts'

/** What the assistant sent, as this phone decrypted it. */
export interface Heard {
  id: string
  message: proto.IMessage
  /** The jid it was addressed to. */
  chat: string
}

export interface SendOptions {
  id?: string
  /** The client is not told now; it finds the message at its next login. */
  offline?: boolean
  /** Epoch seconds. */
  at?: number
  addressing?: 'lid' | 'pn'
  /** The server leaves the other identity out, as it does for people with usernames. */
  withoutAlt?: boolean
  to?: LinkedDevice
  /** The ciphertext arrives damaged. */
  corrupt?: boolean
  /** How often this id was sent before. */
  count?: string
  /** A group in which the person writes. */
  group?: string
}

export interface PersonHost {
  readonly media: MediaHost
  readonly clock: Clock
  device(): LinkedDevice
}

interface Events {
  message: [Heard]
  receipt: [BinaryNode]
  chatstate: [BinaryNode]
}

const quiet = pino({ level: 'silent' })

/** Somebody with WhatsApp on a phone. Acts resolve when the server has taken them. */
export class Person extends EventEmitter<Events> {
  readonly #phone = new Phone()
  readonly received: Heard[] = []
  readonly receipts: BinaryNode[] = []
  readonly chatstates: BinaryNode[] = []
  /** The app sends receipts by itself; off: it is out of reach. */
  confirms = true
  lastStanza: BinaryNode | undefined
  readonly #sent = new Map<string, proto.IMessage>()
  /** How often a message was asked for again. */
  readonly #asked = new Map<string, number>()
  /** A phone shows a message once, however often it comes under the same id. */
  readonly #shown = new Set<string>()
  #work: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly host: PersonHost,
    readonly phone: string,
    readonly lidUser: string,
    readonly name: string,
  ) {
    super()
    this.setMaxListeners(0)
  }

  get pn(): string {
    return `${this.phone}@s.whatsapp.net`
  }

  get lid(): string {
    return `${this.lidUser}@lid`
  }

  get identity() {
    return this.#phone.creds.signedIdentityKey
  }

  bundle(): Promise<BinaryNode[]> {
    return this.#phone.bundle()
  }

  /** @returns the id of the message */
  writes(text: string, options?: SendOptions): Promise<string> {
    return this.sends({ conversation: text }, options)
  }

  /** Any content, encrypted for the client under test, in the order of the calls. */
  sends(message: proto.IMessage, options: SendOptions = {}): Promise<string> {
    const sending = this.#work.then(() => this.#send(message, options))
    this.#work = sending.catch(() => {})
    return sending
  }

  /** A document, picture or voice note, through Baileys' own media encryption. */
  async sendsMedia(content: AnyMediaMessageContent, options?: SendOptions): Promise<string> {
    const { media } = this.host
    const message = await prepareWAMessageMedia(content, {
      upload: (file, { fileEncSha256B64 }) => media.store(file, fileEncSha256B64),
      logger: quiet,
    })
    return this.sends(message, options)
  }

  sharesOwnContact(): Promise<string> {
    const vcard = `BEGIN:VCARD\nVERSION:3.0\nFN:${this.name}\nTEL;type=CELL;waid=${this.phone}:+${this.phone}\nEND:VCARD`
    return this.sends({ contactMessage: { displayName: this.name, vcard } })
  }

  /** The same stanza once more, as WhatsApp does when it missed our confirmation. */
  redelivers(): void {
    if (!this.lastStanza) throw new Error(`${this.name} has sent nothing`)
    this.host.device().deliver(this.lastStanza)
  }

  /** A vote as phones send it: the creator by LID, the voter by number. */
  async votes(poll: Heard, options: string[], as: { creator: string; voter: string }): Promise<string> {
    const secret = poll.message.messageContextInfo?.messageSecret
    if (!secret) throw new Error('this is no poll')
    const parts = [poll.id, as.creator, as.voter, 'Poll Vote'].map(part => Buffer.from(part))
    const key = hmacSign(Buffer.concat([...parts, Buffer.from([1])]), hmacSign(secret, new Uint8Array(32)))
    const encIv = randomBytes(12)
    const selectedOptions = options.map(option => sha256(Buffer.from(option)))
    const vote = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
    const encPayload = aesEncryptGCM(vote, key, encIv, Buffer.from(`${poll.id}\0${as.voter}`))
    const pollCreationMessageKey = { remoteJid: this.lid, fromMe: false, id: poll.id }
    const pollUpdateMessage = {
      pollCreationMessageKey,
      vote: { encPayload, encIv },
      senderTimestampMs: this.host.clock.now(),
    }
    return this.sends({ pollUpdateMessage })
  }

  reads(id: string): void {
    this.#receipt(id, { type: 'read' })
  }

  /** This phone could not decrypt a message of the client and asks for it once more. */
  asksAgain(id: string): void {
    const count = (this.#asked.get(id) ?? 0) + 1
    this.#asked.set(id, count)
    this.#shown.delete(id)
    this.#receipt(id, { type: 'retry' }, [
      { tag: 'retry', attrs: { v: '1', count: String(count), id, t: String(this.#seconds) } },
      { tag: 'registration', attrs: {}, content: encodeBigEndian(this.#phone.creds.registrationId) },
    ])
  }

  /** Phones ask by themselves, five times at most. */
  cannotRead(id: string): void {
    if ((this.#asked.get(id) ?? 0) < 5) this.asksAgain(id)
  }

  /** The next message that fits; earlier ones do not count. */
  next(fits: (message: proto.IMessage) => boolean = () => true, ms = 30_000): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const hear = (heard: Heard) => {
        if (!fits(heard.message)) return
        clearTimeout(timer)
        this.off('message', hear)
        resolve(heard)
      }
      const timer = setTimeout(() => {
        this.off('message', hear)
        reject(new Error(`${this.name}: no message within ${ms} ms`))
      }, ms)
      this.on('message', hear)
    })
  }

  // ── What the server calls ──────────────────────────────────────────────────────────────────────────────────────

  async hears(
    device: LinkedDevice,
    { chat, id, enc }: { chat: string; id: string; enc: BinaryNode },
  ): Promise<void> {
    const heard = { id, chat, message: await this.#phone.decrypt(device, enc) }
    if (this.#shown.has(id)) return
    this.#shown.add(id)
    this.received.push(heard)
    this.emit('message', heard)
  }

  hearsReceipt(node: BinaryNode): void {
    this.receipts.push(node)
    this.emit('receipt', node)
  }

  seesTyping(node: BinaryNode): void {
    this.chatstates.push(node)
    this.emit('chatstate', node)
  }

  confirmsDelivery(id: string): void {
    if (this.confirms) this.#receipt(id, {})
  }

  /** What a phone does when the client could not decrypt: the same id, newly encrypted. */
  async sendsAgain(request: BinaryNode, device: LinkedDevice): Promise<void> {
    const id = request.attrs['id'] ?? ''
    const message = this.#sent.get(id)
    if (!message) return
    const keys = getBinaryNodeChild(request, 'keys')
    if (keys) await this.#phone.beginAgain(device, keys)
    const count = getBinaryNodeChild(request, 'retry')?.attrs['count']
    await this.sends(message, { id, to: device, ...(count ? { count } : {}) })
  }

  async #send(message: proto.IMessage, options: SendOptions): Promise<string> {
    const device = options.to ?? this.host.device()
    const { type, ciphertext } = await this.#phone.encrypt(device, message)
    if (options.corrupt) ciphertext.set([(ciphertext.at(-3) ?? 0) ^ 0xff], ciphertext.length - 3)
    const id = options.id ?? `3A${randomBytes(9).toString('hex').toUpperCase()}`
    this.#sent.set(id, message)
    const enc = { v: '2', type, ...(options.count ? { count: options.count } : {}) }
    const t = String(options.at ?? this.#seconds)
    this.lastStanza = {
      tag: 'message',
      attrs: { id, type: 'text', t, notify: this.name, ...this.#from(options) },
      content: [{ tag: 'enc', attrs: enc, content: ciphertext }],
    }
    device.deliver(this.lastStanza, options.offline)
    return id
  }

  #from({ addressing = 'lid', withoutAlt, group }: SendOptions): Record<string, string> {
    if (group) return { from: group, participant: this.lid, addressing_mode: 'lid', participant_pn: this.pn }
    const lid = addressing === 'lid'
    const alt: Record<string, string> = withoutAlt
      ? {}
      : lid
        ? { sender_pn: this.pn }
        : { sender_lid: this.lid }
    return { from: lid ? this.lid : this.pn, addressing_mode: addressing, ...alt }
  }

  get #seconds(): number {
    return Math.floor(this.host.clock.now() / 1000)
  }

  #receipt(id: string, attrs: Record<string, string>, content?: BinaryNode[]): void {
    const node = { tag: 'receipt', attrs: { id, from: this.lid, t: String(this.#seconds), ...attrs } }
    this.host.device().deliver(content ? { ...node, content } : node)
  }
}
