/** The verbs and nouns that say what happened, in standard spelling. */
export const SELL = new Set(['jual', 'jualan', 'laku', 'terjual', 'penjualan', 'pesanan', 'orderan', 'omzet', 'pendapatan', 'katering', 'dibeli', 'jasa', 'hasil']) // prettier-ignore
export const BUY = new Set(['beli', 'belanja', 'kulakan', 'restok', 'stok', 'borong', 'menghabiskan'])
export const OWE = new Set(['utang', 'ngutang', 'bon', 'kasbon', 'piutang'])
/** Money goes to somebody. */
export const PAY = new Set(['bayar', 'setor', 'transfer', 'kirim', 'lunasi', 'cicil', 'balikin', 'dibayar', 'pelunasan', 'lunas', 'kembali', 'tebus']) // prettier-ignore
export const GET = new Set(['dapat', 'terima', 'masuk', 'pemasukan', 'cair', 'dikasih'])
export const GIVE = new Set(['kasih', 'keluar', 'pengeluaran', 'biaya', 'ongkos', 'ambil', 'tarik', 'pakai', 'minta', ...PAY]) // prettier-ignore
/** "saya", and the business itself. */
export const OWN = new Set(['saya', 'kami'])
export const HOUSE = new Set(['kas', 'warung', 'laci', 'usaha', 'toko', 'jualan', 'kios', 'lapak', 'kasir'])
