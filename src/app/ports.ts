import type { OutboundFile, Received, SendOutcome } from '../channels/channel.ts'
import type { Incoming, Lang, Say, TimerSpec, Touch, Value, Values } from '../engine/types.ts'
import type { Repos } from '../domain/ports.ts'
import type { Papers } from '../domain/ports/papers.ts'
import type { State } from '../engine/state.ts'
import type { Holiday } from '../understand/types.ts'

/** What the path needs of the database. Implemented by `db/`; the faults runner wraps it to make it fail. */

export interface Inbox {
  /** One transaction for the whole batch; repeats end here. @returns how many rows were new. */
  accept(batch: Received[], receivedAt: number): Promise<number>
  /** Addresses of people whose message came in this time (epoch ms) and is not handled yet, the longest-waiting first. */
  unanswered(account: string, between: { from: number; to: number }, limit: number): Promise<string[]>
}

export interface ConversationRow {
  id: number
  channel: Received['channel']
  account: string
  address: string
  sandbox: boolean
  clockOffsetMs: number
  blocked: boolean
  /** Until then an operator speaks here and the assistant is silent; epoch ms. */
  heldUntil: number | null
  state: State | undefined
}

/** A claimed conversation with its oldest unhandled inbound: ours until the transaction ends. */
export interface Work {
  conversation: ConversationRow
  /** `followed`: the person has sent more since, and it waits, too. */
  inbound: { id: bigint; incoming: Incoming; attempts: number; sentAt: number; followed?: boolean }
}

/** What a turn decided, written for a whole set at once. */
export interface TurnResult {
  conversationId: number
  inboundId: bigint
  /** answer | retry | silence:… | set_aside */
  heard: string
  /** undefined leaves the stored state as it is. */
  state: State | undefined
  open: { flow: string; version: number; step: string } | undefined
  language: Lang | undefined
  says: Say[]
  /** Done after what is said. */
  touches: Touch[]
  /** null clears the timer, undefined leaves it. */
  timer: TimerSpec | null | undefined
  blocked: boolean | undefined
  /** Where the conversation goes on, when it has moved. */
  address?: string
  /** The person did something: a timer or a notice is no activity of theirs. */
  byPerson: boolean
  /** What is said for a reminder is sent only while that holds. */
  reminderId: bigint | undefined
}

/** A transaction that holds claimed conversations. */
export interface TurnTx {
  /** Runs `work` in a savepoint: what it wrote vanishes when it throws, and the set lives on. */
  savepoint<T>(work: (repos: Repos) => Promise<T>): Promise<T>
  save(results: TurnResult[], at: number): Promise<void>
}

export interface Turns {
  /** Claims up to `limit` conversations with unhandled inbound. @returns how many were claimed; 0 = nothing to do. */
  set(limit: number, work: (claimed: Work[], tx: TurnTx) => Promise<void>): Promise<number>
  /** The same for one conversation. @returns false when somebody else holds it or nothing is left to do. */
  alone(conversationId: number, work: (claimed: Work, tx: TurnTx) => Promise<void>): Promise<boolean>
  /**
   * Counts an attempt on the oldest unhandled inbound before it is made, so that one that kills the process counts too.
   * @returns that inbound, for taking the count back
   */
  countAttempt(conversationId: number): Promise<bigint | undefined>
  uncountAttempt(inboundId: bigint): Promise<void>
  /** Conversations waiting since before `before`, oldest first. */
  waitingSince(before: number, limit: number): Promise<number[]>
}

/** A leased outbound. `say` is undefined when its body was erased meanwhile. */
export interface Leased {
  id: bigint
  conversationId: number
  address: string
  purpose: string
  attempts: number
  say: Say | undefined
  /** Instead of a say: something done to a message that is there already. */
  touch?: Touch
}

