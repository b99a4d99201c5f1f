import type { Category, Kind } from './types.ts'

/** Where a category stands in the profit and loss account. `purchases` becomes cost of goods sold with the stock. */
export type ProfitLine =
  | 'sales' | 'other_income' | 'purchases' | 'packaging' | 'wages' | 'rent' | 'utilities' | 'transport'
  | 'finance' | 'other' | 'none' // prettier-ignore

/** Which part of the cash flow statement moves. */
export type Flow = 'operating' | 'investing' | 'financing' | 'none'

export interface CategoryFacts {
  label: { id: string; en: string }
  /** Words that show what belongs here, for lists and drop-downs. */
  about: { id: string; en: string }
  profit: ProfitLine
  flow: Flow
  /** The line of a micro lender's form. */
  lender: string
}

const facts = (
  names: readonly [string, string],
  about: readonly [string, string],
  profit: ProfitLine,
  lender: string,
): CategoryFacts => ({
  label: { id: names[0], en: names[1] },
  about: { id: about[0], en: about[1] },
  profit,
  flow: profit === 'none' ? 'investing' : 'operating',
  lender,
})

/** The chart: the same list in the chat's buttons, the drop-downs of the workbooks and every report. */
export const CHART: Readonly<Record<Category, CategoryFacts>> = {
  penjualan: facts(['Penjualan', 'Sales'], ['jual, laku, omzet hari ini', 'what was sold'], 'sales', 'Pendapatan usaha'),
  pendapatan_lain: facts(['Pendapatan lain', 'Other income'], ['kardus bekas, komisi, cashback', 'scrap, commission, cashback'], 'other_income', 'Penghasilan lainnya'),
  bahan: facts(['Bahan & stok', 'Ingredients & stock'], ['tepung, ayam, kulakan', 'flour, chicken, goods for sale'], 'purchases', 'Harga pokok'),
  kemasan: facts(['Kemasan', 'Packaging'], ['plastik, cup, mika, stiker', 'plastic, cups, boxes, stickers'], 'packaging', 'Pengeluaran lain'),
  gaji: facts(['Gaji & upah', 'Wages'], ['upah, uang makan karyawan', 'wages, staff meals'], 'wages', 'Gaji pegawai'),
  sewa: facts(['Sewa', 'Rent'], ['lapak, kios, ruko', 'stall, kiosk, shop'], 'rent', 'Sewa/kontrak'),
  utilitas: facts(['Listrik, gas, air, pulsa', 'Power, gas, water, phone'], ['token, gas, air, wifi', 'power, gas, water, wifi'], 'utilities', 'Telepon, listrik, air'),
  transport: facts(['Transport', 'Transport'], ['bensin, parkir, ongkir, ojek', 'petrol, parking, delivery'], 'transport', 'Transportasi'),
  promosi: facts(['Promosi', 'Promotion'], ['iklan, spanduk, potongan aplikasi', 'advertising, banners, app fees'], 'other', 'Pengeluaran lain'),
  perawatan: facts(['Perawatan', 'Maintenance'], ['servis, sabun, selang gas', 'repairs, soap, gas hose'], 'other', 'Pengeluaran lain'),
  iuran: facts(['Iuran & izin', 'Dues & licences'], ['retribusi, keamanan, izin, pajak', 'levies, security, licences, tax'], 'other', 'Pengeluaran lain'),
  bunga: facts(['Bunga & admin bank', 'Interest & bank fees'], ['bunga, admin bank, denda', 'interest, bank fees, fines'], 'finance', 'Angsuran'),
  lain: facts(['Biaya lain', 'Other costs'], ['selain di atas', 'anything else'], 'other', 'Pengeluaran lain'),
  alat: facts(['Alat', 'Equipment'], ['kompor, gerobak, etalase', 'stove, cart, display case'], 'none', 'Aktiva tetap'),
} // prettier-ignore

/** The category of an entry whose message names none, where the kind has one. */
export const DEFAULT_CATEGORY: Readonly<Partial<Record<Kind, Category>>> = {
  sale: 'penjualan',
  other_income: 'pendapatan_lain',
  purchase: 'bahan',
  expense: 'lain',
  payable: 'bahan',
}

export interface KindFacts {
  label: { id: string; en: string }
  /** What the till does: +1 money in, -1 money out, 0 nothing until it is paid. */
  cash: 1 | -1 | 0
}

/** "Money in", "money out" and what each kind is called in an echo. */
export const KIND_FACTS: Readonly<Record<Kind, KindFacts>> = {
  sale: { label: { id: 'Penjualan', en: 'Sale' }, cash: 1 },
  other_income: { label: { id: 'Pendapatan lain', en: 'Other income' }, cash: 1 },
  purchase: { label: { id: 'Belanja', en: 'Purchase' }, cash: -1 },
  expense: { label: { id: 'Biaya', en: 'Cost' }, cash: -1 },
  capital: { label: { id: 'Modal masuk', en: 'Capital paid in' }, cash: 1 },
  prive: { label: { id: 'Ambil untuk rumah (prive)', en: 'Taken for the household' }, cash: -1 },
  loan_in: { label: { id: 'Pinjaman masuk', en: 'Loan received' }, cash: 1 },
  loan_out: { label: { id: 'Bayar cicilan pinjaman', en: 'Loan instalment' }, cash: -1 },
  receivable: { label: { id: 'Piutang', en: 'Owed to the business' }, cash: 0 },
  receivable_paid: { label: { id: 'Piutang dibayar', en: 'Debt received' }, cash: 1 },
  payable: { label: { id: 'Utang', en: 'Owed by the business' }, cash: 0 },
  payable_paid: { label: { id: 'Bayar utang', en: 'Debt paid' }, cash: -1 },
}
