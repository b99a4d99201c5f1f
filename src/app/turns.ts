import { apology } from '../engine/texts.ts'
import { errorForLog, type Log } from '../lib/log.ts'
import type { Clock } from '../lib/time.ts'
import type { Meter } from './meter.ts'
import type { TurnResult, Turns, TurnTx, Work } from './ports.ts'
import { ContendedError, takeTurn, type Taken, type TurnRules } from './turn.ts'

const SET = 64
/** Lone turns at the same time: their commits share the disk's flushes. */
const LONE = 4
const MAX_ATTEMPTS = 3

export interface TurnDeps {
  turns: Turns
  rules: TurnRules
  clock: Clock
  log: Log
  meter: Meter
  isTransient: (error: unknown) => boolean
  /** Hears of every turn that was committed. */
  count: (work: Work, taken: Taken) => void
  /** Rings the delivery of these accounts, after the commit. */
  ring: (accounts: Iterable<string>) => void
  /** Rings for what may have been planned to be said at once, after the commit. */
  ringReminders: () => void
}

interface LoneTurn {
  id: number
  /** Whether it may be the message's own fault: then the attempt is counted before it is made. */
  suspect: boolean
}

/**
 * Takes whatever is unhandled, in sets. A conversation whose turn throws, or that needs a contended call, leaves its set
 * and is taken alone, so that one bad message harms only itself; a set that fails as a whole is taken one by one.
 */
export class TurnPass {
  readonly #owed: bigint[] = []

  constructor(private readonly deps: TurnDeps) {}

  /** @returns how many conversations were taken; 0 = nothing unhandled that is not held elsewhere. */
  async pass(): Promise<number> {
    await this.#payOwed()
    const started = performance.now()
    let claimed: Work[] = []
    let taken: Taken[] = []
    let lone: LoneTurn[] = []
    let count = 0
    try {
      count = await this.deps.turns.set(SET, async (works, tx) => {
        claimed = works
        ;({ taken, lone } = await this.#takeSet(works, tx))
        await tx.save(results(taken), this.deps.clock.now())
      })
    } catch (error) {
      if (this.deps.isTransient(error) || claimed.length === 0) throw error
      this.deps.log.warn(
        { ...errorForLog(error), size: claimed.length },
        'a set failed; taking it one by one',
      )
      taken = []
      lone = claimed.map(work => ({ id: work.conversation.id, suspect: true }))
    }
    this.#announce(claimed, taken)
    if (count > 0) this.deps.meter.set(count, performance.now() - started)
    await this.#takeLone(lone)
    return count + lone.length
  }

  async #takeSet(works: Work[], tx: TurnTx): Promise<{ taken: Taken[]; lone: LoneTurn[] }> {
    const taken: Taken[] = []
    const lone: LoneTurn[] = []
    for (const work of works) {
      const { id } = work.conversation
      try {
        if (work.inbound.attempts > 0) lone.push({ id, suspect: true })
        else
          taken.push(await takeTurn(this.deps.rules, work, tx, { now: this.deps.clock.now(), alone: false }))
      } catch (error) {
        if (this.deps.isTransient(error)) throw error
        lone.push({ id, suspect: !(error instanceof ContendedError) })
      }
    }
    return { taken, lone }
  }

