import type { FakeBotApi } from './fake.ts'
import type { Faults } from './faults.ts'
import { numberOf, Refusal, type Call } from './http.ts'

/** One call of the bot. */
export interface Called {
  method: string
  chat?: number
  /** Epoch ms. */
  at: number
  /** The error code, 200, or 0 when the connection had ended. */
  code: number
}

export interface Stats {
  /** Messages accepted, and those of them whose answer the bot cannot have read. */
  accepted: number
  acceptedUnanswered: number
  /** By method in lower case, and by error code. */
  calls: Record<string, number>
  refused: Record<string, number>
  faults: Faults['counts']
  updates: {
    created: number
    offered: number
    repeated: number
    polls: number
    posts: number
    pending: number
  }
  tapsAnswered: number
}

const KEPT = 100_000

/** What the bot called, in order, and how often. */
export class Journal {
  readonly calls: Called[] = []
  /** Ids of callback queries the bot has answered, in order. */
  readonly answeredTaps: string[] = []
  readonly #counts = { calls: {} as Record<string, number>, refused: {} as Record<string, number> }

  constructor(private readonly fake: FakeBotApi) {}

  add({ method, params }: Call, outcome: unknown, answered: boolean): void {
    const { calls, refused } = this.#counts
    calls[method] = (calls[method] ?? 0) + 1
    if (outcome instanceof Refusal) refused[outcome.code] = (refused[outcome.code] ?? 0) + 1
    if (this.calls.length >= KEPT) return
    const chat = numberOf(params.chat_id, NaN)
    const code = outcome instanceof Refusal ? outcome.code : answered ? 200 : 0
    this.calls.push({ method, at: this.fake.clock.now(), code, ...(Number.isNaN(chat) ? {} : { chat }) })
  }

  stats(faults: Faults['counts']): Stats {
    const { messages, updates } = this.fake
    return structuredClone({
      accepted: messages.all.length,
      acceptedUnanswered: messages.all.filter(message => !message.answered).length,
      ...this.#counts,
      faults,
      updates: { ...updates.counts, pending: updates.pending },
      tapsAnswered: this.answeredTaps.length,
    })
  }
}
