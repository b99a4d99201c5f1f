import { advance } from '../engine/advance.ts'
import { newState, type State } from '../engine/state.ts'
import { atDesk } from './desk.ts'
import { splitSay, withLateLead } from '../engine/texts.ts'
import type { Env, Step } from '../engine/advance.ts'
import type { Flows } from '../engine/format.ts'
import type { Incoming, Say, StepEvent, TimerSpec, Values } from '../engine/types.ts'
import type { Papers } from '../domain/ports/papers.ts'
import { DAY } from '../lib/time.ts'
import type { Holiday } from '../understand/types.ts'
import type { CallSpecs } from './callSpecs.ts'
import { questionIn } from './faq.ts'
import type { CallContext, CallResult, ConversationRow, TurnResult, TurnTx, Work } from './ports.ts'

/** A call that must run in a short transaction of its own: the conversation leaves its set. */
export class ContendedError extends Error {
  override readonly name = 'ContendedError'
}

export interface TurnRules {
  flows: Flows
  specs: CallSpecs
  runCall: (name: string, input: Values, context: CallContext) => Promise<CallResult>
  holidays: readonly Holiday[]
  facts: Values
  papers: Papers
}

export interface Taken {
  result: TurnResult
  stats: StepEvent[]
  /** A call ran: it may have planned something to say at once. */
  called: boolean
}

/** Both platforms cut at 4096; the rest is room for markup, which counts on some of them. */
const TEXT_LIMIT = 3800
/** Messages as old as this are each recorded, and answered once together: one by one would be a riddle to read. */
const LATE = DAY
const FROM_PERSON: ReadonlySet<Incoming['kind']> = new Set<Incoming['kind']>([
  'text',
  'tap',
  'contact',
  'location',
  'media',
  'unreadable',
])
/** Comes from us, not from the person: it does not mean that they are back. */
const STARTED_BY_US: ReadonlySet<Incoming['kind']> = new Set<Incoming['kind']>([
  'timer',
  'notice',
  'withdrawn',
])
/** Where something can be done to messages that are in the chat already. */
const CAN_TOUCH: ReadonlySet<ConversationRow['channel']> = new Set<ConversationRow['channel']>(['telegram'])
const APP_NAME = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  chatpage: 'halaman coba',
}

/**
 * One inbound of one conversation, from the stored state to what is to be written. Touches the database only through
 * calls, inside a savepoint, so that a turn that throws leaves no trace in its set.
 * @throws ContendedError in a set, when the turn needs a contended call
 */
export async function takeTurn(
  rules: TurnRules,
  work: Work,
  tx: TurnTx,
  at: { now: number; alone: boolean },
): Promise<Taken> {
  const { conversation, inbound } = work
  const desk = await atDesk(work, tx, { now: at.now, flows: rules.flows })
  if (desk.for === 'operator') return passedOn(work)
  const env = { ...envOf(rules, conversation, at.now), held: desk.held }
  const state = conversation.state ?? newState()
  const late = at.now - inbound.sentAt > LATE && FROM_PERSON.has(inbound.incoming.kind)
  const overtaken = late && inbound.followed === true
  const first = advance(rules.flows, state, { type: 'inbound', incoming: desk.incoming, overtaken }, env)
  const steps = [first]
  if (first.next.kind === 'call')
    await tx.savepoint(async repos => {
      for (let step = first; step.next.kind === 'call'; steps.push(step)) {
        const { call, input } = step.next
        if (rules.specs[call]?.contended && !at.alone) throw new ContendedError(call)
        const context = {
          conversation,
          inboundId: inbound.id,
          now: env.now,
          language: step.state.language,
          repos,
        }
        const { forget, ...answer } = await rules.runCall(call, input, {
          ...context,
          holidays: env.holidays,
          facts: env.facts,
          papers: rules.papers,
        })
        const state = forget ? forgetBelow(step.state) : step.state
        step = advance(rules.flows, state, { type: 'outcome', ...answer }, env)
      }
    })
  const taken = collect(work, steps)
  if (desk.held && inbound.incoming.kind !== 'notice') return silent(taken)
  return late ? apologise(rules, taken) : taken
}

/** Whoever is answered a day late is told so first. */
function apologise(rules: TurnRules, taken: Taken): Taken {
  const [first, ...rest] = taken.result.says
  if (!first) return taken
  const says = [withLateLead(rules.flows, taken.result.language ?? 'id', first), ...rest]
  return { ...taken, result: { ...taken.result, says } }
}

/** While an operator speaks, time goes on without a word. */
const silent = (taken: Taken): Taken => ({ ...taken, result: { ...taken.result, says: [], touches: [] } })

/** An operator speaks here: the message is theirs, and everything else stays as it is. */
function passedOn({ conversation, inbound }: Work): Taken {
  const same = {
    state: undefined,
    open: undefined,
    language: undefined,
    timer: undefined,
    blocked: undefined,
  }
  return {
    stats: [],
    called: true,
    result: {
      ...same,
      conversationId: conversation.id,
      inboundId: inbound.id,
      heard: 'silence:operator',
      says: [],
      touches: [],
      byPerson: true,
      reminderId: undefined,
    },
  }
}

/** After an erasure only the flow that asked for it goes on, to say so; what was answered below it is gone. */
function forgetBelow({ offer: _, source: __, beside: ___, ...state }: State): State {
  return { ...state, stack: state.stack.slice(-1) }
}

function envOf(rules: TurnRules, conversation: ConversationRow, now: number): Env {
  return {
    now: now + conversation.clockOffsetMs,
    holidays: rules.holidays,
    facts: { ...rules.facts, aplikasi: APP_NAME[conversation.channel] },
    pageSize: conversation.channel === 'whatsapp' ? 9 : 10,
    question: typed => questionIn(typed, { now, holidays: rules.holidays }),
  }
}

function collect({ conversation, inbound }: Work, steps: Step[]): Taken {
  const last = steps.at(-1) as Step
  const first = steps[0] as Step
  const { incoming } = inbound
  const byPerson = !STARTED_BY_US.has(incoming.kind)
  const blocked = incoming.kind === 'blocked' ? true : conversation.blocked && byPerson ? false : undefined
  const unheard = conversation.blocked && !byPerson // nobody is there to hear it
  return {
    stats: steps.flatMap(step => step.stats),
    called: steps.length > 1,
    result: {
      conversationId: conversation.id,
      inboundId: inbound.id,
      heard: incoming.kind === 'notice' ? last.heard : first.heard,
      state: last.state,
      open: last.open,
      language: last.state.language,
      says: unheard ? [] : steps.flatMap(step => step.says).flatMap((say: Say) => splitSay(say, TEXT_LIMIT)),
      touches: CAN_TOUCH.has(conversation.channel) ? steps.flatMap(step => step.touches) : [],
      timer: (last.timer as TimerSpec | undefined) ?? null,
      blocked,
      byPerson: byPerson && incoming.kind !== 'blocked',
      reminderId: incoming.kind === 'notice' ? BigInt(incoming.id) : undefined,
      ...(incoming.kind === 'moved' ? { address: incoming.to } : {}),
    },
  }
}
