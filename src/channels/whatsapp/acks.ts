import type { SentMessages, SentStatus } from './ports.ts'

/** What became of a message that was written to the socket. */
export type Ack =
  | { kind: 'sent' }
  | { kind: 'refused'; code: string }
  /** The connection ended first, or nothing came in time. */
  | { kind: 'unanswered'; reason: string }

export interface News {
  id: string
  status: SentStatus
  reason?: string
}

/** Written down together, a moment later: a receipt is worth no transaction of its own. */
const FLUSH_MS = 250
/** With the database away for long, the oldest news goes: it is a courtesy to operators. */
const MOST = 10_000

/**
 * "Sent" means that WhatsApp confirmed it, not that it was written to a socket. Confirmations come as stanzas, deliveries
 * and readings as receipts; both are also kept for operators.
 */
export class Acks {
  readonly #waiting = new Map<string, { settle: (ack: Ack) => void; written: () => void }>()
  #news: News[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(private readonly deps: { sent: SentMessages; now: () => number }) {}

  /**
   * To be called before the message leaves: an answer may be there at once. `withinMs` counts from when it was written;
   * sends of an account take turns, and what waits for its turn must not be taken for lost and sent again.
   */
  expect(id: string, withinMs: number): Promise<Ack> {
    return new Promise(resolve => {
      let timer: NodeJS.Timeout | undefined
      const settle = (ack: Ack) => {
        clearTimeout(timer)
        this.#waiting.delete(id)
        resolve(ack)
      }
      const written = () => {
        timer = setTimeout(() => settle({ kind: 'unanswered', reason: 'no confirmation' }), withinMs)
      }
      this.#waiting.set(id, { settle, written })
    })
  }

  /** It never left: nobody will confirm it. */
  forget(id: string): void {
    this.#waiting.get(id)?.settle({ kind: 'unanswered', reason: 'not written' })
  }

  hear(news: News): void {
    const waiting = this.#waiting.get(news.id)
    if (news.status === 'written') waiting?.written()
    else if (news.status === 'failed') waiting?.settle({ kind: 'refused', code: news.reason ?? 'unknown' })
    else waiting?.settle({ kind: 'sent' }) // whoever reads it has received it
    this.#news.push(news)
    if (this.#news.length > MOST) this.#news.shift()
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS)
  }

  /** The connection is gone: what waits is sent again under the same id. */
  lose(): void {
    for (const { settle } of [...this.#waiting.values()])
      settle({ kind: 'unanswered', reason: 'connection lost' })
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const news = this.#news
    if (news.length === 0) return
    this.#news = []
    try {
      await this.deps.sent.advance(news, this.deps.now())
    } catch {
      this.#news = [...news, ...this.#news].slice(-MOST) // with the next news
    }
  }
}
