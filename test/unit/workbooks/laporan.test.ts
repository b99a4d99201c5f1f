import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { laporanOf } from '../../../src/domain/ledger/laporan.ts'
import { monthSpan } from '../../../src/domain/ledger/months.ts'
import { summarise } from '../../../src/domain/ledger/summary.ts'
import { laporanWorkbook } from '../../../src/workbooks/laporan.ts'
import { layOut } from '../../../src/workbooks/layout.ts'
import { entriesOf, january } from '../ledger/support.ts'
import { anySaid } from './said.ts'
import { recalculated } from './support.ts'

const paper = (...given: Parameters<typeof laporanOf>) => {
  const sheets = layOut(laporanWorkbook(laporanOf(...given)))
  return { at: recalculated(sheets), words: [...(sheets[0]?.cells.values() ?? [])].map(({ value }) => value) }
}

test('six rows, one a month; the January of the worked example', () => {
  const { at } = paper(january, ['2026-01-04'], '2026-01')
  const row = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O'].map(column =>
    at(`Laporan!${column}11`),
  )
  expect(row).toEqual([
    ...['Januari 2026', 4_850_000, 0, 1_100_000, 0, 500_000, 0, 250_000, 0, 0, 3_000_000, 400_000, 0],
    ...[4_600_000, '13 dari 31'],
  ]) // prettier-ignore
  expect(at('Laporan!A6')).toBe('Agustus 2025')
  expect(at('Laporan!K4')).toBe(3_000_000)
})

describe('what is said on it', () => {
  const { words } = paper(january, [], '2026-01')
  const all = words.join('\n')
  test('who owes, who says so, and a line to sign', () => {
    expect(all).toContain('Piutang (pelanggan yang belum membayar): Rp250.000')
    expect(all).toContain('• Bu Ani: Rp250.000')
    expect(all).toContain('Utang usaha: Rp100.000')
    expect(all).toContain('dicatat sendiri oleh pemilik')
    expect(all).toContain('Tanda tangan pemilik')
    expect(all).toContain('1 dari 6 bulan tercatat')
  })
  test('no score, no judgement, no promise', () => {
    expect(all).not.toMatch(/skor|layak|maksimal|plafon|dijamin|disetujui|pasti/i)
  })
})

test('loans, capital and prive are never sales or costs: each row is the surplus of the chat', () => {
  fc.assert(
    fc.property(fc.array(anySaid, { maxLength: 40 }), said => {
      const entries = entriesOf(said)
      const { at } = paper(entries, [], '2026-12')
      for (const [row, month] of [
        [9, '2026-10'],
        [10, '2026-11'],
        [11, '2026-12'],
      ] as const)
        expect(at(`Laporan!K${row}`)).toBe(summarise(entries, monthSpan(month)).surplus)
    }),
    { numRuns: 50 },
  )
})
