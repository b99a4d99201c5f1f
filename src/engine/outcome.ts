import { FlowFault } from './calls.ts'
import type { CallStep } from './format.ts'
import { active, dropVar, setVar } from './state.ts'
import { locate, say, text, type Here, type Turn } from './turn.ts'
import type { ListRow, Value, Values } from './types.ts'
import { LIMITS } from './vocabulary.ts'
import { move, road, walk } from './walk.ts'

/** Goes on with what a call has answered. */
export function resumeCall(turn: Turn, answer: { outcome: string; output: Values; rows?: ListRow[] }): void {
  if (turn.state.turn?.ticket !== undefined) return ticketOpened(turn, answer.output)
  const session = active(turn.state)
  const here = session && locate(turn.flows, session)
  if (here?.step.does !== 'call') throw new FlowFault('an outcome without a call')
  const step = here.step
  for (const [output, name] of Object.entries(step.save)) {
    if (output in answer.output) setVar(here.session, name, answer.output[output] ?? null)
  }
  if (step.rows !== undefined) setVar(here.session, step.rows, listed(answer.rows ?? []))
  if (turn.flows.calls[step.call]?.writes) settle(here, step)
  move(here.session, road(here, step.next, answer.outcome))
  walk(turn)
}

/** A list as a value, no longer than a state can carry. */
const listed = (rows: readonly ListRow[]): Value =>
  rows
    .slice(0, LIMITS.rows)
    .map(({ value, label, description }) => ({ value, label, ...(description ? { description } : {}) }))

/** After a call that writes there is no way back, and what it took in confidence is forgotten. */
function settle(here: Here, step: CallStep): void {
  here.session.history = []
  for (const given of Object.values(step.with)) {
    if ('variable' in given && here.flow.vars.get(given.variable)?.fleeting)
      dropVar(here.session, here.flow.id, given.variable)
  }
}

function ticketOpened(turn: Turn, output: Values): void {
  const mark = turn.state.turn?.ticket
  delete turn.state.turn?.ticket
  const { ticket, answered_by: dijawab } = output
  say(turn, { text: text(turn, 'handoff_done', { kode: words(ticket), dijawab: words(dijawab) }) })
  const session = active(turn.state)
  const here = session && locate(turn.flows, session)
  if (mark !== 'step' || here?.step.does !== 'handover') return
  session?.history.splice(0)
  move(here.session, here.step.next)
  walk(turn)
}

const words = (value: Value | undefined): string => (typeof value === 'string' ? value : '')
