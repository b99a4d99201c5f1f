import { formatName, formatNumber, formatRupiah, formatShortDate, type Language } from '../../lib/format.ts'
import { cashEffect } from './book.ts'
import { CHART } from './categories.ts'
import type { Said } from './types.ts'

/** How an entry reads: "penjualan bakso Rp50.000 (uang masuk) · Rab, 25 Nov". Always whole rupiah, day and direction. */

type Pair = readonly [id: string, en: string]
const pick = ([id, en]: Pair, language: Language) => (language === 'id' ? id : en)

/** What happened; `%` stands for the person or the thing. Without one the words before it are enough. */
const WHAT: Record<Said['kind'], Pair> = {
  sale: ['penjualan %', 'sale of %'],
  other_income: ['pendapatan lain %', 'other income %'],
  purchase: ['belanja %', 'purchase of %'],
  expense: ['biaya %', 'cost of %'],
  capital: ['modal masuk', 'capital paid in'],
  prive: ['ambil untuk rumah', 'taken for the household'],
  loan_in: ['pinjaman dari %', 'loan from %'],
  loan_out: ['bayar cicilan %', 'instalment to %'],
  receivable: ['% belum bayar', '% owes you'],
  receivable_paid: ['% bayar utang', '% pays you back'],
  payable: ['utang ke %', 'you owe %'],
  payable_paid: ['bayar utang ke %', 'debt paid to %'],
}
const BARE: Partial<Record<Said['kind'], Pair>> = {
  sale: ['penjualan', 'sale'],
  purchase: ['belanja', 'purchase'],
  loan_in: ['pinjaman masuk', 'loan received'],
  loan_out: ['bayar cicilan', 'loan instalment'],
  receivable: ['piutang', 'owed to you'],
  receivable_paid: ['piutang dibayar', 'debt received'],
  payable: ['utang usaha', 'owed by you'],
  payable_paid: ['bayar utang', 'debt paid'],
}
const LENT: Pair = ['pinjamkan ke %', 'lent to %']
const OPENING: Pair = ['uang kas awal', 'opening cash']
const BY_PARTY = new Set<Said['kind']>([
  'loan_in',
  'loan_out',
  'receivable',
  'receivable_paid',
  'payable',
  'payable_paid',
])

/** People and shops are written small or large in a hurry; initials of offices and firms stay large. */
const INITIALS = /\b(rt|rw|pt|cv|ud|tk|sd|smp|sma)\b/gi
export const partyName = (party: string): string =>
  formatName(party).replace(INITIALS, initials => initials.toUpperCase())

export const directionOf = (said: Said, language: Language): string => {
  const effect = cashEffect(said)
  if (effect > 0) return pick(['uang masuk', 'money in'], language)
  return effect < 0
    ? pick(['uang keluar', 'money out'], language)
    : pick(['belum ada uang', 'no money yet'], language)
}

export function entryLine(said: Said, language: Language): string {
  const amount = formatRupiah(said.amount, language)
  const day = formatShortDate(said.date, language)
  const more = details(said, language)
  const direction = said.opening ? '' : ` (${directionOf(said, language)})`
  return `${whatOf(said, language)} ${amount}${direction}${more} · ${day}`
}

/** What happened, without amount and day. */
export function whatOf(said: Said, language: Language): string {
  if (said.opening) return pick(OPENING, language)
  const byParty = BY_PARTY.has(said.kind)
  const who = said.party === undefined ? undefined : partyName(said.party)
  const thing = byParty ? who : (said.item ?? categoryWord(said, language))
  const about = [byParty ? said.item : who].filter(each => each !== undefined)
  const lent = said.kind === 'receivable' && said.cash === 'out'
  const pattern = thing === undefined ? (BARE[said.kind] ?? WHAT[said.kind]) : lent ? LENT : WHAT[said.kind]
  const words = pick(pattern, language)
    .replace('%', () => thing ?? '')
    .trim()
  return about.length > 0 ? `${words}, ${about.join(', ')}` : words
}

/** The category says what a cost was for when no thing was named; that of a sale says nothing new. */
function categoryWord({ kind, category }: Said, language: Language): string | undefined {
  if (category === undefined || category === 'penjualan' || category === 'pendapatan_lain') return undefined
  if (kind === 'expense' || category !== 'bahan') return CHART[category].label[language].toLowerCase()
  return undefined
}

function details({ qty, unitPrice, method, due, dp }: Said, language: Language): string {
  const parts = [
    qty !== undefined && unitPrice !== undefined && qty !== 1
      ? `${formatNumber(qty, language)} × ${formatRupiah(unitPrice, language)}`
      : undefined,
    dp ? pick(['uang muka', 'down payment'], language) : undefined,
    method,
    due === undefined
      ? undefined
      : `${pick(['janji bayar', 'due'], language)} ${formatShortDate(due, language)}`,
  ].filter(part => part !== undefined)
  return parts.length > 0 ? ` · ${parts.join(' · ')}` : ''
}
