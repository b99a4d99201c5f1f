import { dayFromIso, isoOf, mondayOf } from '../../lib/days.ts'
import { formatNumber, formatRupiah, formatShortDate, type Language } from '../../lib/format.ts'
import { byDate, debtOf, debtsOf, openDebts, type Debt } from './debts.ts'
import { monthSpan, progress } from './months.ts'
import { summarise, type Summary } from './summary.ts'
import type { Direction, Entry, Said, Span } from './types.ts'
import { entryLine, partyName } from './words.ts'

/** What the chat tells of a book. Every figure is of `summarise`, so it agrees with picture, workbook and laporan. */

const say = (language: Language, id: string, en: string) => (language === 'id' ? id : en)
const rp = formatRupiah

export const daySpan = (date: string): Span => ({ from: date, to: date })

/** Monday to Sunday around a day. */
export function weekSpan(date: string): Span {
  const monday = mondayOf(dayFromIso(date) ?? 0)
  return { from: isoOf(monday), to: isoOf(monday + 6) }
}

export const monthOf = (date: string): Span => monthSpan(date.slice(0, 7))

/** The echo of what was just recorded. @param all every standing entry, the new ones among them */
export function echo(added: readonly Said[], all: readonly Entry[], language: Language): string {
  const lines = added.map(said => entryLine(said, language))
  const [first] = lines
  const head = say(language, 'Tercatat', 'Noted')
  const noted =
    lines.length === 1
      ? `${head}: ${first ?? ''}`
      : [`${head}:`, ...lines.map(line => `• ${line}`)].join('\n')
  const debts = debtsOf(all).all
  const left = added.flatMap(said => debtLeft(said, debts, language))
  return [noted, ...new Set(left), dayLine(added, all, language)].filter(line => line !== '').join('\n')
}

const DEBT_OF: Partial<Record<Said['kind'], Direction>> = {
  receivable: 'receivable',
  receivable_paid: 'receivable',
  payable: 'payable',
  payable_paid: 'payable',
}

/** "Sisa utang Bu Ani Rp10.000", after each entry about a debt. */
function debtLeft(said: Said, debts: readonly Debt[], language: Language): string[] {
  const direction = DEBT_OF[said.kind]
  const debt = direction && debtOf(debts, direction, said.party ?? '')
  if (!debt) return []
  const who =
    said.party === undefined ? say(language, 'yang tanpa nama', 'without a name') : partyName(said.party)
  if (debt.over > 0)
    return [
      say(language, `Lebih bayar ${who} ${rp(debt.over)}`, `${who}: overpaid by ${rp(debt.over, language)}`),
    ]
  const left = rp(debt.left, language)
  if (debt.left === 0) return [say(language, `Lunas: ${who}`, `Settled: ${who}`)]
  return direction === 'receivable'
    ? [say(language, `Sisa utang ${who} ${left}`, `${who} still owes you ${left}`)]
    : [say(language, `Sisa utang Anda ke ${who} ${left}`, `You still owe ${who} ${left}`)]
}

/** "Rab, 25 Nov: masuk Rp350.000, keluar Rp142.000" of the day that was written to last. */
function dayLine(added: readonly Said[], all: readonly Entry[], language: Language): string {
  const date = added.at(-1)?.date
  if (date === undefined) return ''
  const { cashIn, cashOut } = summarise(all, daySpan(date))
  const day = formatShortDate(date, language)
  return say(
    language,
    `${day}: masuk ${rp(cashIn)}, keluar ${rp(cashOut)}`,
    `${day}: in ${rp(cashIn, language)}, out ${rp(cashOut, language)}`,
  )
}

/** Three lines (in, out, left), prive and loans apart; what cash left is never called profit. */
export function summaryText(summary: Summary, language: Language): string {
  const line = (id: string, en: string, amount: number) => `${say(language, id, en)}: ${rp(amount, language)}`
  const apart: [string, string, number][] = [
    ['Belanja alat', 'Equipment', summary.equipment],
    ['Ambil untuk rumah', 'Taken for the household', summary.prive],
    ['Modal masuk', 'Capital paid in', summary.capital],
    ['Pinjaman masuk', 'Loans received', summary.loanIn],
    ['Bayar cicilan', 'Instalments', summary.loanOut],
    ['Dipinjamkan', 'Lent', summary.lent],
    ['Pinjaman kembali', 'Lent money returned', summary.returned],
    ['Dijual belum dibayar', 'Sold on credit', summary.creditSales],
  ]
  return [
    line('Masuk dari usaha', 'In from the business', summary.operatingIn),
    line('Keluar untuk usaha', 'Out for the business', summary.operatingOut),
    line('Sisa usaha (hitungan kas)', 'Business surplus (cash count)', summary.surplus),
    ...apart.flatMap(([id, en, amount]) => (amount === 0 ? [] : [line(id, en, amount)])),
  ].join('\n')
}

