import type { Turn } from './turn.ts'
import type { Value, Values } from './types.ts'
import { CALLS_A_TURN } from './vocabulary.ts'

/** A flow that runs in circles, or a state that its flow no longer knows: the conversation ends, nothing else. */
export class FlowFault extends Error {}

/** Leaves the turn with a call for the programme; inputs that are not given are null. */
export function callOut(turn: Turn, next: { call: string; input: Values }): void {
  const used = (turn.state.turn ??= { steps: 0, calls: 0 })
  if (++used.calls > CALLS_A_TURN)
    throw new FlowFault(`${next.call}: more than ${CALLS_A_TURN} calls in a turn`)
  const spec = turn.flows.calls[next.call]
  const missing = Object.keys(spec?.input ?? {}).filter(name => !(name in next.input))
  turn.call = { ...next, input: { ...next.input, ...Object.fromEntries(missing.map(name => [name, null])) } }
}

/** Asks a person to take over. `text`: what they should read. */
export function openTicket(turn: Turn, reason: string, words: Value, mark = 'step'): void {
  turn.state.turn = { ...(turn.state.turn ?? { steps: 0, calls: 0 }), ticket: mark }
  callOut(turn, { call: 'open_ticket', input: { reason, text: words } })
}
