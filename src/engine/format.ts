import type { AskKind, RawAsk } from './schema.ts'
import type { Template } from './template.ts'
import type { CallSpecs, Lang, VarType } from './types.ts'
import type { CommonLabel, CommonText } from './vocabulary.ts'

/** Flows as the interpreter walks them: made by the checker from files that hold no mistake, and never changed. */
export interface Flows {
  byId: ReadonlyMap<string, Flow>
  common: Common
  /** Folded trigger words, in both languages → flow. */
  triggers: ReadonlyMap<string, string>
  calls: CallSpecs
}

export type ByLang<T> = Readonly<Record<Lang, T>>

export interface Common {
  /** Global command → flow. */
  commands: Readonly<Record<string, string>>
  /** Prefix of a link → the flow it starts, and which input is given the rest of it. */
  links: Readonly<Record<string, { flow: string; input: string }>>
  texts: Readonly<Record<CommonText, ByLang<Template>>>
  labels: Readonly<Record<CommonLabel, ByLang<string>>>
}

export interface Flow {
  id: string
  version: number
  title: ByLang<string>
  start: string
  /** What the assistant says by itself: it asks nothing, and runs beside whatever is open. */
  notice: boolean
  input: Readonly<Record<string, VarType>>
  moved: Readonly<Record<string, string>>
  steps: ReadonlyMap<string, FlowStep>
  vars: ReadonlyMap<string, VarInfo>
}

/** What the flow knows of one of its variables. */
export interface VarInfo {
  type: VarType
  /** The questions that save it. */
  asked: string[]
  /** Never shown. */
  sensitive: boolean
  /** Gone as soon as a call that writes has taken it: sensitive answers and kept texts. */
  fleeting: boolean
  /** What a choice reads like. */
  labels: ReadonlyMap<string, ByLang<string>>
  /** The list variable that the answer was chosen from. */
  list: string | undefined
}

/** One step for everything, or a step for each answer or outcome with `else` for the rest. */
export type Roads = string | Readonly<Record<string, string>>

/** An argument of a call or a sub-flow. */
export type Argument = { variable: string } | { value: string | number | boolean }

export type FlowStep =
  SayStep | AskStep | CallStep | BranchStep | RunStep | ReviewStep | HandoverStep | OfferStep | EndStep

export interface SayStep {
  does: 'say'
  id: string
  text: ByLang<Template>
  /** The variable with the file that goes with it. */
  file: string | undefined
  next: string
}

export interface ChoiceDef {
  value: string
  label: ByLang<string>
  description?: ByLang<string>
  /** Synonyms of both languages, and the labels of the other one. */
  also: readonly string[]
  /** Shown only while these variables have these values. */
  when: Readonly<Record<string, string>> | undefined
}

export interface AskStep {
  does: 'ask'
  id: string
  kind: AskKind
  text: ByLang<Template>
  title: ByLang<string>
  save: string
  saveText: string | undefined
  choices: readonly ChoiceDef[]
  from: string | undefined
  example: ByLang<Template> | undefined
  retry: ByLang<Template> | undefined
  tries: number
  /** undefined: a person takes over. */
  afterTries: string | undefined
  skip: ByLang<string> | undefined
  max: number
  strict: boolean
  sensitive: boolean
  need: string | undefined
  hears: readonly string[]
  interrupt: NonNullable<RawAsk['interrupt']>
  /** Global commands that lead to a step here. */
  commands: Readonly<Record<string, string>>
  /** `after` in ms; undefined = no reminder. */
  nudge: { after: number; text: ByLang<Template> | undefined } | undefined
  expire: { after: number; to: string | undefined }
  next: Roads
}

export interface CallStep {
  does: 'call'
  id: string
  call: string
  with: Readonly<Record<string, Argument>>
  save: Readonly<Record<string, string>>
  rows: string | undefined
  next: Roads
}

export interface BranchStep {
  does: 'branch'
  id: string
  variable: string
  next: Roads
}

export interface RunStep {
  does: 'run'
  id: string
  flow: string
  with: Readonly<Record<string, Argument>>
  save: Readonly<Record<string, string>>
  next: string
}

export interface ReviewStep {
  does: 'review'
  id: string
  fields: readonly string[]
  text: ByLang<Template>
  question: ByLang<Template> | undefined
  title: ByLang<string>
  next: string
}

export interface HandoverStep {
  does: 'handover'
  id: string
  reason: string
  text: string | undefined
  next: string
}

/** The end of a notice: buttons that stay good beside whatever is open. */
export interface OfferStep {
  does: 'offer'
  id: string
  text: ByLang<Template>
  choices: readonly OfferChoice[]
  /** How long the buttons are good, ms. */
  lasts: number
}

export interface OfferChoice {
  value: string
  label: ByLang<string>
  /** Synonyms of both languages. */
  also: readonly string[]
  /** The flow it starts, and what that is given. */
  run: string
  with: Readonly<Record<string, Argument>>
}

export interface EndStep {
  does: 'end'
  id: string
  then: string | undefined
}

/** Steps that wait for a person. */
export type WaitingStep = AskStep | ReviewStep
export const waits = (step: FlowStep): step is WaitingStep => step.does === 'ask' || step.does === 'review'

/** The next step for an answer or outcome, or undefined where the flow has no road for it. */
export function roadFor(roads: Roads, key: string): string | undefined {
  if (typeof roads === 'string') return roads
  return Object.hasOwn(roads, key) ? roads[key] : roads.else
}

/** Every step that `step` can lead to, with the answers or outcomes that lead there. */
export function roadsOf(step: FlowStep): string[] {
  if (step.does === 'end' || step.does === 'offer') return []
  const own = typeof step.next === 'string' ? [step.next] : Object.values(step.next)
  if (step.does !== 'ask') return own
  const around = [step.afterTries, step.expire.to].filter(target => target !== undefined)
  return [...own, ...around, ...Object.values(step.commands)]
}
