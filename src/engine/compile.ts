import type { Argument, AskStep, ByLang, ChoiceDef, Common, Flow, FlowStep, VarInfo } from './format.ts'
import type {
  RawAsk,
  RawChoice,
  RawCommon,
  RawFlowHead,
  RawStep,
  RawTranslatedStep,
  RawTranslation,
} from './schema.ts'
import { parseTemplate, type Template } from './template.ts'
import type { CallSpecs, VarType } from './types.ts'
import { LIMITS, TYPE_OF, type CommonLabel, type CommonText } from './vocabulary.ts'

/** Turns files that the checker has read into flows. A text without a translation speaks Indonesian in both languages. */

const NUDGE_AFTER = '3h'
const EXPIRE_AFTER = '7d'
const UNIT = { m: 60_000, h: 3_600_000, d: 86_400_000 }

const durationMs = (text: string): number =>
  Number(text.slice(0, -1)) * UNIT[text.at(-1) as keyof typeof UNIT]

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
  const flow = { id, version, start, title, input: raw.input ?? {}, moved: raw.moved ?? {}, steps }
  return { ...flow, vars: variablesOf(raw, steps, ground.calls) }
}

const both = <T>(id: T, en: T | undefined): ByLang<T> => ({ id, en: en ?? id })
const texts = (id: string, en: string | undefined): ByLang<Template> =>
  both(parseTemplate(id), en === undefined ? undefined : parseTemplate(en))
const maybe = <T>(id: string | undefined, make: (id: string) => T): T | undefined =>
  id === undefined ? undefined : make(id)

interface Surroundings {
  title: ByLang<string>
  common: Common
}

function compileStep(id: string, raw: RawStep, en: RawTranslatedStep, around: Surroundings): FlowStep {
  if ('say' in raw)
    return { does: 'say', id, text: texts(raw.say, en.say), file: raw.file?.slice(1, -1), next: raw.next }
  if ('ask' in raw) return compileAsk(id, raw, en, around)
  if ('call' in raw)
    return {
      does: 'call',
      id,
      call: raw.call,
      with: args(raw.with),
      save: raw.save ?? {},
      rows: raw.rows,
      next: raw.next,
    }
  if ('branch' in raw) return { does: 'branch', id, variable: raw.branch, next: raw.next }
  if ('run' in raw)
    return { does: 'run', id, flow: raw.run, with: args(raw.with), save: raw.save ?? {}, next: raw.next }
  if ('review' in raw) {
    const question = maybe(raw.question, text => texts(text, en.question))
    return {
      does: 'review',
      id,
      fields: raw.review,
      text: texts(raw.text, en.text),
      question,
      title: around.title,
      next: raw.next,
    }
  }
  if ('handover' in raw) return { does: 'handover', id, reason: raw.handover, text: raw.text, next: raw.next }
  return { does: 'end', id, then: raw.end === true ? undefined : raw.end }
}

const VARIABLE = /^\{([a-z][a-z0-9_]*)\}$/

/** `"{name}"` is the variable, anything else stands for itself. */
export function argument(raw: string | number | boolean): Argument {
  const match = typeof raw === 'string' ? VARIABLE.exec(raw) : null
  return match?.[1] === undefined ? { value: raw } : { variable: match[1] }
}

const args = (raw: Record<string, string | number | boolean> | undefined): Record<string, Argument> =>
  Object.fromEntries(Object.entries(raw ?? {}).map(([name, value]) => [name, argument(value)]))

function compileAsk(id: string, raw: RawAsk, en: RawTranslatedStep, around: Surroundings): AskStep {
  return {
    does: 'ask',
    id,
    kind: raw.ask,
    text: texts(raw.text, en.text),
    title: raw.title === undefined ? around.title : both(raw.title, en.title),
    save: raw.save,
    saveText: raw.save_text,
    choices: choicesOf(raw, en, around.common),
    from: raw.from,
    example: maybe(raw.example, text => texts(text, en.example)),
    retry: maybe(raw.retry, text => texts(text, en.retry)),
    tries: raw.tries ?? 3,
    afterTries: raw.after_tries,
    skip: maybe(raw.skip, label => both(label, en.skip)),
    max: raw.max ?? LIMITS.answer,
    strict: raw.strict ?? false,
    sensitive: raw.sensitive ?? raw.ask === 'nik',
    need: raw.need,
    hears: raw.hears ?? [],
    interrupt: raw.interrupt ?? 'allow',
    nudge: nudgeOf(raw.nudge, en.nudge),
    expire: { after: durationMs(raw.expire?.after ?? EXPIRE_AFTER), to: raw.expire?.to },
    next: raw.next,
  }
}

function choicesOf(raw: RawAsk, en: RawTranslatedStep, common: Common): ChoiceDef[] {
  if (raw.ask === 'yesno' && raw.choices === undefined) {
    const { yes, no } = common.labels
    return [
      { value: 'yes', label: yes, also: [yes.id, yes.en], when: undefined },
      { value: 'no', label: no, also: [no.id, no.en], when: undefined },
    ]
  }
  return (raw.choices ?? []).map(choice => compileChoice(choice, en.choices?.[choice.value]))
}

function compileChoice(
  raw: RawChoice,
  en: string | { label: string; description?: string | undefined; also?: string[] | undefined } | undefined,
): ChoiceDef {
  const other = typeof en === 'string' ? { label: en } : en
  const also = [
    ...(raw.also ?? []),
    ...(other?.also ?? []),
    ...(other && other.label !== raw.label ? [raw.label, other.label] : []),
  ]
  const choice = { value: raw.value, label: both(raw.label, other?.label), also, when: raw.when }
  return raw.description === undefined
    ? choice
    : { ...choice, description: both(raw.description, other?.description) }
}

function nudgeOf(raw: RawAsk['nudge'], en: string | undefined): AskStep['nudge'] {
  if (raw === 'off') return undefined
  if (raw === undefined) return { after: durationMs(NUDGE_AFTER), text: undefined }
  if (typeof raw === 'string') return { after: durationMs(NUDGE_AFTER), text: texts(raw, en) }
  return { after: durationMs(raw.after), text: maybe(raw.text, text => texts(text, en)) }
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
