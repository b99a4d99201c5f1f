/**
 * What the WhatsApp adapter needs to remember, and whom it tells how it is doing. Implemented by `db/`; plain strings and
 * bytes only, so that nobody but the adapter needs to know Baileys.
 */

/**
 * The credential of the linked device: one creds row and rows by (type, id). Whoever reads it can be the account, so it
 * lies sealed. The adapter writes JSON (Baileys' BufferJSON) and the store keeps it as it came, every type of row.
 */
export interface AuthStore {
  /** undefined: not paired yet. */
  creds(): Promise<string | undefined>
  saveCreds(json: string): Promise<void>
  /** Rows that are there, by id. */
  get(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** All or none, in one transaction: a ratchet that is half written reads nothing any more. `null` deletes. */
  set(changes: readonly KeyChange[]): Promise<void>
  /** Creds and rows, all of it: half a credential can neither connect nor be paired again. */
  wipe(): Promise<void>
}

export interface KeyChange {
  type: string
  id: string
  value: string | null
}

/** How far a message has come. Never backwards; `failed` only from `written` or `sent`. */
export type SentStatus = 'written' | 'sent' | 'delivered' | 'read' | 'failed'

export interface SentMessage {
  /** WhatsApp's id of it: made from outbound and part, so the same at every attempt, and WhatsApp drops the repeat. */
  id: string
  /** The outbound row it belongs to, and which of its messages it is, from 0. */
  outbound: string
  part: number
  address: string
  /** The encoded protobuf, for phones that ask for it once more. */
  content: Uint8Array
}

/** Our own messages, written down before they leave: for retries, for phones that could not read them, for acks. */
export interface SentMessages {
  /** @returns what is stored under this id: an earlier attempt's content wins, so that a repeat says the same. */
  keep(message: SentMessage, at: number): Promise<Uint8Array>
  /** The content for a phone that asks again; undefined when unknown, erased, or kept before `since` (epoch ms). */
  find(id: string, since: number): Promise<Uint8Array | undefined>
  /** What became of them, later news last; unknown ids are somebody else's (the phone's own messages). */
  advance(news: readonly { id: string; status: SentStatus; reason?: string }[], at: number): Promise<void>
}

/** Who somebody is. WhatsApp knows people by LID and by phone number, and either may be missing. */
export interface Identities {
  /**
   * The conversation's address of whoever wrote from `jid` (normalised: no device), known also as `alt`. The same person
   * under LID and number is one address; what is given together is remembered as belonging together.
   */
  addressOf(jid: string, alt: string | undefined, at: number): Promise<string>
  /** Where to send: the jid they wrote from last. undefined: never wrote to us, so nothing is sent. */
  jidOf(address: string): Promise<string | undefined>
  /** Pairs that WhatsApp tells outside of messages. */
  learn(pairs: readonly { lid: string; pn: string }[]): Promise<void>
}

/** One process owns the account: two at once throw each other out and spoil the ratchet. */
export interface Lease {
  /** Resolves once the account is ours; undefined when `signal` aborts before. */
  acquire(signal: AbortSignal): Promise<HeldLease | undefined>
}

export interface HeldLease {
  /** Resolves when it is no longer ours: the socket must go at once. */
  readonly lost: Promise<void>
  release(): Promise<void>
}

/** What we start ourselves (reminders, nudges, notices), as opposed to answers. */
export interface Outreach {
  /** Asked right before such a message goes out. */
  mayStart(
    address: string,
    at: number,
  ): Promise<{ kind: 'yes' } | { kind: 'later'; at: number } | { kind: 'no'; reason: string }>
  /** It went out. */
  started(address: string, at: number): Promise<void>
  /** WhatsApp restricts chats that we start (error 463, a reach-out lock). `until`: epoch ms where it says so. */
  locked(until: number | undefined, at: number): Promise<void>
  unlocked(at: number): Promise<void>
}

/** The account as operators see it. `since`: epoch ms. */
export type AccountState =
  | { status: 'waiting'; since: number }
  | { status: 'connecting'; since: number; reason?: string }
  /** `qr`: text of the QR code, new every 20 to 60 s; absent while the next one is fetched. */
  | { status: 'needs_pairing'; since: number; qr?: string }
  | { status: 'open'; since: number; phone?: string }
  /** Another program uses this credential; tried again at `retryAt`. */
  | { status: 'taken_over'; since: number; retryAt: number }
  | { status: 'banned'; since: number }
  | { status: 'outdated'; since: number }
  | { status: 'stopped'; since: number }

/** Hears every change, in order. Must not throw. */
export interface Health {
  changed(state: AccountState): void
  /** Open, but nothing is heard any more; the connection is made anew. */
  deaf(at: number): void
}

/** What the pairing pages and the terminal do with the running account. */
export interface PairingDesk {
  state(): AccountState
  /** A code of eight letters to type into the phone with this number (E.164 digits); only while pairing is needed. */
  requestCode(phone: string): Promise<string>
  /** Forgets the credential and asks for pairing again. People, their chats and addresses stay. */
  unpair(): Promise<void>
}

export interface WhatsAppPorts {
  auth: AuthStore
  sent: SentMessages
  identities: Identities
  lease: Lease
  outreach: Outreach
  health: Health
}
