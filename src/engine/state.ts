import type { Lang, Value, Values } from './types.ts'

/**
 * A conversation between two turns: plain JSON, under 4 kB for a long form, never changed in place. Between flows only
 * the counter, the language and a few marks are left of it.
 */
export interface State {
  v: 1
  language: Lang
  /** The last wait number given out; only ever grows, and starts from the clock so that it outlives an erasure. */
  seq: number
  /** The wait that was answered last: a second tap on it is acknowledged silently. */
  done?: string
  /** What is under way; the last one is active, those below it wait for it to end. */
  stack: Session[]
  /** Buttons of the assistant itself (resume, cancel, menu…), on top of the open question. */
  offer?: Offer
  /** Buttons of what the assistant said by itself, oldest first. */
  beside?: Beside[]
  /** Messages in a row that meant nothing while no question was open. */
  misses?: number
  /** Where the person came from (`/start poster-kebonjeruk`). */
  source?: string
  /** The day (WIB, days since 1970) on which a group was last answered. */
  groupDay?: number
  /** Only between the calls of one turn. */
  turn?: { steps: number; calls: number; ticket?: string; said?: true; notice?: string }
}

/** A flow under way, with the flows that it runs. */
export interface Session {
  /** `flow/step` from the outermost flow to the active one. */
  path: string[]
  /** Flow → variable → value. */
  vars: Record<string, Values>
  /** Answered questions that *kembali* can go back to; a call that writes empties it. */
  history: Answered[]
  /** How many answers were given in all: with none, nothing is lost by leaving. */
  answers: number
  /** `flow/step` → answer: taken without asking when the road comes by (early answers, replay after a change). */
  kept?: Values
  /** Told in the first line of the next question: `flow/step` of answers heard early. */
  told?: string[]
  wait?: Wait
}

/** An answered question and what it takes to go back before it. */
export interface Answered {
  path: string[]
  /** Variables set since: `variable` of the question's own flow, or `flow.variable`. */
  set: string[]
  /** Those that had a value before, with it. */
  was?: Values
  /** What was kept for this very question before it was answered. */
  kept?: Value
  /** `flow/step` of questions whose answers were heard here early. */
  heard?: string[]
}

/** An open question. */
export interface Wait {
  id: string
  /** When the person was last active on it, epoch ms. */
  since: number
  /** The values behind the numbers shown, in order. */
  shown: string[]
  /** A page of a long list, from 0. */
  page?: number
  tries?: number
  /** A person was already asked to help with this question. */
  handed?: true
  /** The kind's own progress: a reading to confirm, candidates, a place half told, choices so far. */
  sub?: Value
  /** The exact text that is being answered (`save_text`). */
  text?: string
  /** When it was nudged, epoch ms. */
  nudged?: number
  /** The conversation rests here, and that was said: *lanjut* asks again, and is no yes. */
  rests?: true
  /** The "Lanjutkan?" card was shown. */
  carded?: true
}

export interface Offer {
  id: string
  /** The action behind each number. */
  options: string[]
  page?: number
}

/** Buttons beside the open question; a tap on them, or their words, starts a flow. */
export interface Beside {
  id: string
  /** The reminder it was said for. */
  of: string
  /** `flow/step` of the offer. */
  place: string
  /** Epoch ms. */
  until: number
  /** Behind each number: the choice, and what its flow is given. */
  options: { value: string; with?: Values }[]
  /** Nothing was answered since. */
  fresh?: true
  used?: true
}

/** The state of somebody who has never written, or whose data were erased. */
export const newState = (language: Lang = 'id'): State => ({ v: 1, language, seq: 0, stack: [] })

/** A copy that one turn may change; entries of the history and single values are shared and replaced. */
export const draftOf = (state: State): State => ({ ...state, stack: state.stack.map(draftSession) })

function draftSession(session: Session): Session {
  const vars: Session['vars'] = {}
  for (const flow in session.vars) vars[flow] = { ...session.vars[flow] }
  const draft = { ...session, path: [...session.path], history: [...session.history], vars }
  if (session.kept) draft.kept = { ...session.kept }
  return draft
}

export const splitPlace = (place: string): [flow: string, step: string] => {
  const at = place.indexOf('/')
  return [place.slice(0, at), place.slice(at + 1)]
}

export const active = (state: State): Session | undefined => state.stack.at(-1)
export const placeOf = (session: Session): string => session.path.at(-1) ?? ''

/** A new wait id, never given out before in this conversation. */
export function nextWait(state: State, now: number): string {
  state.seq = Math.max(state.seq + 1, Math.floor(now / 1000))
  return state.seq.toString(36)
}

const keyOf = (entry: Answered, flow: string, name: string): string =>
  flow === splitPlace(entry.path.at(-1) ?? '')[0] ? name : `${flow}.${name}`

/** Sets a variable of the active flow (or of `flow`), remembering the value before for *kembali*. */
export function setVar(
  session: Session,
  name: string,
  value: Value,
  flow = splitPlace(placeOf(session))[0],
): void {
  const last = session.history.at(-1)
  const key = last && keyOf(last, flow, name)
  if (last && key !== undefined && !last.set.includes(key)) {
    const before = session.vars[flow]?.[name]
    const was = before === undefined ? last.was : { ...last.was, [key]: before }
    session.history[session.history.length - 1] = {
      ...last,
      set: [...last.set, key],
      ...(was ? { was } : {}),
    }
  }
  ;(session.vars[flow] ??= {})[name] = value
}

export const getVar = (session: Session, name: string): Value | undefined =>
  session.vars[splitPlace(placeOf(session))[0]]?.[name]

/** Forgets a variable for good: it can no longer be restored by going back. A flow of which nothing is known vanishes. */
export function dropVar(session: Session, flow: string, name: string): void {
  const values = session.vars[flow]
  if (!values) return
  delete values[name]
  if (Object.keys(values).length === 0) delete session.vars[flow]
}

export function keepAnswer(session: Session, place: string, value: Value): void {
  ;(session.kept ??= {})[place] = value
}

export function dropKept(session: Session, place: string): void {
  if (!session.kept) return
  delete session.kept[place]
  if (Object.keys(session.kept).length === 0) delete session.kept
}

/**
 * Takes the last answer back: everything is as it was when its question was open.
 * @returns the entry, or undefined when there is nothing to go back to
 */
export function popAnswer(session: Session): Answered | undefined {
  const entry = session.history.at(-1)
  if (!entry) return undefined
  const place = entry.path.at(-1) ?? ''
  for (const heard of entry.heard ?? []) dropKept(session, heard)
  if (entry.kept !== undefined) keepAnswer(session, place, entry.kept)
  session.history = session.history.slice(0, -1)
  session.path = [...entry.path]
  session.answers--
  for (const key of entry.set) undo(session, entry, key)
  return entry
}

function undo(session: Session, entry: Answered, key: string): void {
  const dot = key.indexOf('.')
  const flow = dot < 0 ? splitPlace(entry.path.at(-1) ?? '')[0] : key.slice(0, dot)
  const name = key.slice(dot + 1)
  const before = entry.was?.[key]
  if (before === undefined) dropVar(session, flow, name)
  else (session.vars[flow] ??= {})[name] = before
}
