/**
 * Counts that turns leave behind, gathered in memory and written by the clock: written inside turns, every set would wait
 * for the others at the same few rows. What could not be written is kept for the next time; a kill loses the last second.
 */
export class Tally<Row extends object> {
  #counts = new Map<string, number>()

  add(row: Row, times = 1): void {
    const key = JSON.stringify(row)
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times)
  }

  /** @param write gets every different row once, with how often it was added */
  async flush(write: (rows: (Row & { count: number })[]) => Promise<void>): Promise<void> {
    const counts = this.#counts
    if (counts.size === 0) return
    this.#counts = new Map()
    const rows = [...counts].map(([key, count]) => ({ ...(JSON.parse(key) as Row), count }))
    try {
      await write(rows)
    } catch (error) {
      for (const { count, ...row } of rows) this.add(row as unknown as Row, count)
      throw error
    }
  }
}
