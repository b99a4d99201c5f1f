import { DAY, WIB_OFFSET } from '../lib/time.ts'
import { act, numbered } from './buttons.ts'
import { hearText } from './hear.ts'
import { hideNik } from './hide.ts'
import { ageNotices, closeNotice, failNotice, forgetOld, hearNotice, startOffered } from './notices.ts'
import { chooseOption, hearMedia, hearShared, nextPage, take, unasked } from './take.ts'
import type { Flows } from './format.ts'
import { offer } from './offers.ts'
import { active, draftOf, type State } from './state.ts'
import { fire, nextTimer, silence } from './timers.ts'
import { locate, openQuestion, say, text, type Env, type Heard, type Turn } from './turn.ts'
import type { Incoming, ListRow, Say, StepEvent, TimerSpec, Touch, Values } from './types.ts'
import { readCommand } from '../understand/index.ts'
import { FlowFault } from './calls.ts'
import { resumeCall } from './outcome.ts'
import { UNBLOCKABLE } from './vocabulary.ts'
import { resume } from './walk.ts'

export { newState } from './state.ts'
export type { Env } from './turn.ts'

export type EngineEvent =
  /** `overtaken`: it is more than a day old, and the person has written since. */
  | { type: 'inbound'; incoming: Incoming; overtaken?: boolean }
  /** What a call answered: always the next event after a step whose `next` is a call. */
  | { type: 'outcome'; outcome: string; output: Values; rows?: ListRow[] }

export interface Step {
  state: State
  says: Say[]
  /** What is done to messages that are in the chat already. */
  touches: Touch[]
  next: { kind: 'wait' } | { kind: 'call'; call: string; input: Values } | { kind: 'end' }
  /** The one timer of the open question; undefined clears. */
  timer?: TimerSpec
  stats: StepEvent[]
  /** What became of the message; silences are listed in docs/input.md. */
  heard: Heard
  /** The open question, by name. */
  open?: { flow: string; version: number; step: string }
}

/**
 * One step of a conversation: what came in, and what follows from it. Pure: the same flows, state, event and environment
 * always give the same step, and the given state is left as it is. Never throws for what a person sends: a flow in
 * trouble ends its own conversation with a kind sentence.
 */
export function advance(flows: Flows, state: State, event: EngineEvent, env: Env): Step {
  const turn: Turn = {
    flows,
    env,
    state: draftOf(state),
    says: [],
    touches: [],
    tapped: undefined,
    said: 0,
    stats: [],
    heard: 'answer',
    away: 0,
    call: undefined,
    beside: false,
  }
  try {
    if (event.type === 'outcome') resumeCall(turn, event)
    else hear(turn, event.incoming, event.overtaken)
  } catch (error) {
    if (!(error instanceof FlowFault)) throw error
    if (turn.state.turn?.notice === undefined) giveUp(turn)
    else failNotice(turn)
  }
  return stepOf(turn)
}

/** *Stop* and *petugas* count however late they come. */
const unblockable = (incoming: Incoming): boolean => {
  const said = incoming.kind === 'text' ? readCommand(incoming.text) : undefined
  return said !== undefined && said.exact && UNBLOCKABLE.has(said.command)
}

function hear(turn: Turn, incoming: Incoming, overtaken = false): void {
  delete turn.state.turn
  forgetOld(turn)
  if (overtaken && !unblockable(incoming)) return silence(turn, 'late')
  switch (incoming.kind) {
    case 'edited':
    case 'blocked':
    case 'unblocked':
    case 'moved':
    case 'withdrawn':
      return silence(turn, incoming.kind)
    case 'group':
      return hearGroup(turn)
    case 'timer':
      return fire(turn, incoming.timer, incoming.wait)
    case 'notice':
      return hearNotice(turn, incoming)
    default:
      hearPerson(turn, incoming)
  }
}

/** All but what is heard above. */
type FromPerson = Extract<
  Incoming,
  { kind: 'text' | 'tap' | 'contact' | 'location' | 'media' | 'unreadable' }
>

