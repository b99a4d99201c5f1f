import { cashEffect } from '../domain/ledger/book.ts'
import { byDate, debtsOf, partyKey, type Debts, type Settled } from '../domain/ledger/debts.ts'
import { inSpan } from '../domain/ledger/summary.ts'
import type { Direction, Entry, Span } from '../domain/ledger/types.ts'
import { partyName, whatOf } from '../domain/ledger/words.ts'
import { dayFromIso, isoOf } from '../lib/days.ts'
import { cashCategories, CREDIT_SALE, labelOf, LENT } from './categories.ts'
import type { Row } from './types.ts'

/** The rows of the cash book: every entry of the span that moved money, a payment split by what it settled. */
export function cashRows(entries: readonly Entry[], span: Span): Row[] {
  const { settled } = debtsOf(entries)
  return byDate(entries)
    .filter(entry => inSpan(entry.date, span) && cashEffect(entry) !== 0)
    .flatMap(entry => {
      const column = cashEffect(entry) > 0 ? 'masuk' : 'keluar'
      return partsOf(entry, settled.get(entry.id)).map(([kategori, amount]) => ({
        ...{ tanggal: entry.date, keterangan: whatOf(entry, 'id'), kategori, [column]: amount },
      }))
    })
}

type Part = readonly [category: string, amount: number]

function partsOf(entry: Entry, settled: Settled | undefined): Part[] {
  const { amount, category } = entry
  switch (entry.kind) {
    case 'sale':
      return [[labelOf('penjualan'), amount]]
    case 'other_income':
      return [[labelOf('pendapatan_lain'), amount]]
    case 'purchase':
      return [[labelOf(category ?? 'bahan'), amount]]
    case 'expense':
      return [[labelOf(category ?? 'lain'), amount]]
    case 'capital':
      return [[cashCategories.capital, amount]]
    case 'prive':
      return [[cashCategories.prive, amount]]
    case 'loan_in':
      return [[cashCategories.loanIn, amount]]
    case 'loan_out':
      return [[cashCategories.loanOut, amount]]
    case 'receivable':
      return [[cashCategories.lent, amount]]
    default:
      return paidParts(entry, settled)
  }
}

/** Goods are told from lent money, and a debt for equipment from one for goods: only goods are business money. */
function paidParts({ kind, amount }: Entry, settled: Settled | undefined): Part[] {
  const { lent = 0, trade = {} } = settled ?? {}
  const equipment = kind === 'payable_paid' ? (trade.alat ?? 0) : 0
  const [rest, special] =
    kind === 'payable_paid'
      ? [cashCategories.settled, cashCategories.settledEquipment]
      : [cashCategories.collected, cashCategories.returned]
  const apart = kind === 'payable_paid' ? equipment : lent
  const parts: Part[] = [
    [rest, amount - apart],
    [special, apart],
  ]
  return parts.filter(([, part]) => part > 0)
}

/**
 * Debts as the sheets want them: one row for each claim of the span, and for each older one that was still open, with what
 * was left of it; who had paid too much stands in a row of their own.
 */
export function debtRows(entries: readonly Entry[], span: Span, direction: Direction): Row[] {
  const before = debtsOf(entries.filter(entry => entry.date < span.from))
  const end = debtsOf(entries.filter(entry => entry.date <= span.to))
  const leftBefore = new Map(before.claims.map(claim => [claim.id, claim.left]))
  const claims = end.claims
    .filter(claim => claim.direction === direction)
    .flatMap(({ id, party, amount, left, date, due, lent, category }) => {
      const open = leftBefore.get(id) ?? amount
      const kind = direction === 'receivable' ? (lent ? LENT : CREDIT_SALE) : labelOf(category)
      const row = { tanggal: date, nama: partyName(party), jumlah: open, dibayar: open - left, jenis: kind }
      return open === 0 && date < span.from ? [] : [{ ...row, ...(due === undefined ? {} : { tempo: due }) }]
    })
  return [...claims.sort(olderFirst), ...overpaid(before, end, { span, direction })]
}

const olderFirst = (left: { tanggal: string }, right: { tanggal: string }): number =>
  left.tanggal < right.tanggal ? -1 : left.tanggal > right.tanggal ? 1 : 0

function overpaid(
  before: Debts,
  end: Debts,
  { span, direction }: { span: Span; direction: Direction },
): Row[] {
  const overOf = (debts: Debts, party: string) =>
    debts.all.find(debt => debt.direction === direction && partyKey(debt.party) === partyKey(party))?.over ??
    0
  return end.all
    .filter(debt => debt.direction === direction)
    .flatMap(({ party, over }) => {
      const was = overOf(before, party)
      if (was === 0 && over === 0) return []
      const kind = direction === 'receivable' ? CREDIT_SALE : labelOf('bahan')
      const tanggal = isoOf((dayFromIso(span.from) ?? 0) - 1)
      return [
        {
          tanggal,
          nama: `${partyName(party)} (lebih bayar)`,
          jumlah: -was || 0,
          dibayar: over - was,
          jenis: kind,
        },
      ]
    })
}

/** Equipment that was bought until the end of the span; for how long it lasts, its owner writes. */
export const equipmentRows = (entries: readonly Entry[], span: Span): Row[] =>
  byDate(entries)
    .filter(({ kind, category, date }) => category === 'alat' && BUYS.has(kind) && date <= span.to)
    .map(entry => ({ tanggal: entry.date, nama: whatOf(entry, 'id'), harga: entry.amount }))

const BUYS = new Set<Entry['kind']>(['purchase', 'expense', 'payable'])
