interface Timer {
  due: number
  run: () => void
  handle?: NodeJS.Timeout
}

const LONGEST_TIMEOUT = 2 ** 31 - 1

/**
 * Real time that a test may push forward: `advance` lets what falls due meanwhile happen at once, each at its own time.
 * `hold` lets it stand still, for what must not depend on how long a busy machine takes. May begin at another instant
 * (epoch ms) than now, where the hour of the day counts.
 */
export class MovableClock {
  readonly #timers = new Set<Timer>()
  #ahead: number
  /** Where real time stood when it was held. */
  #heldAt: number | undefined

  constructor(startsAt = Date.now()) {
    this.#ahead = startsAt - Date.now()
  }

  /** Epoch ms. */
  now(): number {
    return (this.#heldAt ?? Date.now()) + this.#ahead
  }

  /** From now on only `advance` moves it. @returns what lets it run on from where it stands */
  hold(): () => void {
    const at = (this.#heldAt ??= Date.now())
    this.#armAll()
    return () => {
      this.#ahead -= Date.now() - at
      this.#heldAt = undefined
      this.#armAll()
    }
  }

  /** @returns what cancels it */
  after(ms: number, run: () => void): () => void {
    const timer: Timer = { due: this.now() + ms, run }
    this.#timers.add(timer)
    this.#arm(timer)
    return () => this.#cancel(timer)
  }

  advance(ms: number): void {
    const until = this.now() + ms
    for (let next = this.#next(); next && next.due <= until; next = this.#next()) {
      this.#ahead += Math.max(0, next.due - this.now())
      this.#fire(next)
    }
    this.#ahead += Math.max(0, until - this.now())
    this.#armAll()
  }

  stop(): void {
    for (const timer of this.#timers) this.#cancel(timer)
  }

  #next(): Timer | undefined {
    return [...this.#timers].toSorted((a, b) => a.due - b.due)[0]
  }

  #armAll(): void {
    for (const timer of this.#timers) this.#arm(timer)
  }

  #arm(timer: Timer): void {
    clearTimeout(timer.handle)
    const ms = Math.min(LONGEST_TIMEOUT, Math.max(0, timer.due - this.now()))
    if (this.#heldAt === undefined || ms === 0) timer.handle = setTimeout(() => this.#fire(timer), ms)
  }

  #fire(timer: Timer): void {
    this.#cancel(timer)
    timer.run()
  }

  #cancel(timer: Timer): void {
    clearTimeout(timer.handle)
    this.#timers.delete(timer)
  }
}
