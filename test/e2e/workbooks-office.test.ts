import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WORKBOOK_IDS, WORKBOOKS, type WorkbookId } from '../../src/domain/workbooks.ts'
import { laporanOf } from '../../src/domain/ledger/laporan.ts'
import { template } from '../../src/workbooks/books.ts'
import { calculate } from '../../src/workbooks/calculate.ts'
import { laporanWorkbook } from '../../src/workbooks/laporan.ts'
import { layOut, serialOf, type PlacedSheet } from '../../src/workbooks/layout.ts'
import { monthWorkbook } from '../../src/workbooks/month.ts'
import type { Value, Workbook } from '../../src/workbooks/types.ts'
import { write } from '../../src/workbooks/write.ts'
import { convert, firstPages, pagePicture, withoutResults } from '../support/office.ts'
import { expectPicture } from '../support/pictures.ts'
import { january } from '../unit/ledger/support.ts'
import { inputsOf, typeInto } from '../unit/workbooks/support.ts'

/** The files as LibreOffice opens, recalculates and prints them. */
const TODAY = '2027-01-31'
const folder = mkdtempSync(path.join(tmpdir(), 'workbooks-'))

interface File {
  sheets: PlacedSheet[]
  name: string
  /** Sheets to be looked at; of the templates the set has every sheet, of the others what it has not. */
  look: 'all' | string[]
}
const file = (workbook: Workbook, name: string, look: File['look']): File => ({
  ...{ sheets: layOut(workbook), name, look },
})

/** The whole set as somebody in a hurry fills it in: words for numbers, below zero, nothing at all. */
const WRONG: (Value | undefined)[] = ['lima ribu', -1_000_000, 900_000, undefined, '31/02/2027', 0, 'Penjualan', 46_418, ' ', 0.5] // prettier-ignore
const wrong = (values: readonly (Value | undefined)[], name: string): File => {
  const sheets = layOut(template('paket_lengkap', 12))
  const typed = inputsOf(sheets).map((place, at) => [place, values[at % values.length]])
  return { sheets: typeInto(sheets, Object.fromEntries(typed)), name, look: [] }
}

const OWN_SHEETS: Partial<Record<WorkbookId, string[]>> = { laba_rugi: ['Laba Rugi'], neraca: ['Neraca'] }
const FILES: Record<string, File> = {
  ...Object.fromEntries(
    WORKBOOK_IDS.map((id): [string, File] => [
      id,
      file(
        template(id),
        WORKBOOKS[id].fileName,
        id === 'paket_lengkap' ? 'all' : ['Petunjuk', ...(OWN_SHEETS[id] ?? [])],
      ),
    ]),
  ),
  // January of the worked example, kept by chat.
  month: file(monthWorkbook(january, '2026-01'), 'month.xlsx', ['Laba Rugi', 'Kas']),
  laporan: file(laporanWorkbook(laporanOf(january, [], '2026-01')), 'laporan.xlsx', 'all'),
  empty: wrong([undefined], 'empty.xlsx'),
  wrong: wrong(WRONG, 'wrong.xlsx'),
  'wrong, shifted': wrong(WRONG.slice(0, -1), 'wrong-shifted.xlsx'),
}
const EACH = Object.entries(FILES)
const files = EACH.map(([, { name }]) => name)
let recalculated: string
let printed: string

beforeAll(async () => {
  for (const { sheets, name } of Object.values(FILES)) {
    const bytes = await write({ title: name, sheets, results: calculate(sheets, TODAY) })
    writeFileSync(path.join(folder, name), await withoutResults(bytes, serialOf(TODAY)))
  }
  recalculated = convert(folder, files, 'xlsx')
  printed = convert(
    folder,
    SEEN.map(([, { name }]) => name),
    'pdf',
  )
}, 900_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Programs differ in the last binary digits. */
const same = (one: number | string | undefined, other: number | string): boolean =>
  typeof one === 'number' && typeof other === 'number'
    ? Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other))
    : one === other

/** What LibreOffice stored for each formula of a sheet, by address. exceljs reads a result of 0 as none. */
async function resultsOf(zip: JSZip, sheet: number): Promise<Map<string, number | string>> {
  const xml = (await zip.file(`xl/worksheets/sheet${sheet}.xml`)?.async('string')) ?? ''
  const cells = xml.matchAll(
    /<c r="([A-Z]+\d+)"[^>]*?(?: t="(\w+)")?><f[^>]*>[^<]*<\/f>(?:<v>([^<]*)<\/v>)?/g,
  )
  return new Map(
    [...cells].map(([, address = '', type, value = '']) => [
      address,
      type === 'str' || type === 'e' ? value : Number(value),
    ]),
  )
}

describe.each(EACH)('%s', (_, { sheets, name: file }) => {
  test('LibreOffice computes from the formulas alone what is stored in the file', async () => {
    const zip = await JSZip.loadAsync(readFileSync(path.join(recalculated, file)))
    const results = calculate(sheets, TODAY)
    const different: string[] = []
    for (const [at, { name, cells }] of sheets.entries()) {
      const theirs = await resultsOf(zip, at + 1)
      for (const [address, value] of results.get(name) ?? []) {
        if (cells.get(address)?.formula === 'TODAY()') continue // a fixed day stands there
        if (!same(theirs.get(address), value))
          different.push(`${name}!${address}: ${theirs.get(address)} instead of ${value}`)
      }
    }
    expect(different).toEqual([])
  })
})

const SEEN = EACH.filter(([, { look }]) => look.length > 0)
describe.each(SEEN)('%s on paper', (id, { sheets, name: file, look }) => {
  test('each sheet looks like the reference', () => {
    const pdf = path.join(printed, file.replace('.xlsx', '.pdf'))
    const pages = firstPages(pdf)
    expect([...pages.keys()]).toEqual(sheets.map(sheet => sheet.name))
    for (const name of look === 'all' ? pages.keys() : look)
      expectPicture(`workbooks/${id}-${name.replace(' ', '-')}`, pagePicture(pdf, pages.get(name) ?? 0))
  })
})
