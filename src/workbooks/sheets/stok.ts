import type { Row, Setting, TableSheet } from '../types.ts'

/** Opening value 300,000 and closing value 200,000, as in the worked example. */
const EXAMPLE: Row[] = [
  {
    ...{ barang: 'Tepung terigu', satuan: 'kg', awal: 10, masuk: 25, keluar: 28, minimum: 8 },
    harga: 10_000,
  },
  {
    ...{ barang: 'Minyak goreng', satuan: 'liter', awal: 10, masuk: 20, keluar: 23.5, minimum: 5 },
    harga: 20_000,
  },
]

/** What is there, what has to be bought again, and what it is worth. */
export const stok = ({ rows }: Setting): TableSheet => ({
  ...{ kind: 'table', name: 'Stok', title: 'Stok barang', landscape: true, rows },
  hint: 'Satu baris untuk tiap barang. Hitung barangnya di akhir bulan dan cocokkan dengan kolom Sisa.',
  columns: [
    { key: 'barang', head: 'Barang', width: 24, input: 'text' },
    { key: 'satuan', head: 'Satuan', width: 10, input: 'text' },
    { key: 'awal', head: 'Stok awal', width: 11, input: 'number' },
    { key: 'masuk', head: 'Masuk', width: 11, input: 'number' },
    { key: 'keluar', head: 'Keluar', width: 11, input: 'number' },
    { key: 'sisa', head: 'Sisa', width: 11, format: 'number', formula: 'IF(A#="","",N(C#)+N(D#)-N(E#))' },
    { key: 'minimum', head: 'Stok minimum', width: 14, input: 'number' },
    {
      ...{ key: 'status', head: 'Status', width: 13, format: 'text' },
      formula: 'IF(A#="","",IF(F#<0,"Cek catatan",IF(F#<=N(G#),"Beli lagi","Aman")))',
      alerts: ['Cek catatan', 'Beli lagi'],
    },
    { key: 'harga', head: 'Harga beli', width: 14, input: 'rupiah' },
    {
      key: 'nilai',
      head: 'Nilai sisa',
      width: 15,
      format: 'rupiah',
      formula: 'IF(A#="","",MAX(0,F#)*N(I#))',
    },
    {
      ...{ key: 'nilai_awal', head: 'Nilai awal', width: 15, format: 'rupiah' },
      formula: 'IF(A#="","",N(C#)*N(I#))',
    },
  ],
  loose: {
    I4: { label: 'Jumlah nilai' },
    J4: { key: 'jumlah_nilai', formula: 'SUM({nilai})', format: 'rupiah', strong: true },
    K4: { key: 'jumlah_awal', formula: 'SUM({nilai_awal})', format: 'rupiah', strong: true },
  },
  example: EXAMPLE,
})

/** Months of use between the purchase and a day; 30.4375 is the mean length of a month. */
const used = (day: string): string => `MIN(N(D#),MAX(0,ROUND((${day}+1-N(A#))/30.4375,0)))`
const filled = (formula: string): string => `IF(AND(A#="",C#=""),"",${formula})`
const worn = (day: string): string => filled(`IF(N(D#)>0,ROUND(N(C#)/N(D#)*${used(day)},0),0)`)
const FROM = 'N({Laba Rugi.dari})'
const TO = 'N({Laba Rugi.sampai})'

/** Equipment and its straight-line depreciation; only in the set, whose period it needs. */
export const alat = (): TableSheet => ({
  ...{ kind: 'table', name: 'Alat', title: 'Alat dan penyusutan', landscape: true, rows: 40 },
  hint: 'Alat yang dipakai lebih dari setahun. Umur: perkiraan berapa bulan alat itu bisa dipakai.',
  columns: [
    { key: 'tanggal', head: 'Tanggal beli', width: 13, input: 'date' },
    { key: 'nama', head: 'Nama alat', width: 26, input: 'text' },
    { key: 'harga', head: 'Harga beli', width: 15, input: 'rupiah' },
    { key: 'umur', head: 'Umur (bulan)', width: 13, input: 'number' },
    { key: 'susut_awal', head: 'Susut s.d. awal', width: 16, format: 'rupiah', formula: worn(`${FROM}-1`) },
    { key: 'susut_akhir', head: 'Susut s.d. akhir', width: 16, format: 'rupiah', formula: worn(TO) },
    {
      ...{ key: 'buku_awal', head: 'Nilai awal', width: 15, format: 'rupiah' },
      formula: filled(`IF(N(A#)<${FROM},N(C#)-N(E#),0)`),
    },
    {
      ...{ key: 'perolehan', head: 'Harga dihitung', width: 15, format: 'rupiah' },
      formula: filled(`IF(N(A#)<=${TO},N(C#),0)`),
    },
    {
      ...{ key: 'buku_akhir', head: 'Nilai akhir', width: 15, format: 'rupiah' },
      formula: filled('N(H#)-N(F#)'),
    },
  ],
  loose: {
    D4: { label: 'Jumlah' },
    E4: { key: 'jumlah_susut_awal', formula: 'SUM({susut_awal})', format: 'rupiah', strong: true },
    F4: { key: 'jumlah_susut_akhir', formula: 'SUM({susut_akhir})', format: 'rupiah', strong: true },
    G4: { key: 'jumlah_awal', formula: 'SUM({buku_awal})', format: 'rupiah', strong: true },
    H4: { key: 'jumlah_perolehan', formula: 'SUM({perolehan})', format: 'rupiah', strong: true },
    I4: { key: 'jumlah_akhir', formula: 'SUM({buku_akhir})', format: 'rupiah', strong: true },
  },
  example: [{ tanggal: '2026-12-31', nama: 'Kompor dan gerobak', harga: 3_600_000, umur: 36 }],
})
