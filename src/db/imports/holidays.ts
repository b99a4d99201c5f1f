import type { HolidayRow } from '../../domain/imports/tables.ts'
import type { Tx } from '../client.ts'
import type { Done } from './done.ts'

export async function importHolidays(tx: Tx, rows: readonly HolidayRow[]): Promise<Done> {
  const done: Done = { added: 0, changed: 0, kept: 0 }
  for (const { tanggal: date, nama: name, jenis: kind } of rows) {
    const known = await tx.holiday.findUnique({ where: { date } })
    if (known?.name === name && known.kind === kind) done.kept++
    else if (known) done.changed++
    else done.added++
    await tx.holiday.upsert({ where: { date }, create: { date, name, kind }, update: { name, kind } })
  }
  return done
}

export async function exportHolidays(tx: Tx): Promise<Record<string, string>[]> {
  const rows = await tx.holiday.findMany({ orderBy: { date: 'asc' } })
  return rows.map(({ date, name, kind }) => ({ tanggal: date, nama: name, jenis: kind }))
}
