import type { RawAsk, RawStep } from '../schema.ts'
import { at, atKey, closest, type Context } from './context.ts'

/** A road for every answer, and an answer for every road. */
export function checkAnswers(context: Context, id: string, step: RawAsk): void {
  if (typeof step.next === 'string') return
  const values =
    step.ask === 'yesno' && !step.choices ? ['yes', 'no'] : step.choices?.map(choice => choice.value)
  const answers = step.ask === 'choices' ? ['answered'] : values
  const answered = [...(answers ?? []), ...(step.skip === undefined ? [] : ['skipped'])]
  checkKeys(context, id, step.next, { answers: answered, closed: answers !== undefined })
}

interface Answers {
  answers: readonly string[]
  /** There are no others. */
  closed: boolean
}

function checkKeys(
  context: Context,
  id: string,
  next: Readonly<Record<string, string>>,
  { answers, closed }: Answers,
): void {
  for (const key of Object.keys(next))
    if (key !== 'else' && closed && !answers.includes(key))
      atKey(context, id, ['next', key], {
        kind: 'unknown_answer',
        message: `nothing is answered with ${key}`,
        remedy: `use ${[...answers, 'else'].join(', ')}${closest(key, answers)}`,
      })
  if (next.else !== undefined) return
  const missing: string[] = answers.filter(answer => next[answer] === undefined)
  if (!closed) missing.push('else')
  if (missing.length > 0)
    atKey(context, id, ['next'], {
      kind: 'answer_without_road',
      message: `no road for ${missing.join(', ')}`,
      remedy: 'add one for each, or else: for all others',
    })
}

/** A branch has a road for each value that the variable can have, or `else`. */
export function checkBranch(context: Context, id: string, step: Extract<RawStep, { branch: unknown }>): void {
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
  checkKeys(context, id, step.next, { answers: only ? values : [], closed: only })
}

/** Calls and sub-flows may give values that no question knows. */
const givenElsewhere = (flow: Context['flow'], variable: string): boolean =>
  [...flow.steps.values()].some(
    step => (step.does === 'call' || step.does === 'run') && Object.values(step.save).includes(variable),
  ) || flow.input[variable] !== undefined
