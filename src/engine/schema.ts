import { z } from 'zod'

/**
 * The shape of the files in `flows/`. Descriptions end up in `flows/flow.schema.json`, where editors show them.
 * What one key means for another (a road that leads nowhere, a variable nobody saved) is the checker's business.
 */
export const FORMAT = 1

export const ASK_KINDS = [
  'choice', 'choices', 'yesno', 'text', 'name', 'phone', 'number', 'rupiah', 'date', 'time', 'when', 'place', 'location',
  'document', 'nik',
] as const // prettier-ignore
export type AskKind = (typeof ASK_KINDS)[number]

export const STEP_KINDS = [
  'say',
  'ask',
  'call',
  'branch',
  'run',
  'review',
  'handover',
  'offer',
  'end',
] as const
export type StepKind = (typeof STEP_KINDS)[number]

const VAR_TYPES = [
  'text', 'name', 'choice', 'choices', 'phone', 'number', 'rupiah', 'date', 'time', 'datetime', 'place', 'location',
  'nik', 'rows', 'file',
] as const // prettier-ignore

export const id = z
  .string({ error: 'expected a name' })
  .regex(/^[a-z][a-z0-9_]*$/, 'expected a name in small letters, digits and _, beginning with a letter')
export const value = z
  .string({ error: 'expected a value' })
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'expected a value in letters, digits and _, beginning with a letter')
export const text = z.string({ error: 'expected a text' }).trim().min(1, 'expected a text that is not empty')
const duration = z
  .string({ error: 'expected a duration such as 3h' })
  .regex(/^\d+(m|h|d)$/, 'expected a duration such as 30m, 3h or 7d')
const road = id.describe('The step that comes next')
const roads = z
  .union([road, z.record(z.string(), id)], { error: 'expected a step, or a map from answers to steps' })
  .describe('Where it goes: one step, or a map from answer (or outcome) to step; `else` is for all others')
const argument = z.union([z.string(), z.number(), z.boolean()], {
  error: 'expected a plain value, or "{variable}" in quotation marks',
})

const choice = z.strictObject({
  value: value.describe('What is saved'),
  label: text.describe('What the button says (at most 20 letters; 24 in a list)'),
  description: text.optional().describe('A second line in lists (at most 72 letters)'),
  also: z.array(text).optional().describe('Other words that mean this choice'),
  when: z.record(id, value).optional().describe('Shown only while these variables have these values'),
})

const nudge = z.union([z.literal('off'), text, z.strictObject({ after: duration, text: text.optional() })], {
  error: 'expected off, a text, or after and text',
})

const say = z.strictObject({
  say: text.describe('What is said'),
  file: z
    .string()
    .regex(/^\{[a-z][a-z0-9_]*\}$/, 'expected "{variable}" in quotation marks')
    .optional()
    .describe('The variable with a file of a call; the text becomes its caption'),
  next: road,
})

const ask = z.strictObject({
  ask: z.enum(ASK_KINDS, { error: `expected one of ${ASK_KINDS.join(', ')}` }).describe('The kind of answer'),
  text: text.describe('The question'),
  title: text
    .optional()
    .describe('What the question is called in reviews and reminders (at most 24 letters)'),
  save: id.describe('The variable that keeps the answer'),
  save_text: id.optional().describe('Keeps the exact text that was answered to, as evidence'),
  choices: z.array(choice).min(1, 'expected at least one choice').optional(),
  from: id.optional().describe('The list of a call, instead of choices'),
  example: text.optional().describe('An example of a good answer; needed where the answer is free text'),
  retry: text.optional().describe('Said when the answer was not understood'),
  tries: z
    .number()
    .int()
    .min(1)
    .max(9)
    .optional()
    .describe('How many answers may fail; 3 unless said otherwise'),
  after_tries: id.optional().describe('The step after that; a person takes over unless said otherwise'),
  skip: text
    .optional()
    .describe('The label of the button that skips the question; without it, it must be answered'),
  max: z.number().int().min(1).max(1000).optional().describe('text: the longest answer, in letters (200)'),
  paged: z
    .literal(true, { error: 'expected true' })
    .optional()
    .describe('Needed for more than 10 choices: they are shown in pages'),
  strict: z
    .boolean()
    .optional()
    .describe('Only a tap, the exact words or the number shown count (consent, deletion)'),
  sensitive: z.boolean().optional().describe('Never shown, and forgotten once a call has taken it'),
  need: value.optional().describe('yesno: the need that counts as yes when a person simply tells it'),
  hears: z
    .array(id)
    .min(1)
    .optional()
    .describe('Variables of later questions that may be answered here already'),
  interrupt: z.enum(['allow', 'confirm', 'block']).optional().describe('What other commands may do here'),
  commands: z
    .record(id, id)
    .optional()
    .describe('Global commands that mean something of their own here → the step they lead to'),
  nudge: nudge.optional().describe('A reminder to go on: after 3h unless said otherwise; off for none'),
  expire: z.strictObject({ after: duration, to: road.optional() }).optional(),
  next: roads,
})