function hearPerson(turn: Turn, incoming: FromPerson): void {
  stayAwake(turn)
  const misses = turn.state.misses
  switch (incoming.kind) {
    case 'text':
      hideNik(turn, incoming)
      hearText(turn, incoming.text)
      break
    case 'tap':
      turn.tapped = incoming.message
      hearTap(turn, incoming.wait, incoming.option)
      break
    case 'contact':
    case 'location':
      hearShared(turn, incoming)
      break
    case 'media':
      hearMedia(turn, incoming.media)
      break
    case 'unreadable':
      unasked(turn, text(turn, 'unreadable'))
  }
  if (turn.state.misses === misses) delete turn.state.misses
  if (turn.heard === 'answer' && !turn.beside) ageNotices(turn)
}

/** The person is here: the timers of the open question begin anew. */
function stayAwake(turn: Turn): void {
  const session = active(turn.state)
  if (!session?.wait) return
  turn.away = turn.env.now - session.wait.since
  const { nudged: _, carded: __, ...wait } = session.wait
  session.wait = { ...wait, since: turn.env.now }
}

/** Groups hear one sentence a day: conversations are private. */
function hearGroup(turn: Turn): void {
  const day = Math.floor((turn.env.now + WIB_OFFSET) / DAY)
  if (turn.state.groupDay === day) return silence(turn, 'group')
  turn.state.groupDay = day
  say(turn, { text: text(turn, 'group') })
}

/** A button: of the open offer or question, of a question further down, just answered, or of old. */
function hearTap(turn: Turn, wait: string, option: number): void {
  const { state } = turn
  if (state.offer?.id === wait) {
    const action = numbered(turn, option)
    return action === undefined ? stale(turn) : act(turn, action)
  }
  const depth = state.stack.findIndex(session => session.wait?.id === wait)
  if (depth >= 0) {
    state.stack.length = depth + 1
    return tapAnswer(turn, option)
  }
  if (state.done === wait || state.done === `${wait}.${option}`) return silence(turn, 'second_tap')
  if (startOffered(turn, wait, option)) return
  stale(turn)
}

function tapAnswer(turn: Turn, option: number): void {
  const here = openQuestion(turn)
  if (!here) return resume(turn, [])
  if (option === 0) return nextPage(turn, here)
  const value = here.session.wait?.shown[option - 1]
  if (value === undefined) return stale(turn)
  take(turn, here, chooseOption(turn, here, value), '')
}

/** Its button does nothing any more, so it goes. */
function stale(turn: Turn): void {
  turn.heard = 'retry'
  if (turn.tapped !== undefined) turn.touches.push({ touch: 'unbutton', message: turn.tapped })
  if (active(turn.state)) return resume(turn, [text(turn, 'stale_button')])
  offer(turn, ['menu'], text(turn, 'stale_button'))
}

/** The flow is in trouble: its conversation ends. */
function giveUp(turn: Turn): void {
  turn.call = undefined
  turn.state.stack = []
  turn.says = []
  offer(turn, ['menu', 'human'], text(turn, 'error'))
}

/** A flow may end without a word ("Tidak jadi"): an answer that is met with nothing looks lost. */
function neverWordless(turn: Turn): void {
  if (turn.heard.startsWith('silence') || turn.says.length > 0 || turn.state.turn?.said) return
  offer(turn, ['menu'], text(turn, 'offer'))
}

function stepOf(turn: Turn): Step {
  const { state, says, touches, stats } = turn
  if (turn.call) {
    if (state.turn && says.length > 0) state.turn.said = true
    return { state, says, touches, next: { kind: 'call', ...turn.call }, stats, heard: turn.heard }
  }
  if (state.turn?.notice === undefined) neverWordless(turn)
  else closeNotice(turn)
  delete state.turn
  const session = active(state)
  const here = session && locate(turn.flows, session)
  const timer = nextTimer(turn)
  const open = here && { flow: here.flow.id, version: here.flow.version, step: here.step.id }
  return {
    state,
    says,
    touches,
    next: { kind: session ? 'wait' : 'end' },
    ...(timer ? { timer } : {}),
    stats,
    heard: turn.heard,
    ...(open ? { open } : {}),
  }
}
