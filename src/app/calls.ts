import type { Values } from '../engine/types.ts'
import { CALLS, type CallName } from './callSpecs.ts'
import * as books from './calls/books.ts'
import * as booksEvening from './calls/booksEvening.ts'
import { night_day } from './calls/booksNight.ts'
import * as booksRecord from './calls/booksRecord.ts'
import * as booksSettings from './calls/booksSettings.ts'
import * as booking from './calls/booking.ts'
import * as bookingNotices from './calls/bookingNotices.ts'
import * as calledOff from './calls/calledOff.ts'
import { answer_question } from './calls/faq.ts'
import { CallInputError, readInput } from './calls/input.ts'
import * as papers from './calls/papers.ts'
import * as linking from './calls/linking.ts'
import * as coachHours from './calls/coachHours.ts'
import * as coachOff from './calls/coachOff.ts'
import * as coachPeople from './calls/coachPeople.ts'
import * as coachSessions from './calls/coachSessions.ts'
import * as desk from './calls/desk.ts'
import { open_ticket, people, switch_person } from './calls/people.ts'
import * as registration from './calls/registration.ts'
import * as rights from './calls/rights.ts'
import * as workbooks from './calls/workbooks.ts'
import * as take from './calls/take.ts'
import type { Call } from './calls/types.ts'
import * as visits from './calls/visits.ts'
import type { CallContext, CallResult } from './ports.ts'

/** Where the engine and the domain meet: each call of `callSpecs.ts` and the function that answers it. */
const REGISTRY: { [N in CallName]: Call<N> } = {
  who: registration.who,
  record_consent: registration.record_consent,
  forget: registration.forgetCall,
  guess_needs: registration.guess_needs,
  count_needs: registration.count_needs,
  phone_of_chat: registration.phone_of_chat,
  find_own: registration.find_own,
  claim_own: registration.claim_own,
  nik_wanted: registration.nik_wanted,
  check_nik: registration.check_nik,
  register: registration.registerCall,
  resume: registration.resume,
  show_data: rights.show_data,
  copy_data: rights.copy_data,
  load_form: rights.load_form,
  correct_profile: rights.correct_profile,
  correct_answers: rights.correct_answers,
  set_reminders: rights.set_reminders,
  withdraw: rights.withdrawCall,
  erase: rights.eraseCall,
  ...linking,
  people,
  switch_person,
  open_ticket,
  book_status: books.book_status,
  record_entry: booksRecord.record_entry,
  book_entry: books.book_entry,
  undo_entry: books.undo_entry,
  redo_entry: books.redo_entry,
  fix_entry: booksRecord.fix_entry,
  night_day,
  show_book: books.show_book,
  show_debts: books.show_debts,
  debt_text: books.debt_text,
  day_off: booksSettings.day_off,
  opening_cash: booksSettings.opening_cash,
  set_evening: booksEvening.set_evening,
  evening_later: booksEvening.evening_later,
  evening_book: booksEvening.evening_book,
  share_book: booksSettings.share_book,
  learned_phrases: books.learned_phrases,
  forget_phrase: booksSettings.forget_phrase,
  ...workbooks,
  ...papers,
  booking_state: booking.booking_state,
  book_days: booking.book_days,
  when: booking.when,
  ...take,
  ...visits,
  ...bookingNotices,
  ...calledOff,
  answer_question,
  ...desk,
  ...coachHours,
  ...coachOff,
  ...coachPeople,
  ...coachSessions,
}

const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name)

/**
 * Runs a call with its checked input, in the turn's transaction.
 * @throws CallInputError when the call does not exist or cannot take the input
 */
export async function runCall(name: string, input: Values, context: CallContext): Promise<CallResult> {
  if (!isCall(name)) throw new CallInputError(name, ['the call'])
  return answer(name, input, context)
}

const answer = async <N extends CallName>(
  name: N,
  input: Values,
  context: CallContext,
): Promise<CallResult> => (await REGISTRY[name](readInput(name, input), context)) as CallResult
