import { z } from 'zod'
import { OPTIONS, type OptionField } from '../../domain/labels.ts'
import type { Intake, Need } from '../../domain/people.ts'
import type { Values, VarType } from '../../engine/types.ts'
import { CALLS, type CallName } from '../callSpecs.ts'
import type { InputOf } from './types.ts'

/** A flow gave a call something it cannot take. Deterministic; names the call and the fields, never what was said. */
export class CallInputError extends Error {
  readonly code = 'CALL_INPUT'
  constructor(call: string, fields: string[]) {
    super(`Call ${call}: ${fields.join(', ')} cannot be used as given.`)
  }
}

const words = z.string().max(4096)
const phone = z.union([
  z.object({ number: z.string().regex(/^\+\d{6,15}$/), own: z.boolean().default(false) }),
  z
    .string()
    .regex(/^\+\d{6,15}$/)
    .transform(number => ({ number, own: false })),
])

const SCHEMAS: Record<VarType, z.ZodType> = {
  text: words,
  name: z.string().min(1).max(100),
  choice: z.string().max(100),
  choices: z.array(z.string().max(100)).max(20),
  phone,
  number: z.number(),
  rupiah: z.number().int().nonnegative(),
  date: words,
  time: words,
  datetime: z.number(),
  place: z.string().regex(/^31\.\d{2}\.\d{2}\.\d{4}$/),
  location: words,
  nik: z.string().regex(/^\d{16}$/),
  rows: z.never(),
  file: z.never(),
}

/** Checks an input against the call's entry in `callSpecs.ts`; missing optional fields become null. @throws CallInputError */
export function readInput<N extends CallName>(name: N, given: Values): InputOf<N> {
  const fields = Object.entries(CALLS[name].input as Record<string, string>).map(([field, type]) => {
    const schema = SCHEMAS[type.replace('?', '') as VarType]
    return [field, type.endsWith('?') ? schema.nullish().transform(value => value ?? null) : schema]
  })
  const parsed = z.object(Object.fromEntries(fields) as Record<string, z.ZodType>).safeParse(given)
  if (!parsed.success)
    throw new CallInputError(name, [...new Set(parsed.error.issues.map(i => i.path.join('.')))])
  return parsed.data as InputOf<N>
}

type Answers = InputOf<'correct_answers'>

/** The answers as typed columns. Codes that no question offers are refused. @throws CallInputError */
export function intakeOf(call: CallName, a: Answers): Intake {
  const unknown: string[] = []
  const code = (field: OptionField, given: string | null) => {
    if (given !== null && !Object.hasOwn(OPTIONS[field], given)) unknown.push(field)
    return given
  }
  const intake: Intake = {
    wantsJob: a.wants_job === 'yes',
    wantsStart: a.wants_start === 'yes',
    wantsGrow: a.wants_grow === 'yes',
    primaryNeed: code('primaryNeed', a.primary_need) as Need | null,
    jobEducation: code('jobEducation', a.job_education),
    jobField: a.job_field,
    jobTraining: code('jobTraining', a.job_training),
    startField: code('startField', a.start_field),
    startTried: a.start_tried === null ? null : a.start_tried === 'yes',
    startCapital: a.start_capital,
    startBlock: code('startBlock', a.start_block),
    growName: a.grow_name,
    growField: code('growField', a.grow_field),
    growSince: code('growSince', a.grow_since),
    growSales: code('growSales', a.grow_sales),
    growWorkers: code('growWorkers', a.grow_workers),
    growPermits: (a.grow_permits ?? []).filter(permit => code('growPermits', permit) !== 'belum_ada'),
    growBooks: code('growBooks', a.grow_books),
    growNeed: code('growNeed', a.grow_need),
  }
  if (unknown.length > 0) throw new CallInputError(call, unknown)
  return intake
}

const yesNo = (answer: boolean | null) => (answer === null ? null : answer ? 'yes' : 'no')

/** The reverse of `intakeOf`: stored answers as a form takes them up. */
export const answersOf = (intake: Intake): Answers => ({
  wants_job: intake.wantsJob ? 'yes' : 'no',
  wants_start: intake.wantsStart ? 'yes' : 'no',
  wants_grow: intake.wantsGrow ? 'yes' : 'no',
  primary_need: intake.primaryNeed,
  job_education: intake.jobEducation,
  job_field: intake.jobField,
  job_training: intake.jobTraining,
  start_field: intake.startField,
  start_tried: yesNo(intake.startTried),
  start_capital: intake.startCapital,
  start_block: intake.startBlock,
  grow_name: intake.growName,
  grow_field: intake.growField,
  grow_since: intake.growSince,
  grow_sales: intake.growSales,
  grow_workers: intake.growWorkers,
  grow_permits: intake.wantsGrow && intake.growPermits.length === 0 ? ['belum_ada'] : intake.growPermits,
  grow_books: intake.growBooks,
  grow_need: intake.growNeed,
})
