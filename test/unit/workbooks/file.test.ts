import ExcelJS from 'exceljs'
import JSZip from 'jszip'
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { WORKBOOKS, workbookKey, type WorkbookId } from '../../../src/domain/workbooks.ts'
import { makeTemplate, workbookFile } from '../../../src/workbooks/index.ts'
import { WORKBOOK_IDS } from './support.ts'

/** Shared by Excel 2010, WPS, Google Sheets and LibreOffice. */
const SHARED = ['SUM', 'SUMIF', 'SUMIFS', 'IF', 'AND', 'N', 'MAX', 'MIN', 'ABS', 'ROUND', 'ROUNDUP', 'CEILING', 'TEXT', 'TODAY', 'IFERROR', 'INDEX', 'MATCH'] // prettier-ignore

const files = new Map<WorkbookId, Uint8Array>()
const parts = new Map<WorkbookId, Map<string, string>>()
const books = new Map<WorkbookId, ExcelJS.Workbook>()

beforeAll(async () => {
  for (const id of WORKBOOK_IDS) {
    const bytes = await makeTemplate(id)
    const zip = await JSZip.loadAsync(bytes)
    const texts = new Map<string, string>()
    for (const name of Object.keys(zip.files).sort())
      texts.set(name, (await zip.file(name)?.async('string')) ?? '')
    files.set(id, bytes)
    parts.set(id, texts)
    books.set(id, await new ExcelJS.Workbook().xlsx.load(Buffer.from(bytes) as never))
  }
}, 60_000)

const cellsOf = (id: WorkbookId) => {
  const cells: { place: string; cell: ExcelJS.Cell }[] = []
  books
    .get(id)
    ?.eachSheet(sheet =>
      sheet.eachRow(row =>
        row.eachCell(cell => cells.push({ place: `${sheet.name}!${cell.address}`, cell })),
      ),
    )
  return cells
}
const fillOf = (cell: ExcelJS.Cell) =>
  (cell.fill as { fgColor?: { argb?: string } } | undefined)?.fgColor?.argb

test('the same definition is the same file, byte by byte', async () => {
  expect(Buffer.from(await makeTemplate('hpp')).equals(Buffer.from(files.get('hpp') ?? []))).toBe(true)
})

/** Raise `version` in domain/workbooks.ts when this changes: platforms keep a file by its key. */
test('a changed file has a new version', () => {
  const digests = WORKBOOK_IDS.map(id => {
    const all = [...(parts.get(id) ?? [])].map(([name, text]) => `${name}\n${text}`).join('\n')
    return `${workbookKey(id)} ${createHash('sha256').update(all).digest('hex').slice(0, 16)}`
  })
  expect(digests).toMatchSnapshot()
})

describe.each(WORKBOOK_IDS)('%s', id => {
  test('begins with the instructions, which name the cells of the example', () => {
    const first = books.get(id)?.worksheets[0]
    expect(first?.name).toBe('Petunjuk')
    expect(first?.getCell('A1').value).toBe(WORKBOOKS[id].title.id)
    const text = first?.getColumn(1).values.join('\n')
    expect(text).toContain('Menghapus contoh')
    expect(text).toContain('Kuning: isi di sini')
  })

  test('uses only functions that every program has, with English names and commas', () => {
    const used = new Set<string>()
    for (const { cell } of cellsOf(id)) {
      const formula = cell.formula?.replaceAll(/"[^"]*"/g, '""') ?? ''
      if (formula.includes(';')) used.add(formula)
      for (const [, name = ''] of formula.matchAll(/([A-Z][A-Z.]*)\(/g)) used.add(name)
    }
    expect([...used].filter(name => !SHARED.includes(name))).toEqual([])
  })

  test('cells to fill in are yellow and open, what computes is grey and locked', () => {
    const wrong = cellsOf(id).filter(({ place, cell }) => {
      const open = cell.protection?.locked === false
      const yellow = fillOf(cell) === 'FFFFF7C2' && !place.startsWith('Petunjuk')
      return yellow !== open || (cell.formula && fillOf(cell) !== 'FFEDEFF2')
    })
    expect(wrong.map(({ place }) => place)).toEqual([])
    for (const [name, xml] of parts.get(id) ?? [])
      if (name.startsWith('xl/worksheets/sheet')) {
        expect(xml).toContain('sheetProtection sheet="1"')
        expect(xml).not.toMatch(/password=|hashValue=/)
      }
  })

  test('money, dates and lists are checked when typed, with words that help', () => {
    const unchecked = cellsOf(id).filter(({ cell }) => {
      const rule = cell.dataValidation as ExcelJS.DataValidation | undefined
      return (
        cell.protection?.locked === false &&
        (cell.numFmt ?? 'General') !== 'General' &&
        rule?.errorTitle !== 'Belum pas'
      )
    })
    expect(unchecked.map(({ place }) => place)).toEqual([])
  })

  test('prints on A4, one page wide, with the heading on every page and in view', () => {
    for (const sheet of books.get(id)?.worksheets ?? []) {
      const { paperSize, fitToPage, fitToWidth, fitToHeight } = sheet.pageSetup
      expect({ paperSize, fitToPage, fitToWidth, fitToHeight }).toEqual({
        ...{ paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      })
      if (sheet.name !== 'Petunjuk') expect(sheet.views[0]?.state).toBe('frozen')
    }
  })

  test('names no person, in no cell and no property', () => {
    const core = parts.get(id)?.get('docProps/core.xml') ?? ''
    expect(core).toContain('<dc:creator>OK OCE</dc:creator>')
    expect(core).toContain('<cp:lastModifiedBy>OK OCE</cp:lastModifiedBy>')
    const app = parts.get(id)?.get('docProps/app.xml') ?? ''
    expect(app).toContain('<Company></Company>')
    const texts = parts.get(id)?.get('xl/sharedStrings.xml') ?? ''
    expect([...texts.matchAll(/\b(\+62|08)\d{8,}|\b\d{16}\b/g)]).toEqual([])
    const all = [...(parts.get(id)?.values() ?? [])].join('\n')
    expect([...all.matchAll(/\/(home|root|tmp|Users)\//g)]).toEqual([])
  })

  test('shows its figures to viewers that do not compute', () => {
    for (const [name, xml] of parts.get(id) ?? [])
      if (name.startsWith('xl/worksheets/'))
        expect([...xml.matchAll(/<\/f>(?!<v>)/g)].map(({ index }) => `${name} ${index}`)).toEqual([])
    expect(
      cellsOf(id).filter(({ cell }) => cell.formula && typeof cell.result === 'number').length,
    ).toBeGreaterThan(0)
  })

  test('is made for its key and version, and for no other', async () => {
    const file = workbookFile(workbookKey(id).slice('workbook/'.length))
    expect(Buffer.from((await file?.bytes()) ?? []).equals(Buffer.from(files.get(id) ?? []))).toBe(true)
    expect(workbookFile(`${id}@0`)).toBeUndefined()
    expect(workbookFile('lain@1')).toBeUndefined()
  })
})

test('dates and rupiah are written as people here write them', () => {
  const kas = books.get('buku_kas')?.getWorksheet('Kas')
  expect(kas?.getCell('A6').numFmt).toBe('dd/mm/yyyy')
  expect(kas?.getCell('D6').numFmt).toBe('"Rp"#,##0;[Red]-"Rp"#,##0')
  expect(kas?.getCell('C6').dataValidation).toMatchObject({ type: 'list', formulae: ['Kategori!$A$6:$A$29'] })
})
