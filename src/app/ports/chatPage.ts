import type { Incoming, Say } from '../../engine/types.ts'

/** The chat page: what it needs of the database beside the path. */

/** A chat of the page as it stands now. */
export interface SandboxChat {
  conversation: number
  address: string
  /** Added to the real time, ms. */
  clockOffsetMs: number
  /** The open question. */
  open: { flow: string; version: number; step: string } | undefined
  /** The flow timer; `dueAt` is epoch ms of the real clock. */
  timer: { name: string; dueAt: number } | undefined
  /** When the next reminder of who speaks here is due, epoch ms of the real clock. */
  reminderAt: number | undefined
  /** Something said is not handled yet. */
  unhandled: boolean
  /** How many answers are not out yet, the one on its way included. */
  unsent: number
  /** Newest inbound and outbound that people see; 0 = none. */
  lastIn: number
  lastOut: number
}

/** A message as people saw it. `at`: epoch ms on the chat's own clock. What was erased after 24 hours is undefined. */
export type SandboxMessage =
  | { from: 'person'; id: number; at: number; key: string; incoming: Incoming | undefined }
  | { from: 'assistant'; id: number; at: number; say: Say | undefined }

export interface Sandbox {
  /** The chats of one browser; their addresses are `<session>.<number>`. */
  chats(session: string): Promise<SandboxChat[]>
  /** The newest messages of a chat, oldest first. */
  messages(chat: SandboxChat): Promise<SandboxMessage[]>
  /** A message to one of the session's chats. */
  say(session: string, outbound: number): Promise<Say | undefined>
  /** The outbound that is leased and on its way to the address. */
  onItsWay(address: string): Promise<number | undefined>
  /**
   * Opens a chat at the address unless there is one. A public page must not be filled: when all places are taken, the one
   * idle for longest gives way, if that is more than a day.
   * @returns false when the page is full
   */
  admit(address: string, now: number): Promise<boolean>
  /** Removes a chat with everything in it and the residents that only it spoke for. */
  forget(address: string): Promise<void>
  /** Lets `ms` pass in one chat: its timers come nearer, and what was said grows older. */
  moveClock(address: string, ms: number): Promise<void>
}
