import type { Computed, Filled, FormSheet, Line, TableSheet } from '../types.ts'

const INGREDIENTS = 12
const FIRST_ROW = 7

const EXAMPLE: readonly (readonly [name: string, quantity: number, price: number])[] = [
  ['Ayam (kg)', 8, 40_000],
  ['Beras (kg)', 10, 13_000],
  ['Minyak goreng (liter)', 2, 18_000],
  ['Bumbu (bungkus)', 1, 14_000],
]

const item = (at: number): Line => {
  const [name = '', quantity = '', price = ''] = EXAMPLE[at] ?? []
  const row = FIRST_ROW + at
  const cells: (Filled | Computed)[] = [
    { input: 'text' },
    { input: 'number' },
    { input: 'rupiah' },
    {
      formula: `IF(AND(B${row}="",C${row}=""),"",N(B${row})*N(C${row}))`,
      format: 'rupiah',
    },
  ]
  return { cells, key: `bahan${at + 1}`, example: [name, quantity, price] }
}

const LAST_ROW = FIRST_ROW + INGREDIENTS - 1
const perUnit = (value: string): string => `IF(N({hasil})>0,${value},"")`
const priced = (value: string): string => `IF(N({hpp})>0,${value},"")`
/** First to whole rupiah: 5,500.000000000001 would become 6,000. Programs differ about CEILING below zero. */
const upTo500 = (value: string): string => `CEILING(MAX(0,ROUND(N(${value}),0)),500)`

const COSTS: Line[] = [
  { key: 'bahan', label: 'Jumlah bahan', formula: `SUM(D${FIRST_ROW}:D${LAST_ROW})`, format: 'rupiah', strong: true },
  { key: 'tenaga', label: 'Upah tenaga', input: 'rupiah', example: 100_000, note: 'juga upah Anda sendiri' },
  { key: 'biaya', label: 'Biaya lain (gas, kemasan, listrik)', input: 'rupiah', example: 60_000 },
  { key: 'hasil', label: 'Hasil jadi (porsi)', input: 'number', example: 100, note: 'dari bahan di atas jadi berapa porsi' },
  { key: 'hpp', label: 'Modal per porsi (HPP)', formula: perUnit('({bahan}+N({tenaga})+N({biaya}))/N({hasil})'), format: 'rupiah', strong: true },
] // prettier-ignore

const PRICES: Line[] = [
  { heading: 'Cara 1: tambahkan untung di atas modal' },
  { key: 'markup', label: 'Tambahan dari modal', input: 'percent', example: 0.4 },
  { key: 'harga_markup', label: 'Harga jual', formula: priced('N({hpp})*(1+N({markup}))'), format: 'rupiah' },
  { key: 'bulat_markup', label: 'Dibulatkan ke atas (500)', formula: priced(upTo500('{harga_markup}')), format: 'rupiah', strong: true },
  { heading: 'Cara 2: untung sekian persen dari harga jual' },
  { key: 'margin', label: 'Untung dari harga jual', input: 'percent', example: 0.4, note: 'di bawah 100%' },
  { key: 'harga_margin', label: 'Harga jual', formula: priced('IF(N({margin})<1,N({hpp})/(1-N({margin})),"Harus di bawah 100%")'), format: 'rupiah', alerts: ['Harus di bawah 100%'] },
  { key: 'bulat_margin', label: 'Dibulatkan ke atas (500)', formula: priced(`IF(N({margin})<1,${upTo500('{harga_margin}')},"")`), format: 'rupiah', strong: true },
] // prettier-ignore

const BREAK_EVEN: Line[] = [
  { heading: 'Berapa porsi supaya tidak rugi?' },
  { key: 'tetap', label: 'Biaya tetap sebulan', input: 'rupiah', example: 750_000, note: 'sewa, gaji tetap, cicilan' },
  { key: 'harga', label: 'Harga jual yang dipakai', input: 'rupiah', example: 11_000 },
  { key: 'untung', label: 'Untung per porsi', formula: priced('N({harga})-N({hpp})'), format: 'rupiah' },
  { key: 'impas', label: 'Titik impas (porsi sebulan)', formula: priced('IF(N({harga})>N({hpp}),ROUNDUP(ROUND(N({tetap})/(N({harga})-N({hpp})),6),0),"Harga di bawah modal")'), format: 'number', strong: true, alerts: ['Harga di bawah modal'] },
] // prettier-ignore

/** Cost of one unit, two ways to a price, and the break-even point. */
export const hpp = (): FormSheet => ({
  kind: 'form',
  name: 'HPP',
  title: 'HPP dan harga jual',
  hint: 'Hitung untuk satu kali masak atau satu kali produksi. Untuk barang lain, salin berkasnya.',
  lines: [
    { key: 'produk', label: 'Nama produk', input: 'text', example: 'Nasi ayam (contoh)' },
    { heading: 'Bahan' },
    { items: ['Bahan', 'Jumlah', 'Harga satuan', 'Biaya'] },
    ...Array.from({ length: INGREDIENTS }, (_, at) => item(at)),
    ...COSTS,
    ...PRICES,
    ...BREAK_EVEN,
  ],
})

const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'] // prettier-ignore

/** PPh final of individuals, PP 55/2022 as amended by PP 20/2026: 0.5 % of what exceeds Rp500 million a year. */
export const pajak = (): TableSheet => ({
  kind: 'table',
  name: 'Pajak',
  title: 'Perkiraan PPh final, orang pribadi',
  hint: 'Perkiraan saja, per November 2026, mohon cek ke kantor pajak. Badan usaha aturannya berbeda.',
  rows: 12,
  columns: [
    { key: 'bulan', head: 'Bulan', width: 18, input: 'text' },
    { key: 'penjualan', head: 'Penjualan', width: 18, input: 'rupiah' },
    { key: 'kumulatif', head: 'Sejak Januari', width: 18, format: 'rupiah', formula: 'SUM(B$6:B#)' },
    {
      ...{ key: 'kena', head: 'Kena pajak', width: 18, format: 'rupiah' },
      formula: 'MAX(0,C#-N($D$4))-MAX(0,C#-N(B#)-N($D$4))',
    },
    { key: 'pph', head: 'PPh final', width: 18, format: 'rupiah', formula: 'ROUND(N($B$4)*D#,0)' },
  ],
  loose: {
    A4: { label: 'Tarif →' },
    B4: { key: 'tarif', input: 'percent', example: 0.005 },
    C4: { label: 'Tidak kena sampai →' },
    D4: { key: 'batas', input: 'rupiah', example: 500_000_000 },
    E3: { label: 'Setahun' },
    E4: { key: 'setahun', formula: 'SUM({pph})', format: 'rupiah', strong: true },
  },
  example: MONTHS.map((bulan, at) => (at === 0 ? { bulan, penjualan: 5_100_000 } : { bulan })),
})
