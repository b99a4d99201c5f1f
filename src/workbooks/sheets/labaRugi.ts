import type { Category } from '../../domain/ledger/types.ts'
import { BOUGHT, cashCategories, labelOf, LENT } from '../categories.ts'
import type { FormSheet, Line, Setting } from '../types.ts'
import { inKas, onCredit } from './feeds.ts'

const { collected, settled, incomeTax } = cashCategories

const bought = (category: Category): string =>
  `${inKas(labelOf(category), 'out')}+${onCredit('Utang', labelOf(category))}`

/** Operating money in less operating money out: the chat's "sisa usaha (hitungan kas)". */
const surplus = [
  inKas(labelOf('penjualan'), 'in'),
  inKas(labelOf('pendapatan_lain'), 'in'),
  inKas(collected, 'in'),
  ...[settled, incomeTax, ...BOUGHT.filter(each => each !== 'alat').map(labelOf)].map(
    each => `(${inKas(each, 'out')})`,
  ),
].reduce((sum, part) => (part.startsWith('(') ? `${sum}-${part}` : `${sum}+${part}`))

const EXPENSES: readonly (readonly [Category, string, number])[] = [
  ['sewa', 'Sewa', 0],
  ['gaji', 'Gaji dan upah', 500_000],
  ['utilitas', 'Listrik, gas, air, pulsa', 250_000],
  ['transport', 'Transport', 0],
  ['kemasan', 'Kemasan', 0],
  ['promosi', 'Promosi', 0],
  ['perawatan', 'Perawatan', 0],
  ['iuran', 'Iuran dan izin', 0],
  ['bunga', 'Beban keuangan (bunga, admin bank)', 0],
  ['lain', 'Biaya lain', 0],
]

const money = (key: string, label: string, example: number, feed: string): Line => ({
  ...{ key, label, input: 'rupiah', example, feed },
})
const sum = (key: string, label: string, formula: string, note?: string): Line => ({
  ...{ key, label, formula, format: 'rupiah', strong: true },
  ...(note === undefined ? {} : { note }),
})

const costs = EXPENSES.map(([key]) => `{${key}}`).join('+')
const AGREES = 'IF(ABS({laba_dari_kas}-{laba_bersih})<1,"Cocok","Belum cocok: "&TEXT({laba_dari_kas}-{laba_bersih},"0"))' // prettier-ignore

const PERIOD: Line[] = [
  { heading: 'Periode' },
  { key: 'dari', label: 'Dari tanggal', input: 'date', example: '2027-01-01' },
  { key: 'sampai', label: 'Sampai tanggal', input: 'date', example: '2027-01-31' },
]

const GROSS: Line[] = [
  { heading: 'Penjualan dan harga pokok' },
  money('penjualan', 'Penjualan (tunai dan tempo)', 5_100_000, `${inKas(labelOf('penjualan'), 'in')}+${onCredit('Piutang')}-${onCredit('Piutang', LENT)}`),
  money('persediaan_awal', 'Persediaan awal', 300_000, '{Stok.jumlah_awal}'),
  money('pembelian', 'Pembelian bahan (tunai dan tempo)', 1_200_000, bought('bahan')),
  money('persediaan_akhir', 'Persediaan akhir', 200_000, '{Stok.jumlah_nilai}'),
  sum('hpp', 'Harga pokok penjualan (HPP)', 'N({persediaan_awal})+N({pembelian})-N({persediaan_akhir})', 'awal + pembelian − akhir'),
  sum('laba_kotor', 'Laba kotor', 'N({penjualan})-{hpp}'),
] // prettier-ignore

const NET: Line[] = [
  { heading: 'Beban' },
  ...EXPENSES.map(([key, label, example]) => money(key, label, example, bought(key))),
  money('penyusutan', 'Penyusutan alat', 100_000, '{Alat.jumlah_susut_akhir}-{Alat.jumlah_susut_awal}'),
  sum('beban', 'Jumlah beban', `SUM(${costs.replaceAll('+', ',')},{penyusutan})`),
  { heading: 'Laba' },
  money('pendapatan_lain', 'Pendapatan lain', 0, inKas(labelOf('pendapatan_lain'), 'in')),
  sum('laba_sebelum_pajak', 'Laba sebelum pajak', '{laba_kotor}-{beban}+N({pendapatan_lain})'),
  money('pph', 'PPh final', 0, inKas(incomeTax, 'out')),
  sum('laba_bersih', 'Laba bersih', '{laba_sebelum_pajak}-N({pph})', 'prive dan cicilan pokok bukan beban'),
] // prettier-ignore

/** The four lines between what is left in cash and the profit. */
const BRIDGE: Line[] = [
  { heading: 'Dari kas ke laba: mengapa berbeda?' },
  money('sisa_usaha', 'Sisa usaha (hitungan kas)', 3_000_000, surplus),
  money('naik_piutang', '+ Piutang bertambah', 250_000, `${onCredit('Piutang')}-${onCredit('Piutang', LENT)}-(${inKas(collected, 'in')})`),
  money('naik_utang', '− Utang barang bertambah', 100_000, `${onCredit('Utang')}-${onCredit('Utang', labelOf('alat'))}-(${inKas(settled, 'out')})`),
  { key: 'naik_persediaan', label: '+ Persediaan bertambah', formula: 'N({persediaan_akhir})-N({persediaan_awal})', format: 'rupiah' },
  { key: 'minus_penyusutan', label: '− Penyusutan alat', formula: 'N({penyusutan})', format: 'rupiah' },
  sum('laba_dari_kas', 'Laba menurut hitungan ini', 'N({sisa_usaha})+N({naik_piutang})-N({naik_utang})+{naik_persediaan}-{minus_penyusutan}'),
  { key: 'cocok', label: 'Sama dengan laba bersih?', formula: AGREES, format: 'text', fine: 'Cocok' },
] // prettier-ignore

/** Profit and loss of a period, with the four lines to what the cash book shows. */
export const labaRugi = ({ set }: Setting): FormSheet => ({
  kind: 'form',
  name: 'Laba Rugi',
  title: 'Laporan laba rugi',
  hint: set
    ? 'Isi dua tanggal ini. Yang lain terhitung dari lembar Kas, Piutang, Utang, Stok, dan Alat.'
    : 'Isi angka satu bulan. Belum dibayar pun sudah dihitung (jual tempo, utang barang).',
  lines: [...PERIOD, ...GROSS, ...NET, ...BRIDGE],
})
