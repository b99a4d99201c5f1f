import { outputsOf } from '../compile.ts'
import { argument } from '../compileStep.ts'
import type { RawStep } from '../schema.ts'
import type { CallSpec, VarType } from '../types.ts'
import { FACTS, GIVEN } from '../vocabulary.ts'
import { at, atKey, closest, rawSteps, type Context } from './context.ts'
import type { Path } from './source.ts'

type RawCall = Extract<RawStep, { call: unknown }>
type RawRun = Extract<RawStep, { run: unknown }>

/** Calls and sub-flows: they exist, are given what they need, and each of their outcomes goes somewhere. */
export function checkCalls(context: Context): void {
  for (const [id, step] of rawSteps(context)) {
    if ('call' in step) checkCall(context, id, step)
    if ('run' in step) checkRun(context, id, step)
    if ('say' in step && step.file !== undefined)
      checkArgument(context, id, ['file'], { name: 'file', raw: step.file, type: 'file' })
    if ('handover' in step && step.text !== undefined && !context.flow.vars.has(step.text))
      at(context, id, ['text'], unknownVariable(context, step.text))
    if ('end' in step && step.end !== true) checkFollowing(context, id, step.end)
  }
  checkCircle(context)
}

export const missingInput = (flow: string, name: string) => ({
  kind: 'missing_input',
  message: `${flow} needs ${name}`,
  remedy: `give it: with: { ${name}: "{variable}" }`,
})

/** `end: menu` */
function checkFollowing(context: Context, id: string, flow: string): void {
  if (!context.names.has(flow)) at(context, id, ['end'], unknownFlow(context, flow))
  else if (context.flows.get(flow)?.notice) at(context, id, ['end'], noticeRun(flow))
}

function checkCall(context: Context, id: string, step: RawCall): void {
  const spec = context.calls[step.call]
  if (!spec)
    return at(context, id, ['call'], {
      kind: 'unknown_call',
      message: `the programme has no call ${step.call}`,
      remedy: `name one of its calls${closest(step.call, Object.keys(context.calls))}`,
    })
  checkInput(context, id, step, spec)
  checkOutput(context, id, step, new Map(outputsOf(context.calls, step.call)))
  if (step.rows !== undefined && !spec.rows)
    atKey(context, id, ['rows'], {
      kind: 'no_rows',
      message: `${step.call} gives no list`,
      remedy: 'remove rows:',
    })
  const outcomes = Object.keys(spec.outcomes)
  if (typeof step.next === 'string') return
  for (const outcome of Object.keys(step.next))
    if (outcome !== 'else' && !outcomes.includes(outcome))
      atKey(context, id, ['next', outcome], {
        kind: 'unknown_outcome',
        message: `${step.call} has no outcome ${outcome}`,
        remedy: `use ${[...outcomes, 'else'].join(', ')}${closest(outcome, outcomes)}`,
      })
  const known = Object.fromEntries(
    Object.entries(step.next).filter(([outcome]) => outcome === 'else' || outcomes.includes(outcome)),
  )
  const missing = outcomes.filter(outcome => known[outcome] === undefined)
  if (known.else === undefined && missing.length > 0)
    atKey(context, id, ['next'], {
      kind: 'outcome_without_road',
      message: `no road for ${missing.join(', ')}`,
      remedy: 'add one for each outcome, or else: for all others',
    })
}

function checkInput(context: Context, id: string, step: RawCall, spec: CallSpec): void {
  const given = step.with ?? {}
  for (const [name, type] of Object.entries(spec.input))
    if (given[name] === undefined && !type.endsWith('?'))
      atKey(context, id, ['with' in step ? 'with' : 'call'], {
        kind: 'missing_input',
        message: `${step.call} needs ${name}`,
        remedy: `add ${name}: "{variable}" under with:`,
      })
  for (const [name, raw] of Object.entries(given)) {
    const type = spec.input[name]
    if (type === undefined)
      atKey(context, id, ['with', name], {
        kind: 'unknown_input',
        message: `${step.call} takes no ${name}`,
        remedy: `use ${Object.keys(spec.input).join(', ') || 'no input'}${closest(name, Object.keys(spec.input))}`,
      })
    else checkArgument(context, id, ['with', name], { name, raw, type: type.replace('?', '') as VarType })
  }
}

interface Given {
  name: string
  raw: string | number | boolean
  /** What is wanted. */
  type: VarType
}

