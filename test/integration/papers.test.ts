import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCall } from '../../src/app/calls.ts'
import type { CallName } from '../../src/app/callSpecs.ts'
import { createFiles } from '../../src/db/files.ts'
import { standing } from '../../src/domain/ledger/book.ts'
import { bridgeOf } from '../../src/domain/ledger/profit.ts'
import { monthOf, summaryText } from '../../src/domain/ledger/reports.ts'
import { cashAt, summarise } from '../../src/domain/ledger/summary.ts'
import type { NewRow } from '../../src/domain/ledger/ports.ts'
import type { Speaker } from '../../src/domain/people.ts'
import type { FileRef, Values } from '../../src/engine/types.ts'
import { formatRupiah } from '../../src/lib/format.ts'
import { PAPERS } from '../../src/papers.ts'
import { newChat, NOW, openWorld, registered, type World } from '../support/people.ts'
import { anySaid } from '../unit/workbooks/said.ts'

/** A month of 300 entries in the database: what is told, drawn and handed out of it is the same to the rupiah. */
const SPAN = monthOf('2026-11-25')
let world: World
let chat: Speaker
let id: string

beforeAll(async () => {
  world = await openWorld()
  chat = await newChat(world.db, 'busy')
  id = (await registered(world, chat)).id
  const all = fc.sample(anySaid, { seed: 7, numRuns: 300 })
  const rows = all.map((said): NewRow => ({
    does: 'add',
    said: { ...said, date: said.date.replace(/-1[02]-/, '-11-') },
  }))
  await world.within(async ({ books }) => {
    const ids = await books.add(id, 1n, rows, NOW)
    await books.add(
      id,
      2n,
      ids.slice(0, 9).map((row): NewRow => ({ does: 'reverse', row: row ?? 0 })),
      NOW,
    ) // taken back
  })
})
afterAll(() => world.close())

const call = (name: CallName, input: Values) =>
  world.within(repos =>
    runCall(name, input, {
      ...{ conversation: { ...chat, channel: 'telegram' }, inboundId: 3n, now: NOW, language: 'id' },
      ...{ holidays: [], facts: {}, repos, papers: PAPERS },
    }),
  )
const entries = () => world.within(async ({ books }) => standing(await books.rows(id)))
const bytesOf = async (file: unknown) => {
  const opened = await createFiles(world.db, world.sealer, {}).open('any', (file as FileRef).key)
  return Buffer.from((await opened?.bytes()) ?? [])
}

test('the words of the picture are those of the summary', async () => {
  const { output } = await call('book_picture', { what: 'month' })
  const { operatingIn, operatingOut, surplus } = summarise(await entries(), SPAN)
  const told = summaryText(summarise(await entries(), SPAN), 'id')
  for (const amount of [operatingIn, operatingOut, surplus]) {
    expect(output['words']).toContain(formatRupiah(amount))
    expect(told).toContain(formatRupiah(amount))
  }
  expect((output['file'] as FileRef).alt).toBe(output['words'])
  expect((await bytesOf(output['file'])).subarray(1, 4).toString()).toBe('PNG')
})

test('the figures of the workbook are those of the summary', async () => {
  const { output } = await call('book_month', { what: 'this_month' })
  const book = await new ExcelJS.Workbook().xlsx.load((await bytesOf(output['file'])) as never)
  const all = await entries()
  const { cashIn, cashOut } = summarise(all, SPAN)
  const kas = book.getWorksheet('Kas')
  expect(['D3', 'E3', 'F3'].map(cell => kas?.getCell(cell).result)).toEqual([
    ...[cashIn, cashOut, cashAt(all, SPAN.to)],
  ])
  const { surplus, profit } = bridgeOf(all, SPAN, { openingStock: 0, closingStock: 0, depreciation: 0 })
  const values = new Map<unknown, unknown>()
  book.getWorksheet('Laba Rugi')?.eachRow(row => values.set(row.getCell(1).value, row.getCell(2).result))
  expect(values.get('Sisa usaha (hitungan kas)')).toBe(surplus)
  expect(values.get('Laba bersih')).toBe(profit)
  expect(values.get('Sama dengan laba bersih?')).toBe('Cocok')
})

test('the row of the report is the summary too, and its files lie sealed', async () => {
  const { output } = await call('book_report', {})
  const book = await new ExcelJS.Workbook().xlsx.load((await bytesOf(output['file'])) as never)
  const { surplus, prive, sales, collected } = summarise(await entries(), SPAN)
  const sheet = book.getWorksheet('Laporan')
  expect(sheet?.getCell('A11').value).toBe('November 2026')
  expect([sheet?.getCell('B11').value, sheet?.getCell('K11').result, sheet?.getCell('L11').value]).toEqual([
    ...[sales + collected, surplus, prive],
  ])
  const rows = await world.db.file.findMany()
  expect(rows.every(row => !Buffer.from(row.bytes).includes('xl/worksheets'))).toBe(true)
})
