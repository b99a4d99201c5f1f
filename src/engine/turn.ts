import type { Holiday } from '../understand/index.ts'
import type { Flow, Flows, FlowStep, WaitingStep } from './format.ts'
import { waits } from './format.ts'
import { active, placeOf, splitPlace, type Session, type State } from './state.ts'
import type { Filled } from './template.ts'
import { commonTextOf } from './texts.ts'
import type { Lang, MessageId, RichText, Say, StepEvent, Touch, Values } from './types.ts'
import { formatValue } from './values.ts'
import { FACTS, type CommonLabel, type CommonText, type Silence } from './vocabulary.ts'

/** What the world is like during a turn: given, never asked for. */
export interface Env {
  /** Epoch ms on the conversation's own clock. */
  now: number
  holidays: readonly Holiday[]
  /** Usable as placeholders: controller, contact, retention, privacy page, name of the app. */
  facts: Values
  /** Rows on one page of a list: 10 where the channel has buttons, else 9 and *0 = lainnya*. */
  pageSize: 9 | 10
  /** Whether a text asks something that the programme's answers know, or do not know; undefined: no question. */
  question?: (typed: string) => 'answered' | 'unanswered' | undefined
  /** A person speaks here for now: what they say is not followed by the open question. */
  held?: boolean
}

export type Heard = 'answer' | 'retry' | `silence:${Silence}`

/** One step of the interpreter under way. `state` is this turn's own draft. */
export interface Turn {
  readonly flows: Flows
  readonly env: Env
  readonly state: State
  says: Say[]
  touches: Touch[]
  /** The message whose button was tapped. */
  tapped: MessageId | undefined
  /** How much had been said before the flow went on: what it says on a road that is replayed is taken back. */
  said: number
  stats: StepEvent[]
  heard: Heard
  /** How long the person had been away from the open question, in ms. */
  away: number
  call: { call: string; input: Values } | undefined
  /** The message was meant for a notice. */
  beside: boolean
}

/** A session's open question with all that is known about it. */
export interface Here {
  session: Session
  flow: Flow
  step: FlowStep
}

export const langOf = (turn: Turn): Lang => turn.state.language

export const text = (turn: Turn, id: CommonText, values?: Record<string, RichText | string>): RichText =>
  commonTextOf(turn.flows.common, langOf(turn), id, values)

export const label = (turn: Turn, id: CommonLabel): string => turn.flows.common.labels[id][langOf(turn)]

export function say(turn: Turn, ...says: Say[]): void {
  turn.says.push(...says.map(each => hinted(turn, each)))
}

/** Where choices are numbers, how they are answered is said with them. */
const hinted = (turn: Turn, one: Say): Say =>
  turn.env.pageSize === 9 && one.choices?.length && one.words === undefined
    ? { ...one, hint: text(turn, 'numbers_hint') }
    : one

/** What was said last stands where the tapped button stood: a list that goes on is not shown twice. */
export function inPlace(turn: Turn): void {
  const last = turn.says.at(-1)
  if (last && turn.tapped !== undefined) last.replaces = turn.tapped
}

/** Where a session stands, or undefined when the flow or its step is gone. A renamed step is found by its new name. */
export function locate(flows: Flows, session: Session): Here | undefined {
  const [flowId, stepId] = splitPlace(placeOf(session))
  const flow = flows.byId.get(flowId)
  const step = flow?.steps.get(stepId) ?? flow?.steps.get(flow.moved[stepId] ?? '')
  if (!flow || !step) return undefined
  if (step.id !== stepId) session.path[session.path.length - 1] = `${flow.id}/${step.id}`
  return { session, flow, step }
}

/** The open question, if there is one. */
export function openQuestion(turn: Turn): (Here & { step: WaitingStep }) | undefined {
  const session = active(turn.state)
  const here = session?.wait && locate(turn.flows, session)
  return here && waits(here.step) ? { ...here, step: here.step } : undefined
}

export function count(turn: Turn, here: Here, event: StepEvent['event']): void {
  turn.stats.push({ flow: here.flow.id, version: here.flow.version, step: here.step.id, event })
}

/** What a variable of the active flow, or a fact, reads like. */
export function fillFrom(turn: Turn, here: Here): (slot: string) => Filled {
  const vars = here.session.vars[here.flow.id] ?? {}
  return slot => {
    const lang = langOf(turn)
    const info = here.flow.vars.get(slot)
    if (info === undefined) return factText(turn, slot)
    const value = vars[slot]
    const row =
      info.list === undefined ? undefined : rowsOf(vars[info.list]).find(each => same(each.value, value))
    return row ? { text: row.label, byPerson: true } : formatValue(value, info, lang, turn.flows.common)
  }
}

function factText(turn: Turn, slot: string): Filled {
  const type = FACTS[slot] ?? 'text'
  const value =
    slot === 'sekarang' ? turn.env.now : slot === 'source' ? turn.state.source : turn.env.facts[slot]
  const info = { type, labels: new Map() }
  return { text: formatValue(value, info, langOf(turn), turn.flows.common).text, byPerson: slot === 'source' }
}

export const same = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other)

export const rowsOf = (list: unknown): { value: Values[string]; label: string; description?: string }[] =>
  Array.isArray(list) ? (list as { value: Values[string]; label: string; description?: string }[]) : []