  async #takeLone(lone: LoneTurn[]): Promise<void> {
    const waiting = [...lone]
    const faults: unknown[] = []
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await this.#takeAlone(next).catch((error: unknown) => faults.push(error))
      }
    }
    await Promise.all(Array.from({ length: LONE }, work))
    if (faults.length === 0) return
    if (faults.length === lone.length) throw faults[0] // nothing went through: the loop pauses before it tries again
    this.deps.log.warn(
      { ...errorForLog(faults[0]), failed: faults.length },
      'lone turns failed; trying again',
    )
  }

  /** Tries until it is handled, set aside or held elsewhere; throws when the moment itself is bad. */
  async #takeAlone({ id, suspect }: LoneTurn): Promise<void> {
    for (let counted = suspect; ; counted = true) {
      const inbound = counted ? await this.deps.turns.countAttempt(id) : undefined
      try {
        const worked = await this.#attempt(id, counted)
        if (!worked) await this.#takeBack(inbound)
        return
      } catch (error) {
        if (this.deps.isTransient(error)) {
          await this.#takeBack(inbound)
          throw error
        }
        this.deps.log.error({ ...errorForLog(error), conversation: id }, 'a turn failed')
      }
    }
  }

  /** @returns false when somebody else holds the conversation: then nothing was tried. */
  async #attempt(id: number, counted: boolean): Promise<boolean> {
    let claimed: Work | undefined
    let taken: Taken | undefined
    const worked = await this.deps.turns.alone(id, async (work, tx) => {
      claimed = work
      taken =
        counted && work.inbound.attempts > MAX_ATTEMPTS ? this.#setAside(work) : await this.#takeOne(work, tx)
      await tx.save([taken.result], this.deps.clock.now())
    })
    if (claimed && taken) this.#announce([claimed], [taken])
    return worked
  }

  /** What failed by no fault of the message does not count; what cannot be taken back at once is owed. */
  async #takeBack(inbound: bigint | undefined): Promise<void> {
    if (inbound !== undefined)
      await this.deps.turns.uncountAttempt(inbound).catch(() => this.#owed.push(inbound))
  }

  async #payOwed(): Promise<void> {
    for (let inbound = this.#owed[0]; inbound !== undefined; inbound = this.#owed[0]) {
      await this.deps.turns.uncountAttempt(inbound)
      this.#owed.shift()
    }
  }

  #takeOne(work: Work, tx: TurnTx): Promise<Taken> {
    return takeTurn(this.deps.rules, work, tx, { now: this.deps.clock.now(), alone: true })
  }

  #setAside(work: Work): Taken {
    this.deps.log.error(
      { inbound: String(work.inbound.id), conversation: work.conversation.id },
      'an inbound was set aside',
    )
    const { incoming } = work.inbound
    // nobody asked: nobody hears an apology
    const notice = incoming.kind === 'notice' ? incoming : undefined
    const result: TurnResult = {
      conversationId: work.conversation.id,
      inboundId: work.inbound.id,
      heard: 'set_aside',
      state: undefined,
      open: undefined,
      language: undefined,
      says: notice ? [] : [apology(this.deps.rules.flows, work.conversation.state)],
      touches: [],
      timer: undefined,
      blocked: undefined,
      byPerson: false,
      reminderId: notice ? BigInt(notice.id) : undefined,
    }
    return { result, stats: [], called: false }
  }

  #announce(claimed: Work[], taken: Taken[]): void {
    const works = new Map(claimed.map(work => [work.conversation.id, work]))
    const spoken = new Set<string>()
    for (const each of taken) {
      const { result } = each
      const work = works.get(result.conversationId)
      this.deps.meter.turn(result.heard)
      if (work) this.deps.count(work, each)
      if (work && result.says.length > 0) spoken.add(work.conversation.account)
      this.deps.log.debug(
        { inbound: String(result.inboundId), heard: result.heard, says: result.says.length },
        'turn',
      )
    }
    if (spoken.size > 0) this.deps.ring(spoken)
    if (taken.some(each => each.called)) this.deps.ringReminders()
  }

  /**
   * After a start, the longest-waiting conversations are taken alone and counted: if a message killed the process, it is
   * among them, and after three starts it is set aside.
   */
  async recover(): Promise<void> {
    const ids = await this.deps.turns.waitingSince(this.deps.clock.now(), 100)
    await this.#takeLone(ids.map(id => ({ id, suspect: true })))
  }
}

const results = (taken: Taken[]) => taken.map(t => t.result)
