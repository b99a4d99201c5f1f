import { monthSpan } from '../domain/ledger/months.ts'
import type { Laporan } from '../domain/ledger/laporan.ts'
import type { Entry } from '../domain/ledger/types.ts'
import { calculate } from './calculate.ts'
import { laporanWorkbook } from './laporan.ts'
import { layOut } from './layout.ts'
import { monthWorkbook } from './month.ts'
import type { Workbook } from './types.ts'
import { write } from './write.ts'

/** A definition becomes a file. @param today `YYYY-MM-DD`, see `calculate` */
export async function make(workbook: Workbook, today: string): Promise<Uint8Array> {
  const sheets = layOut(workbook)
  return write({ title: workbook.title, sheets, results: calculate(sheets, today) })
}

/** What is overdue is stored as of the month's last day; programs that compute take the day on which it is opened. */
export const makeMonth = (entries: readonly Entry[], month: string): Promise<Uint8Array> =>
  make(monthWorkbook(entries, month), monthSpan(month).to)

export const makeLaporan = (laporan: Laporan): Promise<Uint8Array> =>
  make(laporanWorkbook(laporan), monthSpan(laporan.months.at(-1)?.month ?? '2026-01').to)
