import type { CommandReading } from '../understand/index.ts'
import { goBack, offerFields } from './back.ts'
import { HOUR } from '../lib/time.ts'
import { gist } from '../understand/index.ts'
import type { Flow } from './format.ts'
import { offer } from './offers.ts'
import { answeredFields, repeat } from './question.ts'
import { active, placeOf, splitPlace, type Session } from './state.ts'
import { count, locate, openQuestion, say, text, type Turn } from './turn.ts'
import type { Lang, RichText, Values } from './types.ts'
import { OPENED_BY, UNBLOCKABLE } from './vocabulary.ts'
import { accept, begin, goTo, inputOf, resume, sessionWith, walk } from './walk.ts'

/** After this, somebody who comes back is shown where they were. */
export const LONG_AWAY = 12 * HOUR
/** A digression within a digression within a flow is as deep as anybody needs. */
const DEEPEST = 3

type Action = (turn: Turn, typed: string, said: CommandReading) => unknown

/** Where something must be open for the command to mean anything. */
const within =
  (action: (turn: Turn) => void): Action =>
  turn =>
    active(turn.state) ? action(turn) : nothingOpen(turn)

/** What the engine itself does; the other commands are answered by flows. `false`: it means nothing here. */
const OWN: Partial<Record<CommandReading['command'], Action>> = {
  back: within(goBack),
  back_or_fix: within(goBack),
  edit: within(offerFields),
  cancel,
  repeat: within(turn => resume(turn, [])),
  continue: goOn,
  restart: askRestart,
  skip: turn => skip(turn, 'skip'),
  none: turn => skip(turn, 'none'),
  greeting: turn => greet(turn, text(turn, 'greeting')),
  greeting_salam: turn => greet(turn, text(turn, 'salam'), true),
  thanks,
  bye,
  start,
  language: (turn, _, { language }) =>
    language === undefined ? named(turn, 'language') : switchLanguage(turn, language),
}

/** Does what a global command asks for. @returns false where it means nothing here */
export function command(turn: Turn, said: CommandReading, typed: string): boolean {
  const own = OWN[said.command]
  if (own) return own(turn, typed, said) !== false
  named(turn, said.command)
  return true
}

function thanks(turn: Turn): void {
  if (active(turn.state)) resume(turn, [text(turn, 'thanks')])
  else say(turn, { text: text(turn, 'thanks') })
}

/** *Cukup*, *dadah*: what is open waits, and nothing is asked again of somebody who leaves. */
function bye(turn: Turn): void {
  const session = active(turn.state)
  if (session?.wait) session.wait = { ...session.wait, rests: true }
  say(turn, { text: text(turn, answersGiven(turn) > 0 ? 'nudge' : 'thanks') })
}

/** A command that a flow answers. */
export function named(turn: Turn, name: string): void {
  const flow = turn.flows.byId.get(turn.flows.common.commands[name] ?? '')
  if (flow) return digress(turn, { flow, input: { [OPENED_BY]: name } }, UNBLOCKABLE.has(name))
  if (active(turn.state)) return resume(turn, [text(turn, 'unavailable')])
  offer(turn, ['menu', 'human'], text(turn, 'unavailable'))
}

/** A flow that one of its trigger words starts. @returns false when the message is no trigger */
export function startsFlow(turn: Turn, typed: string): boolean {
  const id = turn.flows.triggers.get(gist(typed))
  const flow = id === undefined ? undefined : turn.flows.byId.get(id)
  if (flow) digress(turn, { flow, kept: firstChoice(flow, typed) }, false)
  return flow !== undefined
}

/** Words that start a flow may name a choice of its first question: it is then not asked. */
function firstChoice({ id, start, steps }: Flow, typed: string): Values {
  const first = steps.get(start)
  if (first?.does !== 'ask' || first.kind !== 'choice') return {}
  const choice = first.choices.find(({ label, also }) =>
    [label.id, label.en, ...also].some(words => gist(words) === gist(typed)),
  )
  return choice === undefined ? {} : { [`${id}/${start}`]: choice.value }
}

/** A flow to start, what it is given, and how a button asks for it again (its name unless said otherwise). */
interface Entry {
  flow: Flow
  input?: Values
  /** Answers that are known already, by the place of their question. */
  kept?: Values
  again?: string
}

/** Runs a flow on top of the open question and comes back to it, as far as that question lets it. */
export function digress(turn: Turn, entry: Entry, always: boolean): void {
  const { flow, input, kept, again = flow.id } = entry
  const here = openQuestion(turn)
  const interrupt = here?.step.does === 'ask' && !always ? here.step.interrupt : 'allow'
  if (here && interrupt === 'block') return repeat(turn, here, text(turn, 'blocked'))
  if (here && interrupt === 'confirm' && flow.id !== here.flow.id) {
    const title = here.flow.title[turn.state.language]
    return offer(turn, [`leave:${again}`, 'stay'], text(turn, 'leave_confirm', { langkah: title }))
  }
  enterFlow(turn, flow, input, kept)
}

/** Back into a flow that is under way with the same values, else it begins on top. */
export function enterFlow(turn: Turn, flow: Flow, input: Values = {}, kept: Values = {}): void {
  delete turn.state.offer
  const underWay = sessionWith(turn.state, flow, input) >= 0
  if (!underWay && turn.state.stack.length >= DEEPEST) turn.state.stack.splice(1, 1)
  goTo(turn, flow, input, kept)
}

