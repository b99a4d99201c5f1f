import { asksDebts, readLedger } from '../understand/index.ts'
import { digress } from './commands.ts'
import type { Flow } from './format.ts'
import { active, splitPlace } from './state.ts'
import { count, openQuestion, type Turn } from './turn.ts'

/**
 * What people say by themselves, whatever else is open. An entry for their books ("jual bakso 50rb") starts the flow that
 * writes it down, except under a question of the registration: who is asked about income keeps no books yet. A list without
 * an answer is closed by it; any other question is asked again. A question that has an answer
 * ("nib itu apa") gets it, and what is open is asked again; one without an answer is heard only when nothing is open.
 * @returns false when it is nothing of the kind
 */
export function hearFree(turn: Turn, typed: string): boolean {
  return hearEntry(turn, typed) || hearDebts(turn, typed) || hearQuestion(turn, typed)
}

function hearDebts(turn: Turn, typed: string): boolean {
  const flow = turn.flows.byId.get(turn.flows.common.commands.debts ?? '')
  if (!flow || !asksDebts(typed)) return false
  digress(turn, { flow }, false)
  return true
}

function hearQuestion(turn: Turn, typed: string): boolean {
  const flow = turn.flows.byId.get(turn.flows.common.commands.question ?? '')
  const question = flow === undefined ? undefined : turn.env.question?.(typed)
  if (!flow || question === undefined || (question === 'unanswered' && isOpen(turn))) return false
  digress(turn, { flow, input: { text: typed } }, true)
  return true
}

/** Something is under way, or nobody has been greeted yet. */
const isOpen = (turn: Turn): boolean => active(turn.state) !== undefined || turn.state.seq === 0

export function hearEntry(turn: Turn, typed: string): boolean {
  const flow = turn.flows.byId.get(turn.flows.common.commands.entry ?? '')
  if (!flow || isRegistering(turn) || isAskedAbout(turn, typed) || !isEntry(turn, typed)) return false
  closeList(turn)
  digress(turn, { flow, input: { text: typed } }, false)
  return true
}

/** A list in which nothing was picked yet (the menu, say) is not brought up again: it would bury what the entry brings. */
function closeList(turn: Turn): void {
  const here = openQuestion(turn)
  if (here?.step.does !== 'ask' || here.step.kind !== 'choice' || here.step.nudge !== undefined) return
  const { session } = here
  const root = turn.flows.byId.get(splitPlace(session.path[0] ?? '')[0])
  const given = session.answers > 0 || Object.keys(root?.input ?? {}).length > 0
  if (given || turn.state.stack.length > 1) return
  count(turn, here, 'abandoned')
  turn.state.stack.pop()
}

/** The same words again under the question what they mean. */
const isAskedAbout = (turn: Turn, typed: string): boolean =>
  Object.values(active(turn.state)?.vars[turn.flows.common.commands.entry ?? ''] ?? {}).includes(typed)

const isRegistering = (turn: Turn): boolean => {
  const asking = active(turn.state)
  return asking !== undefined && splitPlace(asking.path[0] ?? '')[0] === turn.flows.common.commands.start
}

/** Certain enough to interrupt: entries, or a question that has answers; a change of an entry right after one. */
function isEntry(turn: Turn, typed: string): boolean {
  const { now, holidays } = turn.env
  const reading = readLedger(typed, { now, holidays, hours: { open: '08:00', close: '16:00' } })
  if (reading.is === 'entries') return true
  const changes = active(turn.state) ? POINTED : CHANGES
  if (changes.test(typed.trim()) && followsEntry(turn)) return true
  return reading.is === 'ask' && reading.candidates.length > 0 && (mayAsk(turn) || SENTENCE.test(typed))
}

/** "bu ani bayar 10rb", not "10rb" or "10 ribu", which may have been meant for the open question. */
const SENTENCE = /\p{L}{2,}.*\s\p{L}{2,}/u

/** Nothing is open, or the question about an earlier entry, which waits below. */
function mayAsk(turn: Turn): boolean {
  const session = active(turn.state)
  return session === undefined || splitPlace(session.path[0] ?? '')[0] === turn.flows.common.commands.entry
}

/** "Eh salah, 45rb", "yang tadi harusnya 50rb": read by the flow, which knows what was written. */
const CHANGES =
  /^(eh+|ups|salah|ralat|koreksi|ganti|ubah|batal\w*|hapus|bukan|(se)?harusnya|maksud\w*|(yang|itu|yg) tadi|tadi (salah|keliru|harusnya)|keliru)\b/i

/** Under an open question "eh tunggu" and "ganti topik" mean that question: an entry must be pointed at. */
const POINTED = new RegExp(`${CHANGES.source}.*(\\d|\\b(salah|tadi|barusan|catatan)\\b)`, 'is')

/** An echo's buttons are still good: of the entry flow, or of one that its buttons lead to. */
function followsEntry(turn: Turn): boolean {
  const entry = turn.flows.byId.get(turn.flows.common.commands.entry ?? '')
  const flows = new Set([entry?.id, ...(entry === undefined ? [] : offered(entry))])
  return (turn.state.beside ?? []).some(({ place }) => flows.has(splitPlace(place)[0]))
}

const offered = (flow: Flow): string[] =>
  [...flow.steps.values()].flatMap(step => (step.does === 'offer' ? step.choices.map(({ run }) => run) : []))
