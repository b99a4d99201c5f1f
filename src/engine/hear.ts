import { readChoice, readCommand, type CommandReading } from '../understand/index.ts'
import { SKIP, type Reply } from './ask/kind.ts'
import { readSub, subOf } from './ask/substate.ts'
import { act, offered } from './buttons.ts'
import { command, start, startsFlow } from './commands.ts'
import { hearEarly } from './early.ts'
import { fold } from './fold.ts'
import { hearEntry, hearFree } from './free.ts'
import { fallBack } from './misses.ts'
import { hearWords } from './notices.ts'
import { askedOf, kindOf, pageOf, repeat, shownFor, tellHeard, type AtQuestion } from './question.ts'
import { active, placeOf } from './state.ts'
import { chooseOption, nextPage, take } from './take.ts'
import { langOf, openQuestion, type Turn } from './turn.ts'
import { UNBLOCKABLE } from './vocabulary.ts'
import { close, lost, move, walk } from './walk.ts'

/** What a person typed: a button in words, an answer, a command, or nothing that is understood. */
export function hearText(turn: Turn, typed: string): void {
  if (/^\/start\b/i.test(typed)) return start(turn, typed)
  if (hearWords(turn, typed, true)) return
  const action = offered(turn, typed)
  if (action !== undefined) return act(turn, action)
  const here = openQuestion(turn)
  if (here) return hearAnswer(turn, new Message(turn, here, typed))
  delete turn.state.offer
  if (hearWords(turn, typed, false)) return
  const said = readCommand(typed)
  if (said && command(turn, said, typed)) return
  if (startsFlow(turn, typed)) return
  if (hearFree(turn, typed)) return
  if (active(turn.state)) lost(turn)
  else fallBack(turn, typed)
}

/** A typed message under an open question; what it could be is read once, and only when it is wanted. */
class Message {
  readonly closed: boolean
  #said: CommandReading | undefined | null = null
  #reply: Reply | undefined

  constructor(
    readonly turn: Turn,
    readonly here: AtQuestion,
    readonly typed: string,
  ) {
    this.closed = here.step.does === 'review' || kindOf(here.step).closed
  }

  /** A command, unless its flow is the one that is asking for words: then it is an answer ("HAPUS"). */
  get said(): CommandReading | undefined {
    if (this.#said === null) {
      const said = readCommand(this.typed)
      const own = !this.closed && said && this.turn.flows.common.commands[said.command] === this.here.flow.id
      this.#said = own ? undefined : said
    }
    return this.#said
  }

  get exact(): CommandReading | undefined {
    return this.said?.exact ? this.said : undefined
  }

