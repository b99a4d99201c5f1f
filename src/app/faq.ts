import path from 'node:path'
import { makeFaqSearch, readLedgerOrQuestion, type FaqSearch, type Moment } from '../understand/index.ts'
import { loadFaq } from './loadFaq.ts'

/** The entries are files of the project, edited without programming. */
export const FAQ_DIR = path.join(import.meta.dirname, '../../faq')

let search: FaqSearch | undefined

/** Searches the entries, read once. @throws FaqErrors naming every mistake; the start calls it first. */
export const faqSearch = (): FaqSearch => (search ??= makeFaqSearch(loadFaq(FAQ_DIR)))

/** Whether a text is a question, and one that has an answer; what the books can record is none. */
export function questionIn(
  typed: string,
  at: Pick<Moment, 'now' | 'holidays'>,
): 'answered' | 'unanswered' | undefined {
  const spoken = readLedgerOrQuestion(typed, { ...at, hours: { open: '08:00', close: '16:00' } }, faqSearch())
  if (spoken.is !== 'question') return undefined
  return spoken.hit === undefined ? 'unanswered' : 'answered'
}
