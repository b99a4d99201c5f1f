import { readLedger } from '../understand/index.ts'
import { digress } from './commands.ts'
import { active, splitPlace } from './state.ts'
import type { Turn } from './turn.ts'

/**
 * What people say by themselves, whatever else is open. An entry for their books ("jual bakso 50rb") starts the flow that
 * writes it down, except under a question of the registration: who is asked about income keeps no books yet. A question that has an answer
 * ("nib itu apa") gets it, and what is open is asked again; one without an answer is heard only when nothing is open.
 * @returns false when it is nothing of the kind
 */
export function hearFree(turn: Turn, typed: string): boolean {
  return hearEntry(turn, typed) || hearQuestion(turn, typed)
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

function hearEntry(turn: Turn, typed: string): boolean {
  const flow = turn.flows.byId.get(turn.flows.common.commands.entry ?? '')
  if (!flow || isRegistering(turn) || !isEntry(turn, typed)) return false
  digress(turn, { flow, input: { text: typed } }, false)
  return true
}

const isRegistering = (turn: Turn): boolean => {
  const asking = active(turn.state)
  return asking !== undefined && splitPlace(asking.path[0] ?? '')[0] === turn.flows.common.commands.start
}

/** Certain enough to interrupt: entries, or a question that has answers; a change of an entry right after one. */
function isEntry(turn: Turn, typed: string): boolean {
  const { now, holidays } = turn.env
  const reading = readLedger(typed, { now, holidays, hours: { open: '08:00', close: '16:00' } })
  if (reading.is === 'entries') return true
  if (reading.is === 'ask') return reading.candidates.length > 0 && !active(turn.state)
  const changes = active(turn.state) ? POINTED : CHANGES
  return followsEntry(turn) && changes.test(typed.trim())
}

/** "Eh salah, 45rb", "hapus yang tadi": read by the flow, which knows what was written. */
const CHANGES = /^(eh|salah|ralat|koreksi|ganti|ubah|batal|batalin|batalkan|hapus|bukan)\b/i

/** Under an open question "eh tunggu" and "ganti topik" mean that question: an entry must be pointed at. */
const POINTED = new RegExp(`${CHANGES.source}.*(\\d|\\b(salah|tadi|barusan|catatan)\\b)`, 'is')

const followsEntry = (turn: Turn): boolean =>
  (turn.state.beside ?? []).some(each => each.place.startsWith(`${turn.flows.common.commands.entry ?? ''}/`))
