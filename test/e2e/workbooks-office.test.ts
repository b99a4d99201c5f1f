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
import { layOut, serialOf } from '../../src/workbooks/layout.ts'
import { make } from '../../src/workbooks/make.ts'
import { monthWorkbook } from '../../src/workbooks/month.ts'
import type { Workbook } from '../../src/workbooks/types.ts'
import { convert, firstPages, pagePicture, withoutResults } from '../support/office.ts'
import { expectPicture } from '../support/pictures.ts'
import { january } from '../unit/ledger/support.ts'

/** The files as LibreOffice opens, recalculates and prints them. */
const TODAY = '2027-01-31'
const folder = mkdtempSync(path.join(tmpdir(), 'workbooks-'))

interface File {
  workbook: Workbook
  name: string
  /** Sheets to be looked at; of the templates the set has every sheet, of the others what it has not. */
  look: 'all' | string[]
}
const OWN_SHEETS: Partial<Record<WorkbookId, string[]>> = { laba_rugi: ['Laba Rugi'], neraca: ['Neraca'] }
const FILES: Record<string, File> = {
  ...Object.fromEntries(
    WORKBOOK_IDS.map((id): [string, File] => [
      id,
      {
        ...{ workbook: template(id), name: WORKBOOKS[id].fileName },
        look: id === 'paket_lengkap' ? 'all' : ['Petunjuk', ...(OWN_SHEETS[id] ?? [])],
      },
    ]),
  ),
  // January of the worked example, kept by chat.
  month: { workbook: monthWorkbook(january, '2026-01'), name: 'month.xlsx', look: ['Laba Rugi', 'Kas'] },
  laporan: {
    workbook: laporanWorkbook(laporanOf(january, [], '2026-01')),
    name: 'laporan.xlsx',
    look: 'all',
  },
}
const EACH = Object.entries(FILES)
const files = EACH.map(([, { name }]) => name)
let recalculated: string
let printed: string

beforeAll(async () => {
  for (const { workbook, name } of Object.values(FILES)) {
    const bytes = await withoutResults(await make(workbook, TODAY), serialOf(TODAY))
    writeFileSync(path.join(folder, name), bytes)
  }
  recalculated = convert(folder, files, 'xlsx')
  printed = convert(folder, files, 'pdf')
}, 240_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const rounded = (value: number | string) =>
  typeof value === 'number' ? Math.round(value * 1e6) / 1e6 : value

/** What LibreOffice stored for each formula of a sheet, by address. exceljs reads a result of 0 as none. */
async function resultsOf(zip: JSZip, sheet: number): Promise<Map<string, number | string>> {
  const xml = (await zip.file(`xl/worksheets/sheet${sheet}.xml`)?.async('string')) ?? ''
  const cells = xml.matchAll(
    /<c r="([A-Z]+\d+)"[^>]*?(?: t="(\w+)")?><f[^>]*>[^<]*<\/f>(?:<v>([^<]*)<\/v>)?/g,
  )
  return new Map(
    [...cells].map(([, address = '', type, value = '']) => [
      address,
      type === 'str' || type === 'e' ? value : rounded(Number(value)),
    ]),
  )
}

describe.each(EACH)('%s', (_, { workbook, name: file }) => {
  test('LibreOffice computes from the formulas alone what is stored in the file', async () => {
    const zip = await JSZip.loadAsync(readFileSync(path.join(recalculated, file)))
    const sheets = layOut(workbook)
    const results = calculate(sheets, TODAY)
    const different: string[] = []
    for (const [at, { name, cells }] of sheets.entries()) {
      const theirs = await resultsOf(zip, at + 1)
      for (const [address, value] of results.get(name) ?? []) {
        if (cells.get(address)?.formula === 'TODAY()') continue // a fixed day stands there
        if (theirs.get(address) !== rounded(value))
          different.push(`${name}!${address}: ${theirs.get(address)} instead of ${value}`)
      }
    }
    expect(different).toEqual([])
  })
})

describe.each(EACH)('%s on paper', (id, { workbook, name: file, look }) => {
  test('each sheet looks like the reference', () => {
    const pdf = path.join(printed, file.replace('.xlsx', '.pdf'))
    const pages = firstPages(pdf)
    expect([...pages.keys()]).toEqual(workbook.sheets.map(sheet => sheet.name))
    for (const name of look === 'all' ? pages.keys() : look)
      expectPicture(`workbooks/${id}-${name.replace(' ', '-')}`, pagePicture(pdf, pages.get(name) ?? 0))
  })
})
