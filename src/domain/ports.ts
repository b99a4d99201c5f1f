import type { Bookings, CheckIns, WaitingList } from './booking/ports.ts'
import type { Candidate } from './coaches.ts'
import type { Books } from './ledger/ports.ts'
import type { Centre, Intake, Need, Resident, Speaker } from './people.ts'
import type { Reminders } from './ports/reminders.ts'
import type { RequestKind } from './privacy.ts'
import type { Coaching, CoachRecords, Desk, StaffMembers } from './staff/ports.ts'
import type { Deliveries } from './workbooks.ts'

/**
 * What the domain needs of the database, by noun. Implemented in `db/`, always bound to the turn's open transaction.
 * Expected outcomes are return values (`taken`, `known`); only faults are thrown. Times are epoch ms.
 */
export interface Repos {
  residents: Residents
  centres: Centres
  consents: Consents
  requests: Requests
  tickets: Tickets
  audit: Audit
  erasure: Erasure
  files: FilesMade
  phones: Phones
  reminders: Reminders
  links: Links
  books: Books
  workbooks: Deliveries
  bookings: Bookings
  waitingList: WaitingList
  checkIns: CheckIns
  staff: StaffMembers
  desk: Desk
  coachRecords: CoachRecords
  coaching: Coaching
}

/** Short codes by which a profile comes to another chat. Times are epoch ms. */
export interface Links {
  /** Ends the chat's earlier codes. @returns the new one */
  make(conversationId: number, residentId: string, times: { now: number; until: number }): Promise<string>
  /** Who made the code, while it is good; nobody else can use it until the transaction ends. */
  find(
    code: string,
    now: number,
  ): Promise<{ conversationId: number; residentId: string; sandbox: boolean } | undefined>
  end(code: string): Promise<void>
  /** For the limits: that a code was made, or a wrong one typed. */
  note(kind: 'made' | 'wrong', conversationId: number, now: number): Promise<void>
  /** How many after `since`, of one chat or of all. */
  count(kind: 'made' | 'wrong', since: number, conversationId?: number): Promise<number>
}

export interface Phones {
  /** The number (E.164) that a chat is written from, where its platform tells: the sender's own. */
  ofChat(speaker: Speaker): Promise<string | undefined>
}

/** Files made for one conversation. Erased with its messages. */
export interface FilesMade {
  /** @returns the key of a say's file */
  add(conversationId: number, file: { mime: string; bytes: Uint8Array }, at: number): Promise<string>
}

export interface Profile {
  name: string
  formOfAddress: string
  /** E.164. */
  phone: string | null
  nik: string | null
  kelurahan: string
  centreCode: string
  coachId: string | null
  nextStep: string
  reminders: boolean
  language: 'id' | 'en'
  intake: Intake
}

export type NewResident = Profile & { source: string | null; sandbox: boolean }

export type ProfileChanges = Partial<Profile> & Partial<Pick<Resident, 'restrictedAt' | 'preferredChannel'>>

export interface Residents {
  find(id: string): Promise<Resident | undefined>
  /** The active resident of a conversation. */
  active(conversationId: number): Promise<Resident | undefined>
  /** Everybody the conversation speaks for, oldest link first. */
  of(conversationId: number): Promise<Resident[]>
  /** Whose coach this is, oldest first; also those who stopped processing. */
  ofCoach(coachId: string): Promise<Resident[]>
  /** Real people with this number (E.164). Families share one, so there may be several. */
  withPhone(phone: string): Promise<Resident[]>
  /** Stores a new resident under a new random number, linked to the conversation and active in it. */
  create(
    conversationId: number,
    resident: NewResident,
    at: number,
  ): Promise<Omit<Resident, 'centre' | 'coach'>>
  update(id: string, changes: ProfileChanges, at: number): Promise<void>
  /** Makes the resident the conversation's active one, linking it first where it is not. */
  activate(conversationId: number, id: string, at: number): Promise<void>
  /** The chats that speak for a resident. */
  chats(id: string): Promise<ChatRecord[]>
}

