import { calculate } from './calculate.ts'
import { layOut } from './layout.ts'
import type { Workbook } from './types.ts'
import { write } from './write.ts'

/** A definition becomes a file. @param today `YYYY-MM-DD`, see `calculate` */
export async function make(workbook: Workbook, today: string): Promise<Uint8Array> {
  const sheets = layOut(workbook)
  return write({ title: workbook.title, sheets, results: calculate(sheets, today) })
}
