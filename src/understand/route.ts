import type { FaqHit, FaqSearch } from './faq/index.ts'
import { isQuestion, NO_CONTEXT, readLedger, type LedgerContext, type LedgerReading } from './ledger/index.ts'
import type { Moment } from './types.ts'

/** What somebody says by themselves: something for the books, a question, or neither. */
export type Spoken =
  | { is: 'ledger'; reading: LedgerReading }
  /** A question; without `hit` there is no entry for it. */
  | { is: 'question'; hit: FaqHit | undefined }
  | { is: 'neither' }

/**
 * One reading for both, so that a question is never booked as an entry and an entry never answered as a question. What the
 * books can record or correct goes to the books; else an answer that fits; else what the books would ask.
 */
export function readLedgerOrQuestion(
  text: string,
  moment: Moment,
  search: FaqSearch,
  context: LedgerContext = NO_CONTEXT,
): Spoken {
  const reading = readLedger(text, moment, context)
  if (reading.is === 'entries' || reading.is === 'edit' || reading.is === 'delete')
    return { is: 'ledger', reading }
  const hit = search(text)
  if (reading.is === 'ask' && isForBooks(text, reading, hit)) return { is: 'ledger', reading }
  if (hit !== undefined || isQuestion(text)) return { is: 'question', hit }
  return reading.is === 'ask' ? { is: 'ledger', reading } : { is: 'neither' }
}

/** "jual bakso" lacks its amount and "50rb" its kind: the books ask. Only a question in words goes before. */
function isForBooks(text: string, reading: Asked, hit: FaqHit | undefined): boolean {
  const open = reading.candidates.length > 0
  if (TALK.test(text) || (!open && isQuestion(text))) return false
  return open || reading.why !== 'amount' || (hit?.score ?? 0) < SURE
}

type Asked = Extract<LedgerReading, { is: 'ask' }>

/** "uang dagang kecampur uang belanja": without an amount, what fits an answer in three words is no entry. */
const SURE = 6

/** Words that only somebody who asks for advice uses; beside them a figure is an example. */
const TALK = /\b(ok ?oce|nib|kur|iumk|p-?irt|halal|merek|pajak|hpp)(nya)?\b/i
