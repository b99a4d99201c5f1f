import { both, compileStep, texts } from './compileStep.ts'
import type { ByLang, Common, Flow, FlowStep, VarInfo } from './format.ts'
import type { RawCommon, RawFlowHead, RawStep } from './schema.ts'
import type { RawTranslation } from './schemaEn.ts'
import type { Template } from './template.ts'
import type { CallSpecs, VarType } from './types.ts'
import { TYPE_OF, type CommonLabel, type CommonText } from './vocabulary.ts'

/** Turns files that the checker has read into flows. */

export type RawFlow = Omit<RawFlowHead, 'steps'> & { steps: Record<string, RawStep> }

/** What every flow is compiled with. */
export interface Ground {
  calls: CallSpecs
  common: Common
}

export function compileFlow(raw: RawFlow, english: RawTranslation | undefined, ground: Ground): Flow {
  const title = both(raw.title, english?.title)
  const steps = new Map<string, FlowStep>()
  for (const [id, step] of Object.entries(raw.steps))
    steps.set(id, compileStep(id, step, english?.steps[id] ?? {}, { title, common: ground.common }))
  const { id, version, start } = raw
  const flow = {
    id,
    version,
    start,
    title,
    notice: raw.notice ?? false,
    input: raw.input ?? {},
    moved: raw.moved ?? {},
    steps,
  }
  return { ...flow, vars: variablesOf(raw, steps, ground.calls) }
}

/** Every variable of a flow with its type; where two steps disagree the first wins and the checker has refused it. */
function variablesOf(
  raw: RawFlow,
  steps: ReadonlyMap<string, FlowStep>,
  calls: CallSpecs,
): Map<string, VarInfo> {
  const vars = new Map<string, VarInfo>()
  const declare = (name: string, type: VarType, more: Partial<VarInfo> = {}) => {
    const known = vars.get(name) ?? {
      type,
      asked: [],
      sensitive: false,
      fleeting: false,
      labels: new Map(),
      list: undefined,
    }
    vars.set(name, {
      ...known,
      sensitive: known.sensitive || (more.sensitive ?? false),
      fleeting: known.fleeting || (more.fleeting ?? false),
      asked: [...known.asked, ...(more.asked ?? [])],
      labels: new Map([...known.labels, ...(more.labels ?? [])]),
      list: more.list ?? known.list,
    })
  }
  for (const [name, type] of Object.entries(raw.input ?? {})) declare(name, type)
  for (const step of steps.values()) {
    if (step.does === 'ask') {
      const labels = new Map(step.choices.map(choice => [choice.value, choice.label]))
      declare(step.save, TYPE_OF[step.kind], {
        asked: [step.id],
        sensitive: step.sensitive,
        fleeting: step.sensitive,
        labels,
        list: step.from,
      })
      if (step.saveText !== undefined) declare(step.saveText, 'text', { fleeting: true })
    }
    if (step.does === 'call') {
      for (const [output, type] of outputsOf(calls, step.call)) {
        const name = step.save[output]
        if (name !== undefined) declare(name, type)
      }
      if (step.rows !== undefined) declare(step.rows, 'rows')
    }
  }
  return vars
}

/** What any outcome of a call gives. */
export const outputsOf = (calls: CallSpecs, name: string): [string, VarType][] =>
  Object.values(calls[name]?.outcomes ?? {}).flatMap(given => Object.entries(given))

export function compileCommon(
  raw: RawCommon,
  english: Pick<RawCommon, 'texts' | 'labels'> | undefined,
): Common {
  const all = Object.entries(raw.texts).map(([id, text]) => [id, texts(text, english?.texts[id])])
  const labels = Object.entries(raw.labels).map(([id, label]) => [id, both(label, english?.labels[id])])
  return {
    commands: raw.commands,
    links: raw.links ?? {},
    texts: Object.fromEntries(all) as Record<CommonText, ByLang<Template>>,
    labels: Object.fromEntries(labels) as Record<CommonLabel, ByLang<string>>,
  }
}

/** What sub-flows give has the type, and the labels, that it has there. */
export function withRunVariables(flows: ReadonlyMap<string, Flow>): Map<string, Flow> {
  const done = new Map<string, Flow>()
  const finish = (flow: Flow, above: ReadonlySet<string>): Flow => {
    const known = done.get(flow.id)
    if (known) return known
    const vars = new Map(flow.vars)
    for (const step of flow.steps.values()) {
      const inner = step.does === 'run' && !above.has(step.flow) ? flows.get(step.flow) : undefined
      if (step.does !== 'run' || !inner) continue
      const sub = finish(inner, new Set([...above, inner.id]))
      for (const [from, to] of Object.entries(step.save)) {
        const info = sub.vars.get(from)
        if (info && !vars.has(to)) vars.set(to, { ...info, asked: [], list: undefined })
      }
    }
    const finished = { ...flow, vars }
    done.set(flow.id, finished)
    return finished
  }
  for (const flow of flows.values()) finish(flow, new Set([flow.id]))
  return done
}
