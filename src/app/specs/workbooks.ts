import type { CallSpecs } from '../../engine/types.ts'
import { action } from './kinds.ts'

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
} as const satisfies CallSpecs
