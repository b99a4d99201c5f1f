import type { Centre } from '../people.ts'
import type { Role } from './invitations.ts'

/** A coach or operator who is heard in a chat. */
export interface StaffMember {
  id: string
  role: Role
  name: string
  /** null: an operator of every centre. */
  centre: Centre | null
}

export type Joining =
  | { outcome: 'joined'; member: StaffMember }
  /** No such code, used or over. */
  | { outcome: 'wrong' }
  /** Too many wrong codes from this chat today. */
  | { outcome: 'blocked' }

export interface StaffMembers {
  /** Who is heard in this chat in that role; nobody who was dismissed. */
  of(conversationId: number, role: Role): Promise<StaffMember | undefined>
  /** Takes a code: the chat is theirs from now on. */
  join(conversationId: number, typed: string, at: number): Promise<Joining>
}

/** A ticket as an operator sees it: no number of a phone. */
export interface DeskTicket {
  number: string
  conversationId: number
  residentId: string | null
  /** First name of who asks; null before registration. */
  name: string | null
  centre: string | null
  centreCode: string | null
  text: string | null
  reason: string
  openedAt: number
  /** Answered at least once. */
  answered: boolean
  /** Who speaks with the person now. */
  heldBy: string | null
}

/** Tickets as operators work on them, and whose word a conversation has. */
export interface Desk {
  /** Operators of the centre, and those of every centre, who have a chat of this kind. */
  operators(centreCode: string | null, sandbox: boolean): Promise<string[]>
  /** What waits for an answer or is being answered by this operator, oldest first. */
  open(operator: StaffMember, sandbox: boolean): Promise<DeskTicket[]>
  find(number: string): Promise<DeskTicket | undefined>
  /**
   * Until then the operator speaks in every chat of who asked; the assistant is silent there. @returns `held` when it has begun now,
   * `mine` when it was so, `others` when another operator does
   */
  hold(
    ticket: DeskTicket,
    operatorId: string,
    span: { at: number; until: number },
  ): Promise<'held' | 'mine' | 'others'>
  /** Gives the conversation back. @returns false when it was nobody's of this ticket: nothing is said twice */
  release(number: string, at: number): Promise<boolean>
  /** Marks it as answered. */
  answered(number: string, at: number): Promise<void>
  /** Who speaks in a conversation, about which ticket. */
  holder(conversationId: number, at: number): Promise<{ operatorId: string; ticket: string } | undefined>
}

export type CoachRecordEntry =
  | { kind: 'note'; text: string }
  /** P1 … P7 */
  | { kind: 'stage'; stage: string }
  /** How many jobs the participant's business created. */
  | { kind: 'jobs'; jobs: number }

export interface CoachRecords {
  /** A stage is the participant's from now on. */
  add(record: { residentId: string; coachId: string; entry: CoachRecordEntry }, at: number): Promise<void>
  /** Newest first. */
  of(residentId: string): Promise<{ coach: string; at: number; entry: CoachRecordEntry }[]>
}
