import type { EngineEvent } from '../../src/engine/advance.ts'
import type { CallSpecs, ListRow, Value, Values, VarType } from '../../src/engine/types.ts'

/** Calls without a database: any outcome that the call may have, with values of the promised types. */
export function anyOutcome(specs: CallSpecs, call: string, random: () => number): EngineEvent {
  const outcomes = Object.entries(specs[call]?.outcomes ?? {})
  const [outcome, output] = outcomes[Math.floor(random() * outcomes.length)] ?? ['', {}]
  const values: Values = Object.fromEntries(
    Object.entries(output).map(([name, type]) => [name, VALUES[type]]),
  )
  return { type: 'outcome', outcome, output: values, ...(specs[call]?.rows ? { rows: ROWS } : {}) }
}

const ROWS: ListRow[] = Array.from({ length: 14 }, (_, i) => ({ value: `r${i}`, label: `Baris ${i}` }))

const VALUES: Record<VarType, Value> = {
  text: '*bukan* <b>markup</b>',
  name: 'Siti',
  file: { key: 'own/none', name: 'a.txt', as: 'document' },
  choice: 'yes',
  choices: ['nib'],
  phone: { number: '+6281234567890', own: true },
  number: 7,
  rupiah: 500_000,
  date: '2026-11-27',
  time: '09:00',
  datetime: Date.parse('2026-11-27T09:00:00+07:00'),
  place: '31.73.05.1005',
  location: { latitude: -6.2, longitude: 106.8 },
  nik: '3171230101900001',
  rows: [],
}
