import { KATEGORI, LISTS } from '../categories.ts'
import type { TableSheet, TextSheet } from '../types.ts'

export interface Guide {
  title: string
  /** What it is for and how to begin. */
  steps: readonly string[]
}

/** What to clear before real use: a sheet and its ranges with example values. */
export interface ToClear {
  sheet: string
  ranges: readonly string[]
}

const clearing = (all: readonly ToClear[]): TextSheet['paragraphs'] =>
  all.length === 0
    ? []
    : [
        { text: 'Menghapus contoh', as: 'heading' },
        {
          text: 'Angka yang sudah terisi hanya contoh. Untuk memulai: blok sel di bawah ini, lalu tekan Delete (di HP: tahan, lalu Hapus).',
        },
        ...all.map(({ sheet, ranges }) => ({ text: `• ${sheet}: ${ranges.join(', ')}` })),
        { text: 'Sel abu-abu terkunci supaya rumus tidak terhapus. Tidak ada kata sandinya.' },
      ]

/** The first sheet: in plain words what the file is for, how to fill it in, and how to clear the example. */
export const petunjuk = (guide: Guide, toClear: readonly ToClear[]): TextSheet => ({
  kind: 'text',
  name: 'Petunjuk',
  title: guide.title,
  paragraphs: [
    { text: 'Cara memakai', as: 'heading' },
    ...guide.steps.map((text, at) => ({ text: `${at + 1}. ${text}` })),
    { text: 'Arti warna', as: 'heading' },
    { text: 'Kuning: isi di sini', as: 'yellow' },
    { text: 'Abu-abu: terhitung sendiri, jangan diisi', as: 'grey' },
    { text: 'Tulis uang dengan angka saja, tanpa Rp dan tanpa titik: 50000. Tanggal: 25/01/2027.' },
    { text: 'Kalau suatu isian keliru, lembar tetap terhitung dan kolom Periksa atau Status memberi tahu.' },
    { text: 'Mau mencetak? Pilih halaman yang terisi saja, karena baris kosong di bawahnya ikut tercetak.' },
    ...clearing(toClear),
    { text: 'Pisahkan uang usaha dan uang rumah', as: 'heading' },
    {
      text: 'Uang usaha yang diambil untuk rumah dicatat sebagai prive. Itu boleh, asal dicatat. Prive bukan biaya, jadi tidak mengurangi laba.',
    },
    { text: 'Bingung? Ketik "buat janji" di chat OK OCE dan bawa berkas ini ke klinik. Gratis.' },
  ],
})

const rows = Math.max(KATEGORI.length, ...Object.values(LISTS).map(list => list.length))

/** The lists behind the drop-downs, with what belongs where. */
export const kategori = (): TableSheet => ({
  kind: 'table',
  name: 'Kategori',
  title: 'Daftar pilihan',
  hint: 'Isi daftar di lembar lain berasal dari sini.',
  rows,
  columns: [
    { key: 'kategori', head: 'Kategori kas', width: 28, formula: '', format: 'text' },
    { key: 'arti', head: 'Isinya', width: 64, formula: '', format: 'text' },
    { key: 'jenis_piutang', head: 'Jenis piutang', width: 16, formula: '', format: 'text' },
    { key: 'jenis_utang', head: 'Utang untuk', width: 26, formula: '', format: 'text' },
  ],
  loose: {},
  example: Array.from({ length: rows }, (_, at) => {
    const entries = {
      kategori: KATEGORI[at]?.name,
      arti: KATEGORI[at]?.about,
      jenis_piutang: LISTS.jenis_piutang[at],
      jenis_utang: LISTS.jenis_utang[at],
    }
    return Object.fromEntries(Object.entries(entries).filter(each => each[1] !== undefined)) as Record<
      string,
      string
    >
  }),
})
