import { answeredFields, open, repeat, valueOf, type AnsweredField } from './question.ts'
import { offer } from './offers.ts'
import { active, keepAnswer, popAnswer } from './state.ts'
import { fillFrom, locate, openQuestion, text, type Here, type Turn } from './turn.ts'
import type { RichText, Value, Values } from './types.ts'
import { waits } from './format.ts'
import { lost, resume } from './walk.ts'

/** *Kembali*: the question before, as it was when it was asked. */
export function goBack(turn: Turn): void {
  const session = active(turn.state)
  const here = openQuestion(turn)
  if (!session || !here) return resume(turn, [])
  if (session.wait?.sub !== undefined) return reopen(turn, here)
  while (session.history.length > 0) {
    popAnswer(session)
    const before = locate(turn.flows, session)
    if (before && waits(before.step)) return reopen(turn, before)
  }
  if (locate(turn.flows, session)?.step !== here.step) return lost(turn)
  if (session.answers === 0 && turn.state.stack.length > 1) return backBelow(turn)
  repeat(turn, here, text(turn, session.answers > 0 ? 'back_saved' : 'back_first'))
}

function reopen(turn: Turn, here: Here, lead: RichText[] = []): void {
  if (here.session.wait) turn.state.done = here.session.wait.id
  if (waits(here.step)) open(turn, { ...here, step: here.step }, lead)
}

/** Nothing was answered in the flow on top: back to the question below it. */
function backBelow(turn: Turn): void {
  turn.state.stack.pop()
  resume(turn, [text(turn, 'resumed')])
}

/** The answers that may be changed here: those of the review, else all. */
function changeable(turn: Turn, here: Here): AnsweredField[] {
  const fields = answeredFields(turn, here)
  const { step, flow } = here
  if (step.does !== 'review') return fields
  const asked = new Set(
    step.fields.flatMap(field => flow.vars.get(field)?.asked ?? []).map(id => `${flow.id}/${id}`),
  )
  const shown = fields.filter(field => asked.has(field.place))
  return shown.length > 0 ? shown : fields
}

/** *Ubah*: which answer? */
export function offerFields(turn: Turn): void {
  const here = openQuestion(turn)
  if (!here) return resume(turn, [])
  const fields = changeable(turn, here)
  if (fields.length === 0) return goBack(turn)
  const titles = new Map(fields.map(field => [`field:${field.place}`, field.title]))
  offer(turn, [...new Set(titles.keys())], text(turn, 'fix_which'), { titles })
}

/** The titles behind `field:` actions, for showing and reading a list again. */
export function fieldTitles(turn: Turn): Map<string, string> {
  const here = openQuestion(turn)
  return new Map(here ? answeredFields(turn, here).map(field => [`field:${field.place}`, field.title]) : [])
}

/**
 * Asks one answered question again. The answers after it are kept, and the road is walked with them: only what has no
 * valid answer any more is asked.
 */
export function changeField(turn: Turn, place: string): void {
  const session = active(turn.state)
  if (!session?.history.some(entry => entry.path.at(-1) === place)) return resume(turn, [])
  const collected: Values = {}
  for (;;) {
    const at = session.history.at(-1)?.path.at(-1) ?? ''
    const value = valueOf(turn, at, session.vars)
    if (value !== undefined) collected[at] = value
    popAnswer(session)
    if (at === place) break
  }
  for (const [at, value] of Object.entries(collected)) keepAnswer(session, at, value)
  const here = locate(turn.flows, session)
  if (here) reopen(turn, here, [current(turn, here, collected[place])])
  else lost(turn)
}

/** "Sekarang tercatat: … Ketik *lanjut* kalau tetap." */
function current(turn: Turn, here: Here, value: Value | undefined): RichText {
  const { step, flow, session } = here
  if (value === undefined || step.does !== 'ask' || step.sensitive) return []
  const vars = { ...session.vars, [flow.id]: { ...session.vars[flow.id], [step.save]: value } }
  const shown = fillFrom(turn, { ...here, session: { ...session, vars } })(step.save).text
  return text(turn, 'keep', { jawaban: [shown] })
}
