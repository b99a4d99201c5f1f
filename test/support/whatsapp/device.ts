import { jidEncode, type BinaryNode } from '@whiskeysockets/baileys'
import type { Wire } from './wire.ts'

/** What the server hands out about the linked device, so that phones can write to it. */
export interface Bundle {
  registrationId: number
  identity: Uint8Array
  signed: { keyId: number; pub: Uint8Array; sig: Uint8Array }
  preKeys: Map<number, Uint8Array>
}

export interface Owner {
  readonly phone: string
  readonly lidUser: string
}

/** The client under test as WhatsApp knows it: a device linked to somebody's phone. */
export class LinkedDevice {
  wire: Wire | undefined
  /** Stanzas for it while it is away. */
  readonly queue: BinaryNode[] = []
  /** Delivered and not confirmed: delivered again after the next login, as WhatsApp does. */
  readonly unconfirmed = new Map<string, BinaryNode>()

  constructor(
    readonly owner: Owner,
    readonly number: number,
    readonly bundle: Bundle,
  ) {}

  get jid(): string {
    return jidEncode(this.owner.phone, 's.whatsapp.net', this.number)
  }

  get lid(): string {
    return jidEncode(this.owner.lidUser, 'lid', this.number)
  }

  /** How many messages its next login brings. */
  get waiting(): number {
    return this.queue.length + this.unconfirmed.size
  }

  deliver(node: BinaryNode, queue = false): void {
    if (this.wire && !queue) {
      if (node.tag === 'message') this.unconfirmed.set(node.attrs['id'] ?? '', node)
      this.wire.send(node)
    } else this.queue.push(node)
  }

  /** Everything that waited, oldest first, marked as WhatsApp marks it. */
  takeWaiting(): BinaryNode[] {
    const waiting = [...this.unconfirmed.values(), ...this.queue.splice(0)]
    this.unconfirmed.clear()
    for (const node of waiting) if (node.tag === 'message') this.unconfirmed.set(node.attrs['id'] ?? '', node)
    return waiting.map(node => ({ ...node, attrs: { ...node.attrs, offline: '0' } }))
  }
}

/** Big-endian bytes as a number. */
export const uint = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)
