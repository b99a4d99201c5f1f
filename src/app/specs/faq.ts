import type { CallSpecs } from '../../engine/types.ts'
import { question } from './kinds.ts'

/** Answers to questions, from the entries in `faq/`. `answer` ends with its next step. */
export const FAQ = {
  answer_question: {
    input: { text: 'text' },
    outcomes: { found: { answer: 'text' }, none: {} },
    ...question,
  },
} as const satisfies CallSpecs
