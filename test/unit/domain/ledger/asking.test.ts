import { describe, expect, test } from 'vitest'
import {
  answerOf,
  candidateRows,
  hintText,
  learned,
  phraseOf,
  questionText,
} from '../../../../src/domain/ledger/asking.ts'
import type { Said } from '../../../../src/domain/ledger/types.ts'

const said = (changes: Partial<Said>): Said => ({
  kind: 'sale',
  amount: 15_000,
  date: '2026-11-25',
  ...changes,
})

describe('a phrase is remembered without its figures', () => {
  test.each([
    ['beli hp 1,5jt', 'beli hp'],
    ['Beli HP Rp 1.500.000', 'beli hp'],
    ['jual 10 porsi 15 rb', 'jual porsi'],
    ['50rb', ''],
    ['bayar bu ani, 30 ribu.', 'bayar bu ani'],
  ])('%j is %j', (text, phrase) => {
    expect(phraseOf(text)).toBe(phrase)
  })
})

describe('an answer is learned', () => {
  const phone = [[said({ kind: 'purchase', category: 'alat' })], [said({ kind: 'prive' })]]
  const portions = [[said({ amount: 15_000, qty: 10 })], [said({ amount: 150_000, qty: 10 })]]

  test('and given for another amount', () => {
    const known = answerOf('business_or_private', phone, 0)
    expect(known).toEqual({ question: 'business_home', answer: 'purchase alat' })
    const dearer = [
      [said({ kind: 'purchase', category: 'alat', amount: 9 })],
      [said({ kind: 'prive', amount: 9 })],
    ]
    expect(known && learned('business_or_private', dearer, known)).toEqual(dearer[0])
  })

  test('for the price of one, whatever the figures', () => {
    const known = answerOf('qty_price', portions, 1)
    expect(known).toEqual({ question: 'total_unit', answer: 'satuan' })
    const others = [[said({ amount: 20_000 })], [said({ amount: 100_000 })]]
    expect(known && learned('qty_price', others, known)).toEqual(others[1])
  })

  test('never for the direction of a debt, an amount or a day, nor for several entries at once', () => {
    for (const why of ['direction', 'new_or_status', 'amount_unit', 'unusual', 'date_word'])
      expect(answerOf(why, phone, 0)).toBeUndefined()
    expect(answerOf('in_or_out', [[said({}), said({})]], 0)).toBeUndefined()
  })

  test('and not used where it fits no candidate, or several', () => {
    const known = { question: 'business_home', answer: 'purchase bahan' } as const
    expect(learned('business_or_private', phone, known)).toBeUndefined()
    expect(learned('qty_price', portions, known)).toBeUndefined()
  })
})

test('rows are short enough for a list and say what would be written', () => {
  const long = said({ kind: 'expense', category: 'utilitas', amount: 123_456_789, item: 'x'.repeat(80) })
  const [none, row] = candidateRows([[], [long]], 'id')
  expect([...(row?.label ?? '')].length).toBeLessThanOrEqual(24)
  expect([...(row?.description ?? '')].length).toBeLessThanOrEqual(72)
  expect(none).toEqual({ value: '0', label: 'Tidak dicatat' })
})

test('rows begin with what they differ in', () => {
  const loan = said({ kind: 'loan_out', amount: 100_000, party: 'koperasi' })
  const [interest, flowers] = candidateRows(
    [
      [loan, said({ kind: 'expense', category: 'bunga', amount: 10_000 })],
      [loan, said({ kind: 'sale', item: 'bunga', amount: 10_000 })],
    ],
    'id',
  )
  expect([interest?.label, flowers?.label]).toEqual(['Rp10.000 bunga & admin …', 'Rp10.000 penjualan'])
})

test('every question and hint has words in both languages', () => {
  for (const why of ['qty_price', 'who', 'something new'])
    for (const language of ['id', 'en'] as const) {
      expect(questionText(why, language)).toMatch(/\?$/)
      expect(hintText(why, language)).not.toBe('')
    }
})
