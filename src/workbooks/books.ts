import { WORKBOOKS, type WorkbookId } from '../domain/workbooks.ts'
import { catatan, neraca } from './sheets/neraca.ts'
import { alat, stok } from './sheets/stok.ts'
import { hpp, pajak } from './sheets/hpp.ts'
import { kas, perBulan } from './sheets/kas.ts'
import { kategori, petunjuk } from './sheets/petunjuk.ts'
import { labaRugi } from './sheets/labaRugi.ts'
import { piutang, utang } from './sheets/debts.ts'
import { toClear } from './clear.ts'
import type { FormSheet, Setting, TableSheet, Workbook } from './types.ts'

/** Rows of the long tables. */
export const ROWS = 300

const SHEETS: Readonly<Record<WorkbookId, (alone: Setting) => (TableSheet | FormSheet)[]>> = {
  buku_kas: alone => [kas(alone), perBulan(), kategori()],
  laba_rugi: alone => [labaRugi(alone), pajak()],
  neraca: alone => [neraca(alone), catatan()],
  stok: alone => [stok(alone)],
  piutang_utang: alone => [piutang(alone), utang(alone), kategori()],
  hpp: () => [hpp()],
  paket_lengkap: ({ rows }) => setOf(rows),
}

/** The sheets that feed each other. */
export const setOf = (rows: number): (TableSheet | FormSheet)[] => {
  const setting: Setting = { set: true, rows }
  return [
    ...[kas(setting), perBulan(), piutang(setting), utang(setting), stok(setting), alat()],
    ...[labaRugi(setting), neraca(setting), hpp(), pajak(), catatan(), kategori()],
  ].map(fed)
}

/** In the set, a line that others feed is computed. */
const fed = (sheet: TableSheet | FormSheet): TableSheet | FormSheet =>
  sheet.kind === 'table'
    ? sheet
    : {
        ...sheet,
        lines: sheet.lines.map(line => {
          if (typeof line === 'string' || !('feed' in line) || line.feed === undefined) return line
          const { input, feed, example: _, list: __, signed: ___, ...rest } = line
          return { ...rest, formula: feed, format: input }
        }),
      }

const GUIDES: Readonly<Record<WorkbookId, readonly string[]>> = {
  buku_kas: [
    'Buka lembar Kas. Di sel F4 tulis uang yang ada sekarang (saldo awal). Angka ini boleh diubah kapan saja.',
    'Tiap ada uang masuk atau keluar, tulis satu baris: tanggal, keterangan, kategori, lalu angkanya di Masuk atau Keluar.',
    'Lihat Saldo. Cocokkan dengan uang di laci setiap malam.',
    'Lembar Per Bulan menjumlahkan sendiri. Lembar Kategori menjelaskan pilihan kategori.',
  ],
  laba_rugi: [
    'Buka lembar Laba Rugi dan tulis periodenya, misalnya satu bulan.',
    'Isi sel kuning dari buku kas dan catatan utang Anda. Penjualan yang belum dibayar ikut dihitung.',
    'Hitung barang yang tersisa di akhir bulan dan tulis nilainya di Persediaan akhir.',
    'Bagian "Dari kas ke laba" menunjukkan mengapa laba tidak sama dengan sisa uang.',
    'Lembar Pajak memperkirakan PPh final orang pribadi.',
  ],
  neraca: [
    'Buka lembar Neraca dan tulis tanggalnya, misalnya akhir bulan.',
    'Isi harta usaha, utang usaha, dan modal di sel kuning.',
    'Sel terakhir memeriksa sendiri: harus berbunyi Seimbang.',
    'Lembar Catatan berisi enam catatan singkat untuk menyertai laporan.',
  ],
  stok: [
    'Buka lembar Stok. Tulis nama barang, satuan, dan jumlah awalnya.',
    'Tambahkan barang yang masuk dan keluar di kolomnya; kolom Sisa terhitung sendiri.',
    'Isi Stok minimum: kalau sisa sampai angka itu, Status menjadi "Beli lagi".',
    'Di akhir bulan hitung barang sungguhan dan cocokkan dengan kolom Sisa.',
  ],
  piutang_utang: [
    'Lembar Piutang: siapa yang belum membayar kepada Anda. Lembar Utang: kepada siapa Anda belum membayar.',
    'Tulis tanggal, nama, jumlah, dan kapan jatuh temponya.',
    'Kalau dibayar, sebagian atau semua, ubah angka di Sudah dibayar. Sisa dan Status terhitung sendiri.',
    'Baris paling atas menjumlahkan yang sudah lewat 30 dan 60 hari. Yang merah perlu ditagih.',
  ],
  hpp: [
    'Buka lembar HPP. Tulis bahan, jumlah, dan harganya untuk satu kali produksi.',
    'Tambahkan upah dan biaya lain, lalu berapa porsi hasilnya. Modal per porsi terhitung sendiri.',
    'Ada dua cara menentukan harga. Untung 40% dari modal tidak sama dengan untung 40% dari harga jual.',
    'Titik impas: berapa porsi sebulan supaya biaya tetap tertutup.',
  ],
  paket_lengkap: [
    'Satu berkas untuk satu periode, misalnya satu bulan. Tulis periodenya di lembar Laba Rugi. Bulan berikutnya, pakai berkas baru.',
    'Mulai dari lembar Kas saja selama seminggu. Lembar lain boleh kosong dulu.',
    'Penjualan atau belanja yang belum dibayar ditulis di Piutang atau Utang. Sisa utang bulan lalu ditulis dengan tanggal lamanya.',
    'Saat dibayar: tulis di Kas dengan kategori "Piutang dibayar" atau "Bayar utang", dan ubah Sudah dibayar di Piutang atau Utang.',
    'Isi Stok dan Alat di akhir bulan. Laba Rugi dan Neraca terhitung sendiri dari semua lembar.',
    'Kalau Neraca belum seimbang, lihat kolom Periksa di Kas dan sel "Sama dengan lembar Kas?".',
  ],
}

/** A workbook to fill in, with its example. */
export function template(id: WorkbookId, rows = ROWS): Workbook {
  const title = WORKBOOKS[id].title.id
  const sheets = SHEETS[id]({ set: false, rows })
  return { title, sheets: [petunjuk({ title, steps: GUIDES[id] }, toClear(sheets)), ...sheets] }
}
