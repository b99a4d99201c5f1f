import { readChoice } from '../understand/index.ts'
import { digress } from './commands.ts'
import type { Flows } from './format.ts'
import { offerOf } from './notice.ts'
import { repeat } from './question.ts'
import { splitPlace, type Beside, type Session, type State } from './state.ts'
import { silence } from './timers.ts'
import { openQuestion, type Turn } from './turn.ts'
import type { Incoming } from './types.ts'
import { begin } from './walk.ts'

/**
 * What the assistant says by itself. A notice speaks beside whatever is open: it runs on top for the length of one turn
 * and leaves the open question as it was. Where there are no buttons the question is said again after it, because numbers
 * are its own.
 */
export function hearNotice(turn: Turn, { notice, id, values }: Extract<Incoming, { kind: 'notice' }>): void {
  const flow = turn.flows.byId.get(notice)
  if (!flow?.notice) return silence(turn, 'notice_failed')
  turn.state.turn = { steps: 0, calls: 0, notice: id }
  begin(turn, flow, values)
}

const isNotice = (turn: Turn, session: Session): boolean =>
  turn.flows.byId.get(splitPlace(session.path[0] ?? '')[0])?.notice === true

/** The turn of a notice ends: with nothing said (what it was about is no longer true), or with the question once more. */
export function closeNotice(turn: Turn): void {
  if (turn.says.length === 0 && !turn.state.turn?.said) return silence(turn, 'notice_empty')
  const here = openQuestion(turn)
  if (here && turn.env.pageSize === 9 && !turn.state.offer && !turn.env.held) repeat(turn, here)
}

/** A notice in trouble says nothing and harms nothing. */
export function failNotice(turn: Turn): void {
  turn.call = undefined
  turn.says = []
  turn.state.stack = turn.state.stack.filter(session => !isNotice(turn, session))
  delete turn.state.turn
  silence(turn, 'notice_failed')
}

/** Forgets the notices whose time is over. */
export function forgetOld(turn: Turn): void {
  const { beside } = turn.state
  if (!beside) return
  const live = beside.filter(each => each.until >= turn.env.now)
  if (live.length > 0) turn.state.beside = live.map(each => ({ ...each }))
  else delete turn.state.beside
}

/** Something else was answered: from now on commands come before the words of notices. */
export function ageNotices(turn: Turn): void {
  for (const each of turn.state.beside ?? []) delete each.fresh
}

/** Starts the flow behind a notice's button. @returns false when the button is not good any more */
export function startOffered(turn: Turn, id: string, option: number, always = false): boolean {
  const beside = turn.state.beside?.find(each => each.id === id)
  const chosen = beside?.options[option - 1]
  const choice = beside && offerOf(turn.flows, beside)?.choices.find(each => each.value === chosen?.value)
  const flow = choice && turn.flows.byId.get(choice.run)
  if (!beside || !chosen || !flow) return false
  beside.used = true
  turn.beside = true
  turn.state.done = `${id}.${option}`
  digress(turn, { flow, input: chosen.with ?? {}, again: `~${id}.${option}` }, always)
  return true
}

/**
 * The words of a notice's choices, exactly: of the newest that was not used yet, else of the newest.
 * @param fresh only of notices since which nothing was answered
 * @returns false when no notice means them
 */
export function hearWords(turn: Turn, typed: string, fresh: boolean): boolean {
  const meant = (turn.state.beside ?? [])
    .toReversed()
    .filter(each => !fresh || each.fresh)
    .flatMap(each => {
      const option = optionMeant(turn.flows, each, typed)
      return option === undefined ? [] : [{ each, option }]
    })
  const first = meant.find(({ each }) => !each.used) ?? meant[0]
  return first !== undefined && startOffered(turn, first.each.id, first.option)
}

/** Whether a text is one of the choices of a notice since which nothing was answered: then it means that one. */
export const meansNotice = (flows: Flows, state: State, typed: string): boolean =>
  (state.beside ?? []).some(each => each.fresh && optionMeant(flows, each, typed) !== undefined)

function optionMeant(flows: Flows, beside: Beside, typed: string): number | undefined {
  const choices = offerOf(flows, beside)?.choices ?? []
  const options = choices.map(({ value, label, also }) => ({
    value,
    label: label.id,
    also: [label.en, ...also],
  }))
  const reading = readChoice(typed, options, { strict: true })
  if (reading.kind !== 'value' || isNumber(typed, options.length)) return undefined
  const at = beside.options.findIndex(each => each.value === reading.value)
  return at < 0 ? undefined : at + 1
}

/** Numbers are never a notice's: they belong to what is open. */
function isNumber(typed: string, count: number): boolean {
  const reading = readChoice(
    typed,
    Array.from({ length: count }, (_, at) => ({ value: String(at), label: '' })),
    { strict: true },
  )
  return reading.kind === 'value' || (reading.kind === 'none' && reading.why === 'out_of_range')
}
