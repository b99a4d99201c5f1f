import type { Queue, Worker } from 'bullmq'
import { errorForLog, type Log } from '../lib/log.ts'
import { atMost, SECOND, sleep } from '../lib/time.ts'
import { openBackend, type QueueServer } from './backend.ts'

/** `turns`, or `deliver-<channel>`. */
export type BellName = 'turns' | `deliver-${string}`

/**
 * A bell says that there is work, never what happened: it carries no data, and losing every one loses nothing but a second.
 * One at most waits in a queue: the deduplication id lives as long as its job, and a ring while the job runs leaves one more.
 * (After kill -9 of a worker it stays deaf until the job counts as stalled; the in-process sweep bridges that.)
 */
const BELL = {
  deduplication: { id: 'bell', keepLastIfActive: true },
  removeOnComplete: true,
  removeOnFail: true,
} as const

export class Bells {
  readonly #backend
  readonly #queues = new Map<BellName, Queue>()
  readonly #workers: Worker[] = []
  #trouble: string | undefined

  constructor(
    server: QueueServer,
    private readonly log: Log,
  ) {
    this.#backend = openBackend(server)
  }

  /** Never waits and never fails: whoever rings has committed already. */
  ring(name: BellName): void {
    this.#queue(name)
      .add('bell', {}, BELL)
      .then(() => this.#ok())
      .catch(error => this.#note(error))
  }

  /** Calls `handler` at each ring; it returns when nothing is left to do. */
  hear(name: BellName, handler: () => Promise<void>): void {
    const worker = this.#backend.worker(name, handler)
    worker.on('error', error => this.#note(error))
    worker.on('completed', () => this.#ok())
    this.#workers.push(worker)
  }

  /** What is wrong with the queue server, if anything. */
  trouble(): string | undefined {
    return this.#trouble
  }

  /** Rings once to itself: resolves when the queue server answers. */
  async check(): Promise<boolean> {
    const answered = this.#queue('turns')
      .getJobCounts('waiting')
      .then(
        () => true,
        () => false,
      )
    return Promise.race([answered, sleep(2 * SECOND).then(() => false)])
  }

  async stop(): Promise<void> {
    const closing = [...this.#workers, ...this.#queues.values()].map(part => part.close().catch(() => {}))
    await atMost(5 * SECOND, Promise.all(closing))
    await this.#backend.close()
  }

  #queue(name: BellName): Queue {
    const known = this.#queues.get(name)
    if (known) return known
    const queue = this.#backend.queue(name)
    queue.on('error', error => this.#note(error))
    this.#queues.set(name, queue)
    return queue
  }

  #ok(): void {
    this.#trouble = undefined
  }

  #note(error: unknown): void {
    const { error: name, code } = errorForLog(error)
    if (!this.#trouble)
      this.log.warn({ error: name, code }, 'the queue server is in trouble; the sweep carries on')
    this.#trouble = code ?? name
  }
}
