import {
  aesDecryptCTR,
  aesDecryptGCM,
  aesEncryptCTR,
  Curve,
  derivePairingCodeKey,
  hkdf,
  hmacSign,
  proto,
  S_WHATSAPP_NET,
  type BinaryNode,
} from '@whiskeysockets/baileys'
import { randomBytes } from 'node:crypto'
import { LinkedDevice, uint } from './device.ts'
import type { Person } from './person.ts'
import type { Wire } from './wire.ts'

/** A client that waits to be linked. */
export interface Applicant {
  wire: Wire
  registration: proto.ClientPayload.IDevicePairingRegistrationData
  /** What it sent when it asked for a code. */
  wrapped?: Buffer
}

const NOTHING = Buffer.alloc(0)

/** The refs a client shows as QR codes, one after the other. */
export function pairDevice(id: string, refs: string[]): BinaryNode {
  const content = refs.map(ref => ({ tag: 'ref', attrs: {}, content: Buffer.from(ref) }))
  return {
    tag: 'iq',
    attrs: { id, type: 'set', from: S_WHATSAPP_NET, xmlns: 'md' },
    content: [{ tag: 'pair-device', attrs: {}, content }],
  }
}

/** A new device of `owner`, and the stanza that tells the client so. */
export function link(
  applicant: Applicant,
  owner: Person,
  options: { number: number; advSecret: Uint8Array; id: string },
): { device: LinkedDevice; stanza: BinaryNode } {
  const { registration } = applicant
  const identity = registration.eIdent ?? NOTHING
  const details = proto.ADVDeviceIdentity.encode({
    rawId: 1,
    timestamp: Math.floor(Date.now() / 1000),
    keyIndex: options.number,
  }).finish()
  const account = owner.identity
  const signed = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: account.public,
    accountSignature: Curve.sign(account.private, Buffer.concat([Buffer.from([6, 0]), details, identity])),
  }).finish()
  const hmac = hmacSign(Buffer.from(signed), options.advSecret)
  const device = new LinkedDevice(owner, options.number, {
    registrationId: uint(registration.eRegid ?? NOTHING),
    identity,
    signed: {
      keyId: uint(registration.eSkeyId ?? NOTHING),
      pub: registration.eSkeyVal ?? NOTHING,
      sig: registration.eSkeySig ?? NOTHING,
    },
    preKeys: new Map(),
  })
  const proof = proto.ADVSignedDeviceIdentityHMAC.encode({ details: signed, hmac }).finish()
  const content: BinaryNode[] = [
    { tag: 'device-identity', attrs: {}, content: proof },
    { tag: 'device', attrs: { jid: device.jid, lid: device.lid } },
    { tag: 'platform', attrs: { name: 'android' } },
  ]
  const attrs = { id: options.id, type: 'set', from: S_WHATSAPP_NET }
  return { device, stanza: { tag: 'iq', attrs, content: [{ tag: 'pair-success', attrs: {}, content }] } }
}

/** The phone's side of pairing by code: `hello` is what it sends, `secret` what follows from the client's answer. */
export async function codePairing(code: string, wrapped: Buffer, owner: Person, id: string) {
  const key = await derivePairingCodeKey(code, wrapped.subarray(0, 32))
  const clientEphemeral = aesDecryptCTR(wrapped.subarray(48, 80), key, wrapped.subarray(32, 48))
  const ephemeral = Curve.generateKeyPair()
  const [salt, iv] = [randomBytes(32), randomBytes(16)]
  const sealed = aesEncryptCTR(ephemeral.public, await derivePairingCodeKey(code, salt), iv)
  const stage = 'link_code_companion_reg'
  const hello: BinaryNode = {
    tag: 'notification',
    attrs: { id, from: S_WHATSAPP_NET, type: stage, t: String(Math.floor(Date.now() / 1000)) },
    content: [
      {
        tag: stage,
        attrs: { stage: 'primary_hello' },
        content: [
          {
            tag: 'link_code_pairing_wrapped_primary_ephemeral_pub',
            attrs: {},
            content: Buffer.concat([salt, iv, sealed]),
          },
          { tag: 'primary_identity_pub', attrs: {}, content: owner.identity.public },
          { tag: 'link_code_pairing_ref', attrs: {}, content: Buffer.from('ref') },
        ],
      },
    ],
  }
  const secret = (finish: Buffer): Uint8Array => {
    const shared = Curve.sharedKey(ephemeral.private, clientEphemeral)
    const info = 'link_code_pairing_key_bundle_encryption_key'
    const bundleKey = hkdf(shared, 32, { salt: finish.subarray(0, 32), info })
    const plain = aesDecryptGCM(finish.subarray(44), bundleKey, finish.subarray(32, 44), NOTHING)
    const identity = Curve.sharedKey(owner.identity.private, plain.subarray(0, 32))
    return hkdf(Buffer.concat([shared, identity, plain.subarray(64, 96)]), 32, { info: 'adv_secret' })
  }
  return { hello, secret }
}
