import { describe, expect, test } from 'vitest'
import { debtOf, debtsOf, openDebts } from '../../../src/domain/ledger/debts.ts'
import { monthRows, monthSpan, progress, recordedDays } from '../../../src/domain/ledger/months.ts'
import { bridgeOf, profitOf } from '../../../src/domain/ledger/profit.ts'
import { cashAt, summarise } from '../../../src/domain/ledger/summary.ts'
import type { Said } from '../../../src/domain/ledger/types.ts'
import { entriesOf, january } from './support.ts'

const JANUARY = monthSpan('2026-01')
const counted = { openingStock: 300_000, closingStock: 200_000, depreciation: 100_000 }

describe('the January of the oracle', () => {
  test('cash: 4,850 in, 2,250 out, 4,600 in the till; 3,000 left of the business', () => {
    const sums = summarise(january, JANUARY)
    expect(sums).toMatchObject({ cashIn: 4_850_000, cashOut: 2_250_000, cashChange: 2_600_000 })
    expect(sums).toMatchObject({ sales: 4_500_000, collected: 350_000, surplus: 3_000_000, prive: 400_000 })
    expect(cashAt(january, '2026-01-31')).toBe(4_600_000)
  })

  test('profit: 5,100 sold, 1,300 cost of goods, 850 costs, 2,950 profit', () => {
    const account = profitOf(january, JANUARY, counted)
    expect(account).toMatchObject({ sales: 5_100_000, costOfGoods: 1_300_000, gross: 3_800_000 })
    expect(account).toMatchObject({ expenses: { gaji: 500_000, utilitas: 250_000 }, profit: 2_950_000 })
  })

  test('four lines lead from 3,000 to 2,950', () => {
    expect(bridgeOf(january, JANUARY, counted)).toEqual({
      surplus: 3_000_000,
      receivableChange: 250_000,
      payableChange: 100_000,
      stockChange: -100_000,
      depreciation: 100_000,
      profit: 2_950_000,
    })
  })

  test('bu ani still owes 250, the shop is still owed 100', () => {
    const { all } = debtsOf(january)
    expect(debtOf(all, 'receivable', ' BU  ani ')).toMatchObject({
      given: 600_000,
      paid: 350_000,
      left: 250_000,
    })
    expect(debtOf(all, 'payable', 'toko maju')).toMatchObject({ left: 100_000, over: 0, since: '2026-01-06' })
  })

  test('the laporan has a row for each month, and cash carries on where nothing happened', () => {
    const rows = monthRows(january, ['2026-01-04'], '2026-02', 3)
    expect(rows.map(row => row.month)).toEqual(['2025-12', '2026-01', '2026-02'])
    expect(rows.map(row => row.summary.surplus)).toEqual([0, 3_000_000, 0])
    expect(rows.map(row => row.cashAtEnd)).toEqual([0, 4_600_000, 4_600_000])
    expect(rows[1]).toMatchObject({ daysRecorded: 13, days: 31 })
  })

  test('days recorded instead of streaks: a day off that was said counts', () => {
    expect(progress(january, ['2026-01-04'], '2026-01-31')).toEqual({
      recorded: 13,
      days: 31,
      month: 1,
      of: 6,
    })
    expect(progress(january, [], '2026-02-01')).toMatchObject({ days: 32, month: 2 })
    expect(progress([], [], '2026-02-01')).toBeUndefined()
    expect(recordedDays(january, ['2026-01-03'], { from: '2026-01-01', to: '2026-01-03' })).toHaveLength(3)
  })
})

const day = (number: number) => `2026-11-${String(number).padStart(2, '0')}`
const NOVEMBER = monthSpan('2026-11')
const owes = (amount: number, date: string, more: Partial<Said> = {}): Said => ({
  kind: 'receivable',
  amount,
  date,
  party: 'Tio',
  ...more,
})
const pays = (amount: number, date: string): Said => ({ kind: 'receivable_paid', amount, date, party: 'Tio' })

