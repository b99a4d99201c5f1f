/** The workbooks that people can ask for: what each is for, and which version is handed out. */
export interface WorkbookInfo {
  /** Grows with every change of the file, so that what a platform keeps of the old one is not sent again. */
  version: number
  /** Of the file. */
  fileName: string
  title: { id: string; en: string }
  /** One line: what it is for. */
  purpose: { id: string; en: string }
}

const info = (
  fileName: string,
  title: readonly [string, string],
  purpose: readonly [string, string],
): WorkbookInfo => ({
  version: 2,
  fileName: `${fileName}.xlsx`,
  title: { id: title[0], en: title[1] },
  purpose: { id: purpose[0], en: purpose[1] },
})

export const WORKBOOKS = {
  buku_kas: info('Buku-Kas-Harian', ['Buku kas harian', 'Daily cash book'], ['Uang masuk dan keluar', 'Money in and out']),
  'laba_rugi': info('Laba-Rugi', ['Laba rugi', 'Profit and loss'], ['Untung atau rugi sebulan', 'Profit or loss of a month']),
  neraca: info('Neraca', ['Neraca', 'Balance sheet'], ['Harta, utang, dan modal', 'What you own and owe']),
  stok: info('Stok-Barang', ['Stok barang', 'Stock'], ['Barang masuk, keluar, dan sisa', 'Goods in, out and left']),
  'piutang_utang': info('Piutang-dan-Utang', ['Piutang dan utang', 'Who owes whom'], ['Siapa belum bayar, kapan jatuh tempo', 'Who has not paid, and when it is due']),
  hpp: info('HPP-dan-Harga-Jual', ['HPP dan harga jual', 'Cost and price'], ['Menghitung modal dan harga', 'Work out cost and price']),
  'paket_lengkap': info('Paket-Pembukuan-Lengkap', ['Paket lengkap', 'The whole set'], ['Semua format dalam satu berkas', 'All of them in one file']),
} as const satisfies Record<string, WorkbookInfo> // prettier-ignore

export type WorkbookId = keyof typeof WORKBOOKS
export const WORKBOOK_IDS = Object.keys(WORKBOOKS) as WorkbookId[]
export const isWorkbookId = (id: string): id is WorkbookId => Object.hasOwn(WORKBOOKS, id)

/** The key of the file in a message: the same key is always the same file. */
export const workbookKey = (id: WorkbookId): string => `workbook/${id}@${WORKBOOKS[id].version}`

/** Is it used? What somebody answers a week later; their coach sees it. */
export const USED = ['yes', 'not_yet', 'stuck'] as const
export type Used = (typeof USED)[number]
export const isUsed = (answer: string): answer is Used => USED.some(each => each === answer)

export interface Delivery {
  id: number
  workbook: string
  version: number
  sentAt: number
  used: Used | null
  answeredAt: number | null
}

/** Which workbooks a resident was given. Times are epoch ms. */
export interface Deliveries {
  /** @returns the number of the delivery */
  add(residentId: string, given: { workbook: WorkbookId; version: number }, at: number): Promise<number>
  /** Oldest first. */
  of(residentId: string): Promise<Delivery[]>
  /** @returns false when the resident was given no such workbook */
  answer(residentId: string, id: number, used: Used, at: number): Promise<boolean>
}

/** A week later they are asked whether it is used. */
export const FOLLOW_UP_DAYS = 7
