import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WORKBOOK_IDS, WORKBOOKS, type WorkbookId } from '../../src/domain/workbooks.ts'
import { template } from '../../src/workbooks/books.ts'
import { calculate } from '../../src/workbooks/calculate.ts'
import { makeTemplate } from '../../src/workbooks/index.ts'
import { layOut, serialOf } from '../../src/workbooks/layout.ts'
import { convert, firstPages, pagePicture, withoutResults } from '../support/office.ts'
import { expectPicture } from '../support/pictures.ts'

/** The files as LibreOffice opens, recalculates and prints them. */
const TODAY = '2027-01-31'
const folder = mkdtempSync(path.join(tmpdir(), 'workbooks-'))
const files = WORKBOOK_IDS.map(id => WORKBOOKS[id].fileName)
let recalculated: string
let printed: string

beforeAll(async () => {
  for (const id of WORKBOOK_IDS) {
    const bytes = await withoutResults(await makeTemplate(id), serialOf(TODAY))
    writeFileSync(path.join(folder, WORKBOOKS[id].fileName), bytes)
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

describe.each(WORKBOOK_IDS)('%s', id => {
  test('LibreOffice computes from the formulas alone what is stored in the file', async () => {
    const zip = await JSZip.loadAsync(readFileSync(path.join(recalculated, WORKBOOKS[id].fileName)))
    const sheets = layOut(template(id))
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

/** The set has every sheet; of the others, what it has not. */
const OWN_SHEETS: Partial<Record<WorkbookId, string[]>> = { laba_rugi: ['Laba Rugi'], neraca: ['Neraca'] }

describe.each(WORKBOOK_IDS)('%s on paper', id => {
  test('each sheet looks like the reference', () => {
    const pdf = path.join(printed, WORKBOOKS[id].fileName.replace('.xlsx', '.pdf'))
    const pages = firstPages(pdf)
    expect([...pages.keys()]).toEqual(template(id).sheets.map(sheet => sheet.name))
    const wanted = id === 'paket_lengkap' ? [...pages.keys()] : ['Petunjuk', ...(OWN_SHEETS[id] ?? [])]
    for (const name of wanted)
      expectPicture(`workbooks/${id}-${name.replace(' ', '-')}`, pagePicture(pdf, pages.get(name) ?? 0))
  })
})