describe('debts', () => {
  test('part payments settle the oldest first', () => {
    const { all } = debtsOf(
      entriesOf([owes(30, day(1), { due: day(9) }), owes(20, day(2)), pays(35, day(3))]),
    )
    expect(all).toEqual([
      { direction: 'receivable', party: 'Tio', given: 50, paid: 35, left: 15, over: 0, since: day(2) },
    ])
  })

  test('what was paid too much is kept, and used up by what is written down next', () => {
    const over = [owes(30, day(1)), pays(50, day(2))]
    expect(debtsOf(entriesOf(over)).all).toMatchObject([{ left: 0, over: 20 }])
    expect(debtsOf(entriesOf([...over, owes(45, day(3))])).all).toMatchObject([{ left: 25, over: 0 }])
  })

  test('a person is not another whose name contains theirs', () => {
    const { all } = debtsOf(
      entriesOf([owes(30, day(1)), owes(10, day(1), { party: 'Muhammad Tio' }), pays(30, day(2))]),
    )
    expect(openDebts(all, 'receivable')).toMatchObject([{ party: 'Muhammad Tio', left: 10 }])
  })

  test('the two directions of one person are never set off against each other', () => {
    const { all } = debtsOf(
      entriesOf([owes(30, day(1)), { kind: 'payable', amount: 50, date: day(1), party: 'Tio' }]),
    )
    expect(all.map(({ direction, left }) => [direction, left])).toEqual([
      ['receivable', 30],
      ['payable', 50],
    ])
  })

  test('lent money that comes back is no income', () => {
    const book = entriesOf([owes(100, day(1), { cash: 'out' }), owes(40, day(2)), pays(120, day(3))])
    const sums = summarise(book, NOVEMBER)
    expect(sums).toMatchObject({ lent: 100, returned: 100, collected: 20, surplus: 20, cashChange: 20 })
    expect(sums.receivableChange).toBe(20)
  })

  test('a paid debt counts as what was bought with it; equipment is no cost', () => {
    const book = entriesOf([
      { kind: 'payable', amount: 44, date: day(1), party: 'pak haji', category: 'utilitas' },
      { kind: 'payable', amount: 500, date: day(2), party: 'pak haji', category: 'alat' },
      { kind: 'payable_paid', amount: 144, date: day(3), party: 'pak haji' },
    ])
    const sums = summarise(book, NOVEMBER)
    expect(sums.paid).toMatchObject({ utilitas: 44, alat: 100 })
    expect(sums).toMatchObject({ surplus: -44, equipment: 100, cashChange: -144, payableChange: 0 })
  })
})

describe('loans, capital, prive and equipment', () => {
  test('never enter what is left of the business', () => {
    const date = day(2)
    const book = entriesOf([
      { kind: 'sale', amount: 100, date, category: 'penjualan' },
      { kind: 'loan_in', amount: 10_000, date },
      { kind: 'loan_out', amount: 450, date },
      { kind: 'capital', amount: 2_000, date },
      { kind: 'prive', amount: 70, date },
      { kind: 'purchase', amount: 3_500, date, category: 'alat' },
    ])
    const sums = summarise(book, NOVEMBER)
    expect(sums).toMatchObject({ surplus: 100, loanIn: 10_000, loanOut: 450, capital: 2_000, prive: 70 })
    expect(sums.cashChange).toBe(100 + 10_000 - 450 + 2_000 - 70 - 3_500)
    expect(profitOf(book, NOVEMBER, { openingStock: 0, closingStock: 0, depreciation: 0 }).profit).toBe(100)
  })

  test('the opening count can be said later, and again', () => {
    const opening = (amount: number): Said => ({ kind: 'capital', amount, date: day(2), opening: true })
    const book = [
      { kind: 'sale' as const, amount: 50, date: day(1) },
      { kind: 'sale' as const, amount: 70, date: day(2) },
      opening(1_000),
    ]
    expect(cashAt(entriesOf(book), day(1))).toBe(50)
    expect(cashAt(entriesOf(book), day(2))).toBe(1_070)
    expect(cashAt(entriesOf([...book, opening(900)]), day(30))).toBe(970)
  })
})
