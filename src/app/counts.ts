import type { StepEvent } from '../engine/types.ts'
import { WIB_OFFSET } from '../lib/time.ts'
import type { CountRow } from './ports.ts'

/**
 * Step counts are gathered here and written by the sweep: written inside turns, every set would wait for the others at
 * the same few rows. A kill loses at most the last second of them.
 */
export class Counts {
  #rows = new Map<string, CountRow>()

  add(stats: StepEvent[], now: number): void {
    const day = new Date(now + WIB_OFFSET).toISOString().slice(0, 10)
    for (const stat of stats) {
      const key = [stat.flow, stat.version, stat.step, stat.event].join('\n')
      const row = this.#rows.get(key)
      if (row) row.count++
      else this.#rows.set(key, { day, ...stat, count: 1 })
    }
  }

  async flush(write: (rows: CountRow[]) => Promise<void>): Promise<void> {
    const rows = this.#rows
    if (rows.size === 0) return
    this.#rows = new Map()
    await write([...rows.values()])
  }
}
