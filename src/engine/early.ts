import {
  readChoice,
  readNeed,
  readSeveral,
  readYesNo,
  type AnswerKind,
  type Reading,
} from '../understand/index.ts'
import { momentOf } from './ask/free.ts'
import { optionsOf } from './ask/choice.ts'
import type { Reply } from './ask/kind.ts'
import type { AskStep } from './format.ts'
import { askedOf } from './question.ts'
import { keepAnswer, type Session } from './state.ts'
import type { Here, Turn } from './turn.ts'
import type { Value } from './types.ts'

/**
 * Early answers: what a message says about later questions (`hears`) is kept for them, if it is exact; they are then not
 * asked, and the next question tells it. The question itself gets its own part.
 */

type AtAsk = Here & { step: AskStep }

/** @returns what the message answers to the question itself, or undefined when it is an answer like any other */
export function hearEarly(turn: Turn, here: AtAsk, typed: string): Reply | 'unanswered' | undefined {
  const later = laterSteps(here)
  if (later.length === 0 && here.step.need === undefined) return undefined
  return hearNeeds(turn, here, typed, later) ?? hearParts(turn, here, typed, later)
}

/** The unanswered questions behind the step's `hears`. */
function laterSteps(here: AtAsk): AskStep[] {
  const answered = new Set(here.session.history.map(entry => entry.path.at(-1)))
  return here.step.hears.flatMap(variable =>
    (here.flow.vars.get(variable)?.asked ?? []).flatMap(id => {
      const step = here.flow.steps.get(id)
      return step?.does === 'ask' && !answered.has(`${here.flow.id}/${id}`) ? [step] : []
    }),
  )
}

function keep(session: Session, flow: string, step: AskStep, value: Value): void {
  const place = `${flow}/${step.id}`
  keepAnswer(session, place, value)
  session.told = [...new Set([...(session.told ?? []), place])]
}

/** "Saya mau mulai usaha" under "Apakah Anda sedang mencari kerja?"; "tidak, saya mau mulai usaha" answers both. */
function hearNeeds(
  turn: Turn,
  here: AtAsk,
  typed: string,
  later: AskStep[],
): Reply | 'unanswered' | undefined {
  const { step, session, flow } = here
  const asking = [step, ...later].some(each => each.need !== undefined)
  if (!asking || picksRow(turn, here, typed)) return undefined
  const { own, rest } = opening(typed)
  const needs = needsIn(rest)
  if (needs.length === 0) return undefined
  for (const each of later)
    if (each.need !== undefined && needs.includes(each.need)) keep(session, flow.id, each, 'yes')
  if (step.need === undefined) return undefined
  if (needs.includes(step.need)) return { answer: 'yes' }
  if (own !== undefined) return { answer: own }
  return session.told ? 'unanswered' : undefined
}

/** A yes or no with which a message opens, and what it goes on to say. */
function opening(typed: string): { own?: 'yes' | 'no'; rest: string } {
  const [first = '', ...others] = typed.split(/[,.;]|\btapi\b|\bdan\b/i)
  const own = others.length > 0 && needsIn(first).length === 0 ? readYesNo(first) : undefined
  if (own?.kind !== 'value' || (own.value !== 'yes' && own.value !== 'no')) return { rest: typed }
  return { own: own.value, rest: others.join(' ') }
}

/** A number or a label on screen is only that. */
function picksRow(turn: Turn, here: AtAsk, typed: string): boolean {
  const listed = readChoice(typed, optionsOf(askedOf(turn, here)), { strict: true })
  return listed.kind === 'value' || (listed.kind === 'none' && listed.why === 'out_of_range')
}

/** Two goals in one message are two needs; "jualan" alone is unclear and none. */
function needsIn(typed: string): string[] {
  const reading = readNeed(typed)
  if (reading.kind === 'value') return [reading.value]
  return reading.kind === 'ask' && reading.why === 'two' ? reading.candidates : []
}

const ANSWER_KIND: Partial<Record<AskStep['kind'], AnswerKind>> = {
  name: 'name',
  phone: 'phone',
  place: 'place',
  rupiah: 'rupiah',
  date: 'date',
}

/** "Siti, kebon jeruk" under "Siapa nama Anda?" */
function hearParts(turn: Turn, here: AtAsk, typed: string, later: AskStep[]): Reply | undefined {
  const own = ANSWER_KIND[here.step.kind]
  const kinds = later.flatMap(step => ANSWER_KIND[step.kind] ?? [])
  if (own === undefined || kinds.length === 0) return undefined
  const found = readSeveral(typed, [own, ...kinds], momentOf(askedOf(turn, here)))
  const mine = found && valueIn(found[own], own)
  if (!found || mine === undefined) return undefined
  for (const step of later) {
    const kind = ANSWER_KIND[step.kind]
    const value = kind && kind !== own ? valueIn(found[kind], kind) : undefined
    if (value !== undefined) keep(here.session, here.flow.id, step, value)
  }
  return { answer: mine }
}

/** What a reading saves as; only what was read exactly. */
function valueIn(reading: Reading<unknown> | undefined, kind: AnswerKind): Value | undefined {
  if (reading?.kind !== 'value') return undefined
  switch (kind) {
    case 'phone':
      return { number: reading.value as string, own: false }
    case 'place':
      return (reading.value as { code: string }).code
    case 'rupiah':
      return Math.round((reading.value as { amount: number }).amount)
    default:
      return reading.value as Value
  }
}
