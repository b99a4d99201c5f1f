import { readChoice, readYesNo } from '../understand/index.ts'
import { startOffered } from './notices.ts'
import { changeField, fieldTitles, offerFields } from './back.ts'
import { cancelAll, enterFlow, named, restart } from './commands.ts'
import { offer, offerOptions } from './offers.ts'
import { pageOf } from './question.ts'
import type { Offer } from './state.ts'
import { inPlace, openQuestion, text, type Turn } from './turn.ts'
import { resume } from './walk.ts'

const MORE = 'more'

/** The action of an offer that a message means: its number, its label, or yes and no where it asks for them. */
export function offered(turn: Turn, typed: string): string | undefined {
  const open = turn.state.offer
  if (!open) return undefined
  const shown = pageShown(turn, open)
  if (shown.more && typed.trim() === '0') return MORE
  const strict = openQuestion(turn) !== undefined
  const reading = readChoice(typed, shown.options, { strict })
  if (reading.kind === 'value' || (reading.kind === 'approximate' && !strict)) return reading.value
  return byYesNo(open, typed)
}

const CONFIRMS = new Set(['cancel_yes', 'restart_yes', 'leave'])

/** "Yakin?": yes, or the same command again, is the first button; no is the second. */
function byYesNo(open: Offer, typed: string): string | undefined {
  const [first, second] = open.options
  if (first === undefined || !CONFIRMS.has(first.split(':')[0] ?? '')) return undefined
  const said = readYesNo(typed)
  if (said.kind !== 'value') return undefined
  if (said.value === 'yes' || said.value === 'cancel') return first
  return said.value === 'no' ? second : undefined
}

const pageShown = (turn: Turn, open: Offer) =>
  pageOf(offerOptions(turn, open.options, titlesFor(turn, open)), open.page ?? 0, turn.env.pageSize)

const titlesFor = (turn: Turn, open: Offer): ReadonlyMap<string, string> =>
  open.options.some(action => action.startsWith('field:')) ? fieldTitles(turn) : new Map()

function turnPage(turn: Turn, open: Offer): void {
  offer(turn, open.options, text(turn, 'fix_which'), {
    titles: titlesFor(turn, open),
    page: (open.page ?? 0) + 1,
  })
  inPlace(turn)
}

/** The action behind a number of the open offer. */
export function numbered(turn: Turn, option: number): string | undefined {
  const open = turn.state.offer
  if (!open) return undefined
  const shown = pageShown(turn, open)
  if (option === 0) return shown.more ? MORE : undefined
  return shown.options[option - 1]?.value
}

/** Does what a button of the assistant's own says. */
export function act(turn: Turn, action: string): void {
  const open = turn.state.offer
  delete turn.state.offer
  if (open) turn.state.done = open.id
  const at = action.indexOf(':')
  const [name, argument] = at < 0 ? [action, ''] : [action.slice(0, at), action.slice(at + 1)]
  switch (name) {
    case MORE:
      return open && turnPage(turn, open)
    case 'resume':
    case 'stay':
      return resume(turn, [])
    case 'change':
      return offerFields(turn)
    case 'field':
      return changeField(turn, argument)
    case 'cancel_yes':
      return cancelAll(turn)
    case 'restart':
    case 'restart_yes':
      return restart(turn)
    case 'leave': {
      if (argument.startsWith('~')) return leaveForNotice(turn, argument)
      const flow = turn.flows.byId.get(argument)
      return flow ? enterFlow(turn, flow) : resume(turn, [])
    }
    default:
      return named(turn, name)
  }
}

/** `~<notice>.<n>`: the flow behind a notice's button, after all. */
function leaveForNotice(turn: Turn, argument: string): void {
  const [id = '', option] = argument.slice(1).split('.')
  if (!startOffered(turn, id, Number(option), true)) resume(turn, [text(turn, 'stale_button')])
}
