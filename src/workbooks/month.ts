import { cashAt, summarise } from '../domain/ledger/summary.ts'
import { monthSpan } from '../domain/ledger/months.ts'
import type { Entry } from '../domain/ledger/types.ts'
import { formatMonth } from '../lib/format.ts'
import { setOf } from './books.ts'
import { cashRows, debtRows, equipmentRows } from './monthRows.ts'
import { petunjuk } from './sheets/petunjuk.ts'
import type { FormSheet, Row, TableSheet, Value, Workbook } from './types.ts'

/** Rows left free below the entries, for what is still to be added by hand; few, since the file is printed too. */
const SPARE = 10
const LEAST_ROWS = 40

const STEPS = [
  'Lembar Kas berisi semua catatan Anda dari chat. Laba Rugi dan Neraca terhitung dari situ.',
  'Hitung barang yang tersisa dan tulis di lembar Stok; tulis umur alat di lembar Alat. Laba menjadi lebih tepat.',
  'Bagian "Dari kas ke laba" menunjukkan mengapa laba tidak sama dengan sisa usaha (hitungan kas).',
  'Perubahan di berkas ini tidak mengubah catatan di chat. Untuk memperbaiki catatan, pakai chat.',
]

/** Sheets of a month, in this order: what a person wants to see first. */
const SHEETS = ['Laba Rugi', 'Kas', 'Piutang', 'Utang', 'Stok', 'Alat', 'Neraca', 'Catatan', 'Kategori']

/**
 * The set, filled with somebody's own entries of a month: its formulas give the figures of the chat, to the rupiah.
 * @param entries every standing entry of the book: debts and cash come from before the month too
 * @param month `YYYY-MM`
 * @param least rows of the long tables, when there are few entries
 */
export function monthWorkbook(entries: readonly Entry[], month: string, least = LEAST_ROWS): Workbook {
  const span = monthSpan(month)
  const kas = cashRows(entries, span)
  const { cashChange } = summarise(entries, span)
  const [piutang, utang] = [debtRows(entries, span, 'receivable'), debtRows(entries, span, 'payable')]
  const tables: Record<string, Row[]> = {
    ...{ Kas: kas, Piutang: piutang, Utang: utang, Stok: [], Alat: equipmentRows(entries, span) },
  }
  const cells: Record<string, Value> = {
    ...{ dari: span.from, sampai: span.to, saldo_awal: cashAt(entries, span.to) - cashChange },
    utang_bank_awal: loansBefore(entries, span.from),
  }
  const all = setOf(least).map(sheet => filled(sheet, tables, cells))
  const sheets = SHEETS.flatMap(name => all.find(sheet => sheet.name === name) ?? [])
  const title = `Pembukuan ${formatMonth(month)}`
  return { title, sheets: [petunjuk({ title, steps: STEPS }, []), ...sheets] }
}

const loansBefore = (entries: readonly Entry[], from: string): number =>
  entries
    .filter(entry => entry.date < from)
    .reduce(
      (sum, { kind, amount }) => sum + (kind === 'loan_in' ? amount : kind === 'loan_out' ? -amount : 0),
      0,
    )

/** Texts of the notes that are true of everybody stay. */
const KEPT = new Set(['dasar', 'kebijakan'])

/** Own values in place of the example; what nobody said stays empty. */
function filled(
  sheet: TableSheet | FormSheet,
  tables: Readonly<Record<string, Row[]>>,
  cells: Readonly<Record<string, Value>>,
): TableSheet | FormSheet {
  if (sheet.kind === 'table') {
    const loose = Object.fromEntries(
      Object.entries(sheet.loose).map(([address, cell]) => [
        address,
        'input' in cell && cell.key !== undefined ? { ...cell, example: cells[cell.key] ?? '' } : cell,
      ]),
    )
    const own = tables[sheet.name]
    if (!own) return { ...sheet, loose }
    return { ...sheet, loose, example: own, rows: Math.max(sheet.rows, own.length + SPARE) }
  }
  return {
    ...sheet,
    lines: sheet.lines.map(line =>
      typeof line === 'object' && 'label' in line && 'input' in line && !KEPT.has(line.key)
        ? { ...line, example: cells[line.key] ?? '' }
        : line,
    ),
  }
}
