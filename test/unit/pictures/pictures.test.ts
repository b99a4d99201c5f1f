import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import { laporanOf } from '../../../src/domain/ledger/laporan.ts'
import { monthOf, weekSpan } from '../../../src/domain/ledger/reports.ts'
import { pictureOf, pictureText, shortRupiah } from '../../../src/domain/ledger/picture.ts'
import { summarise } from '../../../src/domain/ledger/summary.ts'
import type { Entry } from '../../../src/domain/ledger/types.ts'
import { chartPicture } from '../../../src/pictures/chart.ts'
import { reportPicture } from '../../../src/pictures/report.ts'
import { expectPicture } from '../../support/pictures.ts'
import { entriesOf, january } from '../ledger/support.ts'

/** A warung's November: sales on most days, shopping twice a week. */
export const november: Entry[] = entriesOf(
  Array.from({ length: 30 }, (_, at) => at + 1).flatMap(day => {
    const date = `2026-11-${String(day).padStart(2, '0')}`
    return [
      ...(day % 7 === 1 ? [] : [{ kind: 'sale' as const, amount: 250_000 + ((day * 37_000) % 210_000), date, category: 'penjualan' as const }]),
      ...(day % 3 === 0 ? [{ kind: 'purchase' as const, amount: 320_000 + ((day * 13_000) % 90_000), date, category: 'bahan' as const }] : []),
      ...(day % 10 === 5 ? [{ kind: 'expense' as const, amount: 150_000, date, category: 'gaji' as const }] : []),
      ...(day === 8 ? [{ kind: 'expense' as const, amount: 240_000, date, category: 'utilitas' as const }] : []),
      ...(day === 20 ? [{ kind: 'expense' as const, amount: 85_000, date, category: 'kemasan' as const }] : []),
    ]
  }),
) // prettier-ignore

describe('the picture and its words come from the same figures as everything else', () => {
  const span = monthOf('2026-11-25')
  const data = pictureOf(november, span, 'id')
  test('to the rupiah', () => {
    const { operatingIn, operatingOut, surplus } = summarise(november, span)
    expect(data).toMatchObject({ in: operatingIn, out: operatingOut, left: surplus, title: 'November 2026' })
    const sum = (key: 'in' | 'out' | 'left') => data.days.reduce((total, day) => total + day[key], 0)
    expect([sum('in'), sum('out'), sum('left')]).toEqual([operatingIn, operatingOut, surplus])
    expect(data.days).toHaveLength(30)
  })
  test('in words', () => {
    expect(pictureText(data, 'id')).toMatchInlineSnapshot(`
      "November 2026: masuk Rp8.920.000, keluar Rp4.410.000.
      Sisa usaha (hitungan kas): Rp4.510.000.
      Paling ramai: Sel, 17 Nov, Rp459.000.
      Keluar terbanyak: Bahan & stok Rp3.635.000; Gaji & upah Rp450.000; Listrik, gas, air, pulsa Rp240.000; Kemasan Rp85.000."
    `)
    expect(pictureText(pictureOf(january, weekSpan('2026-01-07'), 'en'), 'en')).toMatchInlineSnapshot(`
      "Mon, 5 Jan – Sun, 11 Jan: in Rp1,700,000, out Rp0.
      Business surplus (cash count): Rp1,700,000.
      Best day: Sat, 10 Jan, Rp1,700,000."
    `)
    expect(pictureText(pictureOf([], weekSpan('2026-01-07'), 'id'), 'id')).toContain('masuk Rp0, keluar Rp0')
  })
  test.each([
    [350_000, '350 rb', '350k'],
    [1_250_000, '1,3 jt', '1.3m'],
    [-2_000_000_000, '-2 M', '-2b'],
    [950, '950', '950'],
  ])('%i is short for an axis', (amount, id, en) => {
    expect([shortRupiah(amount, 'id'), shortRupiah(amount, 'en')]).toEqual([id, en])
  })
})

describe('the pictures look like the references', () => {
  test('a week', () => {
    expectPicture('charts/week', chartPicture(pictureOf(november, weekSpan('2026-11-18'), 'id'), 'id'))
  })
  test('a month', () => {
    expectPicture('charts/month', chartPicture(pictureOf(november, monthOf('2026-11-18'), 'id'), 'id'))
  })
  test('nothing recorded, in English', () => {
    expectPicture('charts/empty', chartPicture(pictureOf([], weekSpan('2026-11-18'), 'en'), 'en'))
  })
  test('hundreds of millions fit their tiles', () => {
    const rich = november.map(entry => ({ ...entry, amount: entry.amount * 1000 }))
    expectPicture('charts/rich', chartPicture(pictureOf(rich, weekSpan('2026-11-18'), 'id'), 'id'))
    const tens = november.map(entry => ({ ...entry, amount: entry.amount * 10 }))
    expectPicture('charts/tens', chartPicture(pictureOf(tens, weekSpan('2026-11-18'), 'id'), 'id'))
  })
  test('more out than in, on a single day of the week; billions below zero', () => {
    const day = [
      { kind: 'sale' as const, amount: 50_000, date: '2026-11-18', category: 'penjualan' as const },
      { kind: 'expense' as const, amount: 4_321_000_000, date: '2026-11-18', category: 'utilitas' as const },
    ]
    expectPicture('charts/below', chartPicture(pictureOf(entriesOf(day), weekSpan('2026-11-18'), 'id'), 'id'))
    const sold = pictureOf(entriesOf(day.slice(0, 1)), weekSpan('2026-11-18'), 'id')
    expectPicture('charts/one-day', chartPicture(sold, 'id'))
  })
  test('the report for a bank', () => {
    expectPicture('charts/report', reportPicture(laporanOf([...january, ...november], [], '2026-11'), 'id'))
  })
  test('are wide enough for a phone that shows three pixels a point', () => {
    const { width } = PNG.sync.read(
      Buffer.from(chartPicture(pictureOf([], weekSpan('2026-11-18'), 'id'), 'id')),
    )
    expect(width).toBe(1080)
  })
})
