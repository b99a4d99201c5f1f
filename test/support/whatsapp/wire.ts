import {
  decodeBinaryNode,
  encodeBinaryNode,
  NOISE_WA_HEADER,
  proto,
  type BinaryNode,
} from '@whiskeysockets/baileys'
import type { RawData, WebSocket } from 'ws'
import type { NoiseResponder } from './noise.ts'

export interface WireEvents {
  login(payload: proto.ClientPayload): void | Promise<void>
  node(node: BinaryNode): void | Promise<void>
  closed(): void
  error(error: unknown): void
}

/** One connection of the client: frames, handshake, sealed stanzas. */
export class Wire {
  #buffer: Buffer = Buffer.alloc(0)
  #introduced = false
  #greeted = false
  #work: Promise<void> = Promise.resolve()
  #events: WireEvents | undefined

  constructor(
    private readonly socket: WebSocket,
    private readonly noise: NoiseResponder,
  ) {
    socket.on('message', data => {
      this.#work = this.#work
        .then(() => this.#read(bytes(data)))
        .catch((error: unknown) => this.#events?.error(error))
    })
    socket.on('close', () => this.#events?.closed())
  }

  listen(events: WireEvents): void {
    this.#events = events
  }

  send(node: BinaryNode): void {
    this.#frame(this.noise.seal(encodeBinaryNode(node)))
  }

  close(): void {
    this.socket.close()
  }

  /** As a lost connection: no closing word. */
  cut(): void {
    this.socket.terminate()
  }

  #frame(content: Uint8Array): void {
    const head = Buffer.alloc(3)
    head.writeUIntBE(content.length, 0, 3)
    this.socket.send(Buffer.concat([head, content]))
  }

  async #read(data: Buffer): Promise<void> {
    this.#buffer = Buffer.concat([this.#buffer, data])
    if (!this.#introduced) this.#readIntro()
    while (this.#buffer.length >= 3) {
      const length = this.#buffer.readUIntBE(0, 3)
      if (this.#buffer.length < 3 + length) return
      const frame = this.#buffer.subarray(3, 3 + length)
      this.#buffer = this.#buffer.subarray(3 + length)
      await this.#readFrame(frame)
    }
  }

  /** Routing info ("ED", a length and as many bytes) may stand before the header. */
  #readIntro(): void {
    if (this.#buffer[0] === 0x45 && this.#buffer[1] === 0x44)
      this.#buffer = this.#buffer.subarray(
        7 + (((this.#buffer[4] ?? 0) << 16) | this.#buffer.readUInt16BE(5)),
      )
    if (!this.#buffer.subarray(0, 4).equals(NOISE_WA_HEADER)) throw new Error('not a WhatsApp client')
    this.#buffer = this.#buffer.subarray(4)
    this.#introduced = true
  }

  async #readFrame(frame: Buffer): Promise<void> {
    if (!this.#greeted) {
      this.#greeted = true
      const hello = proto.HandshakeMessage.decode(frame).clientHello
      return this.#frame(this.noise.serverHello(hello?.ephemeral ?? Buffer.alloc(0)))
    }
    if (!this.noise.ready) {
      const finish = proto.HandshakeMessage.decode(frame).clientFinish ?? {}
      return this.#events?.login(this.noise.clientFinish(finish))
    }
    await this.#events?.node(await decodeBinaryNode(this.noise.open(frame)))
  }
}

const bytes = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
