import {
  getBinaryNodeChild,
  getBinaryNodeChildBuffer,
  getBinaryNodeChildren,
  S_WHATSAPP_NET,
  type BinaryNode,
  type proto,
} from '@whiskeysockets/baileys'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerQuery, type World } from './answers.ts'
import type { LinkedDevice } from './device.ts'
import type { Applicant } from './pairing.ts'
import type { Wire } from './wire.ts'

/** What goes wrong, until it is set back. */
export interface Faults {
  /** Every message of the client is refused with this code, e.g. `463`. */
  nack?: string | undefined
  /** No message of the client is confirmed, though it arrives. */
  noAcks?: boolean
  /** Every message of the client is lost, unconfirmed. */
  deaf?: boolean
  /** Logins end with this <failure>. */
  refuseLogin?: number | undefined
}

export interface ClientHost extends World {
  readonly faults: Faults
  readonly latencyMs: number
  readonly devices: readonly LinkedDevice[]
  /** A client without a credential: it shows QR codes. */
  apply(applicant: Applicant): void
  loggedIn(device: LinkedDevice, wire: Wire): void
  unlink(device: LinkedDevice): void
  /** The client asks for a code, or has answered to one. */
  codeAsked(phone: string): void
  codeFinished(bundle: Buffer): void
  undecryptable(jid: string, error: unknown): void
  /** A message of the client has come in. */
  counts(id: string): void
}

export const seconds = () => String(Math.floor(Date.now() / 1000))

/** One connected client, from its login on. */
export class Client {
  device: LinkedDevice | undefined
  #applicant: Applicant | undefined

  constructor(
    private readonly host: ClientHost,
    private readonly wire: Wire,
  ) {}

  logsIn(payload: proto.ClientPayload): void {
    const { refuseLogin } = this.host.faults
    if (refuseLogin !== undefined) return this.#refuse(refuseLogin)
    if (!payload.username) {
      this.#applicant = { wire: this.wire, registration: payload.devicePairingData ?? {} }
      return this.host.apply(this.#applicant)
    }
    const { username, device: number } = payload
    this.device = this.host.devices.find(
      one => one.owner.phone === String(username) && one.number === (number ?? 0),
    )
    if (!this.device) return this.#refuse(401)
    this.host.loggedIn(this.device, this.wire)
    const attrs = { t: seconds(), lid: this.device.lid, props: '27', creation: seconds(), location: 'loc' }
    this.wire.send({ tag: 'success', attrs })
  }

  async hears(node: BinaryNode): Promise<void> {
    if (node.tag === 'iq') return this.#hearQuery(node)
    const { device } = this
    if (!device) return
    if (node.tag === 'message') return this.#hearMessage(device, node)
    if (node.tag === 'receipt') return this.#hearReceipt(device, node)
    if (node.tag === 'ack') device.unconfirmed.delete(node.attrs['id'] ?? '')
    if (node.tag === 'chatstate') this.host.find(node.attrs['to'] ?? '')?.seesTyping(node)
  }

  #refuse(reason: number): void {
    this.wire.send({ tag: 'failure', attrs: { reason: String(reason), location: 'loc' } })
  }

