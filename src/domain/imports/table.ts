import type { ReadCell } from './cells.ts'

export interface Column<T = unknown> {
  read: ReadCell<T>
  required?: boolean
  /** No two rows may have the same. */
  unique?: boolean
  /** What is wrong in it is never repeated in a message. */
  personal?: boolean
}
export type Columns = Readonly<Record<string, Column>>

/** One wrong cell. `line` counts from 1, the header included, as a spreadsheet does. */
export interface Problem {
  line: number
  column: string
  /** Undefined where it is personal or empty. */
  found?: string
  expected: string
}

export type RowOf<C extends Columns> = {
  [K in keyof C]: C[K] extends { read: ReadCell<infer T>; required: true }
    ? T
    : C[K] extends { read: ReadCell<infer T> }
      ? T | undefined
      : never
} & { line: number }

/** Keeps the columns' exact types. */
export const table = <const C extends Columns>(columns: C): C => columns

/** Lines of cells, the header first; each with its number in the file. */
export interface Sheet {
  lines: { line: number; cells: string[] }[]
}

/**
 * Reads a whole sheet. Every wrong cell is named, not only the first; with one of them there are no rows.
 */
export function readSheet<C extends Columns>(
  columns: C,
  { lines }: Sheet,
): { rows: RowOf<C>[]; problems: Problem[] } {
  const [header, ...body] = lines
  if (!header) return { rows: [], problems: [{ line: 1, column: '-', expected: headerOf(columns) }] }
  const names = header.cells.map(name => name.trim().toLowerCase())
  const problems = checkHeader(columns, names, header.line)
  const seen = new Map<string, number>()
  const rows = body
    .filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
    .map(({ line, cells }) => {
      const row: Record<string, unknown> = { line }
      for (const [name, column] of Object.entries(columns)) {
        const cell = unguarded((cells[names.indexOf(name)] ?? '').trim())
        const read = readCell(column, cell)
        if ('expected' in read)
          problems.push({ line, column: name, ...found(column, cell), expected: read.expected })
        else row[name] = read.value
        const before = column.unique && cell !== '' ? seen.get(`${name} ${cell.toLowerCase()}`) : undefined
        if (before !== undefined)
          problems.push({ line, column: name, expected: `yang belum ada di baris ${before}` })
        if (column.unique) seen.set(`${name} ${cell.toLowerCase()}`, line)
      }
      return row as RowOf<C>
    })
  return problems.length > 0 ? { rows: [], problems } : { rows, problems }
}

function readCell(column: Column, cell: string): ReturnType<ReadCell<unknown>> {
  if (cell !== '') return column.read(cell)
  return column.required ? { expected: 'tidak boleh kosong' } : { value: undefined }
}

const found = (column: Column, cell: string) => (column.personal || cell === '' ? {} : { found: cell })

const headerOf = (columns: Columns) => `baris judul: ${Object.keys(columns).join(', ')}`

function checkHeader(columns: Columns, names: readonly string[], line: number): Problem[] {
  const known = Object.keys(columns)
  const unknown = names.filter(name => name !== '' && !known.includes(name))
  const missing = known.filter(name => columns[name]?.required && !names.includes(name))
  const twice = names.filter((name, at) => name !== '' && names.indexOf(name) !== at)
  return [
    ...unknown.map(name => ({ line, column: name, expected: `salah satu dari kolom: ${known.join(', ')}` })),
    ...missing.map(name => ({ line, column: name, expected: 'kolom ini harus ada' })),
    ...twice.map(name => ({ line, column: name, expected: 'satu kolom saja dengan nama ini' })),
  ]
}

/** Cells that a spreadsheet would run as a formula are written with an apostrophe before them. */
export const guarded = (cell: string): string =>
  /^[=+\-@\t\r]/.test(cell) && cell !== '-' ? `'${cell}` : cell
const unguarded = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
