import type { Flows } from '../engine/format.ts'
import type { StepEvent } from '../engine/types.ts'
import { WIB_OFFSET } from '../lib/time.ts'
import { maskUnknown } from '../understand/index.ts'
import type { CountRow, UnreadRow, Work } from './ports.ts'
import { Tally } from './tally.ts'
import type { Taken } from './turn.ts'

/** Enough of a sentence to see what it was about. */
const LONGEST = 120

/** The step of the question's flow that says there is no answer. */
const NOT_KNOWN = 'not_known'

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
    if (inbound.incoming.kind !== 'text') return undefined
    const at = this.#notAnswered(taken) ?? this.#notRead(taken)
    if (at === undefined) return undefined
    const masked = [...maskUnknown(inbound.incoming.text)].slice(0, LONGEST).join('')
    return { conversationId: conversation.id, flow: at.flow, step: at.step, masked }
  }

  /** A question of a person that has no answer yet: for those who write the answers. */
  #notAnswered({ stats }: Taken): StepEvent | undefined {
    const { question } = this.flows.common.commands
    return stats.find(stat => stat.flow === question && stat.step === NOT_KNOWN && stat.event === 'entered')
  }

  #notRead({ stats, result }: Taken): StepEvent | undefined {
    const asked = stats.find(stat => stat.event === 'invalid')
    if (result.heard !== 'retry' || !asked) return undefined
    const step = this.flows.byId.get(asked.flow)?.steps.get(asked.step)
    return step?.does === 'ask' && !step.sensitive ? asked : undefined
  }
}
