import { DAY, HOUR, MINUTE, WIB_OFFSET } from '../lib/time.ts'
import { LONG_AWAY, showCard } from './commands.ts'
import { repeat } from './question.ts'
import { offer } from './offers.ts'
import { active, type State, type Wait } from './state.ts'
import { render } from './template.ts'
import type { TimerName, TimerSpec } from './types.ts'
import { count, fillFrom, langOf, locate, openQuestion, text, type Turn } from './turn.ts'
import type { Silence } from './vocabulary.ts'
import { close, move, walk } from './walk.ts'
import type { Flows } from './format.ts'

/**
 * The one timer of an open question: a nudge after 3 hours, the "Lanjutkan?" card after 12, the end after 7 days. Nudge
 * and card only where answers would be lost. Nothing is sent between 21.00 and 06.00 WIB.
 */
const CARD_AFTER = LONG_AWAY
/** At least this long between a nudge and the card. */
const BETWEEN = 6 * HOUR
const NIGHT = { from: 21 * HOUR, to: 6 * HOUR }
/** A nudge that comes later than this is no help any more. */
const LATE = HOUR

function timerOf(state: State, flows: Flows): TimerSpec | undefined {
  const session = active(state)
  if (!session?.wait) return undefined
  const { id: wait, since, nudged, carded } = session.wait
  const here = locate(flows, session)
  const step = here?.step.does === 'ask' ? here.step : undefined
  const set = (name: TimerName, at: number): TimerSpec => ({ name, wait, at: awake(at) })
  if (losesAnswers(state) && !carded) {
    if (step?.nudge && nudged === undefined) return set('nudge', since + step.nudge.after)
    return set('card', Math.max(since + CARD_AFTER, (nudged ?? 0) + BETWEEN))
  }
  return set('expire', since + (step?.expire.after ?? 7 * DAY))
}

const losesAnswers = (state: State): boolean => state.stack.some(session => session.answers > 0)

/** The time itself, or the end of the night it falls into. */
export function awake(at: number): number {
  const ofDay = (at + WIB_OFFSET) % DAY
  if (ofDay >= NIGHT.from) return at - ofDay + DAY + NIGHT.to
  return ofDay < NIGHT.to ? at - ofDay + NIGHT.to : at
}

/** A timer that has come due. One whose question is no longer open does nothing. */
export function fire(turn: Turn, timer: TimerName, id: string): void {
  const here = openQuestion(turn)
  const wait = here?.session.wait
  const due = timerOf(turn.state, turn.flows)
  if (!here || wait?.id !== id || due?.name !== timer) return silence(turn, 'stale_timer')
  const { now } = turn.env
  if (now < due.at - MINUTE) return silence(turn, 'early_timer')
  if (timer === 'nudge') return nudge(turn, here, wait, now - due.at > LATE || awake(now) !== now)
  if (awake(now) !== now) return silence(turn, 'night')
  if (timer === 'expire') return expire(turn, here)
  here.session.wait = { ...wait, carded: true }
  showCard(turn)
}

type Open = NonNullable<ReturnType<typeof openQuestion>>

function nudge(turn: Turn, here: Open, wait: Wait, dropped: boolean): void {
  here.session.wait = { ...wait, nudged: turn.env.now }
  if (dropped) return silence(turn, 'late_nudge')
  const own = here.step.does === 'ask' ? here.step.nudge?.text : undefined
  repeat(turn, here, own ? render(own[langOf(turn)], fillFrom(turn, here)) : text(turn, 'nudge'))
  here.session.wait = { ...here.session.wait, rests: true }
}

/** What was begun is forgotten; a flow may go somewhere of its own instead. */
function expire(turn: Turn, here: Open): void {
  const { session, step } = here
  count(turn, here, 'timeout')
  if (step.does === 'ask' && step.expire.to !== undefined) {
    close(turn, session)
    move(session, step.expire.to)
    return walk(turn)
  }
  const lost = losesAnswers(turn.state)
  turn.state.stack = []
  delete turn.state.offer
  if (!lost) return silence(turn, 'expired')
  offer(turn, ['register', 'menu'], text(turn, 'expired'))
}

export function silence(turn: Turn, why: Silence): void {
  turn.heard = `silence:${why}`
}

/** A timer that came in the night keeps its question waiting for the morning. */
export function nextTimer(turn: Turn): TimerSpec | undefined {
  const next = timerOf(turn.state, turn.flows)
  return (
    next && { ...next, at: Math.max(next.at, turn.heard === 'silence:night' ? awake(turn.env.now) : next.at) }
  )
}
