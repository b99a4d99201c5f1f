import { callOut, FlowFault, openTicket } from './calls.ts'
import { offerBeside } from './notice.ts'
import type { Argument, AskStep, Flow, FlowStep, RunStep } from './format.ts'
import { roadFor, waits } from './format.ts'
import { beginWith, canKeep } from './keep.ts'
import { offer } from './offers.ts'
import { open, repeat } from './question.ts'
import {
  active,
  dropKept,
  dropVar,
  getVar,
  placeOf,
  setVar,
  splitPlace,
  type Session,
  type State,
} from './state.ts'
import { render } from './template.ts'
import {
  count,
  fillFrom,
  langOf,
  locate,
  openQuestion,
  same,
  say,
  text,
  type Here,
  type Turn,
} from './turn.ts'
import type { FileRef, Value, Values } from './types.ts'
import { LIMITS, OPENED_BY, STEPS_A_TURN } from './vocabulary.ts'

/**
 * Starts a flow on top of whatever is open, with values for its `input:`.
 * @param kept answers that are known already, by the place of their question
 */
export function begin(turn: Turn, flow: Flow, input: Values = {}, kept: Values = {}): void {
  const given = Object.fromEntries(Object.entries(input).filter(([name]) => flow.input[name] !== undefined))
  const vars = Object.keys(given).length > 0 ? { [flow.id]: given } : {}
  const known = Object.keys(kept).length > 0 ? { kept } : {}
  turn.state.stack.push({ path: [`${flow.id}/${flow.start}`], vars, history: [], answers: 0, ...known })
  walk(turn)
}

/** What a flow was given when it began. */
export function inputOf(session: Session, flow: Flow): Values {
  const vars = session.vars[flow.id] ?? {}
  return Object.fromEntries(
    Object.keys(flow.input).flatMap(name => (name in vars ? [[name, vars[name] ?? null]] : [])),
  )
}

/** Where a flow is under way that was given the same; -1 where none is. */
export const sessionWith = (state: State, flow: Flow, input: Values): number =>
  state.stack.findIndex(
    session =>
      splitPlace(session.path[0] ?? '')[0] === flow.id &&
      Object.keys(flow.input).every(
        name => name === OPENED_BY || same(inputOf(session, flow)[name] ?? null, input[name] ?? null),
      ),
  )

/** Walks from where the active flow stands until it waits, calls or ends. */
export function walk(turn: Turn): void {
  turn.said = turn.says.length
  while (turn.call === undefined) {
    const session = active(turn.state)
    if (!session || session.wait) return
    const here = locate(turn.flows, session)
    if (!here) return lost(turn)
    const used = (turn.state.turn ??= { steps: 0, calls: 0 })
    if (++used.steps > STEPS_A_TURN)
      throw new FlowFault(`${here.flow.id}: more than ${STEPS_A_TURN} steps in a turn`)
    take(turn, here)
  }
}

function take(turn: Turn, here: Here): void {
  const { session, step } = here
  // a question is entered when it is put: on a road that is replayed nobody is asked
  if (!waits(step)) count(turn, here, 'entered')
  switch (step.does) {
    case 'say':
      say(turn, {
        text: render(step.text[langOf(turn)], fillFrom(turn, here)),
        ...fileOf(session, step.file),
      })
      return move(session, step.next)
    case 'ask':
      return ask(turn, { ...here, step })
    case 'review':
      return open(turn, { ...here, step })
    case 'call':
      return callOut(turn, { call: step.call, input: argumentsOf(turn, session, step.with) })
    case 'branch':
      return move(session, road(here, step.next, keyOf(getVar(session, step.variable))))
    case 'run':
      return enter(turn, session, step)
    case 'handover':
      return openTicket(
        turn,
        step.reason,
        step.text === undefined ? null : (getVar(session, step.text) ?? null),
      )
    case 'offer':
      offerBeside(turn, { ...here, step })
      return here.flow.notice ? void turn.state.stack.pop() : leave(turn, here)
    case 'end':
      return leave(turn, here)
  }
}

/** A file that a call did not give leaves the text alone. */
function fileOf(session: Session, variable: string | undefined): { file?: FileRef } {
  const value = variable === undefined ? undefined : getVar(session, variable)
  return value ? { file: value as FileRef } : {}
}

export function move(session: Session, step: string): void {
  session.path[session.path.length - 1] = `${splitPlace(placeOf(session))[0]}/${step}`
}

/** The road for an answer. @throws FlowFault when there is none, which the checker rules out */
export function road(here: Here, roads: Parameters<typeof roadFor>[0], key: string): string {
  const next = roadFor(roads, key)
  if (next === undefined) throw new FlowFault(`${here.flow.id}/${here.step.id}: no road for ${key}`)
  return next
}

/** How a value is called in `next`: the value itself, `skipped`, or `answered` for what is not one word. */
const keyOf = (value: Value | undefined): string => {
  if (value === undefined || value === null) return 'skipped'
  return typeof value === 'object' ? 'answered' : String(value)
}

