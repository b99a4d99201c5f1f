import type { Centre, Need } from '../people.ts'
import type { Agenda, Span } from './types.ts'

/** What booking needs of the database, bound to one open transaction. Lost races are return values, never errors. */

export type BookingStatus = 'held' | 'booked' | 'cancelled' | 'attended' | 'no_show' | 'ended'
/** `coach`: they are not there; `coach_left`: they work here no more; `centre`: it is closed. */
export type CancelledBy = 'resident' | 'coach' | 'coach_left' | 'centre'
export type AttendanceBy = 'code' | 'coach' | 'resident'

export interface Booking extends Span {
  id: string
  /** J- and four characters. */
  code: string
  residentId: string
  centre: Centre
  coach: { id: string; name: string }
  seat: number
  topic: string
  status: BookingStatus
  cancelledBy: CancelledBy | null
  /** When one that the programme called off was put right: another taken, none wanted, or helped by an operator. */
  settledAt: number | null
  /** Of the chat page's people. */
  sandbox: boolean
  /** Counts up with every change of place, time or coach. */
  version: number
  holdUntil: number | null
  createdAt: number
  updatedAt: number
}

/** Where and when a session takes place, with the coach's buffers around it. */
export interface Place extends Span {
  centreCode: string
  coachId: string
  seat: number
  topic: string
  busyFrom: number
  busyUntil: number
}

export interface NewHold extends Place {
  residentId: string
  sandbox: boolean
  holdUntil: number
}

/** A booking as its owner's copy shows it. Times are epoch ms. */
export interface BookingRecord extends Span {
  code: string
  centre: string
  coach: string
  topic: string
  status: string
  version: number
  holdUntil: number | null
  cancelledBy: string | null
  settledAt: number | null
  attendanceAt: number | null
  attendanceBy: string | null
  feedback: { answer: string; why: string | null; at: number } | null
  createdAt: number
  updatedAt: number
}

export interface Bookings {
  /**
   * What is set and taken at a centre from an instant on; sandbox people have a world of their own. Coaches who are heard in
   * a chat of the resident are left out: nobody meets themselves. `null`: whoever it is.
   */
  agenda(
    centreCode: string,
    from: number,
    whose: { id: string | null; sandbox: boolean },
  ): Promise<Agenda | undefined>
  /** Centres where a coach with hours serves one of the needs. */
  centresServing(needs: readonly Need[]): Promise<Centre[]>
  /**
   * Until the transaction ends nobody else takes, moves or frees a place there, or anywhere with a coach of theirs. Called
   * once a transaction, before anything is written: centres in the order of their codes, then coaches by their ids.
   */
  lock(...centreCodes: string[]): Promise<void>
  find(id: string): Promise<Booking | undefined>
  /** The resident's one open booking, over or not. */
  open(residentId: string): Promise<Booking | undefined>
  /** The resident's hold, run out or not. */
  held(residentId: string): Promise<Booking | undefined>
  /** The last session that was not cancelled and has begun by then. */
  lastBegun(residentId: string, by: number): Promise<Booking | undefined>
  /**
   * Booked sessions of a coach or at a centre that lie in the span, wholly or in part, of real people and of the chat
   * page's, in the order of their times.
   */
  standing(of: { coachId: string } | { centreCode: string }, span: Span): Promise<Booking[]>
  /** What a coach's absence has called off since then of the sessions in the span, of both worlds, by their times. */
  calledOff(coachId: string, span: Span, since: number): Promise<Booking[]>
  /** What the programme called off of a resident and nobody has put right, the latest. */
  unsettled(residentId: string): Promise<Booking | undefined>
  /** The same at a centre (null: at any) for sessions that would begin after `since`, by their times. */
  allUnsettled(centreCode: string | null, sandbox: boolean, since: number): Promise<Booking[]>
  /** What the resident may still see, newest first. */
  of(residentId: string): Promise<BookingRecord[]>
  /** Removes the resident's hold, and whatever holds of the centre and its coaches have run out. */
  clearHolds(residentId: string, centreCode: string, now: number): Promise<void>
  dropHold(id: string): Promise<void>
  /** undefined: somebody else has the place, or the drawn code was in use. */
  hold(hold: NewHold, at: number): Promise<Booking | undefined>
  /** The hold becomes the resident's open booking. */
  book(id: string, at: number): Promise<void>
  /** The booking takes the place of a hold, which goes; its version counts up. */
  moveTo(id: string, hold: Booking, at: number): Promise<void>
  cancel(id: string, by: CancelledBy, at: number): Promise<void>
  /** Whatever the programme called off of a resident is put right. @returns false when nothing was open */
  settle(residentId: string, at: number): Promise<boolean>
  /** Attended or not; the first word of a coach or of the centre's code stands against later guesses. */
  attend(id: string, status: 'attended' | 'no_show', by: AttendanceBy, at: number): Promise<void>
  /** An open booking that is over and of which nobody said how it went. */
  end(id: string, at: number): Promise<void>
  giveFeedback(id: string, feedback: { answer: string; why: string | null }, at: number): Promise<void>
  /** @returns false when they had checked in there that day already */
  walkIn(
    visit: { residentId: string; centreCode: string; date: string; sandbox: boolean },
    at: number,
  ): Promise<boolean>
  walkInsOf(residentId: string): Promise<{ centre: string; date: string; at: number }[]>
}

/** The code that each centre shows on each day. */
export interface CheckIns {
  /** Whose code of that date this is; takes as long whatever is typed. */
  centreOf(typed: string, date: string): Promise<Centre | undefined>
  /** What the centre shows on that date. */
  codeOf(centreCode: string, date: string): string
}

export interface WaitingEntry {
  id: string
  residentId: string
  centre: Centre
  topic: string
  /** Waits for this date only; null = whatever comes free first. */
  date: string | null
  status: 'waiting' | 'offered' | 'taken' | 'left' | 'passed'
  turnAt: number
  bookingId: string | null
  offerUntil: number | null
  offers: number
  createdAt: number
  updatedAt: number
}

export interface WaitingList {
  /** The resident's entry that still waits or holds an offer. */
  open(residentId: string): Promise<WaitingEntry | undefined>
  find(id: string): Promise<WaitingEntry | undefined>
  of(residentId: string): Promise<Omit<WaitingEntry, 'id' | 'residentId' | 'bookingId'>[]>
  /** @returns undefined when the resident waits already */
  join(
    entry: { residentId: string; centreCode: string; topic: string; date: string | null; sandbox: boolean },
    at: number,
  ): Promise<WaitingEntry | undefined>
  /** Who waits at a centre, in turn. */
  inTurn(centreCode: string, sandbox: boolean): Promise<WaitingEntry[]>
  /** Offers that nobody took in time. */
  expired(centreCode: string, sandbox: boolean, now: number): Promise<WaitingEntry[]>
  /** Where anybody waits or holds an offer, in the order of their codes. */
  centres(): Promise<{ centreCode: string; sandbox: boolean }[]>
  change(
    id: string,
    to: Partial<Pick<WaitingEntry, 'status' | 'turnAt' | 'bookingId' | 'offerUntil' | 'offers'>>,
    at: number,
  ): Promise<void>
}
