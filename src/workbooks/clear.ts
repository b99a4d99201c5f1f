import { columnName, FIRST_ROW } from './layout.ts'
import type { ToClear } from './sheets/petunjuk.ts'
import type { FormSheet, TableSheet } from './types.ts'

const FIRST_LINE = 4

/** The cells that hold example values, so that the instructions can name them. What should stay (months) is not among them. */
export const toClear = (sheets: readonly (TableSheet | FormSheet)[]): ToClear[] =>
  sheets
    .map(sheet => ({ sheet: sheet.name, ranges: sheet.kind === 'table' ? ofTable(sheet) : ofForm(sheet) }))
    .filter(({ ranges }) => ranges.length > 0)

const STAY = new Set(['bulan', 'dari', 'sampai', 'tarif', 'batas', 'dasar', 'kebijakan'])

function ofTable({ columns, example, loose }: TableSheet): string[] {
  const last = FIRST_ROW + example.length - 1
  const above = Object.entries(loose)
    .filter(([, cell]) => 'input' in cell && cell.example !== undefined && !STAY.has(cell.key ?? ''))
    .map(([address]) => address)
  const filled = columns
    .map((column, at) => ({ at, does: 'input' in column && !STAY.has(column.key) }))
    .filter(({ does }) => does)
    .map(({ at }) => at)
  return [...above, ...joined(filled).map(([from, to]) => range(columnName(from), columnName(to), last))]
}

const range = (from: string, to: string, last: number): string =>
  from === to && last === FIRST_ROW ? `${from}${last}` : `${from}${FIRST_ROW}:${to}${last}`

function ofForm({ lines }: FormSheet): string[] {
  const filled = lines.flatMap((line, at) =>
    typeof line === 'object' && 'label' in line && 'input' in line && !STAY.has(line.key)
      ? [FIRST_LINE + at]
      : [],
  )
  const items = lines.flatMap((line, at) =>
    typeof line === 'object' && 'cells' in line ? [FIRST_LINE + at] : [],
  )
  const table = items.length > 0 ? [`A${items[0] ?? 0}:C${items.at(-1) ?? 0}`] : []
  return [...table, ...joined(filled).map(([from, to]) => (from === to ? `B${from}` : `B${from}:B${to}`))]
}

/** Numbers that follow each other, as spans. */
const joined = (numbers: readonly number[]): [number, number][] =>
  numbers.reduce<[number, number][]>((spans, number) => {
    const last = spans.at(-1)
    if (last?.[1] === number - 1) last[1] = number
    else spans.push([number, number])
    return spans
  }, [])
