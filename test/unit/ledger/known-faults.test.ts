import { describe, expect, test } from 'vitest'
import { debtOf, debtsOf, openDebts } from '../../../src/domain/ledger/debts.ts'
import { justRecorded, standing } from '../../../src/domain/ledger/book.ts'
import { laporanOf } from '../../../src/domain/ledger/laporan.ts'
import { progress } from '../../../src/domain/ledger/months.ts'
import { daySpan, duePlea } from '../../../src/domain/ledger/reports.ts'
import { cashAt, summarise } from '../../../src/domain/ledger/summary.ts'
import type { Row, Said } from '../../../src/domain/ledger/types.ts'
import { dayOf, isoOf } from '../../../src/lib/days.ts'
import { readLedger } from '../../../src/understand/index.ts'
import { entriesOf } from './support.ts'

/**
 * What people reported of bookkeeping bots and apps, named by the symptom. Public threads: AmountParser of rickicode,
 * beancount-bot-tg#155, Cashew#804, ezbookkeeping#171, expense-tracker-bot#2, sultan#86, paisa-app#48, streak#164 and others.
 */
const at = (time: string) => ({
  now: Date.parse(`${time}+07:00`),
  holidays: [],
  hours: { open: '08:00', close: '16:00' },
})
const MORNING = at('2026-11-25T10:00')
const read = (text: string, moment = MORNING, recent: Said[] = []) =>
  readLedger(text, moment, { recent, open: [] })
const amountsOf = (text: string): number[] => {
  const reading = read(text)
  return reading.is === 'entries' ? reading.entries.map(entry => entry.amount) : []
}
const sale = (changes: Partial<Said> = {}): Said => ({
  ...{ kind: 'sale', amount: 50_000, date: '2026-11-25', item: 'bakso' },
  ...changes,
})

describe('amounts', () => {
  test.each([
    ['"50.000" was read as 50', 'jual bakso 50.000', 50_000],
    ['"75.000" was read as 75', 'jual bakso 75.000', 75_000],
    ['"50000" was read as 500', 'jual bakso 50000', 50_000],
    ['"1.500,00" was read as 150,000', 'jual kerupuk 1.500,00', 1_500],
    ['"1.015,87" was refused', 'beli bahan 1.015,87', 1_016],
    ['"3 kopi 18k" was offered as 54,000', 'beli 3 kopi 18k', 18_000],
    ['"10x15rb" was read as 1,000,000', 'jual nasi 10x15rb', 150_000],
    ['"1jt200rb" was read as 1,000,000', 'beli bahan 1jt200rb', 1_200_000],
    ['"beli 2 kg gula 32000" was read as 2,000', 'beli 2 kg gula 32000', 32_000],
    ['"10.000" became 10,000,000', 'beli plastik 10.000', 10_000],
    ['"40K" became 200,000', 'beli es batu 40K', 40_000],
    ['"1,25jt" became 12,500,000', 'beli bahan 1,25jt', 1_250_000],
    ['"12,75rb" became 127,500', 'beli plastik 12,75rb', 12_750],
    ['"1,000,000" did not start an entry', 'beli bahan 1,000,000', 1_000_000],
    ['"130,000" was read as 130', 'jual kue 130,000', 130_000],
    ['"2.000" was read as 2', 'jual kerupuk 2.000', 2_000],
  ])('%s', (_, text, amount) => {
    expect(amountsOf(text)).toEqual([amount])
  })

  test('"3,40" became 3,400: what is no rupiah is asked', () => {
    expect(amountsOf('jual kerupuk 3,40')).toEqual([])
  })

  test('15rb for five portions was taken as the price of one, or of all, without asking', () => {
    const reading = read('laku nasi goreng 5 porsi 15rb')
    expect(reading.is === 'ask' ? reading.candidates.map(each => each[0]?.amount) : reading).toEqual([
      15_000, 75_000,
    ])
  })

  test.each([
    'telp 081234567890',
    'alamat RT 05 RW 09',
    'NIK 3173055203900001',
    'kode OTP 482913',
    'berapa harga ayam 40rb?',
  ])('an amount was found in what is none: %s', text => {
    expect(read(text).is).not.toBe('entries')
  })
})

