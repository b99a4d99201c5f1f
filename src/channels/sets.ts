/**
 * Groups what comes one by one: while a set is being stored, the next one gathers. One commit then serves many, and nobody
 * waits longer than for two of them.
 */
export class Sets<T> {
  readonly #waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = []
  #storing: Promise<void> | undefined

  constructor(
    private readonly store: (set: T[]) => Promise<void>,
    private readonly most = 100,
  ) {}

  /** Resolves when the item's set is stored; rejects when it is not. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#storing ??= this.#storeAll()
    })
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    await this.#storing
  }

  async #storeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const set = this.#waiting.splice(0, this.most)
      try {
        await this.store(set.map(({ item }) => item))
        for (const { resolve } of set) resolve()
      } catch (error) {
        for (const { reject } of set) reject(error)
      }
    }
    this.#storing = undefined
  }
}
