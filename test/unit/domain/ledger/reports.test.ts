import { describe, expect, test } from 'vitest'
import { debtsOf, openDebts } from '../../../../src/domain/ledger/debts.ts'
import {
  daySpan,
  debtsText,
  duePlea,
  echo,
  progressText,
  spanText,
  weekSpan,
} from '../../../../src/domain/ledger/reports.ts'
import type { Entry, Said } from '../../../../src/domain/ledger/types.ts'
import { entryLine } from '../../../../src/domain/ledger/words.ts'

const TODAY = '2026-11-25'
const entry = (said: Partial<Said>, id = 1): Entry => ({
  kind: 'sale',
  amount: 50_000,
  date: TODAY,
  id,
  recordedAt: 0,
  ...said,
})

describe('an entry reads with whole rupiah, direction and day', () => {
  test.each<[Partial<Said>, string, string]>([
    [
      { item: 'bakso' },
      'penjualan bakso Rp50.000 (uang masuk) · Rab, 25 Nov',
      'sale of bakso Rp50,000 (money in) · Wed, 25 Nov',
    ],
    [{}, 'penjualan Rp50.000 (uang masuk) · Rab, 25 Nov', 'sale Rp50,000 (money in) · Wed, 25 Nov'],
    [
      { kind: 'purchase', category: 'bahan', item: 'telur', qty: 5, unitPrice: 28_000, amount: 140_000 },
      'belanja telur Rp140.000 (uang keluar) · 5 × Rp28.000 · Rab, 25 Nov',
      'purchase of telur Rp140,000 (money out) · 5 × Rp28,000 · Wed, 25 Nov',
    ],
    [
      { kind: 'expense', category: 'gaji', party: 'udin', amount: 1_200_000 },
      'biaya gaji & upah, Udin Rp1.200.000 (uang keluar) · Rab, 25 Nov',
      'cost of wages, Udin Rp1,200,000 (money out) · Wed, 25 Nov',
    ],
    [
      { kind: 'receivable', party: 'bu ani', item: 'bakso', amount: 30_000, due: '2026-12-01' },
      'Bu Ani belum bayar, bakso Rp30.000 (belum ada uang) · janji bayar Sel, 1 Des · Rab, 25 Nov',
      'Bu Ani owes you, bakso Rp30,000 (no money yet) · due Tue, 1 Dec · Wed, 25 Nov',
    ],
    [
      { kind: 'receivable', cash: 'out', party: 'udin' },
      'pinjamkan ke Udin Rp50.000 (uang keluar) · Rab, 25 Nov',
      'lent to Udin Rp50,000 (money out) · Wed, 25 Nov',
    ],
    [
      { kind: 'prive' },
      'ambil untuk rumah Rp50.000 (uang keluar) · Rab, 25 Nov',
      'taken for the household Rp50,000 (money out) · Wed, 25 Nov',
    ],
    [
      { kind: 'capital', opening: true },
      'uang kas awal Rp50.000 · Rab, 25 Nov',
      'opening cash Rp50,000 · Wed, 25 Nov',
    ],
  ])('%j', (said, id, en) => {
    expect(entryLine(entry(said), 'id')).toBe(id)
    expect(entryLine(entry(said), 'en')).toBe(en)
  })
})

test('the echo tells the debt that is left and what the day is at now', () => {
  const before = [
    entry({ kind: 'receivable', party: 'bu ani', amount: 30_000 }, 1),
    entry({ amount: 300_000 }, 2),
  ]
  const paid = entry({ kind: 'receivable_paid', party: 'Bu Ani', amount: 20_000 }, 3)
  expect(echo([paid], [...before, paid], 'id')).toBe(
    'Tercatat: Bu Ani bayar utang Rp20.000 (uang masuk) · Rab, 25 Nov\nSisa utang Bu Ani Rp10.000\nRab, 25 Nov: masuk Rp320.000, keluar Rp0',
  )
  const rest = entry({ kind: 'receivable_paid', party: 'bu ani', amount: 15_000 }, 4)
  expect(echo([rest], [...before, paid, rest], 'id')).toContain('Lebih bayar Bu Ani Rp5.000')
})

