import type { Flows, OfferStep } from './format.ts'
import { nextWait, splitPlace, getVar, type Beside } from './state.ts'
import { plainText, render } from './template.ts'
import type { Values } from './types.ts'
import { fillFrom, langOf, say, text, type Here, type Turn } from './turn.ts'

/** So many notices keep their buttons; the newest. */
const KEPT = 5

/**
 * The end of a notice or of another flow: a message whose buttons stay good beside whatever is open. They carry a token of their own, and
 * each starts its flow with the values of this moment.
 */
export function offerBeside(turn: Turn, here: Here & { step: OfferStep }): void {
  const { session, step, flow } = here
  const id = nextWait(turn.state, turn.env.now)
  const of = turn.state.turn?.notice ?? id
  const options = step.choices.map(choice => {
    const given: Values = {}
    for (const [name, each] of Object.entries(choice.with))
      given[name] = 'variable' in each ? (getVar(session, each.variable) ?? null) : each.value
    return Object.keys(given).length > 0 ? { value: choice.value, with: given } : { value: choice.value }
  })
  const beside: Beside = {
    id,
    of,
    place: `${flow.id}/${step.id}`,
    until: turn.env.now + step.lasts,
    options,
    fresh: true,
  }
  const others = (turn.state.beside ?? []).filter(each => each.of !== of)
  turn.state.beside = [...others, beside].slice(-KEPT)
  say(turn, {
    text: render(step.text[langOf(turn)], fillFrom(turn, here)),
    wait: id,
    choices: step.choices.map(choice => ({ label: choice.label[langOf(turn)] })),
    words: plainText(text(turn, 'notice_words')),
  })
}

/** The step behind a notice's buttons; undefined when a new version of its flow no longer has it. */
export function offerOf(flows: Flows, { place }: Beside): OfferStep | undefined {
  const [flowId, stepId] = splitPlace(place)
  const flow = flows.byId.get(flowId)
  const step = flow?.steps.get(stepId) ?? flow?.steps.get(flow.moved[stepId] ?? '')
  return step?.does === 'offer' ? step : undefined
}