describe('no way back', () => {
  const rows: Row[] = [
    { id: 1, recordedAt: 0, does: 'add', said: sale({ amount: 500_000 }) },
    { id: 2, recordedAt: 0, does: 'add', said: sale({ amount: 450_000 }) },
    { id: 3, recordedAt: 1, does: 'reverse', row: 1 },
  ]

  test('no undo at all; the only fix was an opposite entry that spoils the list', () => {
    const entries = standing(rows)
    expect(entries).toMatchObject([{ amount: 450_000 }])
    expect(summarise(entries, daySpan('2026-11-25'))).toMatchObject({ sales: 450_000, entries: 1 })
  })

  test('deleted by mistake, and could not be restored', () => {
    expect(standing([...rows, { id: 4, recordedAt: 2, does: 'reverse', row: 3 }])).toHaveLength(2)
  })

  test('entries of one message could not be corrected singly', () => {
    const fixed = standing([
      ...rows,
      { id: 5, recordedAt: 3, does: 'add', said: sale({ amount: 475_000 }), replaces: 1 },
    ])
    expect(fixed.map(entry => entry.amount)).toEqual([450_000, 475_000])
  })

  test('the opening balance could not be changed later', () => {
    const opening = (amount: number) => sale({ kind: 'capital', amount, opening: true })
    expect(cashAt(entriesOf([opening(100_000), opening(250_000)]), '2026-11-25')).toBe(250_000)
  })
})

describe('days', () => {
  test('01.00 WIB landed on yesterday; everything before 08.00 was filed on the day before', () => {
    for (const time of ['00:05', '01:00', '06:59', '07:01', '23:59']) {
      const reading = read('jual bakso 50rb', at(`2026-11-25T${time}`))
      expect(reading.is === 'entries' && reading.entries[0]?.date, time).toBe('2026-11-25')
      expect(isoOf(dayOf(at(`2026-11-25T${time}`).now))).toBe('2026-11-25')
    }
  })

  test.each([
    ['the first of a month was shown in the month before', 'tgl 1 jual 300rb', '2026-11-01'],
    ['"kemarin lusa" became yesterday', 'kemarin lusa jual 300rb', '2026-11-23'],
    ['"senin kemarin" became yesterday', 'senin kemarin jual 300rb', '2026-11-23'],
  ])('%s', (_, text, date) => {
    const reading = read(text)
    expect(reading.is === 'entries' ? reading.entries.map(entry => entry.date) : reading).toEqual([date])
  })
})

