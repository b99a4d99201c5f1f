import type { Laporan } from '../ledger/laporan.ts'
import type { PictureData } from '../ledger/picture.ts'
import type { Entry } from '../ledger/types.ts'

/** A file as `FilesMade.add` takes it, with the name that people see. */
export interface Paper {
  name: string
  mime: string
  bytes: Uint8Array
}

/** What can be made of somebody's books: workbooks in Indonesian, pictures in their language. */
export interface Papers {
  /** The month's own entries in the set whose sheets feed each other. @param entries every standing entry, @param month `YYYY-MM` */
  month(entries: readonly Entry[], month: string): Promise<Paper>
  /** The report for a bank, on A4. */
  laporan(laporan: Laporan): Promise<Paper>
  laporanPicture(laporan: Laporan, language: 'id' | 'en'): Promise<Paper>
  /** A week or month for small phones. Its words: `pictureText`. */
  picture(data: PictureData, language: 'id' | 'en'): Promise<Paper>
}
