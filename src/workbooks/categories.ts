import { CHART, KIND_FACTS } from '../domain/ledger/categories.ts'
import { CATEGORIES, type Category } from '../domain/ledger/types.ts'
import type { ListName } from './types.ts'

/** The words of the drop-downs: the chart of the chat, so that chat and workbook say the same. */
export const labelOf = (category: Category): string => CHART[category].label.id

/** Rows of the cash book that belong to no category of the chart. */
export const cashCategories = {
  capital: KIND_FACTS.capital.label.id,
  prive: KIND_FACTS.prive.label.id,
  loanIn: KIND_FACTS.loan_in.label.id,
  loanOut: KIND_FACTS.loan_out.label.id,
  collected: KIND_FACTS.receivable_paid.label.id,
  settled: KIND_FACTS.payable_paid.label.id,
  settledEquipment: 'Bayar utang alat',
  lent: 'Kasbon diberikan',
  returned: 'Kasbon kembali',
  incomeTax: 'PPh final',
} as const

const ABOUT: Readonly<Record<keyof typeof cashCategories, string>> = {
  capital: 'uang sendiri yang ditambahkan ke usaha; bukan penjualan',
  prive: 'uang usaha yang diambil untuk rumah; bukan biaya',
  loanIn: 'uang pinjaman yang diterima; bukan penjualan',
  loanOut: 'pokok pinjaman yang dibayar; bunganya di "Bunga & admin bank"',
  collected: 'pelanggan membayar utangnya; penjualannya sudah dihitung dulu',
  settled: 'membayar utang barang ke pemasok',
  settledEquipment: 'membayar utang pembelian alat',
  lent: 'uang yang dipinjamkan, juga kasbon karyawan',
  returned: 'uang yang dipinjamkan itu kembali',
  incomeTax: 'pajak penghasilan yang dibayar (lihat lembar Pajak)',
}

/** What is bought: costs and goods, also on credit. */
export const BOUGHT = CATEGORIES.filter(each => each !== 'penjualan' && each !== 'pendapatan_lain')

const specials = Object.keys(cashCategories) as (keyof typeof cashCategories)[]

/** Every entry of the drop-down of the cash book with what belongs there. */
export const KATEGORI: readonly { name: string; about: string }[] = [
  ...CATEGORIES.map(each => ({ name: labelOf(each), about: CHART[each].about.id })),
  ...specials.map(each => ({ name: cashCategories[each], about: ABOUT[each] })),
]

export const CREDIT_SALE = 'Jual tempo'
export const LENT = 'Kasbon'

export const LISTS: Readonly<Record<ListName, readonly string[]>> = {
  kategori: KATEGORI.map(({ name }) => name),
  jenis_piutang: [CREDIT_SALE, LENT],
  jenis_utang: BOUGHT.map(labelOf),
}
