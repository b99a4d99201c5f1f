import type { Option } from './ask/kind.ts'
import { pageOf } from './question.ts'
import { nextWait } from './state.ts'
import type { RichText } from './types.ts'
import { label, say, type Turn } from './turn.ts'
import { COMMON_LABELS, type CommonLabel } from './vocabulary.ts'

const isLabel = (action: string): action is CommonLabel =>
  (COMMON_LABELS as readonly string[]).includes(action)

/** What a number of an offer is called: a shared label, or `field:<place>` by the question's title. */
export function offerOptions(
  turn: Turn,
  actions: readonly string[],
  titles: ReadonlyMap<string, string> = new Map(),
): Option[] {
  return actions.map(value => {
    const name = value.split(':')[0] ?? ''
    return { value, label: titles.get(value) ?? (isLabel(name) ? label(turn, name) : value) }
  })
}

/** Shows buttons of the assistant's own; the open question, if any, stays open below them. */
export function offer(
  turn: Turn,
  actions: string[],
  text: RichText,
  list: { titles?: ReadonlyMap<string, string>; page?: number } = {},
): void {
  const { titles, page = 0 } = list
  const shown = pageOf(offerOptions(turn, actions, titles), page, turn.env.pageSize)
  const id = nextWait(turn.state, turn.env.now)
  turn.state.offer = { id, options: actions, ...(page > 0 ? { page } : {}) }
  say(turn, {
    text,
    wait: id,
    choices: shown.options.map(option => ({ label: option.label })),
    ...(shown.more ? { more: label(turn, 'more') } : {}),
  })
}
