import { KINDS } from './ask/kinds.ts'
import { SKIP, type Asked, type Kind, type Option, type Shown } from './ask/kind.ts'
import { showSub, subOf } from './ask/substate.ts'
import type { AskStep, ReviewStep } from './format.ts'
import { getVar, nextWait, splitPlace, type Wait } from './state.ts'
import { lastParagraph, paragraphs, plainText, render } from './template.ts'
import type { RichText, Say, ShownChoice, Value } from './types.ts'
import {
  count,
  fillFrom,
  label,
  langOf,
  locate,
  rowsOf,
  same,
  say,
  text,
  type Here,
  type Turn,
} from './turn.ts'
import { formatValue } from './values.ts'

export type AtQuestion = Here & { step: AskStep | ReviewStep }

export function kindOf(step: AskStep): Kind {
  const kind = KINDS[step.kind]
  if (!kind) throw new Error(`Questions of the kind ${step.kind} cannot be asked.`)
  return kind
}

export function askedOf(turn: Turn, here: Here & { step: AskStep }, sub = here.session.wait?.sub): Asked {
  const { step, session, flow } = here
  const info = flow.vars.get(step.save) ?? { type: 'text' as const, labels: new Map() }
  const lang = langOf(turn)
  const common = turn.flows.common
  const rows = step.from === undefined ? [] : rowsOf(getVar(session, step.from))
  return {
    step,
    lang,
    env: turn.env,
    common,
    sub,
    screen: session.wait?.shown ?? [],
    rows,
    get: variable => getVar(session, variable),
    format: value => {
      const row = rows.find(each => same(each.value, value))
      return row ? { text: row.label, byPerson: true } : formatValue(value, info, lang, common)
    },
  }
}

/** What is on screen for a question: its own text unless its kind says otherwise, and all its options. */
export function shownFor(turn: Turn, here: AtQuestion): Shown {
  const { step } = here
  if (step.does === 'review') return reviewOptions(turn)
  const asked = askedOf(turn, { ...here, step })
  const sub = subOf(asked)
  return sub ? showSub(asked, sub) : kindOf(step).show(asked)
}

const reviewOptions = (turn: Turn): Shown => ({
  options: (['save', 'fix', 'cancel'] as const).map(value => ({ value, label: label(turn, value) })),
})

/** Opens a question: a new wait, and what it looks like is said. */
export function open(turn: Turn, here: AtQuestion, lead: RichText[] = [], carry: Partial<Wait> = {}): void {
  const { session } = here
  const wait: Wait = { ...carry, id: nextWait(turn.state, turn.env.now), since: turn.env.now, shown: [] }
  session.wait = wait
  if (carry.tries === undefined && carry.page === undefined) count(turn, here, 'entered')
  say(turn, present(turn, here, [...tellHeard(turn, here), ...lead]))
}

/** Says the open question again under the same wait: its older buttons stay valid. */
export function repeat(turn: Turn, here: AtQuestion, ...lead: RichText[]): void {
  delete turn.state.offer
  say(turn, present(turn, here, lead))
}

/**
 * The question as a message; remembers which value stands behind which number. Of a long one only the last paragraph is
 * said again after an answer that was not understood: the rest stands just above.
 */
function present(turn: Turn, here: AtQuestion, lead: RichText[]): Say {
  const { session } = here
  const shown = shownFor(turn, here)
  const { rests: _, ...wait } = session.wait as Wait
  const skip =
    here.step.does === 'ask' && shown.text === undefined ? here.step.skip?.[langOf(turn)] : undefined
  const page = pageOf(shown.options, wait.page ?? 0, turn.env.pageSize - (skip === undefined ? 0 : 1))
  const options = skip === undefined ? page.options : [...page.options, { value: SKIP, label: skip }]
  const own = shown.text ?? ownText(turn, here)
  const isEvidence = here.step.does === 'ask' && here.step.saveText !== undefined && shown.text === undefined
  session.wait = {
    ...wait,
    shown: options.map(option => option.value),
    ...(isEvidence ? { text: plainText(own) } : {}),
  }
  return {
    text: paragraphs(...lead, wait.tries ? lastParagraph(own) : own),
    wait: wait.id,
    ...(options.length > 0 ? { choices: options.map(shownChoice) } : {}),
    ...(page.more ? { more: label(turn, 'more') } : {}),
    ...(shown.request ? { request: shown.request } : {}),
  }
}

