import { cashCategories } from '../categories.ts'
import type { FormSheet, Line, Setting } from '../types.ts'
import { cashAtEnd, inKas, openAtEnd, openBefore } from './feeds.ts'

const { capital, prive, loanIn, loanOut } = cashCategories

/** What the business had before the period: opening balances come from equity, they are no income. */
const OPENING = `N({Kas.saldo_awal})+${openBefore('Piutang')}+{Stok.jumlah_awal}+{Alat.jumlah_awal}-(${openBefore('Utang')})-N({utang_bank_awal})`

const money = (key: string, label: string, example: number, feed: string): Line => ({
  ...{ key, label, input: 'rupiah', example, feed },
})
const sum = (key: string, label: string, formula: string): Line => ({
  ...{ key, label, formula, format: 'rupiah', strong: true },
})
const DIFFERENCE = '{aset}-({kewajiban}+{ekuitas})'

const assets: Line[] = [
  { heading: 'Aset (harta usaha)' },
  money('kas', 'Kas dan uang di bank', 4_600_000, cashAtEnd),
  money('piutang', 'Piutang', 250_000, openAtEnd('Piutang')),
  money('persediaan', 'Persediaan', 200_000, '{Stok.jumlah_nilai}'),
  money('peralatan', 'Peralatan (harga beli)', 3_600_000, '{Alat.jumlah_perolehan}'),
  money('susut', 'Dikurangi: jumlah penyusutan', 100_000, '{Alat.jumlah_susut_akhir}'),
  sum('aset', 'Jumlah aset', 'N({kas})+N({piutang})+N({persediaan})+N({peralatan})-N({susut})'),
]

const debts = (set: boolean): Line[] => [
  { heading: 'Kewajiban (utang usaha)' },
  money('utang_usaha', 'Utang usaha', 100_000, openAtEnd('Utang')),
  ...(set
    ? ([
        {
          ...{ key: 'utang_bank_awal', label: 'Utang bank di awal periode', input: 'rupiah', example: 0 },
          note: 'sisa pokok pinjaman lama',
        },
      ] satisfies Line[])
    : []),
  money('utang_bank', 'Utang bank', 0, `N({utang_bank_awal})+${inKas(loanIn, 'in')}-(${inKas(loanOut, 'out')})`), // prettier-ignore
  sum('kewajiban', 'Jumlah kewajiban', 'N({utang_usaha})+N({utang_bank})'),
]

const equity: Line[] = [
  { heading: 'Ekuitas (modal pemilik)' },
  money('modal_awal', 'Modal awal', 5_900_000, OPENING),
  money('tambahan', 'Tambahan modal', 0, inKas(capital, 'in')),
  money('laba', 'Laba bersih', 2_950_000, '{Laba Rugi.laba_bersih}'),
  money('prive', 'Dikurangi: prive (untuk rumah)', 400_000, inKas(prive, 'out')),
  sum('ekuitas', 'Jumlah ekuitas', 'N({modal_awal})+N({tambahan})+N({laba})-N({prive})'),
]

/** Balance sheet at the end of the period (SAK EMKM: laporan posisi keuangan). */
export const neraca = ({ set }: Setting): FormSheet => ({
  kind: 'form',
  name: 'Neraca',
  title: 'Neraca (laporan posisi keuangan)',
  hint: set
    ? 'Terhitung dari lembar lain, per akhir periode di Laba Rugi.'
    : 'Isi keadaan pada satu tanggal.',
  lines: [
    { heading: 'Tanggal' },
    set
      ? { key: 'tanggal', label: 'Per tanggal', formula: 'N({Laba Rugi.sampai})', format: 'date' }
      : { key: 'tanggal', label: 'Per tanggal', input: 'date', example: '2027-01-31' },
    ...assets,
    ...debts(set),
    ...equity,
    { heading: 'Periksa' },
    sum('kanan', 'Kewajiban + ekuitas', '{kewajiban}+{ekuitas}'),
    {
      ...{ key: 'seimbang', label: 'Aset sama dengan kewajiban + ekuitas?', format: 'text' },
      formula: `IF(ABS(${DIFFERENCE})<1,"Seimbang","Belum seimbang: "&TEXT(${DIFFERENCE},"0"))`,
      fine: 'Seimbang',
    },
  ],
})

const FIELDS: readonly (readonly [key: string, label: string, example: string])[] = [
  ['usaha', '1. Tentang usaha', 'Contoh: usaha makanan rumahan, berjualan sejak 2024, dua orang pekerja.'],
  ['dasar', '2. Dasar penyusunan', 'Disusun sendiri oleh pemilik dengan berpedoman pada SAK EMKM: biaya historis, dasar akrual.'],
  ['kebijakan', '3. Cara menghitung', 'Persediaan dinilai dengan harga beli. Alat disusutkan sama besar tiap bulan.'],
  ['rincian_utang', '4. Rincian piutang dan utang', 'Contoh: piutang satu pelanggan, jatuh tempo akhir bulan. Utang satu pemasok.'],
  ['rincian_alat', '5. Rincian alat', 'Contoh: kompor dan gerobak, umur 36 bulan.'],
  ['lain', '6. Hal penting lain', 'Contoh: belum ada.'],
] // prettier-ignore

/** Notes to the statements (CALK). */
export const catatan = (): FormSheet => ({
  kind: 'form',
  name: 'Catatan',
  title: 'Catatan atas laporan keuangan',
  hint: 'Enam catatan singkat yang menyertai laba rugi dan neraca. Ganti contohnya dengan keadaan Anda.',
  lines: FIELDS.map(([key, label, example]) => ({ key, label, input: 'text', example, tall: true })),
})
