import { parseTemplate, slotsOf } from '../template.ts'
import type { RawStep } from '../schema.ts'
import type { CallSpecs } from '../types.ts'
import { FACTS, GIVEN } from '../vocabulary.ts'
import { argument } from '../compileStep.ts'
import { at, closest, rawSteps, type Context } from './context.ts'
import { sensitive } from './questions.ts'
import type { Path } from './source.ts'
import { textsOf } from './texts.ts'

/** Variables and placeholders: known, never sensitive, and saved on every road that leads to where they are used. */
export function checkVariables(context: Context): void {
  const saved = savedAtEntry(context)
  for (const [id, step] of rawSteps(context)) {
    for (const { path, text } of textsOf(step))
      for (const slot of slotsOf(parseTemplate(text)))
        checkSlot(context, { id, path, saved: saved.get(id) }, slot)
    for (const { path, variable } of usesOf(step, context.calls)) {
      if (context.flow.vars.has(variable)) checkSaved(context, { id, path, saved: saved.get(id) }, variable)
    }
  }
}

/** Where a variable is used. `saved`: what is saved there for certain; undefined where no road leads. */
interface Use {
  id: string
  path: Path
  saved: ReadonlySet<string> | undefined
}

function checkSlot(context: Context, use: Use, slot: string): void {
  const { vars } = context.flow
  const info = vars.get(slot)
  if (info?.sensitive) return at(context, use.id, use.path, sensitive(slot))
  if (info) return checkSaved(context, use, slot)
  if (FACTS[slot] !== undefined) return
  const known = [...vars.keys(), ...Object.keys(FACTS)]
  at(context, use.id, use.path, {
    kind: 'unknown_placeholder',
    message: `{${slot}} stands for nothing`,
    remedy: `use a variable of this flow or one of ${Object.keys(FACTS).join(', ')}${closest(slot, known)}`,
  })
}

function checkSaved(context: Context, { id, path, saved }: Use, variable: string): void {
  if (saved === undefined || saved.has(variable)) return
  at(context, id, path, {
    kind: 'unsaved_variable',
    message: `${variable} is used here, and one road comes here without saving it`,
    remedy: 'save it on every road, or lead that road around this step',
  })
}

/** Where a step needs a variable to have been saved. */
function usesOf(step: RawStep, calls: CallSpecs): { path: Path; variable: string }[] {
  if ('call' in step) {
    const spec = calls[step.call]
    return Object.entries(step.with ?? {}).flatMap(([name, raw]) => {
      const given = argument(raw)
      const needed = !(spec?.input[name] ?? '?').endsWith('?')
      const isGiven = 'variable' in given && (GIVEN as readonly string[]).includes(given.variable)
      return needed && !isGiven && 'variable' in given
        ? [{ path: ['with', name], variable: given.variable }]
        : []
    })
  }
  if ('say' in step)
    return step.file === undefined ? [] : [{ path: ['file'], variable: step.file.slice(1, -1) }]
  if ('offer' in step)
    return step.choices.flatMap((choice, at) =>
      Object.entries(choice.with ?? {}).flatMap(([name, raw]) => {
        const given = argument(raw)
        return 'variable' in given ? [{ path: ['choices', at, 'with', name], variable: given.variable }] : []
      }),
    )
  if ('branch' in step) {
    const open = step.next.else !== undefined || step.next.skipped !== undefined
    return open ? [] : [{ path: ['branch'], variable: step.branch }]
  }
  if ('ask' in step && step.from !== undefined) return [{ path: ['from'], variable: step.from }]
  return []
}

/**
 * What is saved for certain when a step is reached: what every road that leads to it has saved. Steps that no road
 * reaches have no entry. (Forward analysis to a fixed point; sets only shrink, so it ends.)
 */
function savedAtEntry({ flow, file, calls, bare }: Context): ReadonlyMap<string, ReadonlySet<string>> {
  const given = bare.has(flow.id) ? [] : Object.keys(flow.input)
  const entry = new Map<string, ReadonlySet<string>>([[flow.start, new Set(given)]])
  const waiting = [flow.start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const raw = file.raw.steps[id]
    const before = entry.get(id)
    if (!raw || !before) continue
    for (const { target, saves } of edgesOf(raw, calls)) {
      const after = new Set([...before, ...saves])
      const known = entry.get(target)
      const both = known ? new Set([...known].filter(name => after.has(name))) : after
      if (known && both.size === known.size) continue
      entry.set(target, both)
      waiting.push(target)
    }
  }
  return entry
}

interface Edge {
  target: string
  saves: readonly string[]
}

function edgesOf(step: RawStep, calls: CallSpecs): Edge[] {
  if (!('next' in step)) return []
  const all = (saves: readonly string[]): Edge[] =>
    (typeof step.next === 'string' ? [step.next] : Object.values(step.next)).map(target => ({
      target,
      saves,
    }))
  if ('ask' in step) {
    const around = [step.after_tries, step.expire?.to, ...Object.values(step.commands ?? {})].filter(
      target => target !== undefined,
    )
    return [
      ...all([step.save, ...(step.save_text === undefined ? [] : [step.save_text])]),
      ...around.map(target => ({ target, saves: [] })),
    ]
  }
  if ('run' in step) return all(Object.values(step.save ?? {}))
  if ('branch' in step) return branchEdges(step)
  return 'call' in step ? callEdges(step, calls) : all([])
}

/** Whoever takes a road of a value has one; `else` as well, where an empty variable goes elsewhere. */
function branchEdges({ branch, next }: Extract<RawStep, { branch: unknown }>): Edge[] {
  return Object.entries(next).map(([key, target]) => {
    const empty = key === 'skipped' || (key === 'else' && next.skipped === undefined)
    return { target, saves: empty ? [] : [branch] }
  })
}

/** Each outcome saves what it gives; a road that several share saves what all of them give. */
function callEdges(step: Extract<RawStep, { call: unknown }>, calls: CallSpecs): Edge[] {
  const outcomes = Object.entries(calls[step.call]?.outcomes ?? {})
  return outcomes.flatMap(([outcome, given]) => {
    const target = typeof step.next === 'string' ? step.next : (step.next[outcome] ?? step.next.else)
    if (target === undefined) return []
    const kept = Object.entries(step.save ?? {}).flatMap(([output, variable]) =>
      output in given ? [variable] : [],
    )
    return [{ target, saves: [...kept, ...(step.rows === undefined ? [] : [step.rows])] }]
  })
}
