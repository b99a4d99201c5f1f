import type { Debt } from '../domain/ledger/debts.ts'
import { SELF_RECORDED, type Laporan, type LaporanMonth } from '../domain/ledger/laporan.ts'
import { partyName } from '../domain/ledger/words.ts'
import { formatDate, formatMonth, formatRupiah } from '../lib/format.ts'
import { labelOf } from './categories.ts'
import type { Column, Loose, TableSheet, Workbook } from './types.ts'

type Money = Exclude<keyof LaporanMonth, 'month' | 'daysRecorded' | 'days'>

const COLUMNS: readonly (readonly [key: Money, head: string])[] = [
  ['sales', 'Penjualan diterima'],
  ['otherIncome', 'Pendapatan lain'],
  ['goods', labelOf('bahan')],
  ['packaging', labelOf('kemasan')],
  ['wages', labelOf('gaji')],
  ['rent', labelOf('sewa')],
  ['utilities', labelOf('utilitas')],
  ['transport', labelOf('transport')],
  ['other', labelOf('lain')],
  ['surplus', 'Sisa usaha (kas)'],
  ['prive', 'Prive (untuk rumah)'],
  ['instalments', 'Angsuran dibayar'],
  ['cashAtEnd', 'Kas akhir bulan'],
]

/** The surplus is computed in the file as well: an officer can follow it. */
const SURPLUS = 'N(B#)+N(C#)-SUM(D#:J#)'
/** Cash at the end of months is not to be added up. */
const NO_TOTAL = new Set<string>(['cashAtEnd'])

const columns: Column[] = [
  { key: 'month', head: 'Bulan', width: 16, formula: '', format: 'text' },
  ...COLUMNS.map(([key, head]): Column => ({
    ...{ key, head, width: 12.5, format: 'rupiah' },
    formula: key === 'surplus' ? SURPLUS : '',
  })),
  { key: 'recorded', head: 'Hari dicatat', width: 12, formula: '', format: 'text' },
]

const totals = (): Record<string, Loose> => ({
  A4: { label: 'Jumlah' },
  ...Object.fromEntries(
    COLUMNS.map(([key], at) => [key, `${String.fromCharCode(66 + at)}4`] as const)
      .filter(([key]) => !NO_TOTAL.has(key))
      .map(([key, address]) => [
        address,
        { formula: `SUM({${key}})`, format: 'rupiah', strong: true } as const,
      ]),
  ),
})

const MOST_DEBTS = 10

function debtLines(title: string, debts: readonly Debt[]): string[] {
  if (debts.length === 0) return [`${title}: tidak ada`]
  const total = debts.reduce((sum, { left }) => sum + left, 0)
  const lines = debts.slice(0, MOST_DEBTS).map(({ party, left, since, due }) => {
    const from = since === undefined ? '' : `, sejak ${formatDate(since)}`
    const until = due === undefined ? '' : `, jatuh tempo ${formatDate(due)}`
    return `• ${party === '' ? 'tanpa nama' : partyName(party)}: ${formatRupiah(left)}${from}${until}`
  })
  const more = debts.length > MOST_DEBTS ? [`• dan ${debts.length - MOST_DEBTS} lainnya`] : []
  return [`${title}: ${formatRupiah(total)}`, ...lines, ...more]
}

/** The report for a bank on one sheet of A4: one row a month, who owes, the sentence and a line to sign. */
export function laporanWorkbook({ months, recorded, of, debtors, creditors }: Laporan): Workbook {
  const last = months.at(-1)?.month
  const title = `Laporan usaha${last === undefined ? '' : ` sampai ${formatMonth(last)}`}`
  const sheet: TableSheet = {
    ...{
      kind: 'table',
      name: 'Laporan',
      title,
      landscape: true,
      columns,
      rows: months.length,
      loose: totals(),
    },
    hint: `Rupiah, hitungan kas: uang yang benar-benar masuk dan keluar. ${recorded} dari ${of} bulan tercatat.`,
    example: months.map(({ month, daysRecorded, days, surplus: _, ...amounts }) => ({
      ...{ ...amounts, month: formatMonth(month), recorded: `${daysRecorded} dari ${days}` },
    })),
    below: [
      ...debtLines('Piutang (pelanggan yang belum membayar)', debtors),
      '',
      ...debtLines('Utang usaha', creditors),
      '',
      SELF_RECORDED.id,
      '',
      'Nama usaha: ______________________________',
      '',
      'Tempat, tanggal: ______________________________',
      '',
      '',
      '______________________________',
      'Tanda tangan pemilik',
    ],
  }
  return { title, sheets: [sheet] }
}