function ask(turn: Turn, here: Here & { step: AskStep }): void {
  const { session } = here
  const kept = session.kept?.[placeOf(session)]
  if (kept === undefined || !canKeep(turn, here, kept))
    return open(turn, here, [], beginWith(here.step, kept))
  turn.says.length = turn.said
  accept(turn, here, kept, true)
}

/** Saves an answer and goes on from its question. `silent`: it was kept, so nobody was asked. */
export function accept(turn: Turn, here: Here & { step: AskStep }, value: Value, silent = false): void {
  const { session, step } = here
  record(session, silent)
  setVar(session, step.save, value)
  if (step.saveText !== undefined) setVar(session, step.saveText, session.wait?.text ?? '')
  if (step.save === 'language' && (value === 'id' || value === 'en')) turn.state.language = value
  if (!silent) count(turn, here, 'answered')
  close(turn, session)
  move(session, road(here, step.next, keyOf(value)))
}

/** Writes down where *kembali* leads. */
function record(session: Session, silent: boolean): void {
  const place = placeOf(session)
  const kept = session.kept?.[place]
  const heard = silent ? [] : (session.told ?? [])
  session.history.push({
    path: [...session.path],
    set: [],
    ...(kept === undefined ? {} : { kept }),
    ...(heard.length > 0 ? { heard: [...heard] } : {}),
  })
  if (session.history.length > LIMITS.history) session.history.shift()
  session.answers++
  dropKept(session, place)
}

/** The question is no longer open; a second tap on it is forgiven. */
export function close(turn: Turn, session: Session): void {
  if (session.wait) turn.state.done = session.wait.id
  delete session.wait
}

function argumentsOf(turn: Turn, session: Session, given: Readonly<Record<string, Argument>>): Values {
  const value = (each: Argument): Value => {
    if (!('variable' in each)) return each.value
    return getVar(session, each.variable) ?? (each.variable === 'source' ? (turn.state.source ?? null) : null)
  }
  return Object.fromEntries(Object.entries(given).map(([name, each]) => [name, value(each)]))
}

function enter(turn: Turn, session: Session, step: RunStep): void {
  const input = argumentsOf(turn, session, step.with)
  const sub = turn.flows.byId.get(step.flow)
  if (!sub) throw new FlowFault(`no flow ${step.flow}`)
  session.path.push(`${sub.id}/${sub.start}`)
  for (const name of Object.keys(session.vars[sub.id] ?? {})) {
    setVar(session, name, null, sub.id)
    dropVar(session, sub.id, name)
  }
  for (const [name, value] of Object.entries(input)) setVar(session, name, value, sub.id)
}

/** The active flow ends: back into the one that runs it, on to the one that follows, or back to what lay below. */
function leave(turn: Turn, here: Here & { step: FlowStep }): void {
  const { session, flow, step } = here
  if (flow.notice) return void turn.state.stack.pop()
  if (session.path.length > 1) {
    const given = session.vars[flow.id] ?? {}
    session.path.pop()
    const outer = locate(turn.flows, session)
    if (outer?.step.does !== 'run') throw new FlowFault(`${flow.id} ends and nothing runs it`)
    for (const [from, to] of Object.entries(outer.step.save)) setVar(session, to, given[from] ?? null)
    return move(session, outer.step.next)
  }
  turn.state.stack.pop()
  const then = step.does === 'end' && step.then !== undefined ? turn.flows.byId.get(step.then) : undefined
  if (then) return goTo(turn, then)
  returnTo(turn, session.answers)
}

/** Starts a flow, or goes back into it where it is already under way. */
export function goTo(turn: Turn, flow: Flow, input: Values = {}, kept: Values = {}): void {
  const at = sessionWith(turn.state, flow, input)
  if (at < 0) return begin(turn, flow, input, kept)
  turn.state.stack.length = at + 1
  resume(turn, [text(turn, 'resumed')])
}

/** Below the flow that has just ended: its open question again, unless nothing was answered there and something here. */
function returnTo(turn: Turn, answers: number): void {
  const below = active(turn.state)
  if (!below) return
  if (below.answers === 0 && answers > 0) turn.state.stack = []
  else resume(turn, [text(turn, 'resumed')])
}

/** Shows the open question again. */
export function resume(turn: Turn, lead: Parameters<typeof repeat>[2][]): void {
  const here = openQuestion(turn)
  if (here) return repeat(turn, here, ...lead)
  if (active(turn.state)) lost(turn)
}

/** The step is gone from its flow: a kind sentence and the menu. */
export function lost(turn: Turn): void {
  turn.state.stack = []
  delete turn.state.offer
  say(turn, { text: text(turn, 'lost') })
  const menu = turn.flows.byId.get(turn.flows.common.commands.menu ?? '')
  if (menu) begin(turn, menu)
  else offer(turn, ['human'], text(turn, 'offer'))
}