const spanName = ({ from, to }: Span, language: Language): string =>
  from === to
    ? formatShortDate(from, language)
    : `${formatShortDate(from, language)} – ${formatShortDate(to, language)}`

const MOST_LINES = 20

/** A span: its entries by day (the newest, when there are many), then the figures. */
export function spanText(entries: readonly Entry[], span: Span, language: Language): string {
  const inside = byDate(entries).filter(entry => entry.date >= span.from && entry.date <= span.to)
  if (inside.length === 0)
    return `${spanName(span, language)}: ${say(language, 'belum ada catatan', 'nothing noted yet')}.`
  const shown = inside.slice(-MOST_LINES)
  const hidden = inside.length - shown.length
  const lines = shown.map(entry => `• ${entryLine(entry, language)}`)
  const more =
    hidden > 0 ? [say(language, `… dan ${hidden} catatan sebelumnya`, `… and ${hidden} earlier entries`)] : []
  return [...more, ...lines, '', summaryText(summarise(entries, span), language)].join('\n').trim()
}

/** "siapa belum bayar": open debts of both directions, largest first. Empty when there are none. */
export function debtsText(entries: readonly Entry[], language: Language): string {
  const debts = debtsOf(entries).all
  const list = (direction: Direction, title: string) => {
    const open = openDebts(debts, direction)
    if (open.length === 0) return []
    const total = open.reduce((sum, debt) => sum + debt.left, 0)
    return [`${title} ${rp(total, language)}`, ...open.map(debt => `• ${debtLine(debt, language)}`)]
  }
  return [
    ...list('receivable', say(language, 'Belum bayar ke Anda:', 'Owed to you:')),
    ...list('payable', say(language, 'Utang Anda:', 'You owe:')),
    ...overpaid(debts, language),
  ].join('\n')
}

/** What customers paid too much is theirs still. */
function overpaid(debts: readonly Debt[], language: Language): string[] {
  const over = debts.filter(debt => debt.direction === 'receivable' && debt.over > 0)
  const title = say(language, 'Lebih bayar ke Anda:', 'Paid too much to you:')
  return over.length === 0
    ? []
    : [title, ...over.map(debt => `• ${whoOf(debt, language)} ${rp(debt.over, language)}`)]
}

const whoOf = ({ party }: Debt, language: Language): string =>
  party === '' ? say(language, 'tanpa nama', 'no name') : partyName(party)

function debtLine(debt: Debt, language: Language): string {
  const { left, since, due } = debt
  const from =
    since === undefined ? '' : `, ${say(language, 'sejak', 'since')} ${formatShortDate(since, language)}`
  const until =
    due === undefined ? '' : `, ${say(language, 'janji bayar', 'due')} ${formatShortDate(due, language)}`
  return `${whoOf(debt, language)} ${rp(left, language)}${from}${until}`
}

/**
 * A polite text to forward, never sent by us: no account number, no link (such texts are copied by cheats), no threat.
 */
export const duePlea = ({ party, left, since }: Debt, language: Language): string =>
  say(
    language,
    `Halo ${partyName(party)}, saya ingin mengingatkan catatan ${since ? `sejak ${formatShortDate(since)} ` : ''}sebesar ${rp(left)}. Kalau sudah ada rezeki, mohon dibantu ya. Boleh dicicil. Terima kasih banyak.`,
    `Hello ${partyName(party)}, a kind reminder of ${rp(left, language)}${since ? ` since ${formatShortDate(since, language)}` : ''}. Whenever you can; instalments are fine. Thank you very much.`,
  )

/** "18 dari 25 hari tercatat · bulan ke-2 dari 6 untuk berkas bank" */
export function progressText(
  entries: readonly Entry[],
  daysOff: readonly string[],
  today: string,
  language: Language,
): string {
  const at = progress(entries, daysOff, today)
  if (!at) return ''
  const month = Math.min(at.month, at.of)
  return say(
    language,
    `${formatNumber(at.recorded)} dari ${formatNumber(at.days)} hari tercatat · bulan ke-${month} dari ${at.of} untuk berkas bank`,
    `${at.recorded} of ${at.days} days recorded · month ${month} of ${at.of} for the bank file`,
  )
}