const shownChoice = ({ label, description }: Option): ShownChoice =>
  description === undefined ? { label } : { label, description }

/** A page of a list; one that fits is one page. Pages turn round at the end. */
export function pageOf(
  options: readonly Option[],
  page: number,
  size: number,
): { options: readonly Option[]; more: boolean } {
  if (options.length <= size) return { options, more: false }
  const pages = Math.ceil(options.length / size)
  const from = (page % pages) * size
  return { options: options.slice(from, from + size), more: true }
}

function ownText(turn: Turn, here: AtQuestion): RichText {
  const lang = langOf(turn)
  const own = render(here.step.text[lang], fillFrom(turn, here))
  if (here.step.does === 'ask') return own
  const question = here.step.question ? render(here.step.question[lang], fillFrom(turn, here)) : []
  return paragraphs(own, [linesOf(turn, here, here.step.fields)], question)
}

/** "Nama: Siti" for each variable that has an answer. */
function linesOf(turn: Turn, here: Here, fields: readonly string[]): string {
  const fill = fillFrom(turn, here)
  return fields
    .filter(field => getVar(here.session, field) !== undefined)
    .map(field => `${titleOf(turn, here, field)}: ${fill(field).text}`)
    .join('\n')
}

function titleOf(turn: Turn, here: Here, field: string): string {
  const asking = here.flow.vars.get(field)?.asked[0]
  const step = asking === undefined ? undefined : here.flow.steps.get(asking)
  return step?.does === 'ask' ? step.title[langOf(turn)] : field
}

export interface AnsweredField {
  place: string
  title: string
  text: string
}

/** The answers that can still be changed, oldest first. What is sensitive is named without its words. */
export function answeredFields(turn: Turn, here: Here): AnsweredField[] {
  return here.session.history.flatMap(entry => {
    const place = entry.path.at(-1) ?? ''
    const at = locate(turn.flows, { ...here.session, path: [...entry.path] })
    if (at?.step.does !== 'ask') return []
    const shown = !at.step.sensitive && valueOf(turn, place, here.session.vars) !== undefined
    const text = shown ? fillFrom(turn, at)(at.step.save).text : ''
    return [{ place, title: at.step.title[langOf(turn)], text }]
  })
}

/** The saved answer of a question by its place. */
export function valueOf(
  turn: Turn,
  place: string,
  vars: Record<string, Record<string, Value>>,
): Value | undefined {
  const [flow, id] = splitPlace(place)
  const step = turn.flows.byId.get(flow)?.steps.get(id)
  return step?.does === 'ask' ? vars[flow]?.[step.save] : undefined
}

/** "Sudah saya catat: …" for what was heard early; told once. */
export function tellHeard(turn: Turn, here: Here): RichText[] {
  const told = here.session.told ?? []
  delete here.session.told
  const texts = told.flatMap(place => {
    const [flowId, id] = splitPlace(place)
    const flow = turn.flows.byId.get(flowId)
    const step = flow?.steps.get(id)
    const value = here.session.kept?.[place] ?? valueOf(turn, place, here.session.vars)
    if (!flow || step?.does !== 'ask' || value === undefined) return []
    const answer = askedOf(turn, { session: here.session, flow, step }, null).format(value).text
    return [`${step.title[langOf(turn)]}: ${answer}`]
  })
  return texts.length > 0 ? [text(turn, 'heard', { jawaban: [[...new Set(texts)].join(', ')] })] : []
}
