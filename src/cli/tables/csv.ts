import { CsvError, parse } from 'csv-parse/sync'
import { guarded, type Sheet } from '../../domain/imports/table.ts'

/** A file that is no table at all. */
export class UnreadableTableError extends Error {
  override readonly name = 'UnreadableTableError'
}

/**
 * Comma or semicolon, whichever the first line has more of (spreadsheets set to Indonesian write semicolons); UTF-8, with
 * or without a mark at the start. @throws UnreadableTableError
 */
export function readCsv(bytes: Uint8Array): Sheet {
  const text = decode(bytes)
  const first = text.split(/\r?\n/, 1)[0] ?? ''
  const count = (mark: string) => first.split(mark).length
  const delimiter = count(';') > count(',') ? ';' : ','
  try {
    const options = { delimiter, bom: true, info: true, relax_column_count: true }
    const records = parse(text, options) as unknown as CsvRecord[] // its types forget \`info\`
    return {
      lines: records.map(({ record, info }) => ({ line: startOf(record, info.lines), cells: record })),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = typeof error['lines'] === 'number' ? ` di baris ${error['lines']}` : ''
    throw new UnreadableTableError(`bukan tabel CSV yang utuh${line}: periksa tanda kutip`)
  }
}

interface CsvRecord {
  record: string[]
  info: { lines: number }
}

/** The parser counts the last line of a record; a cell may hold several. */
const startOf = (cells: readonly string[], last: number) =>
  last - cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UnreadableTableError('bukan teks UTF-8: simpan lagi sebagai "CSV UTF-8"')
  }
}

/** With a mark at the start, so that Excel reads it as UTF-8. */
export function writeCsv(columns: readonly string[], rows: readonly Record<string, string>[]): string {
  const line = (cells: readonly string[]) => cells.map(cell => quoted(guarded(cell))).join(',')
  const lines = rows.map(row => line(columns.map(column => row[column] ?? '')))
  return `\ufeff${[line(columns), ...lines].join('\r\n')}\r\n`
}

const quoted = (cell: string) => (/[",;\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
