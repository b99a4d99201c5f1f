import { cashCategories } from '../categories.ts'
import type { Row, Setting, TableSheet } from '../types.ts'

/** January of the programme's worked example, in rupiah: 4,850,000 in, 2,250,000 out, 4,600,000 at the end. */
const EXAMPLE: Row[] = [
  { tanggal: '2027-01-02', keterangan: 'Belanja bahan', kategori: 'Bahan & stok', keluar: 800_000 },
  { tanggal: '2027-01-05', keterangan: 'Penjualan minggu pertama', kategori: 'Penjualan', masuk: 1_500_000 },
  { tanggal: '2027-01-12', keterangan: 'Penjualan minggu kedua', kategori: 'Penjualan', masuk: 1_700_000 },
  { tanggal: '2027-01-14', keterangan: 'Listrik dan gas', kategori: 'Listrik, gas, air, pulsa', keluar: 250_000 },
  { tanggal: '2027-01-15', keterangan: 'Upah pembantu', kategori: 'Gaji & upah', keluar: 500_000 },
  { tanggal: '2027-01-20', keterangan: 'Pelanggan A membayar', kategori: 'Piutang dibayar', masuk: 350_000 },
  { tanggal: '2027-01-22', keterangan: 'Mencicil utang ke pemasok', kategori: 'Bayar utang', keluar: 300_000 },
  { tanggal: '2027-01-25', keterangan: 'Untuk belanja rumah', kategori: cashCategories.prive, keluar: 400_000 },
  { tanggal: '2027-01-30', keterangan: 'Penjualan akhir bulan', kategori: 'Penjualan', masuk: 1_300_000 },
] // prettier-ignore

const LATE = `IF(N(A#)<N({Laba Rugi.dari}),"Di luar periode",IF(N(A#)>N({Laba Rugi.sampai}),"Di luar periode","OK"))`

/** What a row still lacks; the figures themselves never fail on it. */
const check = (set: boolean): string =>
  `IF(AND(A#="",B#="",C#="",D#="",E#=""),"",IF(AND(N(D#)=0,N(E#)=0),"Isi angka",IF(AND(N(D#)<>0,N(E#)<>0),"Satu saja",` +
  `IF(N(A#)=0,"Isi tanggal",IF(IFERROR(MATCH(C#,{Kategori.kategori},0),0)=0,"Pilih kategori",${set ? LATE : '"OK"'})))))`

export const CHECKS = ['Isi angka', 'Satu saja', 'Isi tanggal', 'Pilih kategori', 'Di luar periode']

/** Buku kas: money in, money out, and what is left after each row. */
export const kas = ({ set, rows }: Setting): TableSheet => ({
  kind: 'table',
  name: 'Kas',
  title: 'Buku kas harian',
  hint: 'Satu baris untuk tiap uang masuk atau keluar. Catat hari itu juga.',
  rows,
  columns: [
    { key: 'tanggal', head: 'Tanggal', width: 12, input: 'date' },
    { key: 'keterangan', head: 'Keterangan', width: 30, input: 'text' },
    { key: 'kategori', head: 'Kategori', width: 25, input: 'text', list: 'kategori' },
    { key: 'masuk', head: 'Masuk', width: 15, input: 'rupiah' },
    { key: 'keluar', head: 'Keluar', width: 15, input: 'rupiah' },
    {
      ...{ key: 'saldo', head: 'Saldo', width: 15, format: 'rupiah' },
      formula: 'IF(AND(D#="",E#=""),"",N($F$4)+SUM(D$6:D#)-SUM(E$6:E#))',
    },
    { key: 'cek', head: 'Periksa', width: 15, format: 'text', formula: check(set), alerts: CHECKS },
  ],
  loose: {
    C3: { label: 'Jumlah semua' },
    D3: { key: 'jumlah_masuk', formula: 'SUM({masuk})', format: 'rupiah', strong: true },
    E3: { key: 'jumlah_keluar', formula: 'SUM({keluar})', format: 'rupiah', strong: true },
    F3: { key: 'saldo_akhir', formula: 'N($F$4)+D3-E3', format: 'rupiah', strong: true },
    G3: { label: '← saldo akhir' },
    E4: { label: 'Saldo awal →' },
    F4: { key: 'saldo_awal', input: 'rupiah', example: 2_000_000 },
    G4: { label: '← uang di awal' },
  },
  example: EXAMPLE,
})

const MONTHS = ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'] // prettier-ignore
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const YEAR = 2027

const monthRow = (name: string, at: number): Row => {
  const month = `${YEAR}-${String(at + 1).padStart(2, '0')}`
  return { bulan: `${name} ${YEAR}`, dari: `${month}-01`, sampai: `${month}-${DAYS[at] ?? 31}` }
}

const ofMonth = (column: string): string =>
  `SUMIFS({Kas.${column}},{Kas.tanggal},">="&N(B#),{Kas.tanggal},"<="&N(C#))`
const until = (column: string): string => `SUMIFS({Kas.${column}},{Kas.tanggal},"<="&N(C#))`

/** The cash book by month. */
export const perBulan = (): TableSheet => ({
  kind: 'table',
  name: 'Per Bulan',
  title: 'Kas per bulan',
  hint: 'Terhitung sendiri dari lembar Kas. Untuk tahun lain, ganti tanggalnya.',
  rows: 12,
  columns: [
    { key: 'bulan', head: 'Bulan', width: 18, input: 'text' },
    { key: 'dari', head: 'Dari', width: 12, input: 'date' },
    { key: 'sampai', head: 'Sampai', width: 12, input: 'date' },
    { key: 'masuk', head: 'Masuk', width: 16, format: 'rupiah', formula: ofMonth('masuk') },
    { key: 'keluar', head: 'Keluar', width: 16, format: 'rupiah', formula: ofMonth('keluar') },
    { key: 'selisih', head: 'Masuk − keluar', width: 16, format: 'rupiah', formula: 'D#-E#' },
    {
      ...{ key: 'saldo', head: 'Saldo akhir', width: 16, format: 'rupiah' },
      formula: `IF(N(C#)=0,"",IF(N(B#)>MAX({Kas.tanggal}),"",N({Kas.saldo_awal})+${until('masuk')}-${until('keluar')}))`,
    },
  ],
  loose: {
    C4: { label: 'Jumlah' },
    D4: { formula: 'SUM({masuk})', format: 'rupiah', strong: true },
    E4: { formula: 'SUM({keluar})', format: 'rupiah', strong: true },
    F4: { formula: 'D4-E4', format: 'rupiah', strong: true },
  },
  example: MONTHS.map(monthRow),
})
