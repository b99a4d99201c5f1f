import { describe, expect, test } from 'vitest'
import { asksDebts } from '../../../src/understand/index.ts'

describe('a question about debts', () => {
  test.each([
    'utang bu ani berapa?',
    'kasbon pak joko brp',
    'bu ani ngutang berapa ya',
    'total piutang brp kak',
    'siapa aja sih yg masih ngutang',
  ])('%s', text => expect(asksDebts(text)).toBe(true))

  test.each([
    'bunga utang bank berapa',
    'bu ani ngutang 15rb',
    'utang bu ani 15rb berapa lagi',
    'berapa modal jualan bakso',
    'siapa nama coach saya',
  ])('is not: %s', text => expect(asksDebts(text)).toBe(false))
})
