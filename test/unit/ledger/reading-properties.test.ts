import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatRupiah } from '../../../src/lib/format.ts'
import { readLedger, type LedgerReading, type Said } from '../../../src/understand/index.ts'
import { moment } from '../understand/support.ts'

const read = (text: string): LedgerReading => readLedger(text, moment)
const entriesOf = (text: string): Said[] => {
  const reading = read(text)
  return reading.is === 'entries' ? reading.entries : []
}
const amount = fc.integer({ min: 1, max: 199_000 }).map(thousands => thousands * 1000)
const goods = fc.constantFrom('bakso', 'nasi uduk', 'seblak', 'es teh', 'kue lapis', 'batik', 'keripik')

/** How people write the same amount. */
const FORMS: ((rupiah: number) => string)[] = [
  rupiah => String(rupiah),
  rupiah => formatRupiah(rupiah),
  rupiah => `Rp ${formatRupiah(rupiah).slice(2)},-`,
  rupiah => formatRupiah(rupiah).slice(2),
  rupiah => `${formatRupiah(rupiah)},00`,
  rupiah => formatRupiah(rupiah, 'en').slice(2),
  rupiah => `${rupiah / 1000}rb`.replace('.', ','),
  rupiah => `${rupiah / 1000} ribu`,
  rupiah => `${rupiah / 1000}k`,
  rupiah => `${rupiah / 1_000_000} juta`.replace('.', ','),
]

describe('amounts', () => {
  test('any amount in any written form is the same rupiah', () => {
    fc.assert(
      fc.property(amount, goods, fc.constantFrom(...FORMS), (rupiah, thing, form) => {
        // "1,234 juta" with three decimals reads as thousands in English: left out, as people leave it out.
        fc.pre(!/juta/.test(form(rupiah)) || (rupiah / 10_000) % 1 === 0)
        expect(entriesOf(`jual ${thing} ${form(rupiah)}`).map(entry => entry.amount)).toEqual([rupiah])
      }),
    )
  })

  test('phone numbers, NIK, tokens, codes and years are never money', () => {
    const digits = (length: number) =>
      fc
        .array(fc.integer({ min: 1, max: 9 }), { minLength: length, maxLength: length })
        .map(all => all.join(''))
    const never = fc.oneof(
      digits(9).map(rest => `08${rest}`),
      digits(9).map(rest => `+62 8${rest}`),
      fc.tuple(digits(4), digits(4), digits(3)).map(([a, b, c]) => `0${a}-${b}-${c}`),
      digits(16),
      fc.array(digits(4), { minLength: 5, maxLength: 5 }).map(groups => groups.join('-')),
      digits(20),
      digits(6).map(code => `kode otp ${code}`),
      fc.integer({ min: 2001, max: 2029 }).map(year => `sejak ${year}`),
    )
    fc.assert(
      fc.property(never, goods, fc.boolean(), (secret, thing, first) => {
        const alone = read(`jual ${thing} ${secret}`)
        expect(alone.is).not.toBe('entries')
        const both = first ? `${secret} jual ${thing} 50rb` : `jual ${thing} 50rb ${secret}`
        for (const entry of entriesOf(both)) expect(entry.amount).toBe(50_000)
      }),
    )
  })
})

describe('messages', () => {
  const part = fc.oneof(
    fc.tuple(goods, amount).map(([thing, rupiah]) => `jual ${thing} ${rupiah}`),
    fc
      .tuple(fc.constantFrom('tepung', 'ayam', 'beras'), amount)
      .map(([thing, rupiah]) => `beli ${thing} ${rupiah}`),
    amount.map(rupiah => `bayar listrik ${rupiah}`),
    fc.tuple(fc.constantFrom('bu ani', 'pak budi'), amount).map(([who, rupiah]) => `${who} utang ${rupiah}`),
    amount.map(rupiah => `bensin ${rupiah}`),
    amount.map(rupiah => `prive ${rupiah}`),
  )

  test('a batch is its parts, in order', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 2, maxLength: 5 }),
        fc.constantFrom(', ', '; ', '\n', ' terus '),
        (parts, joint) => {
          expect(entriesOf(parts.join(joint))).toEqual(parts.flatMap(entriesOf))
        },
      ),
    )
  })

  test('politeness, case, doubled letters and no-break spaces change nothing', () => {
    const wrap = fc.constantFrom<(text: string) => string>(
      text => `min, ${text} ya makasih`,
      text => text.toUpperCase(),
      text => text.replaceAll(' ', '\u00a0'),
      text => `tolong catat ${text} dong`,
      text => `${text} 🙏`,
    )
    fc.assert(
      fc.property(part, wrap, (text, change) => {
        const shown = (entry: Said) => ({ ...entry, item: undefined, party: entry.party?.toLowerCase() })
        expect(entriesOf(change(text)).map(shown)).toEqual(entriesOf(text).map(shown))
      }),
    )
  })

  test('a question is never an entry, nor a plan or a denial', () => {
    const turned = fc.constantFrom<(text: string) => string>(
      text => `${text}?`,
      text => `berapa untungnya kalau ${text}`,
      text => `gimana cara ${text}`,
      text => `boleh ${text} gak`,
      text => `besok ${text}`,
      text => `mau ${text}`,
      text => `gak jadi ${text}`,
      text => `kalau ${text}`,
    )
    fc.assert(
      fc.property(part, turned, (text, change) => {
        expect(read(change(text)).is).not.toBe('entries')
      }),
    )
  })

  test('anything at all is read without an error, the same way twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), text => {
        expect(read(text)).toEqual(read(text))
      }),
    )
    const words = fc.array(
      fc.constantFrom('jual', 'beli', 'utang', 'bu', 'ani', '50rb', '2', 'x', '@', 'per', 'bayar', 'eh', 'total', '-', '/', 'kemarin', 'lunas', 'sisanya', 'dan', ','), // prettier-ignore
      { maxLength: 14 },
    )
    fc.assert(
      fc.property(words, all => {
        for (const entry of entriesOf(all.join(' '))) {
          expect(Number.isInteger(entry.amount) && entry.amount > 0).toBe(true)
          expect(entry.date <= '2026-11-25').toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('every message is read, however long, without a blow-up', () => {
    const long = 'jual bakso 50rb sama '.repeat(60)
    const begun = performance.now()
    read(long)
    expect(performance.now() - begun).toBeLessThan(5_000) // some 20 ms when idle
    expect(read('x'.repeat(100_000))).toEqual({ is: 'none', why: 'too_long' })
  })
})
