export type FaultKind =
  | '429'
  /** Refused with `description`. */
  | '400'
  | '401'
  | '403'
  | '500'
  | '502html'
  /** The connection ends before the call was looked at: nothing is accepted. */
  | 'closeBeforeRead'
  /**
   * The call is carried out, then the connection ends: message delivered, answer lost. Of `webhook`: the bot's answer to an
   * update is lost, and the update comes again.
   */
  | 'closeAfterAccept'
  /** Nothing is accepted and no answer ever comes. */
  | 'hang'
  /** Carried out at once, answered `delayMs` later. */
  | 'delay'
  /** getUpdates answers an empty list at once, whatever its timeout and whatever waits. */
  | 'emptyPoll'

export interface FaultSpec {
  kind: FaultKind
  /** Without it every method is meant, getUpdates too; `webhook` stands for the updates that are posted to the bot. */
  method?: string
  chat?: number
  /** A part of the text sent, or a pattern for it. */
  text?: string | RegExp
  /** How often it happens. Default: once; with a rate: without end. */
  times?: number
  /** 0..1: which share of the matching calls, chosen by a generator seeded with `seed` (default 1). */
  rate?: number
  seed?: number
  /** For 400. */
  description?: string
  /** Seconds, for 429; default 1. */
  retryAfter?: number
  /** For `delay`; default 100. */
  delayMs?: number
}

/** Numbers in 0..1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One scripted fault. `hits`: how often it has happened. */
export interface ActiveFault extends FaultSpec {
  hits: number
  remove(): void
}

interface Subject {
  method: string
  chat?: number
  text?: string
}

/** The faults in force; the first that matches and strikes decides a call. */
export class Faults {
  readonly counts: Partial<Record<FaultKind, number>> = {}
  #active: { fault: ActiveFault; strikes: () => boolean }[] = []

  add(spec: FaultSpec): ActiveFault {
    const fault: ActiveFault = { ...spec, hits: 0, remove: () => this.#remove(fault) }
    const times = spec.times ?? (spec.rate === undefined ? 1 : Infinity)
    const random = seeded(spec.seed ?? 1)
    const strikes = () => fault.hits < times && (spec.rate === undefined || random() < spec.rate)
    this.#active.push({ fault, strikes })
    return fault
  }

  clear(): void {
    this.#active = []
  }

  /** Before the body is read only faults without chat and text can be decided. */
  closesUnread(method: string): boolean {
    if (this.#active.length === 0) return false
    return this.#pick({ method }, fault => fault.kind === 'closeBeforeRead' && !narrow(fault)) !== undefined
  }

  pick(call: Subject): ActiveFault | undefined {
    if (this.#active.length === 0) return undefined
    return this.#pick(call, fault => fault.kind !== 'closeBeforeRead' || narrow(fault))
  }

  #pick(call: Subject, wanted: (fault: FaultSpec) => boolean): ActiveFault | undefined {
    const found = this.#active.find(
      ({ fault, strikes }) => wanted(fault) && matches(fault, call) && strikes(),
    )?.fault
    if (!found) return undefined
    found.hits++
    this.counts[found.kind] = (this.counts[found.kind] ?? 0) + 1
    return found
  }

  #remove(fault: ActiveFault): void {
    this.#active = this.#active.filter(other => other.fault !== fault)
  }
}

const narrow = (fault: FaultSpec) => fault.chat !== undefined || fault.text !== undefined

function matches(fault: FaultSpec, { method, chat, text = '' }: Subject): boolean {
  if (fault.method !== undefined && fault.method.toLowerCase() !== method) return false
  if (fault.kind === 'emptyPoll' && method !== 'getupdates') return false
  if (fault.chat !== undefined && fault.chat !== chat) return false
  if (fault.text === undefined) return true
  return typeof fault.text === 'string' ? text.includes(fault.text) : fault.text.test(text)
}
