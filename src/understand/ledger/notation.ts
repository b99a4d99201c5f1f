import type { LedgerReading } from './result.ts'
import type { Said } from './types.ts'

type Noted = Record<string, unknown>

/** A reading as the case tables write it: one entry, an array of entries, `ask` with its candidates, or `none`. */
export function noted(reading: LedgerReading): Noted | Noted[] {
  if (reading.is === 'none') return { kind: 'none', why: reading.why }
  if (reading.is === 'edit' || reading.is === 'delete') return { ...said(reading.entry), op: reading.is }
  if (reading.is === 'ask')
    return { kind: 'ask', why: reading.why, candidates: reading.candidates.map(entriesOf) }
  return entriesOf(reading.entries)
}

function entriesOf(entries: readonly Said[]): Noted | Noted[] {
  const [first] = entries
  if (first === undefined) return { kind: 'none' }
  return entries.length === 1 ? said(first) : entries.map(said)
}

const said = (entry: Said): Noted => ({ ...entry })
