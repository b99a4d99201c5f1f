import { KINDS } from '../ask/kinds.ts'
import type { RawAsk, RawStep } from '../schema.ts'
import { FLOW_COMMANDS, LIMITS, TYPE_OF, UNBLOCKABLE } from '../vocabulary.ts'
import { checkAnswers, checkBranch } from './answers.ts'
import { checkChoices, checkSource } from './choices.ts'
import { at, atKey, closest, rawSteps, type Context } from './context.ts'
import { checkLabel } from './texts.ts'

/** Questions: each kind with what it needs and nothing else, choices that can be told apart, a road for every answer. */
export function checkQuestions(context: Context): void {
  for (const [id, step] of rawSteps(context)) {
    if ('ask' in step) checkAsk(context, id, step)
    if ('review' in step) checkReview(context, id, step)
    if ('branch' in step) checkBranch(context, id, step)
  }
}

const CHOOSING = new Set(['choice', 'choices', 'yesno'])
/** May offer the list of a call; under `text` and `when` other words are an answer too. */
const LISTED = new Set(['choice', 'choices', 'text', 'when'])
const TYPED = new Set(['text', 'name', 'phone', 'number', 'rupiah', 'date', 'time', 'when', 'nik', 'place'])

function checkAsk(context: Context, id: string, step: RawAsk): void {
  if (!KINDS[step.ask])
    at(context, id, ['ask'], {
      kind: 'kind_not_taken',
      message: `questions of the kind ${step.ask} cannot be asked`,
      remedy:
        step.ask === 'document'
          ? 'documents are not taken in the chat: ask people to bring them'
          : 'use another kind',
    })
  if (TYPED.has(step.ask) && step.example === undefined)
    atKey(context, id, ['ask'], {
      kind: 'missing_example',
      message: 'people type this answer, and no example shows them how',
      remedy: 'add example: a good answer',
    })
  if (step.title !== undefined)
    checkLabel(context.file.source, ['steps', id, 'title'], step.title, { most: LIMITS.title, what: 'title' })
  if (step.skip !== undefined)
    checkLabel(context.file.source, ['steps', id, 'skip'], step.skip, { most: LIMITS.button, what: 'button' })
  checkPlaceOfKeys(context, id, step)
  checkSource(context, id, step)
  if (step.choices) checkChoices(context, id, step, step.choices)
  checkHears(context, id, step)
  checkCommands(context, id, step)
  checkAnswers(context, id, step)
}

function checkCommands(context: Context, id: string, step: RawAsk): void {
  for (const command of Object.keys(step.commands ?? {}))
    if (!(FLOW_COMMANDS as readonly string[]).includes(command) || UNBLOCKABLE.has(command))
      atKey(context, id, ['commands', command], {
        kind: 'unknown_command',
        message: `${command} is no command that can lead to a step`,
        remedy: `use one of ${FLOW_COMMANDS.filter(each => !UNBLOCKABLE.has(each)).join(', ')}${closest(command, FLOW_COMMANDS)}`,
      })
}

/** Keys that mean something for one kind only. */
function checkPlaceOfKeys(context: Context, id: string, step: RawAsk): void {
  const belongs: [keyof RawAsk, boolean, string][] = [
    ['choices', CHOOSING.has(step.ask), 'choice, choices and yesno'],
    ['from', LISTED.has(step.ask), 'choice, choices, text and when'],
    ['max', step.ask === 'text', 'text'],
    ['need', step.ask === 'yesno', 'yesno'],
    ['paged', CHOOSING.has(step.ask), 'choice, choices and yesno'],
  ]
  for (const [key, fits, kinds] of belongs)
    if (step[key] !== undefined && !fits)
      atKey(context, id, [key], {
        kind: 'key_of_other_kind',
        message: `${key} means nothing for the kind ${step.ask}`,
        remedy: `remove it; it belongs to ${kinds}`,
      })
}

const HEARABLE = new Set(['yesno', 'name', 'phone', 'place', 'rupiah', 'date'])

function checkHears(context: Context, id: string, step: RawAsk): void {
  const { flow } = context
  for (const [index, variable] of (step.hears ?? []).entries()) {
    const asked = (flow.vars.get(variable)?.asked ?? []).map(each => flow.steps.get(each))
    const good = asked.some(
      each =>
        each?.does === 'ask' &&
        HEARABLE.has(each.kind) &&
        !each.strict &&
        (each.kind !== 'yesno' || each.need !== undefined),
    )
    if (!good)
      at(context, id, ['hears', index], {
        kind: 'cannot_hear',
        message:
          asked.length > 0 ? `${variable} cannot be told from other words` : `no question saves ${variable}`,
        remedy: 'hear only names, phones, places, amounts, dates, and yesno questions with a need',
      })
  }
}

function checkReview(context: Context, id: string, step: Extract<RawStep, { review: unknown }>): void {
  const { flow, file } = context
  for (const [index, field] of step.review.entries()) {
    const asked = flow.vars.get(field)?.asked ?? []
    if (asked.length === 0)
      at(context, id, ['review', index], {
        kind: 'unknown_field',
        message: `no question saves ${field}`,
        remedy: `name an answer of this flow${closest(field, flow.vars.keys())}`,
      })
    if (flow.vars.get(field)?.sensitive) at(context, id, ['review', index], sensitive(field))
    for (const question of asked) {
      const raw = file.raw.steps[question]
      if (raw && 'ask' in raw && raw.title === undefined)
        atKey(context, question, [], {
          kind: 'missing_title',
          message: `${field} is reviewed, and its question has no title`,
          remedy: 'add title: what the answer is called in the review',
        })
    }
  }
}

export const sensitive = (variable: string) => ({
  kind: 'sensitive_shown',
  message: `${variable} is sensitive and would be shown`,
  remedy: 'leave it out: what is sensitive is never said again',
})

/** One variable holds one type of answer. */
export function checkTypes(context: Context): void {
  for (const [id, step] of rawSteps(context)) {
    if (!('ask' in step)) continue
    const type = context.flow.vars.get(step.save)?.type
    if (type !== undefined && type !== TYPE_OF[step.ask])
      at(context, id, ['save'], {
        kind: 'two_types',
        message: `${step.save} is ${type} elsewhere, and here it would be ${TYPE_OF[step.ask]}`,
        remedy: 'save the answer in a variable of its own',
      })
  }
}
