import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** Thrown when a sealed value was altered, moved to another row, or written under another key. Never carries content. */
export class SealError extends Error {
  readonly code = 'SEAL'
  constructor(readonly place: string) {
    super(
      `A sealed value in ${place} does not open: it was changed, moved, or written under another SECRET_KEY.`,
    )
  }
}

const VERSION = 1
const NONCE = 12
const TAG = 16

/**
 * AES-256-GCM with a random 96-bit nonce per value; `place` (table, row and field) is bound as additional data,
 * so that a ciphertext copied to another row does not open. Digests use a separate key: a plain hash of a NIK or a
 * phone number could be searched through in seconds.
 * Layout: version (1 byte) | nonce (12) | tag (16) | ciphertext.
 */
export class Sealer {
  readonly #data: Buffer
  readonly #digest: Buffer
  readonly #nonces = new Nonces()

  /** @param secret at least 32 bytes, from SECRET_KEY or DATA_DIR. */
  constructor(secret: Buffer) {
    this.#data = derive(secret, 'data')
    this.#digest = derive(secret, 'digest')
  }

  seal(place: string, plain: string): Buffer<ArrayBuffer> {
    return this.sealBytes(place, Buffer.from(plain))
  }

  sealBytes(place: string, plain: Uint8Array): Buffer<ArrayBuffer> {
    const nonce = this.#nonces.next()
    const cipher = createCipheriv('aes-256-gcm', this.#data, nonce)
    cipher.setAAD(Buffer.from(place))
    const body = Buffer.concat([cipher.update(plain), cipher.final()])
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body])
  }

  /** @throws SealError */
  open(place: string, sealed: Uint8Array): string {
    return this.openBytes(place, sealed).toString()
  }

  /** @throws SealError */
  openBytes(place: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
    if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) throw new SealError(place)
    const decipher = createDecipheriv('aes-256-gcm', this.#data, bytes.subarray(1, 1 + NONCE))
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(bytes.subarray(1 + NONCE, 1 + NONCE + TAG))
    try {
      return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE + TAG)), decipher.final()])
    } catch {
      throw new SealError(place)
    }
  }

  /** Like `open`, but undefined where it does not open. */
  tryOpen(place: string, sealed: Uint8Array): string | undefined {
    return this.tryOpenBytes(place, sealed)?.toString()
  }

  tryOpenBytes(place: string, sealed: Uint8Array): Buffer | undefined {
    try {
      return this.openBytes(place, sealed)
    } catch (error) {
      if (error instanceof SealError) return undefined
      throw error
    }
  }

  /** Keyed digest for finding equals without opening; `kind` keeps a phone from matching a NIK. */
  digest(
    kind: 'phone' | 'nik' | 'subject' | 'phrase' | 'whatsapp' | 'link' | 'check_in' | 'invitation' | 'page',
    plain: string,
  ): string {
    return createHmac('sha256', this.#digest).update(`${kind}:${plain}`).digest('base64url')
  }
}

/** Asking the system for 12 bytes at a time costs more than the sealing itself. */
class Nonces {
  #pool = Buffer.alloc(0)
  #at = 0

  next(): Buffer {
    if (this.#at === this.#pool.length) {
      this.#pool = randomBytes(NONCE * 256)
      this.#at = 0
    }
    this.#at += NONCE
    return this.#pool.subarray(this.#at - NONCE, this.#at)
  }
}

const derive = (secret: Buffer, use: string) =>
  Buffer.from(hkdfSync('sha256', secret, '', `ok-oce ${use} v1`, 32))
