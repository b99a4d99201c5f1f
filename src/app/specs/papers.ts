import type { CallSpecs } from '../../engine/types.ts'
import { action } from './kinds.ts'

/** What is made of somebody's books: pictures, a month as a workbook, the report for a bank. */
export const PAPER_CALLS = {
  /** `what`: week | month, a picture of this one. `words` says what it shows. */
  book_picture: {
    input: { what: 'choice' },
    outcomes: { made: { file: 'file', words: 'text' }, empty: {}, nobody: {} },
    ...action,
  },
  /** `what`: this_month | last_month */
  book_month: {
    input: { what: 'choice' },
    outcomes: { made: { file: 'file', month: 'choice' }, empty: {}, nobody: {} },
    ...action,
  },
  /** `recorded`: how many of the months that a bank asks for (`of`) have records. */
  book_report: {
    input: {},
    outcomes: {
      made: { file: 'file', picture: 'file', recorded: 'number', of: 'number' },
      empty: {},
      nobody: {},
    },
    ...action,
  },
} as const satisfies CallSpecs
