import { offer } from './offers.ts'
import { kindOf, repeat, tellHeard, type AtQuestion } from './question.ts'
import { openTicket } from './calls.ts'
import { close, move, walk } from './walk.ts'
import { paragraphs, render } from './template.ts'
import type { RichText } from './types.ts'
import { count, fillFrom, langOf, say, text, type Turn } from './turn.ts'
import { start } from './commands.ts'

/** Messages in a row that mean nothing before a person is asked to help. */
const MISSES = 3

/** Nothing is open and the message means nothing. A newcomer is welcomed, whatever the first words were. */
export function fallBack(turn: Turn, typed: string): void {
  if (turn.state.seq === 0) return start(turn, '')
  turn.heard = 'retry'
  const misses = (turn.state.misses ?? 0) + 1
  turn.state.misses = misses
  if (misses < MISSES) return offer(turn, ['menu', 'human'], text(turn, 'fallback_1'))
  delete turn.state.misses
  say(turn, { text: text(turn, 'fallback_3') })
  openTicket(turn, 'not_understood', typed, 'idle')
}

/** An answer that could not be read: how to answer, then where we are, then a person (or the flow's own way out). */
export function unread(turn: Turn, here: AtQuestion, why: { code: string; typed: string }): void {
  const { session, step } = here
  const wait = session.wait
  if (!wait) return
  turn.heard = 'retry'
  count(turn, here, 'invalid')
  const tries = (wait.tries ?? 0) + 1
  session.wait = { ...wait, tries }
  const most = step.does === 'ask' ? step.tries : MISSES
  if (tries < most || wait.handed) return explain(turn, here, tries, why)
  if (step.does === 'ask' && step.afterTries !== undefined) {
    close(turn, session)
    move(session, step.afterTries)
    return walk(turn)
  }
  session.wait = { ...wait, tries: 0, handed: true }
  say(turn, { text: text(turn, 'fallback_3') })
  openTicket(turn, 'not_understood', step.does === 'ask' && step.sensitive ? null : why.typed, 'question')
}

function explain(turn: Turn, here: AtQuestion, tries: number, why: { code: string }): void {
  const { step } = here
  const told = tellHeard(turn, here)
  const contoh = exampleOf(turn, here)
  if (tries > 1 && step.does === 'ask') {
    const langkah = step.title[langOf(turn)]
    return repeat(turn, here, ...told, text(turn, 'fallback_2', { langkah }), contoh)
  }
  const lead = reason(turn, here, why.code)
  const typed =
    step.does === 'ask' &&
    !kindOf(step).closed &&
    step.kind !== 'place' &&
    here.session.wait?.sub === undefined
  if (!typed) return repeat(turn, here, ...told, lead)
  const shown = here.session.wait
  say(turn, { text: paragraphs(...told, lead, contoh), ...(shown ? { wait: shown.id } : {}) })
}

const exampleOf = (turn: Turn, here: AtQuestion): RichText =>
  here.step.does === 'ask' && here.step.example
    ? text(turn, 'example', { contoh: render(here.step.example[langOf(turn)], fillFrom(turn, here)) })
    : []

/** What was wrong, in the step's own words where it has some. */
function reason(turn: Turn, here: AtQuestion, code: string): RichText {
  const { step, session } = here
  if (step.does === 'review') return text(turn, 'retry_choice')
  if (code === 'out_of_range')
    return text(turn, 'out_of_range', { jumlah: String(session.wait?.shown.length ?? 0) })
  if (code === 'too_long') return text(turn, 'too_long', { batas: String(step.max) })
  if (code === 'pick_one') return text(turn, 'pick_one')
  if (code === 'not_own') return text(turn, 'contact_not_own')
  if (code === 'outside') return text(turn, 'place_outside')
  if (step.retry) return render(step.retry[langOf(turn)], fillFrom(turn, here))
  const kind = step.kind === 'choices' || step.kind === 'document' ? 'choice' : step.kind
  return text(turn, `retry_${kind}`)
}
