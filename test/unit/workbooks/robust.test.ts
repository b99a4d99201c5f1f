import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { setOf, template } from '../../../src/workbooks/books.ts'
import { calculate } from '../../../src/workbooks/calculate.ts'
import { layOut } from '../../../src/workbooks/layout.ts'
import type { Value } from '../../../src/workbooks/types.ts'
import { inputsOf, recalculated, TODAY, typeInto, WORKBOOK_IDS, type Typed } from './support.ts'

const errorsIn = (sheets: ReturnType<typeof layOut>) =>
  [...calculate(sheets, TODAY)].flatMap(([name, cells]) =>
    [...cells].flatMap(([address, value]) =>
      typeof value === 'string' && value.startsWith('#') ? [`${name}!${address}: ${value}`] : [],
    ),
  )

describe.each(WORKBOOK_IDS)('%s', id => {
  test('empty, it shows no error', () => {
    const sheets = layOut(template(id))
    const nothing = Object.fromEntries(inputsOf(sheets).map(place => [place, undefined]))
    expect(errorsIn(typeInto(sheets, nothing))).toEqual([])
  })
  test('filled with words everywhere, it shows no error', () => {
    const sheets = layOut(template(id))
    const words = Object.fromEntries(inputsOf(sheets).map(place => [place, 'lima ribu']))
    expect(errorsIn(typeInto(sheets, words))).toEqual([])
  })
})

/** What people type where a number belongs, and cells that they leave empty. */
const anything: fc.Arbitrary<Value | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.integer({ min: -1_000_000, max: 1_000_000_000 }),
  fc.constantFrom<Value>(0, 0.5, 1, -1, 1e15, 46_418, 46_387),
  fc.constantFrom<Value>('', ' ', 'Rp50.000', '50rb', '31/02/2027', '-', 'belum tahu', '=1/0', "'", 'Kasbon'),
  fc.constantFrom<Value>('Penjualan', 'Bahan & stok', 'penjualan ', 'Lainnya'),
)

// Short tables: the formulas of every row are the same.
const SHORT = layOut({ title: 'Paket', sheets: setOf(6) })
const SINGLES = WORKBOOK_IDS.map(id => layOut(template(id, 6)))

describe('half filled and wrong input', () => {
  test.each([SHORT, ...SINGLES].map((sheets, at) => [at, sheets] as const))(
    'workbook %s never shows an error',
    (_, sheets) => {
      const places = inputsOf(sheets)
      fc.assert(
        fc.property(fc.array(anything, { minLength: places.length, maxLength: places.length }), values => {
          const typed: Typed = Object.fromEntries(places.map((place, at) => [place, values[at]]))
          expect(errorsIn(typeInto(sheets, typed))).toEqual([])
        }),
        { numRuns: 12 },
      )
    },
  )
})

describe('what is wrong is said beside it', () => {
  const kas = (typed: Typed) => recalculated(typeInto(layOut(template('buku_kas', 20)), typed))('Kas!G6')
  test.each([
    [{ 'Kas!E6': undefined }, 'Isi angka'],
    [{ 'Kas!E6': 'lima puluh' }, 'Isi angka'],
    [{ 'Kas!A6': 'kemarin' }, 'Isi tanggal'],
    [{ 'Kas!C6': 'Apa saja' }, 'Pilih kategori'],
    [{ 'Kas!D6': 5 }, 'Satu saja'],
    [{}, 'OK'],
  ])('%j: %s', (typed, said) => {
    expect(kas(typed)).toBe(said)
  })
})