export function checkArgument(context: Context, id: string, path: Path, { name, raw, type }: Given): void {
  const given = argument(raw)
  const found = 'variable' in given ? typeOf(context, given.variable) : literalType(given.value)
  if (found === undefined)
    return at(context, id, path, unknownVariable(context, 'variable' in given ? given.variable : name))
  if (!fits(found, type))
    at(context, id, path, {
      kind: 'wrong_type',
      message: `${name} must be ${type}, and this is ${found}`,
      remedy: `give a variable of the type ${type}`,
    })
}

const typeOf = ({ flow }: Context, variable: string): VarType | undefined =>
  flow.vars.get(variable)?.type ??
  ((GIVEN as readonly string[]).includes(variable) ? FACTS[variable] : undefined)

const literalType = (value: string | number | boolean): VarType =>
  typeof value === 'number' ? 'number' : 'choice'

/** Words may be given where any words are taken; a number where money is. */
const fits = (found: VarType, wanted: VarType): boolean =>
  found === wanted ||
  (wanted === 'text' && (found === 'name' || found === 'choice')) ||
  (wanted === 'rupiah' && found === 'number')

const unknownVariable = ({ flow }: Context, variable: string) => ({
  kind: 'unknown_variable',
  message: `no step saves ${variable}`,
  remedy: `name a variable of this flow${closest(variable, flow.vars.keys())}`,
})

export const noticeRun = (flow: string) => ({
  kind: 'notice_run',
  message: `${flow} is a notice: only a reminder says it`,
  remedy: 'name a flow without notice: true',
})

export const unknownFlow = ({ names }: Context, flow: string) => ({
  kind: 'unknown_flow',
  message: `there is no flow ${flow}`,
  remedy: `name a file in flows/${closest(flow, names)}`,
})

function checkOutput(
  context: Context,
  id: string,
  step: RawCall | RawRun,
  outputs: ReadonlyMap<string, VarType>,
): void {
  const name = 'call' in step ? step.call : step.run
  for (const [output, variable] of Object.entries(step.save ?? {})) {
    const type = outputs.get(output)
    if (type === undefined) {
      atKey(context, id, ['save', output], {
        kind: 'unknown_output',
        message: `${name} gives no ${output}`,
        remedy: `use ${[...outputs.keys()].join(', ') || 'nothing'}${closest(output, outputs.keys())}`,
      })
      continue
    }
    const kept = context.flow.vars.get(variable)?.type
    if (kept !== undefined && kept !== type)
      at(context, id, ['save', output], {
        kind: 'two_types',
        message: `${variable} is ${kept} elsewhere, and here it would be ${type}`,
        remedy: 'keep it in a variable of its own',
      })
  }
}

function checkRun(context: Context, id: string, step: RawRun): void {
  if (!context.names.has(step.run)) return at(context, id, ['run'], unknownFlow(context, step.run))
  const sub = context.flows.get(step.run)
  if (!sub) return
  if (sub.notice) return at(context, id, ['run'], noticeRun(step.run))
  for (const [name, raw] of Object.entries(step.with ?? {})) {
    const type = sub.input[name]
    if (type === undefined)
      atKey(context, id, ['with', name], {
        kind: 'unknown_input',
        message: `${step.run} takes no ${name}`,
        remedy: `declare it under input: in ${step.run}.yaml${closest(name, Object.keys(sub.input))}`,
      })
    else checkArgument(context, id, ['with', name], { name, raw, type })
  }
  const missing = context.bare.has(sub.id) ? [] : Object.keys(sub.input)
  for (const name of missing)
    if (step.with?.[name] === undefined) atKey(context, id, ['run'], missingInput(step.run, name))
  checkOutput(context, id, step, new Map([...sub.vars].map(([name, info]) => [name, info.type])))
}

/** A flow that runs itself, directly or by way of others, would never end. */
function checkCircle(context: Context): void {
  const runs = (flow: string): string[] =>
    [...(context.flows.get(flow)?.steps.values() ?? [])].flatMap(step =>
      step.does === 'run' ? [step.flow] : [],
    )
  for (const [id, step] of rawSteps(context)) {
    if (!('run' in step)) continue
    const seen = new Set<string>()
    const waiting = [step.run]
    for (let flow = waiting.pop(); flow !== undefined; flow = waiting.pop()) {
      if (seen.has(flow)) continue
      seen.add(flow)
      waiting.push(...runs(flow))
    }
    if (seen.has(context.flow.id))
      at(context, id, ['run'], {
        kind: 'flow_in_itself',
        message: `${context.flow.id} would run inside itself`,
        remedy: 'use end: with the name of the flow, or lead the road back',
      })
  }
}
