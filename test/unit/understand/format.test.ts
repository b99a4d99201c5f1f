import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoOf } from '../../../src/lib/days.ts'
import {
  formatClock,
  formatDate,
  formatDateTime,
  formatDayPart,
  formatInstant,
  formatList,
  formatNumber,
  formatPhone,
  formatRelativeDate,
  formatRupiah,
  formatShortDate,
  formatTime,
  maskNik,
  maskPhone,
  formatName,
  formatShortName,
} from '../../../src/lib/format.ts'

describe('every form, pinned', () => {
  it.each([
    [formatDate('2026-01-05'), 'Senin, 5 Januari 2026'],
    [formatDate('2026-01-05', 'en'), 'Monday, 5 January 2026'],
    [formatShortDate('2026-01-05'), 'Sen, 5 Jan'],
    [formatShortDate('2026-08-17'), 'Sen, 17 Agu'],
    [formatShortDate('2026-01-05', 'en'), 'Mon, 5 Jan'],
    [formatTime('09:00'), '09.00'],
    [formatTime('09:00', 'en'), '09:00'],
    [formatClock('14:30'), 'pukul 14.30 WIB'],
    [formatClock('14:30', 'en'), '14:30 WIB'],
    [formatDateTime('2026-11-25', '14:30'), 'Rabu, 25 November 2026, pukul 14.30 WIB'],
    [formatDateTime('2026-11-25', '14:30', 'en'), 'Wednesday, 25 November 2026, 14:30 WIB'],
    [formatInstant(Date.parse('2026-11-25T17:05Z')), 'Kamis, 26 November 2026, pukul 00.05 WIB'],
    [formatRelativeDate('2026-11-25', '2026-11-25'), 'hari ini'],
    [formatRelativeDate('2026-11-26', '2026-11-25'), 'besok'],
    [formatRelativeDate('2026-11-27', '2026-11-25'), 'lusa'],
    [formatRelativeDate('2026-11-24', '2026-11-25'), 'kemarin'],
    [formatRelativeDate('2026-11-28', '2026-11-25'), 'Sabtu, 28 November 2026'],
    [formatRelativeDate('2026-11-23', '2026-11-25'), 'Senin, 23 November 2026'],
    [formatRelativeDate('2026-11-26', '2026-11-25', 'en'), 'tomorrow'],
    [formatDayPart('midday'), 'siang'],
    [formatDayPart('evening', 'en'), 'evening'],
    [formatRupiah(2_000_000), 'Rp2.000.000'],
    [formatRupiah(2_000_000, 'en'), 'Rp2,000,000'],
    [formatRupiah(0), 'Rp0'],
    [formatRupiah(-7500), '-Rp7.500'],
    [formatRupiah(-0.2), 'Rp0'],
    [formatRupiah(999.6), 'Rp1.000'],
    [formatRupiah(300_000, 'id', 'day'), 'Rp300.000 sehari'],
    [formatRupiah(300_000, 'en', 'month'), 'Rp300,000 a month'],
    [formatNumber(1234.5), '1.234,5'],
    [formatNumber(1234.5, 'en'), '1,234.5'],
    [formatNumber(-12), '-12'],
    [formatNumber(100), '100'],
    [formatList([]), ''],
    [formatList(['a']), 'a'],
    [formatList(['a', 'b']), 'a dan b'],
    [formatList(['a', 'b', 'c']), 'a, b, dan c'],
    [formatList(['a', 'b', 'c'], 'en'), 'a, b, and c'],
    [formatPhone('+6281234567890'), '0812-3456-7890'],
    [formatPhone('+628123456789'), '0812-3456-789'],
    [formatPhone('+6591234567'), '+6591234567'],
    [maskPhone('+6281234567890'), '+62812•••7890'],
    [maskPhone('0812'), '•••'],
    [maskNik('3175046512909999'), '3175••••••••9999'],
    [maskNik('31750465'), '•••'],
  ])('%s', (got, want) => {
    expect(got).toBe(want)
  })

  it('a date that does not exist is a programming error', () => {
    expect(() => formatDate('2026-02-30')).toThrow(RangeError)
    expect(() => formatShortDate('x')).toThrow(RangeError)
  })
})

/** ICU of this Node says the same; should a later Node change its text, ours stays and this test tells. */
describe('agrees with ICU', () => {
  const dates = fc.integer({ min: 20_000, max: 30_000 }).map(isoOf)
  const utc = (date: string): Date => new Date(`${date}T00:00Z`)
  it.each([
    ['id', 'id-ID'],
    ['en', 'en-GB'],
  ] as const)('dates in %s', (language, locale) => {
    const full = new Intl.DateTimeFormat(locale, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    })
    fc.assert(
      fc.property(dates, date => {
        expect(formatDate(date, language).replace(',', '')).toBe(full.format(utc(date)).replace(',', ''))
      }),
    )
  })
  it('short Indonesian dates', () => {
    const short = new Intl.DateTimeFormat('id-ID', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    })
    for (let day = 20_000; day < 20_400; day++)
      expect(formatShortDate(isoOf(day))).toBe(short.format(utc(isoOf(day))))
  })
  it('money and lists', () => {
    const money = new Intl.NumberFormat('id-ID', {
      style: 'currency',
      currency: 'IDR',
      maximumFractionDigits: 0,
    })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), amount => {
        expect(formatRupiah(amount)).toBe(money.format(amount).replace(/\s/g, ''))
      }),
    )
    expect(formatList(['a', 'b', 'c', 'd'])).toBe(new Intl.ListFormat('id-ID').format(['a', 'b', 'c', 'd']))
  })
})

describe('names', () => {
  it.each([
    ['DEWI SARTIKA', 'Dewi Sartika'],
    ['siti nurhaliza binti ahmad', 'Siti Nurhaliza binti Ahmad'],
    ['R.A. Kartini', 'R.A. Kartini'],
    ["nur'aini", "Nur'Aini"],
    ['jean-pierre', 'Jean-Pierre'],
    ['McDonald', 'McDonald'],
    ['Budi Santoso, S.E.', 'Budi Santoso, S.E.'],
  ])('%s is shown as %s', (typed, shown) => {
    expect(formatName(typed)).toBe(shown)
  })
  it.each([
    ['Siti Aminah', 'Siti A.'],
    ['Suharto', 'Suharto'],
    ['H. Ahmad Dahlan', 'Ahmad D.'],
    ['I Gusti Ngurah Rai', 'Gusti N.'],
    ['MUHAMMAD', 'Muhammad'],
    ['M. Rizky', 'Rizky'],
    ['Siti binti Ahmad', 'Siti A.'],
    ['Budi Santoso, S.E.', 'Budi S.'],
    ['H.', 'H.'],
  ])('%s is %s to a coach', (typed, shown) => {
    expect(formatShortName(typed)).toBe(shown)
  })
})