test('prive, capital and loans stand apart from what the business left, which is never called profit', () => {
  const entries = [
    entry({ amount: 350_000 }, 1),
    entry({ kind: 'purchase', category: 'bahan', amount: 100_000 }, 2),
    entry({ kind: 'prive', amount: 50_000 }, 3),
    entry({ kind: 'loan_in', amount: 1_000_000, party: 'koperasi' }, 4),
  ]
  const text = spanText(entries, daySpan(TODAY), 'id')
  expect(text).toContain('Sisa usaha (hitungan kas): Rp250.000')
  expect(text).toContain('Ambil untuk rumah: Rp50.000')
  expect(text).toContain('Pinjaman masuk: Rp1.000.000')
  expect(text).not.toMatch(/laba/i)
  expect(spanText(entries, daySpan(TODAY), 'en')).not.toMatch(/profit/i)
})

test('a long span shows its newest entries and counts the others', () => {
  const many = Array.from({ length: 25 }, (_, i) => entry({ amount: 1000 + i }, i + 1))
  const text = spanText(many, daySpan(TODAY), 'id')
  expect(text).toContain('… dan 5 catatan sebelumnya')
  expect(text.match(/•/g)).toHaveLength(20)
})

test('days stand in order, and a span without an entry says so', () => {
  const late = [entry({ amount: 2000 }, 1), entry({ amount: 1000, date: '2026-11-24' }, 2)]
  expect(spanText(late, { from: '2026-11-23', to: TODAY }, 'id')).toMatch(/Rp1\.000[^]*Rp2\.000/)
  expect(spanText(late, daySpan('2026-11-20'), 'id')).toBe('Jum, 20 Nov: belum ada catatan.')
  expect(spanText([], weekSpan(TODAY), 'en')).toContain('nothing noted yet')
})

test('what was paid too much is theirs still, and is told with the debts', () => {
  const paid = [
    entry({ kind: 'receivable', party: 'pak rt', amount: 15_000 }, 1),
    entry({ kind: 'receivable_paid', party: 'pak rt', amount: 20_000 }, 2),
  ]
  expect(debtsText(paid, 'id')).toBe('Lebih bayar ke Anda:\n• Pak RT Rp5.000')
})

test('who has not paid yet: largest first; the text to forward names no account, link or threat', () => {
  const entries = [
    entry({ kind: 'receivable', party: 'bu ani', amount: 30_000 }, 1),
    entry({ kind: 'receivable', party: 'pak budi', amount: 90_000 }, 2),
    entry({ kind: 'payable', party: 'toko maju', amount: 200_000, category: 'bahan' }, 3),
  ]
  expect(debtsText(entries, 'id').split('\n')).toEqual([
    'Belum bayar ke Anda: Rp120.000',
    '• Pak Budi Rp90.000, sejak Rab, 25 Nov',
    '• Bu Ani Rp30.000, sejak Rab, 25 Nov',
    'Utang Anda: Rp200.000',
    '• Toko Maju Rp200.000, sejak Rab, 25 Nov',
  ])
  const [debt] = openDebts(debtsOf(entries).all, 'receivable')
  for (const language of ['id', 'en'] as const) {
    const plea = debt ? duePlea(debt, language) : ''
    expect(plea).toContain('Pak Budi')
    expect(plea).not.toMatch(/http|rek|transfer|\d{6,}/i)
  }
})

test('a week runs from Monday to Sunday; days off count as recorded', () => {
  expect(weekSpan(TODAY)).toEqual({ from: '2026-11-23', to: '2026-11-29' })
  const entries = [entry({ date: '2026-11-20' }, 1), entry({ date: '2026-11-25' }, 2)]
  expect(progressText(entries, ['2026-11-22'], TODAY, 'id')).toBe(
    '3 dari 6 hari tercatat · bulan ke-1 dari 6 untuk berkas bank',
  )
})
