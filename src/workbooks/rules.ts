import type { Worksheet } from 'exceljs'
import { FONT } from './look.ts'
import { FIRST_ROW, type PlacedSheet } from './layout.ts'

/** Kind words instead of Excel's own when something else is typed. */
const WANTED: Readonly<Record<'rupiah' | 'number' | 'percent' | 'date', string>> = {
  rupiah: 'Tulis angka saja, tanpa Rp dan tanpa titik. Contoh: 50000',
  number: 'Tulis angka. Contoh: 10 atau 2,5',
  percent: 'Tulis persen. Contoh: 40%',
  date: 'Tulis tanggal: hari/bulan/tahun. Contoh: 25/01/2027',
}

/** What may be typed where. */
export function validate(out: Worksheet, sheet: PlacedSheet): void {
  for (const [address, { role, format, list, signed }] of sheet.cells) {
    if (role !== 'input') continue
    const cell = out.getCell(address)
    const common = { allowBlank: true, showErrorMessage: true, errorTitle: 'Belum pas' }
    if (list !== undefined)
      cell.dataValidation = { ...common, type: 'list', formulae: [list], error: 'Pilih dari daftar.' }
    else if (format === 'date') {
      const since = new Date('2000-01-01T00:00:00Z')
      const rule = { type: 'date' as const, operator: 'greaterThanOrEqual' as const, formulae: [since] }
      cell.dataValidation = { ...common, ...rule, error: WANTED.date }
    } else if (format !== 'text') {
      const least = signed ? -1e15 : 0
      const rule = { type: 'decimal' as const, operator: 'greaterThanOrEqual' as const, formulae: [least] }
      cell.dataValidation = { ...common, ...rule, error: WANTED[format] }
    }
  }
}

const ALERT = { font: { bold: true, color: { argb: 'FFC00000' } } }

/** Texts that call for attention, in red; the rules of a column stand once. */
export function alert(out: Worksheet, sheet: PlacedSheet): void {
  const spans = new Map<string, { first: string; last: string; conditions: string[] }>()
  for (const [address, { alerts, fine }] of sheet.cells) {
    const conditions = [
      ...(alerts ?? []).map(text => `="${text}"`),
      ...(fine === undefined ? [] : [`<>"${fine}"`]),
    ]
    if (conditions.length === 0) continue
    const name = `${address.slice(0, 1)} ${conditions.join()}`
    spans.set(name, { first: spans.get(name)?.first ?? address, last: address, conditions })
  }
  let priority = 1
  for (const { first, last, conditions } of spans.values())
    out.addConditionalFormatting({
      ref: `${first}:${last}`,
      rules: conditions.map(condition => ({
        ...{ type: 'expression', formulae: [`${first}${condition}`], style: ALERT, priority: priority++ },
      })),
    })
}

/** Rows that a finger can hit. */
const ROW_HEIGHT = 17
const HEIGHT_OF_LINE = 15
const LETTERS_OF_LINE = 72

/** Paper, what stays in view, heights. */
export function page(out: Worksheet, sheet: PlacedSheet): void {
  Object.assign(out.pageSetup, {
    ...{ paperSize: 9, orientation: sheet.landscape ? 'landscape' : 'portrait' },
    ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    margins: { left: 0.5, right: 0.5, top: 0.6, bottom: 0.6, header: 0.3, footer: 0.3 },
  })
  out.headerFooter.oddFooter = `&L&"${FONT}"&8OK OCE · &A&R&"${FONT}"&8Halaman &P dari &N`
  out.properties.defaultRowHeight = ROW_HEIGHT
  if (sheet.kind === 'table') {
    out.views = [{ state: 'frozen', ySplit: FIRST_ROW - 1, xSplit: 0 }]
    out.pageSetup.printTitlesRow = `1:${FIRST_ROW - 1}`
    out.getRow(FIRST_ROW - 1).height = 2 * HEIGHT_OF_LINE
  } else if (sheet.kind === 'form') {
    out.views = [{ state: 'frozen', ySplit: 2, xSplit: 0 }]
    for (const [address, { role }] of sheet.cells)
      if (role === 'heading') out.getRow(Number(address.slice(1))).height = 2 * HEIGHT_OF_LINE
  } else {
    out.views = [{ showGridLines: false }]
    for (const [address, { value, as }] of sheet.cells) {
      const lines = Math.ceil(String(value ?? '').length / LETTERS_OF_LINE)
      const spare = as === 'heading' ? 14 : 3
      out.getRow(Number(address.slice(1))).height = address === 'A1' ? 24 : lines * HEIGHT_OF_LINE + spare
    }
  }
}
