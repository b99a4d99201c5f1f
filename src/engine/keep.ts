import { optionsOf } from './ask/choice.ts'
import type { AskStep } from './format.ts'
import { askedOf } from './question.ts'
import { placeName } from '../understand/index.ts'
import type { Here, Turn } from './turn.ts'
import type { Value } from './types.ts'

/** Whether an answer given before still answers the question as it is now. What is evidence is always asked. */
export function canKeep(turn: Turn, here: Here & { step: AskStep }, value: Value): boolean {
  const { step } = here
  if (step.saveText !== undefined) return false
  if (value === null) return step.skip !== undefined
  const asked = askedOf(turn, here, null)
  if (step.kind === 'place') return isWhole(value)
  if (step.from !== undefined && step.kind !== 'text' && step.kind !== 'when')
    return asked.rows.some(row => row.value === value)
  if (step.kind !== 'choice' && step.kind !== 'yesno' && step.kind !== 'choices') return true
  const values = optionsOf(asked).map(option => option.value)
  return Array.isArray(value)
    ? value.every(each => values.includes(String(each)))
    : values.includes(String(value))
}

const isWhole = (code: Value): boolean => String(code).split('.').length === 4

/** Where a question begins when half of its answer is known: inside the kota or kecamatan that was named early. */
export const beginWith = (step: AskStep, kept: Value | undefined): { sub: Value } | undefined =>
  step.kind === 'place' && typeof kept === 'string' && !isWhole(kept) && placeName(kept) !== undefined
    ? { sub: { at: kept } }
    : undefined