const call = z.strictObject({
  call: id.describe('What the programme is asked to do'),
  with: z.record(id, argument).optional().describe('Input: a plain value, or "{variable}"'),
  save: z.record(id, id).optional().describe('What it gives → the variable that keeps it'),
  rows: id.optional().describe('The variable that keeps its list, for a `from:` question'),
  next: roads,
})

const branch = z.strictObject({
  branch: id.describe('The variable to look at'),
  next: z.record(z.string(), id),
})

const run = z.strictObject({
  run: id.describe('Another flow, which comes back here'),
  with: z.record(id, argument).optional(),
  save: z.record(id, id).optional().describe('Its variable → the variable here'),
  next: road,
})

const review = z.strictObject({
  review: z
    .array(id)
    .min(1, 'expected at least one variable')
    .describe('The answers that are shown and can be changed'),
  text: text.describe('What stands above the answers'),
  question: text.optional().describe('What stands below the answers'),
  next: road.describe('Where *Simpan* goes'),
})

const handover = z.strictObject({
  handover: id.describe('The reason, a word for the people who answer'),
  text: id.optional().describe('The variable with what the person wants to say'),
  next: road,
})

const offer = z.strictObject({
  offer: text.describe('What is said; its buttons stay good beside whatever is open'),
  choices: z
    .array(
      z.strictObject({
        value: value.describe('The name of the choice'),
        label: text.describe('What the button says, and where there are no buttons the word to answer with'),
        also: z.array(text).optional().describe('Other words that mean this choice'),
        run: id.describe('The flow it starts'),
        with: z.record(id, argument).optional().describe('What that flow is given'),
      }),
    )
    .min(1, 'expected at least one choice'),
  lasts: duration.optional().describe('How long the buttons are good: 2d unless said otherwise'),
})

const end = z.strictObject({
  end: z.union([z.literal(true), id], { error: 'expected true, or the flow that follows' }),
})

export const stepSchemas: Record<StepKind, z.ZodType> = {
  ...{ say, ask, call, branch, run, review, handover, offer, end },
}
export type RawAsk = z.infer<typeof ask>
export type RawOffer = z.infer<typeof offer>
export type RawChoice = z.infer<typeof choice>
export type RawStep =
  | z.infer<typeof say>
  | RawAsk
  | z.infer<typeof call>
  | z.infer<typeof branch>
  | z.infer<typeof run>
  | z.infer<typeof review>
  | z.infer<typeof handover>
  | z.infer<typeof offer>
  | z.infer<typeof end>

export const heading = {
  format: z.literal(FORMAT, { error: `expected ${FORMAT}` }).describe('The number of the file format'),
  id: id.describe('The same as the name of the file'),
}

/** A flow without its steps: these are read one by one, so that a mistake in one does not hide the others. */
export const flowHead = z.strictObject({
  ...heading,
  version: z.number({ error: 'expected a number' }).int().min(1).describe('Counts up with every change'),
  title: text.describe('What people are told this conversation is about'),
  start: id.describe('The first step'),
  notice: z
    .literal(true, { error: 'expected true' })
    .optional()
    .describe('What the assistant says by itself, beside whatever is open'),
  triggers: z.array(text).optional().describe('Words that start this flow'),
  input: z
    .record(id, z.enum(VAR_TYPES, { error: `expected one of ${VAR_TYPES.join(', ')}` }))
    .optional()
    .describe('What the flow is given when another one runs it'),
  moved: z.record(id, id).optional().describe('Renamed steps: old → new'),
  steps: z.record(id, z.unknown()),
})
export type RawFlowHead = z.infer<typeof flowHead>

export const commonFile = z.strictObject({
  ...heading,
  version: z.number().int().min(1),
  commands: z.record(id, id).describe('Global commands → flows'),
  links: z
    .record(
      z.string().regex(/^[a-z]{1,8}$/, 'expected one to eight small letters'),
      z.strictObject({
        flow: id.describe('The flow that the link starts'),
        input: id.describe('Its input that is given what follows the prefix'),
      }),
    )
    .optional()
    .describe('Links t.me/bot?start=<prefix>-<value> → flows'),
  texts: z.record(id, text),
  labels: z.record(id, text),
})
export type RawCommon = z.infer<typeof commonFile>

/** The JSON Schema that editors complete flow files with. */
export function flowJsonSchema(): unknown {
  const step = z.union([say, ask, call, branch, run, review, handover, offer, end])
  const flow = flowHead.extend({ steps: z.record(id, step) })
  const { $schema, ...schema } = z.toJSONSchema(z.union([flow, commonFile]), { io: 'input' })
  return { $schema, title: 'A conversation of the OK OCE Assistant', ...schema }
}