const rootOf = (session: Session): string => splitPlace(session.path[0] ?? '')[0]

function nothingOpen(turn: Turn): void {
  offer(turn, ['menu', 'human'], text(turn, 'nothing_open'))
}

const answersGiven = (turn: Turn): number =>
  turn.state.stack.reduce((sum, session) => sum + session.answers, 0)

/** *Batal*: everything under way ends, after a question where answers would be lost. */
export function cancel(turn: Turn): void {
  if (!active(turn.state)) return nothingOpen(turn)
  if (answersGiven(turn) > 0) return offer(turn, ['cancel_yes', 'stay'], text(turn, 'cancel_confirm'))
  cancelAll(turn)
}

export function cancelAll(turn: Turn): void {
  abandon(turn)
  offer(turn, ['menu'], text(turn, 'cancelled'))
}

function abandon(turn: Turn): void {
  for (const session of turn.state.stack) {
    const here = locate(turn.flows, session)
    if (here) count(turn, here, 'abandoned')
  }
  turn.state.stack = []
}

function askRestart(turn: Turn): void {
  if (!active(turn.state)) return start(turn, '')
  if (answersGiven(turn) > 0) return offer(turn, ['restart_yes', 'stay'], text(turn, 'restart_confirm'))
  restart(turn)
}

/** The outermost flow from its beginning. */
export function restart(turn: Turn): void {
  const [first] = turn.state.stack
  abandon(turn)
  const flow = first && turn.flows.byId.get(rootOf(first))
  if (flow) begin(turn, flow, inputOf(first, flow))
  else start(turn, '')
}

/** *Lanjut*: the answer that was there before a change stays; else the open question again. */
function goOn(turn: Turn): void {
  const here = openQuestion(turn)
  if (!here) return nothingOpen(turn)
  const kept = here.session.kept?.[placeOf(here.session)]
  if (kept === undefined || here.step.does !== 'ask' || here.session.wait?.sub !== undefined)
    return resume(turn, [])
  accept(turn, { ...here, step: here.step }, kept)
  walk(turn)
}

/** *Lewati*, and "tidak punya" where a question may be skipped. */
function skip(turn: Turn, name: 'skip' | 'none'): boolean {
  const here = openQuestion(turn)
  if (here?.step.does !== 'ask') return false
  if (name === 'none' && (here.step.skip === undefined || here.step.kind === 'text')) return false
  if (here.step.skip === undefined) repeat(turn, here, text(turn, 'must_answer'))
  else {
    accept(turn, { ...here, step: here.step }, null)
    walk(turn)
  }
  return true
}

/** A greeting is returned; after a long pause, with what was answered and how to go on. */
function greet(turn: Turn, words: RichText, isSalam = false): void {
  if (turn.away >= LONG_AWAY && answersGiven(turn) > 0) return showCard(turn)
  if (active(turn.state)) return resume(turn, [words])
  if (isSalam) say(turn, { text: words })
  start(turn, '')
}

const PAYLOAD = /^\/start(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*$/
const LINK = /^([a-z]{1,8})-(.+)$/

/**
 * `/start`, *mulai*, and the first words ever: the first flow, or the choice to go on with what is open. What a link
 * brings along is an invitation to a flow of its own, else where the person comes from.
 */
export function start(turn: Turn, typed: string): void {
  const payload = PAYLOAD.exec(typed)?.[1]
  if (payload !== undefined) {
    if (followsLink(turn, payload)) return
    turn.state.source = payload
  }
  if (answersGiven(turn) > 0) return showCard(turn)
  turn.state.stack = []
  const flow = turn.flows.byId.get(turn.flows.common.commands.start ?? '')
  if (flow) begin(turn, flow, { [OPENED_BY]: 'start' })
}

/** Somebody who taps an invitation means it: nothing that is open stands in its way, and comes back afterwards. */
function followsLink(turn: Turn, payload: string): boolean {
  const [, prefix = '', value = ''] = LINK.exec(payload) ?? []
  const { links } = turn.flows.common
  const link = Object.hasOwn(links, prefix) ? links[prefix] : undefined
  const flow = link && turn.flows.byId.get(link.flow)
  if (!link || !flow) return false
  enterFlow(turn, flow, { [link.input]: value })
  return true
}

/** What was under way and answered so far, and how to go on. */
export function showCard(turn: Turn): void {
  const here = openQuestion(turn)
  if (!here) return resume(turn, [])
  const langkah = here.flow.title[turn.state.language]
  const fields = answeredFields(turn, here)
  const answers = fields.filter(field => field.text !== '').map(field => `${field.title}: ${field.text}`)
  const card =
    answers.length > 0
      ? text(turn, 'card', { langkah, jawaban: [answers.join('\n')] })
      : text(turn, 'card_plain', { langkah })
  offer(turn, ['resume', ...(fields.length > 0 ? ['change'] : []), 'restart', 'menu'], card)
}

function switchLanguage(turn: Turn, language: Lang): void {
  turn.state.language = language
  const told = text(turn, 'language_changed')
  if (active(turn.state)) return resume(turn, [told])
  say(turn, { text: told })
}
