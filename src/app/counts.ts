import type { Flows } from '../engine/format.ts'
import { WIB_OFFSET } from '../lib/time.ts'
import { maskUnknown } from '../understand/index.ts'
import type { CountRow, UnreadRow, Work } from './ports.ts'
import { Tally } from './tally.ts'
import type { Taken } from './turn.ts'

/** Enough of a sentence to see what it was about. */
const LONGEST = 120

type Uncounted<Row> = Omit<Row, 'count'>

/** What turns tell about themselves: how often each step was met, and, masked, what was not understood. */
export class Counts {
  readonly #steps = new Tally<Uncounted<CountRow>>()
  readonly #unread = new Tally<Uncounted<UnreadRow>>()

  constructor(private readonly flows: Flows) {}

  add(work: Work, taken: Taken, now: number): void {
    const day = new Date(now + WIB_OFFSET).toISOString().slice(0, 10)
    for (const stat of taken.stats) this.#steps.add({ day, ...stat })
    const unread = this.#unreadOf(work, taken)
    if (unread) this.#unread.add(unread)
  }

  async flush(write: {
    steps: (rows: CountRow[]) => Promise<void>
    unread: (rows: UnreadRow[]) => Promise<void>
  }): Promise<void> {
    await this.#steps.flush(write.steps)
    await this.#unread.flush(write.unread)
  }

  /** Only words of our own lexicons leave the turn, and none that was meant for a sensitive question. */
  #unreadOf({ conversation, inbound }: Work, taken: Taken): Uncounted<UnreadRow> | undefined {
    const asked = taken.stats.find(stat => stat.event === 'invalid')
    if (taken.result.heard !== 'retry' || inbound.incoming.kind !== 'text' || !asked) return undefined
    const step = this.flows.byId.get(asked.flow)?.steps.get(asked.step)
    if (step?.does !== 'ask' || step.sensitive) return undefined
    const masked = [...maskUnknown(inbound.incoming.text)].slice(0, LONGEST).join('')
    return { conversationId: conversation.id, flow: asked.flow, step: asked.step, masked }
  }
}
