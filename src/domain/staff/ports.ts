import type { Booking } from '../booking/ports.ts'
import type { Interval, Span, WeekHours } from '../booking/types.ts'
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
  /** Ends their work: no chat is theirs, no invitation good, and nothing more is said to them. */
  dismiss(role: Role, id: string, at: number): Promise<void>
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
  /** Of the chat page's people. */
  sandbox: boolean
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
  /** The chat in which a resident is the one who speaks, and where they wrote last. */
  chatOf(residentId: string): Promise<number | undefined>
  /** Gives the conversation back. @returns false when it was nobody's of this ticket: nothing is said twice */
  release(number: string, at: number): Promise<boolean>
  /** Marks it as answered. */
  answered(number: string, at: number): Promise<void>
  /** It waits for an answer again. */
  reopen(number: string): Promise<void>
  /** About which tickets an operator speaks with somebody now. */
  heldBy(operatorId: string, at: number): Promise<DeskTicket[]>
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

export interface Participant {
  id: string
  number: string
  /** Short form: coaches see no full names in lists, and no numbers of phones. */
  name: string
  stage: string
  sandbox: boolean
}

/** A stretch of time in which a coach is not there. */
export interface TimeOff extends Span {
  id: number
  createdAt: number
}

/** What a coach's work needs of the database. */
export interface Coaching {
  /** Sessions of a coach that begin in the span and were not cancelled, in the order of their times. */
  sessions(coachId: string, span: Span, sandbox: boolean): Promise<Booking[]>
  /** Whose coach they are, and who has a session with them; nobody who stopped processing. */
  participants(coachId: string, sandbox: boolean): Promise<Participant[]>
  hours(coachId: string): Promise<(WeekHours & { centreCode: string; centre: string })[]>
  /** The hours of one weekday at one centre from now on. @returns false where they lie over hours at another centre */
  setHours(
    coachId: string,
    at: { centreCode: string; weekday: number },
    hours: readonly Interval[],
  ): Promise<boolean>
  /** What lies within another time off of theirs is known already, and not noted again. */
  addTimeOff(coachId: string, span: Span, at: number): Promise<void>
  /** What is not over by then, by its start. */
  timesOff(coachId: string, from: number): Promise<TimeOff[]>
  removeTimeOff(id: number): Promise<void>
  /** Whether a coach is heard in a chat of this kind. */
  reachable(coachId: string, sandbox: boolean): Promise<boolean>
}