/** What becomes of a leased row. `repeat`: sent, not answered, and to be sent again; pauses in ms from now. */
export type Verdict =
  | Exclude<SendOutcome, { kind: 'later' }>
  | { kind: 'later'; pauseMs: number; reason: string }
  | { kind: 'repeat'; pauseMs: number; reason: string }
  | { kind: 'gone' }

export interface Mark {
  id: bigint
  conversationId: number
  outcome: Verdict
}

export interface Outbox {
  /**
   * Leases the first waiting row of up to `limit` conversations. What is said for a reminder that no longer holds at
   * `now` is dropped instead. Replies and what we start ourselves (`leasePaced`) do not wait for each other.
   */
  lease(account: string, lease: string, limit: number, now: number): Promise<Leased[]>
  /**
   * The same for reminders and bulk, at most `perSecond` of the account in all processes together.
   * `pauseMs`: something waits, and may be leased after so long.
   */
  leasePaced(
    want: { account: string; lease: string; limit: number; perSecond: number | undefined },
    now: number,
  ): Promise<{ rows: Leased[]; pauseMs?: number }>
  /** Prolongs the leases of rows whose sends are still under way. */
  keep(lease: string, ids: bigint[]): Promise<void>
  /** Marks many at once, each only while the lease is still ours. */
  mark(lease: string, marks: Mark[], at: number): Promise<void>
}

/** What is in the files that messages carry, and what the platforms keep of them. */
export interface Files {
  /** undefined: erased meanwhile, or nothing makes such a file. */
  open(account: string, key: string): Promise<OutboundFile | undefined>
  keepMediaId(account: string, key: string, mediaId: string): Promise<void>
}

export interface Timers {
  /** Moves due timers of these accounts into the inbox. @returns how many. */
  fire(accounts: string[], now: number): Promise<number>
}

export interface ReminderPass {
  /**
   * Gives due reminders to chats of these accounts, by way of the inbox. @returns how many rows were taken (0 = nothing
   * due) and how many inbound rows were made of them
   */
  fire(accounts: string[], now: number): Promise<{ taken: number; queued: number }>
  /** Marks what is due and can reach nobody. @returns how many */
  giveUp(now: number): Promise<number>
}

export interface Ages {
  oldestUnhandledMs: number
  oldestUnsentMs: number
  unhandled: number
  unsent: number
  setAside: number
  /** Reminders that are due and not given to a chat yet. */
  remindersDue: number
  oldestReminderMs: number
  /** Reminders of the last seven days that could reach nobody. */
  remindersUnreachable: number
  /** Accounts that may not start chats now: their platform restricts them. */
  restrictedAccounts: number
  /** Appointments that the programme called off and whose residents have nothing instead yet. */
  appointmentsUnsettled: number
  /** Since the one of them that was called off first. */
  oldestUnsettledMs: number
}

/** Daily and hourly housekeeping; each is idempotent. @returns rows touched by name. */
export interface Chores {
  eraseContents(before: number): Promise<number>
  eraseKeys(before: number): Promise<number>
  eraseReminders(before: number): Promise<number>
}

/** A text that was not understood, masked. */
export interface UnreadRow {
  conversationId: number
  flow: string
  step: string
  masked: string
  count: number
}

export interface CountRow {
  day: string
  flow: string
  version: number
  step: string
  event: string
  count: number
}

// ── Calls: what a flow may ask the programme to do ──────────────────────────────────────────────────────────────────

export interface CallContext {
  conversation: {
    id: number
    channel: Received['channel']
    account: string
    address: string
    sandbox: boolean
  }
  inboundId: bigint
  /** Epoch ms on the conversation's clock. */
  now: number
  language: Lang
  holidays: readonly Holiday[]
  /** The operator's settings that flows may quote. */
  facts: Values
  repos: Repos
  papers: Papers
}

/** What a call answered: its named outcome, what it saves, and the rows of a `from:` list. */
export interface CallResult {
  outcome: string
  output: Values
  rows?: { value: Value; label: string; description?: string }[]
  /** What was said is erased: conversations that wait below the one that called end with it. */
  forget?: true
}