  async #hearQuery(node: BinaryNode): Promise<void> {
    const child = Array.isArray(node.content) ? node.content[0] : undefined
    const answer = (content?: BinaryNode[]) =>
      this.wire.send({
        tag: 'iq',
        attrs: { id: node.attrs['id'] ?? '', type: 'result', from: S_WHATSAPP_NET },
        ...(content ? { content } : {}),
      })
    if (node.attrs['type'] === 'result') {
      if (child?.tag !== 'pair-device-sign') return
      this.wire.send({ tag: 'stream:error', attrs: { code: '515' } }) // as WhatsApp does after every pairing
      return this.wire.close()
    }
    if (node.attrs['xmlns'] === 'passive') {
      answer()
      return this.#deliverWaiting()
    }
    if (child?.tag === 'link_code_companion_reg') return this.#hearCode(child, answer)
    if (child?.tag === 'remove-companion-device' && this.device) this.host.unlink(this.device)
    answer(await answerQuery(this.host, node, this.device))
  }

  #hearCode(child: BinaryNode, answer: (content?: BinaryNode[]) => void): void {
    if (child.attrs['stage'] !== 'companion_hello') {
      answer()
      const bundle = getBinaryNodeChildBuffer(child, 'link_code_pairing_wrapped_key_bundle')
      return this.host.codeFinished(Buffer.from(bundle ?? []))
    }
    const wrapped = getBinaryNodeChildBuffer(child, 'link_code_pairing_wrapped_companion_ephemeral_pub')
    if (this.#applicant) this.#applicant.wrapped = Buffer.from(wrapped ?? [])
    const ref = { tag: 'link_code_pairing_ref', attrs: {}, content: Buffer.from('ref') }
    answer([{ tag: 'link_code_companion_reg', attrs: {}, content: [ref] }])
    this.host.codeAsked(child.attrs['jid'] ?? '')
  }

  #deliverWaiting(): void {
    const waiting = this.device?.takeWaiting() ?? []
    const count = String(waiting.length)
    if (waiting.length > 0) {
      const attrs = { count, message: count }
      this.wire.send({ tag: 'ib', attrs: {}, content: [{ tag: 'offline_preview', attrs }] })
    }
    for (const node of waiting) this.wire.send(node)
    this.wire.send({ tag: 'ib', attrs: {}, content: [{ tag: 'offline', attrs: { count } }] })
  }

  #hearReceipt(device: LinkedDevice, node: BinaryNode): void {
    const { id = '', to = '', type } = node.attrs
    const person = this.host.find(to)
    person?.hearsReceipt(node)
    if (type === 'retry') void person?.sendsAgain(node, device)
    else {
      const more = getBinaryNodeChildren(getBinaryNodeChild(node, 'list'), 'item')
      for (const one of [id, ...more.map(item => item.attrs['id'] ?? '')]) device.unconfirmed.delete(one)
    }
    this.wire.send({ tag: 'ack', attrs: { id, class: 'receipt', from: to, ...(type ? { type } : {}) } })
  }

  async #hearMessage(device: LinkedDevice, node: BinaryNode): Promise<void> {
    const { id = '', to: chat = '' } = node.attrs
    const { nack, noAcks, deaf } = this.host.faults
    if (deaf) return
    this.host.counts(id)
    if (this.host.latencyMs) await sleep(this.host.latencyMs)
    const attrs = { id, class: 'message', from: chat, t: seconds(), ...(nack ? { error: nack } : {}) }
    if (!noAcks) this.wire.send({ tag: 'ack', attrs })
    if (nack) return
    for (const { jid, enc } of recipients(node, chat)) await this.#pass(device, { chat, id, jid, enc })
  }

  async #pass(
    device: LinkedDevice,
    { chat, id, jid, enc }: { chat: string; id: string; jid: string; enc: BinaryNode },
  ): Promise<void> {
    const person = this.host.find(jid)
    if (!person) return
    try {
      await person.hears(device, { chat, id, enc })
    } catch (error) {
      if (person !== device.owner) person.cannotRead(id)
      return this.host.undecryptable(jid, error)
    }
    if (person !== device.owner) person.confirmsDelivery(id)
  }
}

function recipients(node: BinaryNode, chat: string): { jid: string; enc: BinaryNode }[] {
  const listed = getBinaryNodeChildren(getBinaryNodeChild(node, 'participants'), 'to')
  const each = listed.map(to => ({ jid: to.attrs['jid'] ?? '', enc: getBinaryNodeChild(to, 'enc') }))
  const direct = { jid: chat, enc: getBinaryNodeChild(node, 'enc') }
  return (each.length > 0 ? each : [direct]).flatMap(({ jid, enc }) => (enc ? [{ jid, enc }] : []))
}
