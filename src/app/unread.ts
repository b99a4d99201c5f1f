import { maskUnknown } from '../understand/index.ts'
import type { StepEvent } from '../engine/types.ts'
import type { UnreadRow, Work } from './ports.ts'
import type { Taken } from './turn.ts'

/** Enough to see what a sentence was about. */
const LONGEST = 120

/**
 * Learning from use: what was not understood, kept as words of our own lexicons only; every other word is ▢ before it
 * leaves the turn. Gathered here and written by the clock, like step counts, for people who have consented.
 */
export class Unread {
  #rows = new Map<string, UnreadRow>()

  add({ conversation, inbound }: Work, taken: Taken): void {
    const asked = taken.stats.find((stat: StepEvent) => stat.event === 'invalid')
    if (taken.result.heard !== 'retry' || inbound.incoming.kind !== 'text' || !asked) return
    const masked = [...maskUnknown(inbound.incoming.text)].slice(0, LONGEST).join('')
    const row = { conversationId: conversation.id, flow: asked.flow, step: asked.step, masked }
    const key = JSON.stringify(row)
    this.#rows.set(key, { ...row, count: (this.#rows.get(key)?.count ?? 0) + 1 })
  }

  async flush(write: (rows: UnreadRow[]) => Promise<void>): Promise<void> {
    const rows = this.#rows
    if (rows.size === 0) return
    this.#rows = new Map()
    await write([...rows.values()])
  }
}
