import { cashAt } from './summary.ts'
import { debtsOf, openDebts, type Debt } from './debts.ts'
import { MONTHS_FOR_BANK, monthRows, monthSpan } from './months.ts'
import type { Entry } from './types.ts'

/**
 * One month of the report for a bank, cash as it was recorded. Rupiah.
 * surplus = sales + otherIncome − goods − packaging − wages − rent − utilities − transport − other
 */
export interface LaporanMonth {
  /** `YYYY-MM` */
  month: string
  /** What customers paid: sales at once, and debts that were paid. */
  sales: number
  otherIncome: number
  goods: number
  packaging: number
  wages: number
  rent: number
  utilities: number
  transport: number
  other: number
  /** "Sisa usaha (hitungan kas)". */
  surplus: number
  prive: number
  /** Instalments that were paid. */
  instalments: number
  cashAtEnd: number
  daysRecorded: number
  days: number
}

/** The months before a loan officer: facts that the owner recorded, no score, no promise. */
export interface Laporan {
  months: LaporanMonth[]
  /** Months with at least one recorded day, of how many a bank asks for. */
  recorded: number
  of: number
  debtors: Debt[]
  creditors: Debt[]
  cash: number
}

/**
 * @param entries every standing entry
 * @param daysOff days marked "libur"
 * @param last the last month, `YYYY-MM`
 */
export function laporanOf(entries: readonly Entry[], daysOff: readonly string[], last: string): Laporan {
  const months = monthRows(entries, daysOff, last).map(({ month, summary, ...row }) => {
    const { paid, sales, collected, otherIncome, operatingOut, surplus, prive, loanOut } = summary
    const { bahan: goods, kemasan: packaging, gaji: wages, sewa: rent, utilitas: utilities, transport } = paid
    const other = operatingOut - goods - packaging - wages - rent - utilities - transport
    const lines = { goods, packaging, wages, rent, utilities, transport, other }
    return {
      ...{ month, sales: sales + collected, otherIncome, ...lines },
      ...{ surplus, prive, instalments: loanOut, ...row },
    }
  })
  const { to } = monthSpan(last)
  const debts = debtsOf(entries.filter(entry => entry.date <= to)).all
  return {
    months,
    recorded: months.filter(({ daysRecorded }) => daysRecorded > 0).length,
    of: MONTHS_FOR_BANK,
    debtors: openDebts(debts, 'receivable'),
    creditors: openDebts(debts, 'payable'),
    cash: cashAt(entries, to),
  }
}

/** Under every report: who says so. */
export const SELF_RECORDED = {
  id: 'Laporan ini dicatat sendiri oleh pemilik usaha dan tidak diperiksa pihak lain.',
  en: 'This report was recorded by the owner of the business and has not been checked by anybody else.',
}
