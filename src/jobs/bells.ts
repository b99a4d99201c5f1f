import type { Queue, Worker } from 'bullmq'
import { errorForLog, type Log } from '../lib/log.ts'
import { atMost, SECOND, sleep } from '../lib/time.ts'
import { openBackend, type QueueServer } from './backend.ts'

/** `turns`, `reminders`, or `deliver-<channel>`. */
export type BellName = 'turns' | 'reminders' | `deliver-${string}`

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
  readonly #workers = new Set<Worker>()
  readonly #stopping = new AbortController()
  #trouble: string | undefined

  constructor(
    server: QueueServer,
    private readonly log: Log,
  ) {
    this.#backend = openBackend(server)
  }

  /** Never waits and never fails: whoever rings has committed already. */
  ring(name: BellName): void {
    const queue = this.#queue(name)
    queue
      .add('bell', {}, BELL)
      .then(() => this.#ok())
      .catch((error: unknown) => {
        this.#note(error)
        void this.#forgetUnready(name, queue)
      })
  }

  /** Calls `handler` at each ring, as soon as the queue server answers; it returns when nothing is left to do. */
  hear(name: BellName, handler: () => Promise<void>): void {
    void this.#listen(name, handler)
  }

  /**
   * A worker remembers how its first connection ended. If that failed (a server that is just starting, a missing
   * database), it would ask again and again without ever giving the process a breath, and would never recover: so a
   * worker runs only once it is ready, and one that is not is replaced.
   */
  async #listen(name: BellName, handler: () => Promise<void>): Promise<void> {
    const { signal } = this.#stopping
    for (let pause = 250; !signal.aborted; pause = Math.min(2 * pause, 15 * SECOND)) {
      const worker = this.#backend.worker(name, handler)
      worker.on('error', error => this.#note(error))
      worker.on('completed', () => this.#ok())
      this.#workers.add(worker)
      try {
        await worker.waitUntilReady()
        this.#ok()
        return await worker.run()
      } catch (error) {
        if (signal.aborted) return
        this.#note(error)
        this.#workers.delete(worker)
        void worker.close(true).catch(() => {})
        await sleep(pause, signal)
      }
    }
  }

  /** The same holds for queues: one whose first connection failed fails at every ring, so the next ring gets a new one. */
  async #forgetUnready(name: BellName, queue: Queue): Promise<void> {
    try {
      await queue.waitUntilReady()
    } catch {
      if (this.#queues.get(name) === queue) this.#queues.delete(name)
      await queue.close().catch(() => {})
    }
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
    this.#stopping.abort()
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
