/** What happened to money or to a debt. Amounts are always positive: the kind gives the direction. */
export const KINDS = [
  'sale', 'purchase', 'expense', 'other_income', 'capital', 'prive', 'loan_in', 'loan_out',
  'receivable', 'receivable_paid', 'payable', 'payable_paid',
] as const // prettier-ignore
export type Kind = (typeof KINDS)[number]

/** What a sale, a purchase or an expense is for; the other kinds have none (a payable keeps that of what was bought). */
export const CATEGORIES = [
  'penjualan', 'pendapatan_lain', 'bahan', 'alat', 'kemasan', 'gaji', 'sewa', 'utilitas', 'transport', 'promosi',
  'perawatan', 'iuran', 'bunga', 'lain',
] as const // prettier-ignore
export type Category = (typeof CATEGORIES)[number]

/** One entry of the books as a message says it. */
export interface Said {
  kind: Kind
  /** Whole rupiah, positive. */
  amount: number
  /** `YYYY-MM-DD` in Jakarta. */
  date: string
  category?: Category
  /** What was sold, bought or paid, in the person's words. */
  item?: string
  /** May be a fraction ("1,5 kg"). */
  qty?: number
  /** Whole rupiah when it divides evenly, else as it comes out. */
  unitPrice?: number
  /** The other side, as written: "bu ani", "toko maju". */
  party?: string
  /** How it was paid: "tunai", "qris", "gofood". */
  method?: string
  /** A receivable for which money left the till: lent, or a staff advance. */
  cash?: 'out'
  /** `YYYY-MM-DD` when it is to be paid. */
  due?: string
  /** A down payment for something still to be delivered. */
  dp?: true
  /** Pays the whole of what is open. */
  full?: true
  /** Cash that was there when the books began: neither income nor new money. */
  opening?: true
}
