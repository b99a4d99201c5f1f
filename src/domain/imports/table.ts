import type { ReadCell } from './cells.ts'

export interface Column<T = unknown> {
  read: ReadCell<T>
  required?: boolean
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

/** A table's columns, and what says which thing a row is about: no two rows of a sheet may be about the same. */
export interface Layout<C extends Columns> {
  columns: C
  /** The values that name the thing, by the columns they stand in. */
  identity(row: RowOf<C>): Partial<Record<keyof C & string, unknown>>
}

/** Keeps the columns' exact types. */
export const table = <const C extends Columns>(columns: C, identity: Layout<C>['identity']): Layout<C> => ({
  columns,
  identity,
})

/** Lines of cells, the header first; each with its number in the file. */
export interface Sheet {
  lines: { line: number; cells: string[] }[]
}

/**
 * Reads a whole sheet. Every wrong cell is named, not only the first, and every row that says again what another has said;
 * with one of them there are no rows.
 */
export function readSheet<C extends Columns>(
  { columns, identity }: Layout<C>,
  { lines }: Sheet,
): { rows: RowOf<C>[]; problems: Problem[] } {
  const [header, ...body] = lines
  if (!header) return { rows: [], problems: [{ line: 1, column: '-', expected: headerOf(columns) }] }
  const names = header.cells.map(name => name.trim().toLowerCase())
  const read = body
    .filter(({ cells }) => cells.some(cell => cell.trim() !== ''))
    .map(({ line, cells }) => readRow(columns, line, name => cells[names.indexOf(name)] ?? ''))
  const whole = read.flatMap(({ row, problems }) => (problems.length === 0 ? [row] : []))
  const problems = [
    ...checkHeader(columns, names, header.line),
    ...read.flatMap(each => each.problems),
    ...repeats(identity, whole),
  ]
  return { rows: problems.length > 0 ? [] : whole, problems }
}

function readRow<C extends Columns>(columns: C, line: number, cellOf: (name: string) => string) {
  const row: Record<string, unknown> = { line }
  const problems: Problem[] = []
  for (const [name, column] of Object.entries(columns)) {
    const cell = unguarded(cellOf(name).trim())
    const read = readCell(column, cell)
    if ('expected' in read)
      problems.push({ line, column: name, ...found(column, cell), expected: read.expected })
    else row[name] = read.value
  }
  return { row: row as RowOf<C>, problems }
}

/** By what the cells mean, not by how they are written: a second row would silently undo the first. */
function repeats<C extends Columns>(identity: Layout<C>['identity'], rows: readonly RowOf<C>[]): Problem[] {
  const first = new Map<string, number>()
  return rows.flatMap(row => {
    const { line } = row
    const same = identity(row)
    const key = JSON.stringify(same)
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, line)
      return []
    }
    const column = Object.keys(same).join(' + ')
    return [{ line, column, expected: `yang belum ada di baris ${before}: satu baris saja untuk yang sama` }]
  })
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
