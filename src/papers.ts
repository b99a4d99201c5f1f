import type { Papers } from './domain/ports/papers.ts'
import { XLSX } from './workbooks/index.ts'

const PNG = 'image/png'

/** Libraries for spreadsheets and pictures are loaded when the first one is made. */
export const PAPERS: Papers = {
  async month(entries, month) {
    const { makeMonth } = await import('./workbooks/make.ts')
    return { name: `Pembukuan-${month}.xlsx`, mime: XLSX, bytes: await makeMonth(entries, month) }
  },
  async laporan(laporan) {
    const { makeLaporan } = await import('./workbooks/make.ts')
    return { name: 'Laporan-Usaha.xlsx', mime: XLSX, bytes: await makeLaporan(laporan) }
  },
  async laporanPicture(laporan, language) {
    const { reportPicture } = await import('./pictures/report.ts')
    return { name: 'Laporan-Usaha.png', mime: PNG, bytes: reportPicture(laporan, language) }
  },
  async picture(data, language) {
    const { chartPicture } = await import('./pictures/chart.ts')
    return { name: 'Kas-Usaha.png', mime: PNG, bytes: chartPicture(data, language) }
  },
}
