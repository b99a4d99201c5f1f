import type { CallSpecs } from '../../engine/types.ts'
import { action, question } from './kinds.ts'

/** The bookkeeping workbooks. */
export const WORKBOOK_CALLS = {
  /** `followed`: somebody registered, who is asked a week later whether it is used. */
  give_workbook: {
    input: { workbook: 'choice' },
    outcomes: {
      followed: { file: 'file', title: 'choice' },
      given: { file: 'file', title: 'choice' },
      unknown: {},
    },
    ...action,
  },
  /** For the question of a week later; `gone`: answered already, or erased. */
  given_workbook: {
    input: { delivery: 'choice' },
    outcomes: { waiting: { title: 'choice' }, gone: {} },
    ...question,
  },
  answer_workbook: {
    input: { delivery: 'choice', used: 'choice' },
    outcomes: { noted: {}, gone: {} },
    ...action,
  },
} as const satisfies CallSpecs
