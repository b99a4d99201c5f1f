import { readChoice, readCommand, type CommandReading } from '../understand/index.ts'
import { SKIP, type Reply, type Shared, type Shown } from './ask/kind.ts'
import { answerSub, readSub, subOf } from './ask/substate.ts'
import { offerFields } from './back.ts'
import { act } from './buttons.ts'
import { command, start, startsFlow } from './commands.ts'
import { hearEarly } from './early.ts'
import { fold } from './fold.ts'
import type { AskStep, ReviewStep } from './format.ts'
import { fallBack, unread } from './misses.ts'
import { offered } from './buttons.ts'
import { askedOf, kindOf, open, pageOf, repeat, shownFor, tellHeard, type AtQuestion } from './question.ts'
import { active, type Wait } from './state.ts'
import { langOf, openQuestion, say, text, type Here, type Turn } from './turn.ts'
import type { Incoming } from './types.ts'
import { UNBLOCKABLE } from './vocabulary.ts'
import { accept, close, move, walk } from './walk.ts'

type AtAsk = Here & { step: AskStep }

/** What a person typed: a button in words, an answer, a command, or nothing that is understood. */
export function hearText(turn: Turn, typed: string): void {
  if (/^\/start\b/i.test(typed)) return start(turn, typed)
  const action = offered(turn, typed)
  if (action !== undefined) return act(turn, action)
  const said = readCommand(typed)
  const here = openQuestion(turn)
  if (here) return hearAnswer(turn, here, typed, said)
  delete turn.state.offer
  if (said && command(turn, said, typed)) return
  if (!startsFlow(turn, typed)) fallBack(turn, typed)
}

/**
 * The order is what people mean: what is shown on screen, commands that nothing may block, sure answers of a closed
 * question, exact commands and triggers, any other answer, and last a mistyped command. A command whose flow is the one
 * that asks for words is an answer to it ("HAPUS").
 */
function hearAnswer(turn: Turn, here: AtQuestion, typed: string, said: CommandReading | undefined): void {
  const { step } = here
  if (here.session.wait?.page !== undefined || hasMore(turn, here)) {
    if (fold(typed) === '0') return nextPage(turn, here)
  }
  const closed = step.does === 'review' || kindOf(step).closed
  const listed = listedOption(turn, here, typed)
  if (listed !== undefined) return take(turn, here, chooseOption(turn, here, listed), typed)
  const exact = said?.exact === true && !(isOwn(turn, here, said) && !closed) ? said : undefined
  if (exact && UNBLOCKABLE.has(exact.command) && command(turn, exact, typed)) return
  const early = step.does === 'ask' ? hearEarly(turn, { ...here, step }, typed) : undefined
  if (early === 'unanswered') return repeat(turn, here, ...tellHeard(turn, here))
  if (early !== undefined) return take(turn, here, early, typed)
  const reply = closed || here.session.wait?.sub !== undefined ? read(turn, here, typed) : undefined
  if (reply && isSure(reply)) return take(turn, here, reply, typed)
  if (exact && command(turn, exact, typed)) return
  if (startsFlow(turn, typed)) return
  const answer = reply ?? read(turn, here, typed)
  if (!('unread' in answer)) return take(turn, here, answer, typed)
  if (closed && said && !said.exact && command(turn, said, typed)) return
  take(turn, here, answer, typed)
}

const isOwn = (turn: Turn, here: Here, said: CommandReading): boolean =>
  turn.flows.common.commands[said.command] === here.flow.id

const isSure = (reply: Reply): boolean => !('unread' in reply) && reply.sure !== false

function hasMore(turn: Turn, here: AtQuestion): boolean {
  return pageOf(shownFor(turn, here).options, 0, turn.env.pageSize).more
}

/** The option on screen whose number or exact label was typed. A number that is itself the answer is not one. */
function listedOption(turn: Turn, here: AtQuestion, typed: string): string | undefined {
  const { session, step } = here
  const shown = labelled(turn, here, shownFor(turn, here), session.wait?.shown ?? [])
  if (shown.length === 0) return undefined
  const free =
    step.does === 'ask' &&
    (step.kind === 'number' || step.kind === 'choices') &&
    session.wait?.sub === undefined
  if (free && /\d/.test(typed)) return undefined
  const reading = readChoice(typed, shown, { strict: true })
  return reading.kind === 'value' ? reading.value : undefined
}

function labelled(turn: Turn, here: AtQuestion, { options }: Shown, values: readonly string[]) {
  return values.map(value => {
    if (value === SKIP && here.step.does === 'ask')
      return { value, label: here.step.skip?.[langOf(turn)] ?? '' }
    return options.find(option => option.value === value) ?? { value, label: '' }
  })
}

