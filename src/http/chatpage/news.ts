/** Tells the open pages of this process that something changed; what changed lies in the database. */
export class News {
  #listeners = new Map<string, Set<() => void>>()

  /** @param address a chat's address, or its session */
  ring(address: string): void {
    const [session = ''] = address.split('.')
    for (const wake of this.#listeners.get(session) ?? []) wake()
  }

  get open(): number {
    return [...this.#listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }

  listen(session: string): Listener {
    let rang = false
    let wake: (() => void) | undefined
    const ring = () => {
      rang = true
      wake?.()
    }
    const set = this.#listeners.get(session) ?? new Set()
    this.#listeners.set(session, set.add(ring))
    return {
      ring,
      async next(ms) {
        if (!rang)
          await new Promise<void>(resolve => {
            const timer = setTimeout(resolve, ms)
            wake = () => {
              clearTimeout(timer)
              resolve()
            }
          })
        rang = false
      },
      close: () => {
        set.delete(ring)
        if (set.size === 0) this.#listeners.delete(session)
      },
    }
  }
}

export interface Listener {
  ring: () => void
  /** Resolves at the next ring, at once when one came since the last call, and after `ms` in any case. */
  next(ms: number): Promise<void>
  close(): void
}
