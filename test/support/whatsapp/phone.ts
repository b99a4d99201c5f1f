import {
  addTransactionCapability,
  Curve,
  DEFAULT_CONNECTION_CONFIG,
  encodeBigEndian,
  encodeWAMessage,
  generateSignalPubKey,
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  initAuthCreds,
  KEY_BUNDLE_TYPE,
  proto,
  unpadRandomMax16,
  xmppPreKey,
  xmppSignedPreKey,
  type BinaryNode,
} from '@whiskeysockets/baileys'
import { pino } from 'pino'
import { uint, type LinkedDevice } from './device.ts'
import { memoryKeys } from './keys.ts'

const quiet = pino({ level: 'silent' })

/**
 * libsignal queues what it does with an address, in the async context of whoever came first: with many phones in one
 * process that all talk to one device, a step of the ratchet lands in another phone's ended transaction and is lost.
 * So phones take turns.
 */
let turn: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = turn.then(work)
  turn = done.catch(() => {})
  return done
}

/** A phone's Signal identity: real X3DH and double ratchet, through Baileys' own repository. */
export class Phone {
  readonly creds = initAuthCreds()
  readonly #keys = addTransactionCapability(memoryKeys(), quiet, {
    maxCommitRetries: 1,
    delayBetweenTriesMs: 10,
  })
  readonly #repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
    { creds: this.creds, keys: this.#keys },
    quiet,
  )
  #nextPreKey = 1

  /** What the server hands to a client that asks for this phone's keys; a fresh pre-key each time. */
  async bundle(): Promise<BinaryNode[]> {
    const id = this.#nextPreKey++
    const pair = Curve.generateKeyPair()
    await this.#keys.set({ 'pre-key': { [id]: pair } })
    return [
      { tag: 'registration', attrs: {}, content: encodeBigEndian(this.creds.registrationId) },
      { tag: 'type', attrs: {}, content: KEY_BUNDLE_TYPE },
      { tag: 'identity', attrs: {}, content: this.creds.signedIdentityKey.public },
      xmppSignedPreKey(this.creds.signedPreKey),
      xmppPreKey(pair, id),
    ]
  }

  async encrypt(
    device: LinkedDevice,
    message: proto.IMessage,
  ): Promise<{ type: string; ciphertext: Uint8Array }> {
    const { jid } = device
    return inTurn(async () => {
      if (!(await this.#repository.validateSession(jid)).exists) await this.#begin(device)
      return this.#repository.encryptMessage({ jid, data: encodeWAMessage(message) })
    })
  }

  async decrypt(device: LinkedDevice, enc: BinaryNode): Promise<proto.IMessage> {
    const type = enc.attrs['type'] === 'pkmsg' ? 'pkmsg' : 'msg'
    const ciphertext = enc.content as Uint8Array
    const { jid } = device
    const plain = await inTurn(() => this.#repository.decryptMessage({ jid, type, ciphertext }))
    return proto.Message.decode(unpadRandomMax16(plain))
  }

  /** The client could not read us and sent new keys: the session begins anew. */
  async beginAgain(device: LinkedDevice, keys: BinaryNode): Promise<void> {
    await inTurn(() => this.#repository.deleteSession([device.jid]))
    const key = getBinaryNodeChild(keys, 'key')
    const id = getBinaryNodeChildBuffer(key, 'id')
    const value = getBinaryNodeChildBuffer(key, 'value')
    if (id && value)
      device.bundle.preKeys = new Map([[uint(id), Buffer.from(value)], ...device.bundle.preKeys])
  }

  async #begin(device: LinkedDevice): Promise<void> {
    const { registrationId, identity, signed, preKeys } = device.bundle
    const [preKey] = preKeys
    if (preKey) preKeys.delete(preKey[0])
    await this.#repository.injectE2ESession({
      jid: device.jid,
      session: {
        registrationId,
        identityKey: generateSignalPubKey(identity),
        signedPreKey: {
          keyId: signed.keyId,
          publicKey: generateSignalPubKey(signed.pub),
          signature: signed.sig,
        },
        ...(preKey ? { preKey: { keyId: preKey[0], publicKey: generateSignalPubKey(preKey[1]) } } : {}),
      },
    })
  }
}
