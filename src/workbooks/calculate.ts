import { DetailedCellError, HyperFormula, type RawCellContent } from 'hyperformula'
import { serialOf, type PlacedSheet } from './layout.ts'
import type { Value } from './types.ts'

/** By sheet, then by address: what each formula gives. An error is its sign, such as `#DIV/0!`. */
export type Results = ReadonlyMap<string, ReadonlyMap<string, Value>>

/**
 * Computes every formula. The results are stored in the file, because viewers on phones show what is stored and compute
 * nothing.
 * @param today `YYYY-MM-DD`: what TODAY() stands for, so that the same definition gives the same file on every day
 */
export function calculate(sheets: readonly PlacedSheet[], today: string): Results {
  const engine = HyperFormula.buildFromSheets(
    Object.fromEntries(sheets.map(sheet => [sheet.name, rowsOf(sheet, today)])),
    { licenseKey: 'gpl-v3', useArrayArithmetic: false, precisionRounding: 12 },
  )
  try {
    return new Map(sheets.map(sheet => [sheet.name, resultsOf(engine, sheet)]))
  } finally {
    engine.destroy()
  }
}

const placeOf = (address: string) => ({
  col: address.charCodeAt(0) - 65,
  row: Number(address.slice(1)) - 1,
})

function rowsOf(sheet: PlacedSheet, today: string): RawCellContent[][] {
  const rows: RawCellContent[][] = []
  for (const [address, { formula, value }] of sheet.cells) {
    const { col, row } = placeOf(address)
    const content = formula === undefined ? typed(value) : `=${formula}`
    ;(rows[row] ??= [])[col] = content === '=TODAY()' ? serialOf(today) : content
  }
  return Array.from(rows, row => Array.from(row ?? [], cell => cell ?? null))
}

/** A text that a person typed stays a text: without the apostrophe "=1/0" or "50%" would be read. */
const typed = (value: Value | undefined): RawCellContent =>
  typeof value === 'string' ? (value === '' ? null : `'${value}`) : value

function resultsOf(engine: HyperFormula, sheet: PlacedSheet): Map<string, Value> {
  const id = engine.getSheetId(sheet.name) ?? 0
  const results = new Map<string, Value>()
  for (const [address, cell] of sheet.cells) {
    if (cell.formula === undefined) continue
    const value = engine.getCellValue({ sheet: id, ...placeOf(address) })
    results.set(address, value instanceof DetailedCellError ? value.value : plain(value))
  }
  return results
}

const plain = (value: number | string | boolean | null): Value =>
  typeof value === 'boolean' ? Number(value) : (value ?? '')
