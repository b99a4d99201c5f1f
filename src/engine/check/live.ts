import type { Flows } from '../format.ts'
import type { Problem } from './source.ts'

/** An open question with the conversations that wait on it. */
export interface Waiting {
  flow: string
  step: string
  conversations: readonly number[]
}

const SHOWN = 10

/**
 * The open questions that these flows no longer have: their conversations would only hear that the question is gone.
 * A step that `moved:` renames is there.
 */
export function stranded(flows: Flows, waiting: readonly Waiting[]): Problem[] {
  return waiting.flatMap(({ flow: id, step, conversations }) => {
    const flow = flows.byId.get(id)
    if (flow && (flow.steps.has(step) || flow.steps.has(flow.moved[step] ?? ''))) return []
    const shown = conversations.slice(0, SHOWN).join(', ')
    const more = conversations.length > SHOWN ? ` and ${conversations.length - SHOWN} more` : ''
    return {
      file: `flows/${id}.yaml`,
      line: 1,
      column: 1,
      step,
      kind: 'stranded',
      message: `${conversations.length === 1 ? '1 conversation waits' : `${conversations.length} conversations wait`} on a step that is gone: ${shown}${more}`,
      remedy: flow
        ? `add moved: { ${step}: <its new name> }, or keep the step until they are done`
        : 'keep the flow until they are done',
    }
  })
}
