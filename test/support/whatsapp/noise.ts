import {
  aesDecryptGCM,
  aesEncryptGCM,
  Curve,
  hkdf,
  NOISE_MODE,
  NOISE_WA_HEADER,
  proto,
  sha256,
  type KeyPair,
} from '@whiskeysockets/baileys'

const EMPTY = Buffer.alloc(0)
const DAY_SECONDS = 86_400

const nonce = (count: number) => {
  const iv = Buffer.alloc(12)
  iv.writeUInt32BE(count, 8)
  return iv
}

/** root → intermediate → leaf: the chain that the client holds against its trust anchor. */
export function makeCertChain(root: KeyPair, serverKey: Uint8Array): Uint8Array {
  const { Details } = proto.CertChain.NoiseCertificate
  const intermediate = Curve.generateKeyPair()
  const now = Math.floor(Date.now() / 1000)
  const valid = { notBefore: now - 60, notAfter: now + DAY_SECONDS }
  const details = (serial: number, issuerSerial: number, key: Uint8Array) =>
    Details.encode({ serial, issuerSerial, key, ...valid }).finish()
  const upper = details(1, 0, intermediate.public)
  const leaf = details(2, 1, serverKey)
  return proto.CertChain.encode({
    intermediate: { details: upper, signature: Curve.sign(root.private, upper) },
    leaf: { details: leaf, signature: Curve.sign(intermediate.private, leaf) },
  }).finish()
}

/** The server's half of Noise_XX_25519_AESGCM_SHA256 as WhatsApp speaks it. */
export class NoiseResponder {
  #hash: Uint8Array = Buffer.from(NOISE_MODE)
  #salt: Uint8Array = this.#hash
  #key: Uint8Array = this.#hash
  #count = 0
  readonly #ephemeral = Curve.generateKeyPair()
  #transport: { out: Uint8Array; in: Uint8Array; sent: number; read: number } | undefined

  constructor(
    private readonly own: KeyPair,
    private readonly chain: Uint8Array,
  ) {
    this.#authenticate(NOISE_WA_HEADER)
  }

  get ready(): boolean {
    return this.#transport !== undefined
  }

  serverHello(clientEphemeral: Uint8Array): Uint8Array {
    this.#authenticate(clientEphemeral)
    this.#authenticate(this.#ephemeral.public)
    this.#mix(Curve.sharedKey(this.#ephemeral.private, clientEphemeral))
    const own = this.#encrypt(this.own.public)
    this.#mix(Curve.sharedKey(this.own.private, clientEphemeral))
    const payload = this.#encrypt(this.chain)
    const hello = { ephemeral: this.#ephemeral.public, static: own, payload }
    return proto.HandshakeMessage.encode({ serverHello: hello }).finish()
  }

  clientFinish(finish: proto.HandshakeMessage.IClientFinish): proto.ClientPayload {
    const clientKey = this.#decrypt(finish.static ?? EMPTY)
    this.#mix(Curve.sharedKey(this.#ephemeral.private, clientKey))
    const payload = this.#decrypt(finish.payload ?? EMPTY)
    const keys = hkdf(EMPTY, 64, { salt: Buffer.from(this.#salt), info: '' })
    this.#transport = { in: keys.subarray(0, 32), out: keys.subarray(32), sent: 0, read: 0 } // mirrored
    return proto.ClientPayload.decode(payload)
  }

  seal(plain: Uint8Array): Buffer {
    const transport = this.#open()
    return aesEncryptGCM(plain, transport.out, nonce(transport.sent++), EMPTY)
  }

  open(sealed: Uint8Array): Buffer {
    const transport = this.#open()
    return aesDecryptGCM(sealed, transport.in, nonce(transport.read++), EMPTY)
  }

  #open() {
    if (!this.#transport) throw new Error('the handshake has not ended')
    return this.#transport
  }

  #authenticate(data: Uint8Array): void {
    this.#hash = sha256(Buffer.concat([this.#hash, data]))
  }

  #mix(data: Uint8Array): void {
    const keys = hkdf(Buffer.from(data), 64, { salt: Buffer.from(this.#salt), info: '' })
    this.#salt = keys.subarray(0, 32)
    this.#key = keys.subarray(32)
    this.#count = 0
  }

  #encrypt(plain: Uint8Array): Buffer {
    const sealed = aesEncryptGCM(plain, this.#key, nonce(this.#count++), this.#hash)
    this.#authenticate(sealed)
    return sealed
  }

  #decrypt(sealed: Uint8Array): Buffer {
    const plain = aesDecryptGCM(sealed, this.#key, nonce(this.#count++), this.#hash)
    this.#authenticate(sealed)
    return plain
  }
}
