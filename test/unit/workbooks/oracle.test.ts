import { describe, expect, test } from 'vitest'
import type { WorkbookId } from '../../../src/domain/workbooks.ts'
import { serialOf } from '../../../src/workbooks/layout.ts'
import { beside, open, type Typed } from './support.ts'

/** The worked example of the programme (January, one business), recalculated from the cells. */

const line = (id: WorkbookId, sheet: string, label: string, typed: Typed = {}) =>
  open(id, typed)(beside(id, sheet, label))

test('the cash book: 4,850 in, 2,250 out, 4,600 left', () => {
  const at = open('buku_kas')
  expect([at('Kas!D3'), at('Kas!E3'), at('Kas!F3')]).toEqual([4_850_000, 2_250_000, 4_600_000])
  expect([at('Kas!F6'), at('Kas!F14'), at('Kas!F15')]).toEqual([1_200_000, 4_600_000, ''])
  expect(['D', 'E', 'F', 'G'].map(column => at(`Per Bulan!${column}6`))).toEqual([
    ...[4_850_000, 2_250_000, 2_600_000, 4_600_000],
  ])
  expect(at('Per Bulan!D7')).toBe(0)
})

test('the opening balance can be changed at any time, and every balance follows', () => {
  const at = open('buku_kas', { 'Kas!F4': 0 })
  expect([at('Kas!F3'), at('Kas!F6'), at('Per Bulan!G6')]).toEqual([2_600_000, -800_000, 2_600_000])
})

describe.each(['laba_rugi', 'paket_lengkap'] as const)('profit and loss (%s)', id => {
  const at = open(id)
  test.each([
    ['Penjualan (tunai dan tempo)', 5_100_000],
    ['Pembelian bahan (tunai dan tempo)', 1_200_000],
    ['Harga pokok penjualan (HPP)', 1_300_000],
    ['Laba kotor', 3_800_000],
    ['Jumlah beban', 850_000],
    ['Laba sebelum pajak', 2_950_000],
    ['PPh final', 0],
    ['Laba bersih', 2_950_000],
    // From cash to profit, in four lines.
    ['Sisa usaha (hitungan kas)', 3_000_000],
    ['+ Piutang bertambah', 250_000],
    ['− Utang barang bertambah', 100_000],
    ['+ Persediaan bertambah', -100_000],
    ['− Penyusutan alat', 100_000],
    ['Laba menurut hitungan ini', 2_950_000],
    ['Sama dengan laba bersih?', 'Cocok'],
  ])('%s is %s', (label, value) => {
    expect(at(beside(id, 'Laba Rugi', label))).toBe(value)
  })
})

test('prive, capital and loans never enter profit; they move the cash and the balance sheet', () => {
  const id = 'paket_lengkap'
  const typed: Typed = {
    ...{ 'Kas!A15': serialOf('2027-01-20'), 'Kas!C15': 'Modal masuk', 'Kas!D15': 1_000_000 },
    ...{ 'Kas!A16': serialOf('2027-01-21'), 'Kas!C16': 'Pinjaman masuk', 'Kas!D16': 5_000_000 },
    ...{ 'Kas!A17': serialOf('2027-01-22'), 'Kas!C17': 'Bayar cicilan pinjaman', 'Kas!E17': 400_000 },
    ...{ 'Kas!A18': serialOf('2027-01-23'), 'Kas!C18': 'Ambil untuk rumah (prive)', 'Kas!E18': 100_000 },
    ...{ 'Kas!A19': serialOf('2027-01-24'), 'Kas!C19': 'Kasbon diberikan', 'Kas!E19': 50_000 },
    ...{ 'Piutang!A7': serialOf('2027-01-24'), 'Piutang!C7': 50_000, 'Piutang!I7': 'Kasbon' },
  }
  const at = open(id, typed)
  expect(at(beside(id, 'Laba Rugi', 'Laba bersih'))).toBe(2_950_000)
  expect(at(beside(id, 'Laba Rugi', 'Sisa usaha (hitungan kas)'))).toBe(3_000_000)
  expect(at(beside(id, 'Neraca', 'Utang bank'))).toBe(4_600_000)
  expect(at(beside(id, 'Neraca', 'Aset sama dengan kewajiban + ekuitas?'))).toBe('Seimbang')
})

describe.each(['neraca', 'paket_lengkap'] as const)('balance sheet (%s)', id => {
  test('assets 8,550 = debts 100 + equity 8,450', () => {
    const at = open(id)
    const of = (label: string) => at(beside(id, 'Neraca', label))
    expect([of('Jumlah aset'), of('Jumlah kewajiban'), of('Jumlah ekuitas')]).toEqual([
      ...[8_550_000, 100_000, 8_450_000],
    ])
    expect(of('Aset sama dengan kewajiban + ekuitas?')).toBe('Seimbang')
  })
})

