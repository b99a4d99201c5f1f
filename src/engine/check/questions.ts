import { KINDS } from '../ask/kinds.ts'
import { fold } from '../fold.ts'
import type { RawAsk, RawChoice, RawStep } from '../schema.ts'
import { LIMITS, TYPE_OF } from '../vocabulary.ts'
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
const TYPED = new Set(['text', 'name', 'phone', 'number', 'rupiah', 'date', 'time', 'nik', 'place'])
const YESNO = new Set(['yes', 'no', 'unknown', 'not_yet', 'later'])

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
  checkAnswers(context, id, step)
}

/** Keys that mean something for one kind only. */
function checkPlaceOfKeys(context: Context, id: string, step: RawAsk): void {
  const belongs: [keyof RawAsk, boolean, string][] = [
    ['choices', CHOOSING.has(step.ask), 'choice, choices and yesno'],
    ['from', step.ask === 'choice' || step.ask === 'choices', 'choice and choices'],
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

function checkSource({ file, flow }: Context, id: string, step: RawAsk): void {
  const place = ['steps', id]
  if (step.choices && step.from !== undefined)
    file.source.atKey([...place, 'from'], {
      kind: 'two_lists',
      message: 'the question has choices of its own and a list of a call',
      remedy: 'keep one of them',
    })
  if (!step.choices && step.from === undefined && (step.ask === 'choice' || step.ask === 'choices'))
    file.source.atKey([...place, 'ask'], {
      kind: 'missing_choices',
      message: 'there is nothing to choose from',
      remedy: 'add choices:, or from: with the list of a call',
    })
  const lists = [...flow.vars].filter(([, info]) => info.type === 'rows').map(([name]) => name)
  if (step.from !== undefined && !lists.includes(step.from))
    file.source.at([...place, 'from'], {
      kind: 'unknown_list',
      message: `no call keeps a list in ${step.from}`,
      remedy: `name the variable after rows: of a call step${closest(step.from, lists)}`,
    })
}

function checkChoices(context: Context, id: string, step: RawAsk, choices: RawChoice[]): void {
  const rule =
    choices.length <= LIMITS.buttons
      ? { most: LIMITS.button, what: 'button' }
      : { most: LIMITS.row, what: 'row' }
  const { source } = context.file
  for (const [index, choice] of choices.entries()) {
    const path = ['steps', id, 'choices', index]
    checkLabel(source, [...path, 'label'], choice.label, rule)
    if (choice.description !== undefined)
      checkLabel(source, [...path, 'description'], choice.description, {
        most: LIMITS.description,
        what: 'description',
      })
    if (step.ask === 'yesno' && !YESNO.has(choice.value))
      source.at([...path, 'value'], {
        kind: 'unknown_answer',
        message: `a yesno question cannot be answered with ${choice.value}`,
        remedy: `use ${[...YESNO].join(', ')}, or make it a choice`,
      })
    for (const variable of Object.keys(choice.when ?? {}))
      if (!context.flow.vars.has(variable))
        source.atKey([...path, 'when', variable], {
          kind: 'unknown_variable',
          message: `no step saves ${variable}`,
          remedy: `name a variable of this flow${closest(variable, context.flow.vars.keys())}`,
        })
  }
  if (choices.length > LIMITS.page && !step.paged)
    at(context, id, ['choices'], {
      kind: 'list_too_long',
      message: `the list has ${choices.length} rows; one page holds ${LIMITS.page}`,
      remedy: 'shorten it, divide the question, or add paged: true',
    })
  checkTwins(context, id, choices)
}

/** Two choices that the same words mean. */
function checkTwins({ file }: Context, id: string, choices: RawChoice[]): void {
  const values = new Set<string>()
  const owner = new Map<string, string>()
  for (const [index, choice] of choices.entries()) {
    const path = ['steps', id, 'choices', index]
    if (values.has(choice.value))
      file.source.at([...path, 'value'], {
        kind: 'duplicate_value',
        message: `two choices save ${choice.value}`,
        remedy: 'give each choice a value of its own',
      })
    values.add(choice.value)
    const words: [string, (string | number)[]][] = [
      [choice.label, [...path, 'label']],
      ...(choice.also ?? []).map((word, nth): [string, (string | number)[]] => [
        word,
        [...path, 'also', nth],
      ]),
    ]
    for (const [word, place] of words) {
      const other = owner.get(fold(word))
      if (other !== undefined && other !== choice.value)
        file.source.at(place, {
          kind: 'same_words',
          message: `"${word}" means ${other} and ${choice.value}`,
          remedy: 'keep it with one of the two',
        })
      if (/^\d+$/.test(word.trim()) && Number(word) <= choices.length)
        file.source.at(place, {
          kind: 'number_as_words',
          message: `"${word}" is also the number of a row`,
          remedy: 'write it in words',
        })
      owner.set(fold(word), choice.value)
    }
  }
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

/** A road for every answer, and an answer for every road. */
function checkAnswers(context: Context, id: string, step: RawAsk): void {
  if (typeof step.next === 'string') return
  const values =
    step.ask === 'yesno' && !step.choices ? ['yes', 'no'] : step.choices?.map(choice => choice.value)
  const answers = step.ask === 'choices' ? ['answered'] : values
  checkKeys(
    context,
    id,
    step.next,
    [...(answers ?? []), ...(step.skip === undefined ? [] : ['skipped'])],
    answers !== undefined,
  )
}

export function checkKeys(
  context: Context,
  id: string,
  next: Readonly<Record<string, string>>,
  answers: readonly string[],
  closed = true,
): void {
  for (const key of Object.keys(next))
    if (key !== 'else' && closed && !answers.includes(key))
      atKey(context, id, ['next', key], {
        kind: 'unknown_answer',
        message: `nothing is answered with ${key}`,
        remedy: `use ${[...answers, 'else'].join(', ')}${closest(key, answers)}`,
      })
  if (next.else !== undefined) return
  const missing = answers.filter(answer => next[answer] === undefined)
  if (!closed) missing.push('else')
  if (missing.length > 0)
    atKey(context, id, ['next'], {
      kind: 'answer_without_road',
      message: `no road for ${missing.join(', ')}`,
      remedy: 'add one for each, or else: for all others',
    })
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

/** A branch has a road for each value that the variable can have, or `else`. */
function checkBranch(context: Context, id: string, step: Extract<RawStep, { branch: unknown }>): void {
  const { flow } = context
  const info = flow.vars.get(step.branch)
  if (!info) {
    return at(context, id, ['branch'], {
      kind: 'unknown_variable',
      message: `no step saves ${step.branch}`,
      remedy: `name a variable of this flow${closest(step.branch, flow.vars.keys())}`,
    })
  }
  const asked = info.asked.map(each => flow.steps.get(each))
  const known = info.labels.size > 0 && asked.every(each => each?.does === 'ask' && each.from === undefined)
  const skipped = asked.some(each => each?.does === 'ask' && each.skip !== undefined) ? ['skipped'] : []
  const values = [...info.labels.keys(), ...skipped]
  const only = known && !givenElsewhere(flow, step.branch)
  checkKeys(context, id, step.next, only ? values : [], only)
}

/** Calls and sub-flows may give values that no question knows. */
const givenElsewhere = (flow: Context['flow'], variable: string): boolean =>
  [...flow.steps.values()].some(
    step => (step.does === 'call' || step.does === 'run') && Object.values(step.save).includes(variable),
  ) || flow.input[variable] !== undefined

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