  get reply(): Reply {
    return (this.#reply ??= read(this.turn, this.here, this.typed))
  }
}

type Attempt = (turn: Turn, message: Message) => boolean

/** In this order a message is tried, until one of them can do something with it. */
const ATTEMPTS: readonly Attempt[] = [
  anotherPage,
  shownOption,
  unblockableCommand,
  goesOn,
  earlyAnswer,
  sureAnswer,
  ownCommand,
  exactCommand,
  (turn, { typed }) => startsFlow(turn, typed),
  entryNamingRow,
  anyAnswer,
  mistypedCommand,
  (turn, { typed }) => hearWords(turn, typed, false),
  (turn, { typed }) => hearFree(turn, typed),
]

function hearAnswer(turn: Turn, message: Message): void {
  if (ATTEMPTS.some(attempt => attempt(turn, message))) return
  take(turn, message.here, message.reply, message.typed)
}

function anotherPage(turn: Turn, { here, typed }: Message): boolean {
  if (fold(typed) !== '0' || !pageOf(shownFor(turn, here).options, 0, turn.env.pageSize).more) return false
  nextPage(turn, here)
  return true
}

/** The number or exact label of something on screen; a number beyond it is none of the rows of other pages. */
function shownOption(turn: Turn, { here, typed, closed }: Message): boolean {
  const { session, step } = here
  const rows = session.wait?.shown ?? []
  const row = rows.length > 0 ? rowMeant(typed, labelsOf(turn, here, rows)) : undefined
  if (row === undefined || (/\d/.test(typed) && countsItself(here))) return false
  const value = rows[row]
  if (value !== undefined) take(turn, here, chooseOption(turn, here, value), typed)
  else if (closed || (step.does === 'ask' && step.kind === 'place'))
    take(turn, here, { unread: 'out_of_range' }, typed)
  else return false
  return true
}

function unblockableCommand(turn: Turn, { exact, typed }: Message): boolean {
  return exact !== undefined && UNBLOCKABLE.has(exact.command) && command(turn, exact, typed)
}

/** *Lanjut* under "sekarang tercatat …" and after "kita berhenti sebentar": elsewhere the word may mean yes. */
function goesOn(turn: Turn, { here, exact, typed }: Message): boolean {
  const kept = here.session.kept?.[placeOf(here.session)] !== undefined
  const rests = here.session.wait?.rests === true
  return (kept || rests) && exact?.command === 'continue' && command(turn, exact, typed)
}

function earlyAnswer(turn: Turn, { here, typed }: Message): boolean {
  const { step } = here
  const early = step.does === 'ask' ? hearEarly(turn, { ...here, step }, typed) : undefined
  if (early === undefined) return false
  if (early === 'unanswered') repeat(turn, here, ...tellHeard(turn, here))
  else take(turn, here, early, typed)
  return true
}

/** A closed question, or one with something to confirm, knows its answers better than the list of commands does. */
function sureAnswer(turn: Turn, message: Message): boolean {
  const { here, closed, typed } = message
  const first = here.step.does === 'ask' && kindOf(here.step).first
  if (!closed && !first && here.session.wait?.sub === undefined) return false
  const { reply } = message
  if ('unread' in reply || reply.sure === false) return false
  take(turn, here, reply, typed)
  return true
}

/** A command that the question gives a road of its own: nothing is answered by it. */
function ownCommand(turn: Turn, { here, said }: Message): boolean {
  const target = here.step.does === 'ask' && said ? here.step.commands[said.command] : undefined
  if (target === undefined) return false
  close(turn, here.session)
  move(here.session, target)
  walk(turn)
  return true
}

function exactCommand(turn: Turn, { exact, typed }: Message): boolean {
  return exact !== undefined && command(turn, exact, typed)
}

/** "Bu ani bayar 10rb" under a list with bu ani: what only holds the words of a row may be something for the books. */
function entryNamingRow(turn: Turn, { reply, typed }: Message): boolean {
  return 'sure' in reply && reply.sure === false && hearEntry(turn, typed)
}

function anyAnswer(turn: Turn, { here, reply, typed }: Message): boolean {
  if ('unread' in reply) return false
  take(turn, here, reply, typed)
  return true
}

/** Never where words are the answer. */
function mistypedCommand(turn: Turn, { closed, said, typed }: Message): boolean {
  return closed && said !== undefined && command(turn, said, typed)
}

/** A bare number is an answer of its own, or one of several; not where something is confirmed or picked. */
function countsItself({ step, session }: AtQuestion): boolean {
  const sub = session.wait?.sub
  const own = sub === undefined || Array.isArray(sub)
  return own && step.does === 'ask' && (step.kind === 'number' || step.kind === 'choices')
}

function labelsOf(turn: Turn, here: AtQuestion, rows: readonly string[]): string[] {
  const { options } = shownFor(turn, here)
  const skip = here.step.does === 'ask' ? here.step.skip?.[langOf(turn)] : undefined
  return rows.map(
    value => (value === SKIP ? skip : options.find(option => option.value === value)?.label) ?? '',
  )
}

const BEYOND = -1

/** Which row a message names, by its label, its number in any form, or both; `BEYOND` for a number that no row has. */
function rowMeant(typed: string, labels: readonly string[]): number | undefined {
  const said = fold(typed)
  if (said === '') return undefined
  const exact = labels.findIndex(label => label !== '' && fold(label) === said)
  if (exact >= 0) return exact
  const copied = /^(\d{1,2}) (.+)$/.exec(said)
  if (copied && fold(labels[Number(copied[1]) - 1] ?? '') === copied[2]) return Number(copied[1]) - 1
  const number = readChoice(typed, numbers(labels.length), { strict: true })
  if (number.kind === 'value') return Number(number.value)
  return number.kind === 'none' && number.why === 'out_of_range' ? BEYOND : undefined
}

const NUMBERS: (readonly { value: string; label: string }[])[] = []
/** Rows without words: only their numbers can be meant. */
const numbers = (count: number) =>
  (NUMBERS[count] ??= Array.from({ length: count }, (_, at) => ({ value: String(at), label: '' })))

function read(turn: Turn, here: AtQuestion, typed: string): Reply {
  if (here.step.does === 'review') return readReview(turn, here, typed)
  const asked = askedOf(turn, { ...here, step: here.step })
  const kind = kindOf(here.step)
  const sub = subOf(asked)
  return sub ? readSub(asked, sub, kind, typed) : kind.read(asked, typed)
}

const REVIEW_WORDS: Readonly<Record<string, string[]>> = {
  save: ['ya', 'benar', 'betul', 'sudah', 'sudah benar', 'oke', 'yes', 'correct'],
  fix: ['salah', 'ubah', 'ganti', 'belum', 'tidak', 'no', 'change'],
}

/** "Benar", "ada yang salah", or one of the buttons in other words. */
function readReview(turn: Turn, here: AtQuestion, typed: string): Reply {
  const options = shownFor(turn, here).options.map(option => ({
    ...option,
    also: REVIEW_WORDS[option.value] ?? [],
  }))
  const reading = readChoice(typed, options)
  if (reading.kind === 'value') return { answer: reading.value }
  return reading.kind === 'approximate' ? { answer: reading.value, sure: false } : { unread: reading.why }
}