test('what does not agree is said with the difference', () => {
  const cash = beside('neraca', 'Neraca', 'Kas dan uang di bank')
  const check = 'Aset sama dengan kewajiban + ekuitas?'
  expect(line('neraca', 'Neraca', check, { [cash]: 4_500_000 })).toBe('Belum seimbang: -100000')
  const unpaid = { 'Piutang!E6': 300_000 }
  expect(open('paket_lengkap', unpaid)('Piutang!B4')).toBe('Beda: -50000')
  expect(line('paket_lengkap', 'Neraca', check, unpaid)).toBe('Belum seimbang: 50000')
})

describe('cost and price', () => {
  const of = (label: string, typed: Typed = {}) => line('hpp', 'HPP', label, typed)
  test('500 + 100 + 60 over 100 portions is 6,600; 40 % on it 9,500, 40 % of the price 11,000; 171 portions', () => {
    expect(of('Modal per porsi (HPP)')).toBe(6_600)
    const at = open('hpp')
    const prices = ['B26', 'B27', 'B30', 'B31'].map(cell => at(`HPP!${cell}`))
    expect(prices).toEqual([9_240, 9_500, 11_000, 11_000])
    expect(of('Titik impas (porsi sebulan)')).toBe(171)
  })
  test('a price that is already round is not rounded up by a fraction of a rupiah', () => {
    // 5,000 + 10 % is 5,500.000000000001 in binary
    const costs = { 'HPP!B20': 0, 'HPP!B21': 0, 'HPP!B25': 0.1 }
    expect(open('hpp', costs)('HPP!B27')).toBe(5_500)
  })
  test('selling below cost, a margin of all and nothing made are answered in words', () => {
    const price = beside('hpp', 'HPP', 'Harga jual yang dipakai')
    expect(of('Titik impas (porsi sebulan)', { [price]: 6_600 })).toBe('Harga di bawah modal')
    expect(open('hpp', { [beside('hpp', 'HPP', 'Untung dari harga jual')]: 1 })('HPP!B30')).toBe(
      'Harus di bawah 100%',
    )
    expect(of('Modal per porsi (HPP)', { [beside('hpp', 'HPP', 'Hasil jadi (porsi)')]: 0 })).toBe('')
  })
})

describe('income tax of individuals, 0.5 % of what exceeds 500 million a year', () => {
  const sales = (...months: number[]): Typed =>
    Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`Pajak!B${6 + at}`, months[at]]))
  test('January to May make exactly 500 million: nothing; June 120 million: Rp600,000', () => {
    const at = open('laba_rugi', sales(100e6, 100e6, 100e6, 100e6, 100e6, 120e6))
    expect([6, 7, 8, 9, 10, 11].map(row => at(`Pajak!E${row}`))).toEqual([0, 0, 0, 0, 0, 600_000])
    expect(at('Pajak!E4')).toBe(600_000)
  })
  test('from 480 million, 50 million more: Rp150,000', () => {
    expect(open('laba_rugi', sales(480e6, 50e6))('Pajak!E7')).toBe(150_000)
  })
})

test('stock: 10 + 25 − 28 is 7, below the minimum of 8: buy again', () => {
  const at = open('stok')
  expect([at('Stok!F6'), at('Stok!H6'), at('Stok!J6')]).toEqual([7, 'Beli lagi', 70_000])
  expect(open('stok', { 'Stok!E6': 36 })('Stok!H6')).toBe('Cek catatan')
  expect(open('stok', { 'Stok!E6': 36 })('Stok!J6')).toBe(0)
  expect(open('stok', { 'Stok!E6': 20 })('Stok!H6')).toBe('Aman')
})

describe('who owes', () => {
  const debt = (due: string, paid: number): Typed => ({ 'Piutang!D6': serialOf(due), 'Piutang!E6': paid })
  const at = (typed: Typed) => {
    const cell = open('piutang_utang', typed)
    return ['F6', 'G6', 'H6', 'G4', 'H4', 'I4'].map(address => cell(`Piutang!${address}`))
  }
  test.each([
    ['2027-01-31', 350_000, [250_000, 0, 'Belum tempo', 250_000, 0, 0]],
    ['2027-01-30', 350_000, [250_000, 1, 'Lewat tempo', 250_000, 0, 0]],
    ['2026-12-31', 350_000, [250_000, 31, 'Lewat tempo', 0, 250_000, 0]],
    ['2026-12-01', 350_000, [250_000, 61, 'Lewat tempo', 0, 0, 250_000]],
    ['2026-12-01', 600_000, [0, 0, 'Lunas', 0, 0, 0]],
    ['2026-12-01', 650_000, [-50_000, 0, 'Lunas', 0, 0, 0]],
  ])('due %s, paid %s', (due, paid, shown) => {
    expect(at(debt(due, paid))).toEqual(shown)
  })
})
