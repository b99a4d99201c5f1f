import type { Incoming, Say, Touch } from '../engine/types.ts'

export type ChannelName = 'telegram' | 'whatsapp' | 'chatpage'

/** One received update, read but not judged. `(account, externalId)` is its identity: the same pair is the same message. */
export interface Received {
  /** Which bot or number heard it, e.g. `telegram:123456`. */
  account: string
  channel: ChannelName
  /** Where an answer goes: the chat's address on that account. */
  address: string
  externalId: string
  /** Epoch ms, by the platform's clock. */
  sentAt: number
  incoming: Incoming
  /** The chat page and the terminal: people without effect on real counts. */
  sandbox?: boolean
}

/** What became of a send. `unknown`: the request left and no answer came. A request that never left is `later`. */
export type SendOutcome =
  /** `mediaId`: under which the platform keeps the file that was sent; handed back when the same file goes out again.
   * `movedTo`: the chat has another address by now, and the message went there. */
  | { kind: 'sent'; providerId: string; mediaId?: string; movedTo?: string }
  /** `at`: epoch ms of the next try; the scope says whether the chat or the whole account waits. */
  | { kind: 'later'; at: number; scope: 'chat' | 'account'; reason: string }
  | { kind: 'blocked' }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown'; reason: string }

/** The content of a say's file. */
export interface OutboundFile {
  /** The platform keeps it already (`sent` said so): it need not be sent again. When it does not work, send the bytes. */
  mediaId?: string
  mime: string
  bytes(): Promise<Uint8Array>
}

/** Which message it is that goes out, the same at every attempt. */
export interface Sending {
  outbound: string
  /** reply, or what we start ourselves: reminder, bulk, operator. */
  purpose: string
}

/** `bridge states`: what `/ready` and the operators see. */
export type ChannelState =
  | { status: 'starting' }
  /** Another process hears this account; this one is ready to take over. */
  | { status: 'standby' }
  | { status: 'connected'; since: number }
  | { status: 'trouble'; since: number; reason: string }
  | { status: 'stopped'; reason: string }

/**
 * A chat platform. Forbidden here: deciding what a message means, keeping conversation state, retrying a send,
 * confirming an update to the platform before `accept` has resolved.
 */
export interface Channel {
  readonly name: ChannelName
  readonly account: string
  /** Begins to receive. `accept` resolves once the batch is committed; only then may the platform be told. */
  start(accept: (batch: Received[]) => Promise<void>): Promise<void>
  /** Stops receiving; resolves when no accept is under way. Sending stays possible until the process ends. */
  stop(): Promise<void>
  /** `file` is given when the say has one; `sending` by the outbox. */
  send(address: string, say: Say, file?: OutboundFile, sending?: Sending): Promise<SendOutcome>
  /** false: nothing can go out from this process now, so rows wait for another, or for later, untouched. */
  canSend?(): boolean
  /** Ends what `stop` left open for the last sends. */
  close?(): Promise<void>
  /** Changes a message that is in the chat already; a channel that cannot has none. */
  touch?(address: string, touch: Touch): Promise<SendOutcome>
  /** Shows for some seconds that an answer is being written. A courtesy: never throws. */
  typing?(address: string): Promise<void>
  /** How many messages a second the platform takes of what we start ourselves; unset: as many as there are. */
  readonly perSecond?: number
  state(): ChannelState
}

/**
 * The right to do what only one process at a time may do, such as hearing an account: a platform with two hearers drops
 * one of them, or gives each a half. Every method rejects when the database is away.
 */
export interface Lease {
  /** For how long a take or keep holds, ms. */
  readonly ms: number
  /** @returns whether it is ours now */
  tryTake(): Promise<boolean>
  /** Prolongs it. @returns false when it is ours no more */
  keep(): Promise<boolean>
  /** Gives it up at once, so that nobody need wait until it ends by itself. */
  release(): Promise<void>
}
