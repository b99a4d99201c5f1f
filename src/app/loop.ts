import { SECOND, sleep } from '../lib/time.ts'

/**
 * Work that a bell announces: `pass` runs until it finds nothing. A ring during a pass makes it run once more, so no ring
 * is lost; a failing pass is repeated with growing pauses, because a bell rings only once.
 */
export class Loop {
  #running: Promise<void> | undefined
  #again = false
  readonly #stop = new AbortController()

  constructor(
    private readonly pass: () => Promise<number>,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Resolves when nothing is left to do. */
  ring(): Promise<void> {
    this.#again = true
    this.#running ??= this.#run()
    return this.#running
  }

  /** Takes no new pass; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    let pause = 50
    await Promise.resolve() // so that `#running` is set before it is cleared
    while (this.#again && !this.#stop.signal.aborted) {
      this.#again = false
      try {
        while (!this.#stop.signal.aborted && (await this.pass()) > 0) pause = 50
      } catch (error) {
        this.onFault(error)
        await sleep(pause, this.#stop.signal)
        pause = Math.min(pause * 2, 5 * SECOND)
        this.#again = true
      }
    }
    this.#running = undefined // with no turn of the event loop since `#again` was read: a ring in between would be lost
  }
}

/** Calls `work` every `ms` in this process until stopped; one that still runs is not started twice. */
export class Every {
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | undefined

  constructor(ms: number, work: () => Promise<void>, onFault: (error: unknown) => void) {
    this.#timer = setInterval(() => {
      this.#running ??= work()
        .catch(onFault)
        .finally(() => {
          this.#running = undefined
        })
    }, ms)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }
}
