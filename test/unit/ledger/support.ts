import type { Entry, Said } from '../../../src/domain/ledger/types.ts'

/** Entries as they stand in a book, numbered in order. */
export const entriesOf = (all: readonly Said[]): Entry[] =>
  all.map((said, at) => ({ ...said, id: at + 1, recordedAt: at }))

const on = (day: number) => `2026-01-${String(day).padStart(2, '0')}`

/** The January of the programme's oracle, rupiah: cash surplus 3,000,000, profit 2,950,000, cash 4,600,000 at the end. */
export const january: Entry[] = entriesOf([
  { kind: 'capital', amount: 2_000_000, date: on(1), opening: true },
  { kind: 'purchase', amount: 800_000, date: on(2), category: 'bahan' },
  { kind: 'sale', amount: 1_500_000, date: on(3), category: 'penjualan' },
  { kind: 'receivable', amount: 600_000, date: on(5), party: 'bu ani' },
  { kind: 'payable', amount: 400_000, date: on(6), category: 'bahan', party: 'toko maju' },
  { kind: 'sale', amount: 1_700_000, date: on(10), category: 'penjualan' },
  { kind: 'expense', amount: 250_000, date: on(12), category: 'utilitas' },
  { kind: 'expense', amount: 500_000, date: on(15), category: 'gaji' },
  { kind: 'receivable_paid', amount: 350_000, date: on(18), party: 'Bu Ani' },
  { kind: 'payable_paid', amount: 300_000, date: on(20), party: 'toko maju' },
  { kind: 'prive', amount: 400_000, date: on(25) },
  { kind: 'sale', amount: 1_300_000, date: on(30), category: 'penjualan' },
])
