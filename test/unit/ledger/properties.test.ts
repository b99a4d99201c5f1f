import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cashEffect, justRecorded, standing } from '../../../src/domain/ledger/book.ts'
import { debtsOf } from '../../../src/domain/ledger/debts.ts'
import { dayRows, monthSpan } from '../../../src/domain/ledger/months.ts'
import { bridgeOf, profitOf } from '../../../src/domain/ledger/profit.ts'
import { cashAt, summarise, totalOf } from '../../../src/domain/ledger/summary.ts'
import { CATEGORIES, KINDS, type Entry, type Row, type Said } from '../../../src/domain/ledger/types.ts'
import { isoOf, dayFromIso } from '../../../src/lib/days.ts'
import { entriesOf } from './support.ts'

const first = dayFromIso('2026-10-01') ?? 0
const COSTS = CATEGORIES.filter(each => !['penjualan', 'pendapatan_lain'].includes(each))

const said: fc.Arbitrary<Said> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    amount: fc.integer({ min: 1, max: 100_000_000 }),
    date: fc.integer({ min: 0, max: 91 }).map(away => isoOf(first + away)),
    party: fc.constantFrom('bu ani', 'pak budi', 'toko maju'),
    category: fc.constantFrom(...COSTS),
    lent: fc.boolean(),
  })
  .map(({ kind, amount, date, party, category, lent }) => {
    if (['expense', 'purchase', 'payable'].includes(kind)) return { kind, amount, date, party, category }
    return { kind, amount, date, party, ...(lent && kind === 'receivable' ? { cash: 'out' as const } : {}) }
  })
const book: fc.Arbitrary<Entry[]> = fc.array(said, { maxLength: 60 }).map(entriesOf)
const NOVEMBER = monthSpan('2026-11')
const QUARTER = { from: '2026-10-01', to: '2026-12-31' }

describe('every book', () => {
  test('adds up: the days to the span, the cash to what went in and out', () => {
    fc.assert(
      fc.property(book, entries => {
        const sums = summarise(entries, NOVEMBER)
        const rows = dayRows(entries, NOVEMBER)
        expect(rows.reduce((sum, row) => sum + row.left, 0)).toBe(sums.surplus)
        expect(cashAt(entries, '2026-11-30') - cashAt(entries, '2026-10-31')).toBe(sums.cashChange)
        const financing = sums.capital - sums.prive + sums.loanIn - sums.loanOut - sums.lent + sums.returned
        expect(sums.surplus - sums.equipment + financing).toBe(sums.cashChange)
        expect(sums.operatingOut + sums.equipment).toBe(totalOf(sums.paid))
      }),
    )
  })

  test('leads from cash to profit by the four lines, whatever is in it', () => {
    const counted = fc.record({
      openingStock: fc.nat(1e7),
      closingStock: fc.nat(1e7),
      depreciation: fc.nat(1e6),
    })
    fc.assert(
      fc.property(book, counted, (entries, amounts) => {
        expect(bridgeOf(entries, NOVEMBER, amounts).profit).toBe(profitOf(entries, NOVEMBER, amounts).profit)
      }),
    )
  })

  test('has no profit from prive, capital, loans and lent money', () => {
    const never = new Set(['prive', 'capital', 'loan_in', 'loan_out'])
    fc.assert(
      fc.property(book, entries => {
        const without = entries.filter(entry => !never.has(entry.kind))
        expect(summarise(without, QUARTER).surplus).toBe(summarise(entries, QUARTER).surplus)
      }),
    )
  })

  test('has debts that are given − paid, never negative on both sides', () => {
    fc.assert(
      fc.property(book, entries => {
        for (const { given, paid, left, over } of debtsOf(entries).all) {
          expect(left - over).toBe(given - paid)
          expect(Math.min(left, over)).toBe(0)
        }
      }),
    )
  })
})

describe('the append-only book', () => {
  const add = (id: number, amount: number): Row => ({
    id,
    recordedAt: id,
    does: 'add',
    said: { kind: 'sale', amount, date: '2026-11-25' },
  })

  test('every entry of a batch can be undone by itself, and undoing can be undone', () => {
    const rows: Row[] = [
      add(1, 10),
      add(2, 20),
      add(3, 30),
      { id: 4, recordedAt: 4, does: 'reverse', row: 2 },
    ]
    expect(standing(rows).map(entry => entry.id)).toEqual([1, 3])
    const back: Row = { id: 5, recordedAt: 5, does: 'reverse', row: 4 }
    expect(standing([...rows, back]).map(entry => entry.id)).toEqual([1, 2, 3])
    const away: Row = { id: 6, recordedAt: 6, does: 'reverse', row: 5 }
    expect(standing([...rows, back, away]).map(entry => entry.id)).toEqual([1, 3])
  })

  test('any number of undos in a row leaves it standing when they are even', () => {
    fc.assert(
      fc.property(fc.nat(30), times => {
        const rows: Row[] = [add(1, 10)]
        for (let at = 1; at <= times; at++)
          rows.push({ id: at + 1, recordedAt: at, does: 'reverse', row: at })
        expect(standing(rows)).toHaveLength(times % 2 === 0 ? 1 : 0)
      }),
    )
  })

  test('an entry and its reversal leave no trace in any figure', () => {
    fc.assert(
      fc.property(book, said, (entries, extra) => {
        const rows: Row[] = entries.map(({ id, recordedAt, ...each }) => ({
          id,
          recordedAt,
          does: 'add',
          said: each,
        }))
        const undone: Row[] = [
          ...rows,
          { id: 900, recordedAt: 900, does: 'add', said: extra },
          { id: 901, recordedAt: 901, does: 'reverse', row: 900 },
        ]
        expect(summarise(standing(undone), QUARTER)).toEqual(summarise(entries, QUARTER))
      }),
    )
  })

  test('the same text minutes later is found, so that it can be asked', () => {
    const [entry] = entriesOf([{ kind: 'sale', amount: 50_000, date: '2026-11-25', item: 'bakso' }])
    if (entry === undefined) throw new Error('no entry')
    const { id, recordedAt, ...same } = entry
    expect(justRecorded([entry], same, recordedAt + 60_000)?.id).toBe(id)
    expect(justRecorded([entry], same, recordedAt + 3_600_000)).toBeUndefined()
    expect(justRecorded([entry], { ...same, amount: 50_001 }, recordedAt)).toBeUndefined()
  })

  test('cash moves as the kind says', () => {
    expect(KINDS.map(kind => cashEffect({ kind, amount: 5, date: '2026-11-25' }))).toEqual([
      5, -5, -5, 5, 5, -5, 5, -5, 0, 5, 0, -5,
    ])
  })
})
