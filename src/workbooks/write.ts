import ExcelJS, { type Cell, type Worksheet } from 'exceljs'
import JSZip from 'jszip'
import type { Results } from './calculate.ts'
import type { Placed, PlacedSheet } from './layout.ts'
import { FONT, FONT_SIZE, styleOf } from './look.ts'
import { alert, page, validate } from './rules.ts'
import type { Value } from './types.ts'

/** Properties name the programme, never a person; the date belongs to the definition, not to the day. */
const CREATOR = 'OK OCE'
const CREATED = new Date('2026-11-25T00:00:00Z')

export interface Writing {
  title: string
  sheets: readonly PlacedSheet[]
  results: Results
}

/** @returns the bytes of an .xlsx file; the same input always gives the same bytes. */
export async function write({ title, sheets, results }: Writing): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  Object.assign(book, {
    creator: CREATOR,
    lastModifiedBy: CREATOR,
    created: CREATED,
    modified: CREATED,
    title,
  })
  book.calcProperties.fullCalcOnLoad = true
  for (const sheet of sheets) await writeSheet(book.addWorksheet(sheet.name), sheet, results.get(sheet.name))
  return steady(await book.xlsx.writeBuffer())
}

/** exceljs stamps the hour into the archive; packed again with one date, the same content is the same file. */
async function steady(bytes: ArrayBuffer): Promise<Uint8Array> {
  const from = await JSZip.loadAsync(bytes)
  const to = new JSZip()
  for (const name of Object.keys(from.files).sort()) {
    const part = (await from.file(name)?.async('string')) ?? ''
    const content = name === STYLES ? inOurFont(part) : part
    to.file(name, content, { date: CREATED, createFolders: false })
  }
  return to.generateAsync({ type: 'uint8array', compression: 'DEFLATE', platform: 'DOS' })
}

const STYLES = 'xl/styles.xml'

/**
 * The first font of a file is the measure of its column widths, and exceljs always writes Calibri. Where that is missing,
 * another font would make every column wider, and pages would be cut.
 */
const inOurFont = (styles: string): string =>
  styles.replace(
    /<font>.*?<\/font>/,
    `<font><sz val="${FONT_SIZE}"/><name val="${FONT}"/><family val="2"/></font>`,
  )

async function writeSheet(out: Worksheet, sheet: PlacedSheet, results?: ReadonlyMap<string, Value>) {
  for (const [at, width] of sheet.widths.entries()) out.getColumn(at + 1).width = width
  for (const [address, placed] of sheet.cells) {
    const cell = out.getCell(address)
    setValue(cell, placed, results?.get(address))
    Object.assign(cell, { style: styleOf(placed) })
    if (placed.tall && placed.role === 'input') tall(out, address)
  }
  validate(out, sheet)
  alert(out, sheet)
  page(out, sheet)
  // Without a password: it keeps formulas from being overwritten by accident, nothing more.
  await out.protect('', {
    ...{ selectLockedCells: true, selectUnlockedCells: true, formatColumns: true, formatRows: true },
    ...{ sort: true, autoFilter: true },
  })
}

function setValue(cell: Cell, placed: Placed, result: Value | undefined): void {
  if (placed.formula !== undefined) cell.value = { formula: placed.formula, result: result ?? '' }
  else if (placed.value !== undefined && placed.value !== '') cell.value = placed.value
}

function tall(out: Worksheet, address: string): void {
  const row = Number(address.replace(/\D+/, ''))
  out.mergeCells(`${address}:D${row}`)
  out.getRow(row).height = 48
}
