import type { AskStep, Flows } from '../../src/engine/format.ts'
import type { State } from '../../src/engine/state.ts'
import type { Value } from '../../src/engine/types.ts'
import { placeName } from '../../src/understand/regions.ts'

export type Saved = Map<string, Value>

/** Everything a conversation has saved: `flow.variable` of every flow under way. */
export function savedIn(state: State): Saved {
  const saved: Saved = new Map()
  for (const session of state.stack)
    for (const [flow, vars] of Object.entries(session.vars))
      for (const [name, value] of Object.entries(vars)) saved.set(`${flow}.${name}`, value)
  return saved
}

/** What stands after and did not stand before. Forgetting and going back take away; they write nothing. */
export function newlySaved(before: Saved, after: Saved): [key: string, value: Value][] {
  return [...after].filter(([key, value]) => JSON.stringify(before.get(key)) !== JSON.stringify(value))
}

/** Whether `value` is one that a valid reading of a question that saves `key` can have. */
export function isValid(flows: Flows, key: string, value: Value): boolean {
  const [flowId = '', name = ''] = key.split('.')
  const flow = flows.byId.get(flowId)
  const info = flow?.vars.get(name)
  if (!flow || !info) return false
  const asks = info.asked.flatMap(id => {
    const step = flow.steps.get(id)
    return step?.does === 'ask' ? [step] : []
  })
  return asks.length === 0 ? true : asks.some(step => fits(step, value))
}

function fits(step: AskStep, value: Value): boolean {
  if (step.skip && value === null) return true
  const choices = step.choices.map(choice => choice.value)
  switch (step.kind) {
    case 'choice':
    case 'yesno':
      return (
        typeof value === 'string' &&
        (choices.length === 0 || choices.includes(value) || ['yes', 'no'].includes(value))
      )
    case 'choices':
      return (
        Array.isArray(value) &&
        value.every(one => choices.includes(String(one))) &&
        new Set(value).size === value.length
      )
    case 'phone':
      return isPhone(value)
    case 'number':
    case 'rupiah':
      return typeof value === 'number' && Number.isFinite(value)
    case 'place':
      return typeof value === 'string' && placeName(value) !== undefined
    case 'nik':
      return typeof value === 'string' && /^\d{16}$/.test(value)
    case 'text':
    case 'name':
      return isCleanText(value, step.max)
    default:
      return value !== undefined
  }
}

function isPhone(value: Value): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return /^\+62\d{8,13}$/.test(String(value.number)) && typeof value.own === 'boolean'
}

/** Storable, sendable and no longer than asked for. */
function isCleanText(value: Value, max: number): boolean {
  if (typeof value !== 'string' || value.trim() === '') return false
  return value.isWellFormed() && !value.includes('\0') && [...value].length <= Math.max(max, 100)
}