export interface ChatRecord {
  channel: string
  address: string
  language: string
  createdAt: number
  activeAt: number | null
  blockedAt: number | null
  linkedAt: number
  messagesIn: number
  messagesOut: number
}

/** Whose coach is looked for: a resident's, or that of somebody who registers in a chat just now. */
export type Whose = { resident: string } | { chat: number }

export interface Centres {
  find(code: string): Promise<Centre | undefined>
  /** In the order of their names. */
  all(): Promise<Centre[]>
  /** Until the transaction ends, nobody else assigns coaches here. Lock centres in the order of their codes. */
  lock(code: string): Promise<Centre | undefined>
  /**
   * Active coaches who serve the need, with the loads of real people (restricted ones do not count). Nobody is their own
   * coach: who is heard in a chat of that person is left out.
   */
  coaches(code: string, need: Need, of: Whose): Promise<Candidate[]>
}

export type ConsentPurpose = 'data' | 'reminders'

export interface ConsentAnswer {
  speaker: Speaker
  inboundId: bigint
  purpose: ConsentPurpose
  answer: boolean
  /** Exactly what was shown; stored once per sha256. */
  text: string
}

export interface ConsentRecord {
  purpose: string
  answer: boolean
  at: number
  withdrawnAt: number | null
  channel: string
  textSha256: string
  text: string
}

export interface Consents {
  record(consent: ConsentAnswer, residentId: string | null, at: number): Promise<void>
  /** The newest answers of the conversation that belong to nobody yet. */
  pending(conversationId: number): Promise<Partial<Record<ConsentPurpose, boolean>>>
  /** Gives the pending answers to a resident. */
  claim(conversationId: number, residentId: string): Promise<void>
  of(residentId: string): Promise<ConsentRecord[]>
  withdraw(residentId: string, at: number): Promise<void>
}

export interface PrivacyRequestRecord {
  number: string
  kind: string
  receivedAt: number
  dueAt: number
  doneAt: number | null
}

export interface Requests {
  /** @returns the receipt number. `doneAt` null leaves the request open; its clock runs. */
  add(request: {
    kind: RequestKind
    speaker: Speaker
    receivedAt: number
    dueAt: number
    doneAt: number | null
  }): Promise<string>
  /** Every request of this chat, newest first. */
  of(speaker: Speaker): Promise<PrivacyRequestRecord[]>
}

export interface TicketRecord {
  number: string
  reason: string
  text: string | null
  openedAt: number
  answeredAt: number | null
}

export interface Tickets {
  /** @returns the ticket's number. */
  open(
    ticket: { conversationId: number; residentId: string | null; reason: string; text: string | null },
    at: number,
  ): Promise<string>
  /** Unanswered, oldest first. */
  openOf(conversationId: number): Promise<TicketRecord[]>
  of(residentId: string): Promise<TicketRecord[]>
}

/** What an audit row is about, digested before it is stored. */
export type Subject = { residentId: string } | { account: string; address: string }

export interface AuditEntry {
  actor: string
  action: string
  subject: Subject
  /** Codes only: no content. */
  detail: string
}

export interface Audit {
  append(entry: AuditEntry, at: number): Promise<void>
  of(subject: Subject): Promise<{ at: number; actor: string; action: string; detail: string }[]>
}

export interface Erasure {
  /**
   * What was said in the chat: payloads, texts sent and waiting, the timer. Messages that came after the current one
   * stay in line. The conversation's state is the engine's to forget.
   */
  messages(speaker: Speaker, currentInbound: bigint): Promise<void>
  /**
   * One resident: profile, answers, links, tickets, what waits to be sent to them, and what was said in every chat that
   * spoke for them. Consents stay as evidence without a name; a tombstone makes a restored backup forget again.
   */
  resident(id: string, at: number): Promise<void>
  /** What else is left of a chat that speaks for nobody any more: its tickets, and the links of its evidence. */
  chat(speaker: Speaker, at: number): Promise<void>
}
