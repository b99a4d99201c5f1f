import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFromIso, isoOf } from '../../../src/lib/days.ts'
import {
  formatClock,
  formatDate,
  formatDateTime,
  formatNumber,
  formatPhone,
  formatRupiah,
  formatShortDate,
  formatTime,
  type Language,
} from '../../../src/lib/format.ts'
import {
  NOTATIONS,
  readDate,
  readDateTime,
  readNumber,
  readPhone,
  readRupiah,
  readTime,
} from '../../../src/understand/index.ts'
import { READERS } from './readers.ts'
import { allCases, moment, type Case } from './support.ts'

const words = [...new Set(allCases.flatMap(each => each.in.split(/(?<=[\s,./-])|(?=[\s,./-])/)))]
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(fc.constantFrom(...words), { maxLength: 30 }).map(parts => parts.join(' ')),
  fc.array(fc.constantFrom(...words), { maxLength: 30 }).map(parts => parts.join('')),
)

describe('whatever is typed', () => {
  it.each(Object.keys(READERS))('%s never throws, and says the same twice', name => {
    fc.assert(
      fc.property(anything, text => {
        expect(READERS[name]?.(text)).toEqual(READERS[name]?.(text))
      }),
      { numRuns: 300 },
    )
  })
})

const day = fc.integer({ min: dayFromIso('2026-11-25') ?? 0, max: dayFromIso('2036-11-24') ?? 0 }).map(isoOf)
const minute = fc
  .integer({ min: 0, max: 1439 })
  .map(at => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`)
const language = fc.constantFrom<Language>('id', 'en')

describe('what is written is read back', () => {
  it('every date of ten years, in both languages', () => {
    const first = dayFromIso('2026-11-25') ?? 0
    for (let at = first; at < first + 3653; at++) {
      for (const each of ['id', 'en'] as const)
        expect(readDate(formatDate(isoOf(at), each), moment)).toEqual({ kind: 'value', value: isoOf(at) })
    }
  })

  it('every short date of the coming year', () => {
    const first = dayFromIso('2026-11-25') ?? 0
    for (let at = first; at < first + 365; at++) {
      for (const each of ['id', 'en'] as const)
        expect(readDate(formatShortDate(isoOf(at), each), moment)).toEqual({
          kind: 'value',
          value: isoOf(at),
        })
    }
  })

  it('every minute of the day', () => {
    for (let at = 0; at < 1440; at++) {
      const time = `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
      for (const each of ['id', 'en'] as const) {
        expect(readTime(formatClock(time, each), moment)).toEqual({ kind: 'value', value: { at: time } })
        expect(readTime(formatTime(time, each), moment)).toEqual({ kind: 'value', value: { at: time } })
      }
    }
  })

  it('dates with times', () => {
    fc.assert(
      fc.property(day, minute, language, (date, time, each) => {
        fc.pre(date !== '2026-11-25')
        expect(readDateTime(formatDateTime(date, time, each), moment)).toEqual({
          kind: 'value',
          value: { date, time: { at: time } },
        })
      }),
    )
  })

  it('amounts up to a trillion, with and without a period', () => {
    const amount = fc.oneof(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.integer({ min: 0, max: 3_000_000 }),
      fc.integer({ min: 0, max: 3000 }).map(each => each * 1000),
    )
    fc.assert(
      fc.property(
        amount,
        language,
        fc.constantFrom(undefined, 'day', 'week', 'month', 'year'),
        (each, spoken, period) => {
          const want = period === undefined ? { amount: each } : { amount: each, period }
          expect(readRupiah(formatRupiah(each, spoken, period))).toEqual({ kind: 'value', value: want })
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('whole numbers in Indonesian', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), number => {
        expect(readNumber(formatNumber(number))).toEqual({ kind: 'value', value: number })
      }),
    )
  })

  it('mobile numbers', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('811', '812', '813', '857', '878', '895'),
        fc.integer({ min: 1_000_000, max: 99_999_999 }),
        (prefix, rest) => {
          const phone = `+62${prefix}${rest}`
          expect(readPhone(formatPhone(phone))).toEqual({ kind: 'value', value: phone })
        },
      ),
    )
  })
})

const POLITE = ['kak', 'min', 'dong', 'ya kak', 'deh', 'sih kak', 'ya pak', 'makasih']
const OPENING = [
  'halo kak, ',
  'permisi ',
  'maaf ',
  'kak ',
  'halo min ',
  'selamat malam kak, '.replace('malam ', ''),
]
const closed = (kinds: readonly string[]): Case[] => allCases.filter(each => kinds.includes(each.kind))
const got = (each: Case, text: string): unknown => NOTATIONS[each.kind]?.(text, moment)

describe('what changes nothing', () => {
  const spoken = closed([
    'date',
    'time',
    'datetime',
    'rupiah',
    'place_trap',
    'yes',
    'no',
    'intake',
    'command',
    'number',
  ])
  // A greeting in front of a greeting, or of thanks, is answered by what follows it; a lone politeness has no other content.
  const contentful = spoken.filter(
    each => each.in !== '?' && !['greeting', 'greeting_salam', 'thanks'].includes(String(each.want)),
  )

  it('politeness after an answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contentful), fc.constantFrom(...POLITE), (each, polite) => {
        fc.pre(!(polite.startsWith('ya') && ['yes', 'no'].includes(each.kind)))
        expect(got(each, `${each.in} ${polite}`)).toBe(each.want)
      }),
      { numRuns: 2000 },
    )
  })

  it('a greeting before an answer', () => {
    fc.assert(
      fc.property(fc.constantFrom(...contentful), fc.constantFrom(...OPENING), (each, opening) => {
        fc.pre(each.want !== 'human') // "halo admin" greets
        expect(got(each, opening + each.in)).toBe(each.want)
      }),
      { numRuns: 2000 },
    )
  })

  it('case and white space', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...spoken),
        fc.boolean(),
        fc.constantFrom('  ', '\t', '\n', ' \u00a0'),
        (each, upper, space) => {
          const text = upper ? each.in.toUpperCase() : each.in.toLowerCase()
          expect(got(each, space + text + space)).toBe(each.want)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('doubled letters in closed vocabularies', () => {
    const vocabularies = closed([
      'date',
      'time',
      'datetime',
      'rupiah',
      'place_trap',
      'yes',
      'no',
      'intake',
      'command',
      'number',
    ])
    fc.assert(
      fc.property(
        fc.constantFrom(...vocabularies),
        fc.nat(),
        fc.integer({ min: 2, max: 4 }),
        (each, at, times) => {
          const letters = [...each.in].flatMap((char, index) => (/\p{L}/u.test(char) ? [index] : []))
          fc.pre(letters.length > 0)
          const place = letters[at % letters.length] ?? 0
          const chars = [...each.in]
          chars[place] = (chars[place] ?? '').repeat(times)
          expect(got(each, chars.join(''))).toBe(each.want)
        },
      ),
      { numRuns: 3000 },
    )
  })
})
