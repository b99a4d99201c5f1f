import { cashCategories, CREDIT_SALE } from '../categories.ts'
import type { Column, ListName, Loose, Row, Setting, TableSheet } from '../types.ts'
import { inKas } from './feeds.ts'

const EMPTY = 'AND(A#="",B#="",C#="",E#="")'
const STATUS =
  `IF(${EMPTY},"",IF(AND(N(C#)=0,N(E#)=0),"Isi jumlah",IF(N(A#)=0,"Isi tanggal",IF(N(F#)<=0,"Lunas",` +
  `IF(N(D#)=0,"Belum tempo",IF(N($A$4)>N(D#),"Lewat tempo","Belum tempo"))))))`

const columns = (who: string, kind: { head: string; list: ListName }): Column[] => [
  { key: 'tanggal', head: 'Tanggal', width: 13, input: 'date' },
  { key: 'nama', head: who, width: 24, input: 'text' },
  { key: 'jumlah', head: 'Jumlah', width: 15, input: 'rupiah', signed: true },
  { key: 'tempo', head: 'Jatuh tempo', width: 13, input: 'date' },
  { key: 'dibayar', head: 'Sudah dibayar', width: 15, input: 'rupiah', signed: true },
  { key: 'sisa', head: 'Sisa', width: 15, format: 'rupiah', formula: `IF(${EMPTY},"",N(C#)-N(E#))` },
  {
    ...{ key: 'lewat', head: 'Lewat (hari)', width: 15, format: 'number' },
    formula: `IF(${EMPTY},"",IF(AND(N(F#)>0,N(D#)>0),MAX(0,N($A$4)-N(D#)),0))`,
  },
  {
    ...{ key: 'status', head: 'Status', width: 15, format: 'text' },
    formula: STATUS,
    alerts: ['Lewat tempo', 'Isi jumlah', 'Isi tanggal'],
  },
  { key: 'jenis', head: kind.head, width: 21, input: 'text', list: kind.list },
]

const aged = (days: string): Loose => ({
  formula: `SUMIFS({sisa},{sisa},">0",${days})`,
  format: 'rupiah',
})

/** Does what was paid here agree with the cash book? */
const agrees = (cash: string): Record<string, Loose> => ({
  B3: { label: 'Sama dengan lembar Kas?' },
  B4: {
    formula: `IF(ABS(SUM({dibayar})-(${cash}))<1,"Cocok","Beda: "&TEXT(SUM({dibayar})-(${cash}),"0"))`,
    format: 'text',
    fine: 'Cocok',
  },
})

const loose = (set: boolean, cash: string): Record<string, Loose> => ({
  A3: { label: 'Hari ini' },
  A4: { key: 'hari_ini', formula: 'TODAY()', format: 'date' },
  ...(set ? agrees(cash) : {}),
  C3: { label: 'Jumlah' },
  C4: { formula: 'SUM({jumlah})', format: 'rupiah', strong: true },
  E3: { label: 'Dibayar' },
  E4: { formula: 'SUM({dibayar})', format: 'rupiah', strong: true },
  F3: { label: 'Sisa semua' },
  F4: { key: 'sisa_semua', formula: 'SUM({sisa})', format: 'rupiah', strong: true },
  G3: { label: 'Lewat 0–30 hari' },
  G4: aged('{lewat},"<=30"'),
  H3: { label: '31–60 hari' },
  H4: aged('{lewat},">30",{lewat},"<=60"'),
  I3: { label: 'di atas 60 hari' },
  I4: aged('{lewat},">60"'),
})

const PIUTANG: Row[] = [
  {
    ...{ tanggal: '2027-01-08', nama: 'Pelanggan A (contoh)', jumlah: 600_000, tempo: '2027-01-31' },
    ...{ dibayar: 350_000, jenis: CREDIT_SALE },
  },
]
const UTANG: Row[] = [
  {
    ...{ tanggal: '2027-01-10', nama: 'Pemasok B (contoh)', jumlah: 400_000, tempo: '2027-02-10' },
    ...{ dibayar: 300_000, jenis: 'Bahan & stok' },
  },
]

const { collected, returned, settled, settledEquipment } = cashCategories

/** Who owes the business. */
export const piutang = ({ set, rows }: Setting): TableSheet => ({
  ...{ kind: 'table', name: 'Piutang', title: 'Piutang: siapa belum membayar', landscape: true, rows },
  hint: 'Satu baris untuk tiap utang pelanggan. Kalau dicicil, ubah angka di "Sudah dibayar".',
  columns: columns('Nama', { head: 'Jenis', list: 'jenis_piutang' }),
  loose: loose(set, `${inKas(collected, 'in')}+${inKas(returned, 'in')}`),
  example: PIUTANG,
})

/** Whom the business owes. */
export const utang = ({ set, rows }: Setting): TableSheet => ({
  ...{ kind: 'table', name: 'Utang', title: 'Utang: kepada siapa dan kapan dibayar', landscape: true, rows },
  hint: 'Satu baris untuk tiap utang ke pemasok. Kalau dicicil, ubah angka di "Sudah dibayar".',
  columns: columns('Kepada', { head: 'Untuk', list: 'jenis_utang' }),
  loose: loose(set, `${inKas(settled, 'out')}+${inKas(settledEquipment, 'out')}`),
  example: UTANG,
})
