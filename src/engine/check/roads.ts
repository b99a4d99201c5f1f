import type { Flow } from '../format.ts'
import { roadsOf, waits } from '../format.ts'
import { atKey, closest, rawSteps, type Context } from './context.ts'
import type { Path } from './source.ts'
import type { RawStep } from '../schema.ts'

/** Roads: every step they lead to exists, every step can be reached, and no road runs in circles without waiting. */
export function checkRoads(context: Context): void {
  const { file, flow } = context
  const known = new Set([...flow.steps.keys(), ...file.broken])
  const lost = [
    { step: undefined, path: ['start'], target: flow.start },
    ...rawSteps(context).flatMap(targetsOf),
  ].filter(({ target }) => !known.has(target))
  for (const { step, path, target } of lost)
    file.source.at(step === undefined ? path : ['steps', step, ...path], unknown(target, known))
  checkMoved(context, known)
  // A road that leads nowhere leaves much behind it unreached: one mistake is told, not its shadow.
  if (file.broken.size + lost.length === 0) checkReachable(context)
  checkLoops(context)
}

const unknown = (step: string, known: ReadonlySet<string>) => ({
  kind: 'unknown_step',
  message: `there is no step ${step}`,
  remedy: `name a step of this flow${closest(step, known)}`,
})

function targetsOf([id, step]: [string, RawStep]): { step: string; path: Path; target: string }[] {
  const found: { path: Path; target: string }[] = []
  if ('next' in step) {
    if (typeof step.next === 'string') found.push({ path: ['next'], target: step.next })
    else for (const [key, target] of Object.entries(step.next)) found.push({ path: ['next', key], target })
  }
  if ('ask' in step && step.after_tries !== undefined)
    found.push({ path: ['after_tries'], target: step.after_tries })
  if ('ask' in step && step.expire?.to !== undefined)
    found.push({ path: ['expire', 'to'], target: step.expire.to })
  if ('ask' in step)
    for (const [name, target] of Object.entries(step.commands ?? {}))
      found.push({ path: ['commands', name], target })
  return found.map(each => ({ step: id, ...each }))
}

function checkMoved({ file, flow }: Context, known: ReadonlySet<string>): void {
  for (const [old, now] of Object.entries(flow.moved)) {
    if (!known.has(now)) file.source.at(['moved', old], unknown(now, known))
    if (known.has(old))
      file.source.atKey(['moved', old], {
        kind: 'moved_existing',
        message: `the step ${old} is still there`,
        remedy: 'remove it from moved, or remove the step',
      })
  }
}

function checkReachable(context: Context): void {
  const { flow } = context
  const seen = new Set<string>()
  const waiting = [flow.start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = flow.steps.get(id)
    if (!step || seen.has(id)) continue
    seen.add(id)
    waiting.push(...roadsOf(step))
  }
  for (const id of flow.steps.keys())
    if (!seen.has(id))
      atKey(context, id, [], {
        kind: 'unreachable_step',
        message: `no road leads to the step ${id}`,
        remedy: 'lead one to it, or remove it (with moved, if people may be waiting on it)',
      })
}

function checkLoops(context: Context): void {
  const { flow } = context
  const done = new Set<string>()
  const visit = (id: string, road: string[]): void => {
    const step = flow.steps.get(id)
    if (!step || done.has(id) || !passesOn(context.flows, flow, id)) return
    if (road.includes(id)) {
      done.add(id)
      const circle = [...road.slice(road.indexOf(id)), id]
      return atKey(context, id, [], {
        kind: 'endless_loop',
        message: `the steps ${circle.join(' → ')} run in circles without waiting for anybody`,
        remedy: 'ask something on that road, or lead it elsewhere',
      })
    }
    for (const next of roadsOf(step)) visit(next, [...road, id])
    done.add(id)
  }
  for (const id of flow.steps.keys()) visit(id, [])
}

/** A step that goes on within the same turn. A sub-flow does where one of its roads asks nothing. */
function passesOn(flows: ReadonlyMap<string, Flow>, flow: Flow, id: string): boolean {
  const step = flow.steps.get(id)
  if (!step || waits(step) || step.does === 'end' || step.does === 'offer') return false
  return step.does !== 'run' || canPass(flows, flows.get(step.flow), new Set([flow.id]))
}

function canPass(
  flows: ReadonlyMap<string, Flow>,
  flow: Flow | undefined,
  above: ReadonlySet<string>,
): boolean {
  if (!flow || above.has(flow.id)) return true
  const seen = new Set<string>()
  const waiting = [flow.start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = flow.steps.get(id)
    if (!step || seen.has(id) || waits(step)) continue
    seen.add(id)
    if (step.does === 'end') return true
    if (step.does === 'run' && !canPass(flows, flows.get(step.flow), new Set([...above, flow.id]))) continue
    waiting.push(...roadsOf(step))
  }
  return false
}
