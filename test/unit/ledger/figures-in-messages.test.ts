import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLedger, type Said } from '../../../src/understand/index.ts'
import { moment } from '../understand/support.ts'

const entriesOf = (text: string): Said[] => {
  const reading = readLedger(text, moment)
  return reading.is === 'entries' ? reading.entries : []
}
const amountsOf = (text: string): number[] => entriesOf(text).map(entry => entry.amount)

const DIGITS = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']
/** A number from 1 to 999 in Indonesian words. */
function spoken(number: number): string {
  if (number >= 200) return `${DIGITS[Math.floor(number / 100)] ?? ''} ratus ${spoken(number % 100)}`.trim()
  if (number >= 100) return `seratus ${spoken(number % 100)}`.trim()
  if (number >= 20) return `${DIGITS[Math.floor(number / 10)] ?? ''} puluh ${spoken(number % 10)}`.trim()
  if (number >= 12) return `${DIGITS[number - 10] ?? ''} belas`
  if (number >= 10) return number === 10 ? 'sepuluh' : 'sebelas'
  return DIGITS[number] ?? ''
}

/** Thousands in the ways that keep every digit of them. */
const FORMS: ((thousands: number) => string)[] = [
  thousands => `${spoken(thousands % 1000)} ribu`,
  thousands => `${spoken(thousands % 1000)} rb`,
  thousands => `${thousands}rebu`,
  thousands => `Rp ${thousands} ribu`,
  thousands => `${thousands} 000`,
  thousands => `${thousands}.000,-`,
  thousands => `${thousands},000`,
  thousands => `IDR ${thousands}000`,
]
const thousands = fc.integer({ min: 2, max: 999 })

describe('amounts', () => {
  test('in words, with spaces and with other signs they are the same rupiah', () => {
    fc.assert(
      fc.property(thousands, fc.constantFrom(...FORMS), (each, form) => {
        expect(amountsOf(`jual bakso ${form(each)}`)).toEqual([each * 1000])
      }),
    )
  })

  test('millions and thousands said one after the other are added', () => {
    const joined = fc.constantFrom<(millions: number, rest: number) => string>(
      (millions, rest) => `${millions}jt ${rest}rb`,
      (millions, rest) => `${millions} juta ${rest} ribu`,
      (millions, rest) => `${millions}jt${rest}rb`,
      (millions, rest) => `${spoken(millions)} juta ${spoken(rest)} ribu`,
      (millions, rest) => `${millions}.${String(rest).padStart(3, '0')}.000`,
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        fc.integer({ min: 20, max: 999 }),
        joined,
        (millions, rest, write) => {
          expect(amountsOf(`beli bahan ${write(millions, rest)}`)).toEqual([
            millions * 1_000_000 + rest * 1000,
          ])
        },
      ),
    )
  })

  test('a count and a price of one are multiplied, however they are joined', () => {
    const joined = fc.constantFrom<(count: number, price: number) => string>(
      (count, price) => `${count}x${price}rb`,
      (count, price) => `${count} x ${price}.000`,
      (count, price) => `${count} kali ${price}rb`,
      (count, price) => `${count} @${price}rb`,
      (count, price) => `${count} porsi ${price}rb per porsi`,
      (count, price) => `${spoken(count)} porsi masing2 ${price}rb`,
    )
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 99 }),
        fc.integer({ min: 2, max: 99 }),
        joined,
        (count, price, write) => {
          const [entry] = entriesOf(`jual bakso ${write(count, price)}`)
          expect(entry).toMatchObject({ amount: count * price * 1000, qty: count, unitPrice: price * 1000 })
        },
      ),
    )
  })

  test('whatever else is said, another figure is never booked', () => {
    const number = fc.integer({ min: 1, max: 99 })
    const noise = fc.oneof(
      fc.constantFrom('bahan2', 'masing2', '!!', '🙏', 'wkwk', 'gan', 'tadi', 'barusan', '(lunas)', '-'),
      number.map(each => `rt ${each}`),
      number.map(each => `no ${each}`),
      number.map(each => `${each}%`),
      number.map(each => `jam ${(each % 12) + 1}`),
      number.map(each => `ukuran ${each}`),
      number.map(each => `ke-${each}`),
      fc.integer({ min: 2001, max: 2025 }).map(each => `tahun ${each}`),
      fc.integer({ min: 100_000_000, max: 999_999_999 }).map(each => `08${each}`),
      fc.string({ unit: fc.constantFrom(...'bdfghjklmnpqrstvwyaiueo'), minLength: 4, maxLength: 9 }),
    )
    const messages = fc.constantFrom(
      'jual bakso 50rb',
      'beli tepung 120.000',
      'bayar listrik 75 ribu',
      'bu ani utang 30rb',
      '20rb bensin',
    )
    fc.assert(
      fc.property(messages, noise, fc.boolean(), (text, extra, first) => {
        const got = amountsOf(first ? `${extra} ${text}` : `${text} ${extra}`)
        expect([[], amountsOf(text)]).toContainEqual(got)
      }),
      { numRuns: 400 },
    )
  })
})

const MONTHS = [
  'januari',
  'februari',
  'maret',
  'april',
  'mei',
  'juni',
  'juli',
  'agustus',
  'september',
  'oktober',
  'november',
  'desember',
]

test('a day of the last weeks is read back from any form in which it is written', () => {
  const forms = fc.constantFrom<(day: number, month: number, year: number, back: number) => string>(
    (day, month) => `${day}/${month}`,
    (day, month) => `${day} ${MONTHS[month - 1] ?? ''}`,
    (day, month) => `${day} ${(MONTHS[month - 1] ?? '').slice(0, 3)}`,
    (day, month, year) => `tgl ${day} ${MONTHS[month - 1] ?? ''} ${year}`,
    (day, month, year) => `${day}-${month}-${year}`,
    (day, month, year) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
    (_, __, ___, back) => `${back} hari lalu`,
    (_, __, ___, back) => `${spoken(back)} hari yang lalu`,
  )
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), forms, fc.boolean(), (back, form, first) => {
      const date = new Date(moment.now + 7 * 3_600_000 - back * 86_400_000)
      const said = form(date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear(), back)
      const [entry] = entriesOf(first ? `${said} jual bakso 50rb` : `jual bakso 50rb ${said}`)
      expect(entry).toMatchObject({ amount: 50_000, date: date.toISOString().slice(0, 10) })
    }),
  )
})
