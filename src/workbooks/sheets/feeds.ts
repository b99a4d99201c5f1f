/** Formulas by which the sheets of the set feed each other; all of them look at the period that stands on "Laba Rugi". */

const between = (sheet: string): string =>
  `{${sheet}.tanggal},">="&N({Laba Rugi.dari}),{${sheet}.tanggal},"<="&N({Laba Rugi.sampai})`

const kasSum = (column: 'masuk' | 'keluar', category: string): string =>
  `SUMIFS({Kas.${column}},{Kas.kategori},"${category}",${between('Kas')})`

/**
 * Money of a category in the period. Both columns count, so that money given back is taken off.
 * @param direction `in`: money in less money out; `out` the reverse
 */
export const inKas = (category: string, direction: 'in' | 'out'): string =>
  direction === 'in'
    ? `${kasSum('masuk', category)}-${kasSum('keluar', category)}`
    : `${kasSum('keluar', category)}-${kasSum('masuk', category)}`

/** Cash at the end of the period. */
export const cashAtEnd = `N({Kas.saldo_awal})+SUMIFS({Kas.masuk},${between('Kas')})-SUMIFS({Kas.keluar},${between('Kas')})`

/** Given on credit in the period; of one kind only, or of all. */
export const onCredit = (sheet: 'Piutang' | 'Utang', kind?: string): string =>
  `SUMIFS({${sheet}.jumlah},${between(sheet)}${kind === undefined ? '' : `,{${sheet}.jenis},"${kind}"`})`

/** What was open before the period. */
export const openBefore = (sheet: 'Piutang' | 'Utang'): string =>
  `SUMIFS({${sheet}.jumlah},{${sheet}.tanggal},"<"&N({Laba Rugi.dari}))`

/** What is open at the end of the period. */
export const openAtEnd = (sheet: 'Piutang' | 'Utang'): string =>
  `SUMIFS({${sheet}.sisa},{${sheet}.tanggal},"<="&N({Laba Rugi.sampai}))`