function read(turn: Turn, here: AtQuestion, typed: string): Reply {
  if (here.step.does === 'review') return readReview(turn, here, typed)
  const asked = askedOf(turn, { ...here, step: here.step })
  const kind = kindOf(here.step)
  const sub = subOf(asked)
  return sub ? readSub(asked, sub, kind, typed) : kind.read(asked, typed)
}

/** "Benar", "ada yang salah", or one of the buttons in other words. */
function readReview(turn: Turn, here: AtQuestion, typed: string): Reply {
  const save = ['ya', 'benar', 'betul', 'sudah', 'sudah benar', 'oke', 'yes', 'correct']
  const also: Record<string, string[]> = {
    save,
    fix: ['salah', 'ubah', 'ganti', 'belum', 'tidak', 'no', 'change'],
  }
  const options = shownFor(turn, here).options.map(option => ({ ...option, also: also[option.value] ?? [] }))
  const reading = readChoice(typed, options)
  if (reading.kind === 'value' || reading.kind === 'approximate')
    return { answer: reading.value, sure: reading.kind === 'value' }
  return { unread: reading.why }
}

/** What a tapped or numbered option means. */
export function chooseOption(turn: Turn, here: AtQuestion, value: string): Reply {
  if (here.step.does === 'review') return { answer: value }
  if (value === SKIP) return { answer: null }
  const asked = askedOf(turn, { ...here, step: here.step })
  const sub = subOf(asked)
  const kind = kindOf(here.step)
  return sub ? answerSub(sub, value, kind) : kind.choose(asked, value)
}

/** Goes on with an answer, asks further, or says what was not understood. */
export function take(turn: Turn, here: AtQuestion, reply: Reply, typed: string): void {
  delete turn.state.offer
  if ('unread' in reply) {
    if (reply.unread === 'later' || reply.unread === 'unknown' || reply.unread === 'nothing') {
      if (here.step.does === 'ask' && here.step.skip !== undefined)
        return take(turn, here, { answer: null }, typed)
    }
    return unread(turn, here, { code: reply.unread, typed, ...(reply.text ? { text: reply.text } : {}) })
  }
  if (here.step.does === 'review')
    return review(turn, { ...here, step: here.step }, 'answer' in reply ? reply.answer : null)
  if ('answer' in reply) {
    accept(turn, { ...here, step: here.step }, reply.answer)
    return walk(turn)
  }
  further(turn, { ...here, step: here.step }, reply)
}

/** The question goes on: something to confirm, to pick, to narrow down. */
function further(turn: Turn, here: AtAsk, reply: { sub?: unknown }): void {
  const { id, tries = 0, handed } = here.session.wait as Wait
  turn.state.done = id
  const carry = {
    tries,
    ...(handed ? { handed } : {}),
    ...('sub' in reply && reply.sub !== undefined ? { sub: reply.sub as never } : {}),
  }
  open(turn, here, tellHeard(turn, here), carry)
}

function review(turn: Turn, here: Here & { step: ReviewStep }, value: unknown): void {
  if (value === 'fix') return offerFields(turn)
  if (value === 'cancel') return void command(turn, { command: 'cancel', exact: true }, '')
  const { session, step } = here
  session.history.push({ path: [...session.path], set: [] })
  turn.stats.push({ flow: here.flow.id, version: here.flow.version, step: step.id, event: 'answered' })
  session.answers++
  close(turn, session)
  move(session, step.next)
  walk(turn)
}

/** *0 = lainnya* */
export function nextPage(turn: Turn, here: AtQuestion): void {
  const wait = here.session.wait as Wait
  turn.state.done = wait.id
  open(turn, here, [], { ...wait, page: (wait.page ?? 0) + 1 })
}

/** A shared contact or place: an answer where one is asked for. */
export function hearShared(turn: Turn, shared: Shared): void {
  const here = openQuestion(turn)
  const kind = here?.step.does === 'ask' ? kindOf(here.step) : undefined
  const wanted =
    here?.step.does === 'ask' && here.step.kind === (shared.kind === 'contact' ? 'phone' : 'location')
  if (here?.step.does === 'ask' && kind?.share && wanted)
    return take(turn, here, kind.share(askedOf(turn, { ...here, step: here.step }), shared), '')
  unasked(turn, text(turn, shared.kind))
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
export function unasked(turn: Turn, lead: ReturnType<typeof text>): void {
  turn.heard = 'retry'
  const here = openQuestion(turn)
  if (here) return repeat(turn, here, lead)
  if (active(turn.state)) return
  say(turn, { text: lead })
}
