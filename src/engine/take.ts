import { SKIP, type Reply, type Shared } from './ask/kind.ts'
import { answerSub, subOf } from './ask/substate.ts'
import { offerFields } from './back.ts'
import { cancel } from './commands.ts'
import type { AskStep, ReviewStep } from './format.ts'
import { unread } from './misses.ts'
import { askedOf, kindOf, open, repeat, tellHeard, type AtQuestion } from './question.ts'
import { active, type Wait } from './state.ts'
import { count, inPlace, openQuestion, say, text, type Here, type Turn } from './turn.ts'
import type { Incoming, RichText, Value } from './types.ts'
import { accept, close, move, walk } from './walk.ts'

/** What becomes of an answer: saved, asked further, or not understood. */

/** What a tapped or numbered option means. */
export function chooseOption(turn: Turn, here: AtQuestion, value: string): Reply {
  if (here.step.does === 'review') return { answer: value }
  if (value === SKIP) return { answer: null }
  const asked = askedOf(turn, { ...here, step: here.step })
  const sub = subOf(asked)
  const kind = kindOf(here.step)
  return sub ? answerSub(sub, value, kind) : kind.choose(asked, value)
}

/** Readings that say "I will not or cannot answer": enough where a question may be skipped. */
const NO_ANSWER = new Set(['later', 'unknown', 'nothing'])

export function take(turn: Turn, here: AtQuestion, reply: Reply, typed: string): void {
  delete turn.state.offer
  const { step } = here
  if ('unread' in reply) {
    const mayskip = step.does === 'ask' && step.skip !== undefined && NO_ANSWER.has(reply.unread)
    if (mayskip) return take(turn, here, { answer: null }, typed)
    return unread(turn, here, { code: reply.unread, typed })
  }
  if (step.does === 'review') return review(turn, { ...here, step }, 'answer' in reply ? reply.answer : null)
  if (!('answer' in reply)) return further(turn, { ...here, step }, reply.sub)
  accept(turn, { ...here, step }, reply.answer)
  walk(turn)
}

/** The question goes on: something to confirm, to pick, to narrow down. */
function further(turn: Turn, here: Here & { step: AskStep }, sub: Value | undefined): void {
  const { id, tries = 0, handed } = here.session.wait as Wait
  turn.state.done = id
  open(turn, here, tellHeard(turn, here), {
    tries,
    ...(handed ? { handed } : {}),
    ...(sub === undefined ? {} : { sub }),
  })
  if (here.step.kind === 'choices') inPlace(turn) // the list with one more chosen
}

function review(turn: Turn, here: Here & { step: ReviewStep }, value: Value): void {
  if (value === 'fix') return offerFields(turn)
  if (value === 'cancel') return cancel(turn)
  const { session, step } = here
  session.history.push({ path: [...session.path], set: [] })
  session.answers++
  count(turn, here, 'answered')
  close(turn, session)
  move(session, step.next)
  walk(turn)
}

/** *0 = lainnya* */
export function nextPage(turn: Turn, here: AtQuestion): void {
  const wait = here.session.wait as Wait
  turn.state.done = wait.id
  open(turn, here, [], { ...wait, page: (wait.page ?? 0) + 1 })
  inPlace(turn)
}

/** A shared contact or place: an answer where one is asked for. */
export function hearShared(turn: Turn, shared: Shared): void {
  const here = openQuestion(turn)
  const wanted = shared.kind === 'contact' ? 'phone' : 'location'
  if (here?.step.does !== 'ask' || here.step.kind !== wanted) return unasked(turn, text(turn, shared.kind))
  const at = { ...here, step: here.step }
  const reply = kindOf(at.step).share?.(askedOf(turn, at), shared)
  if (reply) take(turn, at, reply, '')
}

type Media = Extract<Incoming, { kind: 'media' }>['media']
const MEDIA = {
  photo: 'photo',
  voice: 'voice',
  sticker: 'sticker',
  document: 'document',
  video: 'media',
  other: 'media',
} as const

export const hearMedia = (turn: Turn, media: Media): void => unasked(turn, text(turn, MEDIA[media]))

/** Something that answers nothing: a kind word, and the open question again. */
export function unasked(turn: Turn, lead: RichText): void {
  turn.heard = 'retry'
  const here = openQuestion(turn)
  if (here) return repeat(turn, here, lead)
  if (!active(turn.state)) say(turn, { text: lead })
}