describe('debts, prive and profit', () => {
  const mixed = entriesOf([
    sale({ amount: 1_000_000 }),
    sale({ kind: 'loan_in', amount: 5_000_000, party: 'koperasi' }),
    sale({ kind: 'capital', amount: 2_000_000 }),
    sale({ kind: 'prive', amount: 300_000 }),
    sale({ kind: 'loan_out', amount: 450_000, party: 'koperasi' }),
  ])

  test('the report for the loan counted loans and capital as income, and prive as cost, without instalments', () => {
    expect(summarise(mixed, daySpan('2026-11-25'))).toMatchObject({ surplus: 1_000_000, operatingOut: 0 })
    const month = laporanOf(mixed, [], '2026-11').months.at(-1)
    expect(month).toMatchObject({ sales: 1_000_000, otherIncome: 0, other: 0, prive: 300_000 })
    expect(month).toMatchObject({ surplus: 1_000_000, instalments: 450_000 })
    expect(JSON.stringify(laporanOf(mixed, [], '2026-11'))).not.toMatch(/layak|skor|score/i)
  })

  const debts = debtsOf(
    entriesOf([
      sale({ kind: 'receivable', party: 'bu ani', amount: 30_000 }),
      sale({ kind: 'payable', party: 'toko maju', amount: 200_000, category: 'bahan' }),
      sale({ kind: 'receivable_paid', party: 'Bu Ani', amount: 10_000 }),
      sale({ kind: 'receivable', party: 'muhammad tio', amount: 40_000 }),
      sale({ kind: 'receivable_paid', party: 'tio', amount: 40_000 }),
    ]),
  ).all

  test("the health score added customers' debts to the owner's", () => {
    expect(openDebts(debts, 'payable').map(debt => debt.left)).toEqual([200_000])
  })

  test('a credit line that was paid counted twice', () => {
    const bought = entriesOf([
      sale({ kind: 'payable', party: 'toko maju', amount: 200_000, category: 'bahan' }),
      sale({ kind: 'payable_paid', party: 'toko maju', amount: 200_000 }),
    ])
    expect(summarise(bought, daySpan('2026-11-25'))).toMatchObject({
      operatingOut: 200_000,
      cashOut: 200_000,
    })
  })

  test('no part payment', () => {
    expect(debtOf(debts, 'receivable', 'bu ani')).toMatchObject({ left: 20_000, paid: 10_000 })
  })

  test("a payment was booked on another person's debt: Tio is not Muhammad Tio", () => {
    expect(debtOf(debts, 'receivable', 'muhammad tio')).toMatchObject({ left: 40_000 })
    expect(debtOf(debts, 'receivable', 'tio')).toMatchObject({ over: 40_000 })
  })

  test.each([
    ['saya pinjamin udin 50rb', 'receivable'],
    ['pinjam uang ke udin 50rb', 'loan_in'],
    ['bu ani ngutang bakso 30rb', 'receivable'],
    ['saya utang ke bang ucup ayam 340rb', 'payable'],
  ])('lend and borrow were swapped: %s', (text, kind) => {
    const reading = read(text)
    if (reading.is === 'entries') expect(reading.entries[0]?.kind).toBe(kind)
    else expect(reading.is).toBe('ask')
  })

  test('loans given and repaid counted as spending and income', () => {
    const lent = entriesOf([
      sale({ kind: 'receivable', cash: 'out', party: 'udin', amount: 100_000 }),
      sale({ kind: 'receivable_paid', party: 'udin', amount: 100_000 }),
    ])
    expect(summarise(lent, daySpan('2026-11-25'))).toMatchObject({
      surplus: 0,
      lent: 100_000,
      returned: 100_000,
    })
  })
})

describe('doubles, effort, trust', () => {
  test('enter pressed twice made two entries, noticed only in the export', () => {
    const [entry] = entriesOf([sale()])
    expect(justRecorded(entry ? [entry] : [], sale(), 60_000)).toBe(entry)
  })

  test.each([
    'jual bakso 50rb',
    'beli tepung 32rb',
    'bayar listrik 100rb',
    'ambil buat rumah 20rb',
    'gaji udin 500rb',
  ])('shop, category and payment method were asked for every entry: %s asks nothing', text => {
    expect(read(text).is).toBe('entries')
  })

  test('an expense was filed as income', () => {
    for (const text of ['bayar gas 22rb', 'beli plastik 15rb', 'ongkir 15rb']) {
      const reading = read(text)
      expect(
        reading.is === 'entries' && summarise(entriesOf(reading.entries), daySpan('2026-11-25')).cashIn,
      ).toBe(0)
    }
  })

  test('one missed day broke the streak: days recorded are counted instead', () => {
    const days = entriesOf([sale({ date: '2026-11-20' }), sale({ date: '2026-11-25' })])
    expect(progress(days, ['2026-11-22'], '2026-11-25')).toMatchObject({ recorded: 3, days: 6 })
  })

  test('collection links were used for fraud: the text to forward has no link and no account', () => {
    const [debt] = openDebts(
      debtsOf(entriesOf([sale({ kind: 'receivable', party: 'bu ani' })])).all,
      'receivable',
    )
    const plea = debt === undefined ? '' : duePlea(debt, 'id')
    expect(plea).toContain('Halo Bu Ani')
    expect(plea).not.toMatch(/https?:|www|rekening|\d{7,}/)
  })
})
