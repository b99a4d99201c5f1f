import type { Context } from './context.ts'
import { doubtOf } from './doubts.ts'
import type { Item } from './item.ts'
import { byMethod, deposit } from './patterns.ts'
import type { LedgerReading } from './result.ts'
import type { Said } from './types.ts'

/** The same once more minutes later: pressed twice, or a second one? "lagi" says which. */
export function repeated(reading: LedgerReading, items: readonly Item[], context: Context): LedgerReading {
  if (reading.is !== 'entries' || items.some(item => item.word === 'lagi')) return reading
  const same = JSON.stringify(reading.entries) === JSON.stringify(context.recent)
  return same ? { is: 'ask', why: 'repeat', candidates: [reading.entries, []] } : reading
}

/** The parts of a message as one reading: entries in order of mention, or the first question. */
export function together(parts: readonly LedgerReading[]): LedgerReading {
  const told = parts.filter(part => part.is !== 'none')
  const [first] = told
  if (first === undefined) return parts[0] ?? { is: 'none', why: 'unread' }
  if (told.length === 1 && parts.length === 1) return first
  const asked = told.find(part => part.is === 'ask')
  if (asked?.is === 'ask') return { ...asked, candidates: combined(told, asked) }
  const entries = told.flatMap(part => (part.is === 'entries' ? part.entries : []))
  // "omzet 500rb pengeluaran 200rb": the first figure may be a day's.
  if (parts.some(part => part.is === 'none' && part.why === 'period_figure'))
    return { is: 'ask', why: 'summary', candidates: [entries] }
  const parted = byMethod(entries)
  if (parted !== undefined) return parted
  const readings = deposit(entries)
  if (readings !== undefined) return { is: 'ask', why: 'amount', candidates: readings }
  return doubtOf(entries) ?? { is: 'entries', entries }
}

/** The certain parts stand in every candidate. */
function combined(parts: readonly LedgerReading[], asked: LedgerReading & { is: 'ask' }): Said[][] {
  const options = asked.candidates.length === 0 ? [[]] : asked.candidates
  return options.map(option =>
    parts.flatMap(part => (part.is === 'entries' ? part.entries : part === asked ? option : [])),
  )
}
