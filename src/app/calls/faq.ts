import { faqAnswer } from '../../understand/index.ts'
import { faqSearch } from '../faq.ts'
import type { Call } from './types.ts'

/** The answer in the language of the chat, with its date; what has no entry is said so, and counted by the caller. */
export const answer_question: Call<'answer_question'> = async ({ text }, { language }) => {
  const hit = faqSearch()(text)
  return hit === undefined
    ? { outcome: 'none', output: {} }
    : { outcome: 'found', output: { answer: faqAnswer(hit.entry, language) } }
}
