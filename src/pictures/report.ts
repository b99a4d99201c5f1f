import { SELF_RECORDED, type Laporan, type LaporanMonth } from '../domain/ledger/laporan.ts'
import { formatMonth, formatNumber, formatRupiah, type Language } from '../lib/format.ts'
import { box, COLOURS, pngOf, svgOf, text, WIDTH } from './draw.ts'

const MARGIN = 14
const TOP = 62
const CARD = 92
const GAP = 8

const WORDS = {
  id: { title: 'Laporan usaha', of: 'bulan tercatat', sales: 'Penjualan', out: 'Biaya', surplus: 'Sisa usaha', prive: 'Prive', instalments: 'Angsuran', cash: 'Kas akhir', days: 'hari dicatat', owed: 'Piutang', owing: 'Utang usaha', sign: 'Tanda tangan pemilik', rupiah: 'Rupiah, hitungan kas' },
  en: { title: 'Business report', of: 'months recorded', sales: 'Sales', out: 'Costs', surplus: 'Surplus', prive: 'Household', instalments: 'Instalments', cash: 'Cash at end', days: 'days recorded', owed: 'Owed to me', owing: 'I owe', sign: 'Signature of the owner', rupiah: 'Rupiah, cash count' },
} // prettier-ignore

/** The report for a bank as a PNG: one card a month, who owes, the sentence and a line to sign. */
export function reportPicture(laporan: Laporan, language: Language): Uint8Array {
  const { months, recorded, of } = laporan
  const words = WORDS[language]
  const end = TOP + months.length * (CARD + GAP)
  const total = (debts: Laporan['debtors']) => debts.reduce((sum, { left }) => sum + left, 0)
  const [first = '', second = ''] = halves(SELF_RECORDED[language])
  const parts = [
    text({ x: MARGIN, y: 28 }, words.title, { size: 19, bold: true, fill: COLOURS.left }),
    text({ x: WIDTH - MARGIN, y: 28 }, `${recorded}/${of} ${words.of}`, { size: 12, anchor: 'end', fill: COLOURS.quiet }),
    text({ x: MARGIN, y: 48 }, words.rupiah, { size: 11, fill: COLOURS.quiet }),
    ...months.flatMap((month, at) => card(month, TOP + at * (CARD + GAP), language)),
    text({ x: MARGIN, y: end + 18 }, `${words.owed}: ${formatRupiah(total(laporan.debtors), language)}`, { size: 12 }),
    text({ x: WIDTH / 2 + 10, y: end + 18 }, `${words.owing}: ${formatRupiah(total(laporan.creditors), language)}`, { size: 12 }),
    text({ x: MARGIN, y: end + 44 }, first, { size: 11, fill: COLOURS.quiet }),
    text({ x: MARGIN, y: end + 60 }, second, { size: 11, fill: COLOURS.quiet }),
    box({ x: MARGIN, y: end + 108, width: 170, height: 1 }, COLOURS.text),
    text({ x: MARGIN, y: end + 124 }, words.sign, { size: 11 }),
  ] // prettier-ignore
  return pngOf(svgOf(end + 140, parts))
}

function card(row: LaporanMonth, y: number, language: Language): string[] {
  const words = WORDS[language]
  const number = (amount: number) => formatNumber(amount, language)
  const out = row.sales + row.otherIncome - row.surplus
  const third = (WIDTH - 2 * MARGIN - 20) / 3
  const cell = (at: number, line: number, [label, amount]: readonly [string, number]) => {
    const x = MARGIN + 10 + at * third
    const bold = line === 0
    const size = bold ? 13 : 12
    return [
      text({ x, y: y + 38 + line * 32 }, label, { size: 10, fill: COLOURS.quiet }),
      text({ x, y: y + 52 + line * 32 }, number(amount), { size, bold }),
    ]
  }
  return [
    box({ x: MARGIN, y, width: WIDTH - 2 * MARGIN, height: CARD }, COLOURS.pale, 8),
    text({ x: MARGIN + 10, y: y + 20 }, formatMonth(row.month, language), { size: 13, bold: true, fill: COLOURS.left }),
    text({ x: WIDTH - MARGIN - 10, y: y + 20 }, `${row.daysRecorded}/${row.days} ${words.days}`, { size: 11, fill: COLOURS.quiet, anchor: 'end' }),
    ...cell(0, 0, [words.sales, row.sales + row.otherIncome]),
    ...cell(1, 0, [words.out, out]),
    ...cell(2, 0, [words.surplus, row.surplus]),
    ...cell(0, 1, [words.prive, row.prive]),
    ...cell(1, 1, [words.instalments, row.instalments]),
    ...cell(2, 1, [words.cash, row.cashAtEnd]),
  ] // prettier-ignore
}

/** A sentence in two lines, broken at the space nearest to its middle. */
function halves(sentence: string): [string, string] {
  const middle = sentence.length / 2
  const spaces = [...sentence.matchAll(/ /g)].map(({ index }) => index)
  const at = spaces.reduce(
    (best, each) => (Math.abs(each - middle) < Math.abs(best - middle) ? each : best),
    0,
  )
  return [sentence.slice(0, at), sentence.slice(at + 1)]
}
