import { describe, expect, it } from 'vitest'
import { readDate, readNik, readNumber, readRupiah, readTime } from '../../../src/understand/index.ts'
import { moment } from './support.ts'
import { READERS } from './readers.ts'

const date = (text: string): unknown => {
  const reading = readDate(text, moment)
  return 'value' in reading ? reading.value : reading.kind === 'ask' ? reading.candidates : reading.why
}

describe('messages of 1,000 characters and more', () => {
  const PLAIN = [
    'readYesNo',
    'readNeed',
    'readName',
    'readPhone',
    'readRupiah',
    'readNumber',
    'readPlace',
    'readChoice',
    'readChoices',
    'readDate',
    'readTime',
    'readDateTime',
    'readNik',
  ]
  it.each(PLAIN)('%s says that one is too long', name => {
    expect(READERS[name]?.('a b '.repeat(251))).toEqual({ kind: 'none', why: 'too_long' })
    expect(READERS[name]?.(`${' '.repeat(1500)}zzz zz`)).not.toEqual({ kind: 'none', why: 'too_long' })
    expect(READERS[name]?.('q'.repeat(1000))).not.toEqual({
      kind: 'none',
      why: name === 'readName' ? '' : 'too_long',
    })
  })
  it('white space around a message does not count', () => {
    expect(READERS['readDate']?.(`${' '.repeat(3000)}besok${' '.repeat(3000)}`)).toEqual({
      kind: 'value',
      value: '2026-11-26',
    })
  })
})

describe('lists that are complete', () => {
  it('38 provinces', () => {
    const known = Array.from({ length: 100 }, (_, code) => String(code).padStart(2, '0')).filter(
      code => readNik(`${code}01010101900001`, moment).kind === 'value',
    )
    expect(known.join(' ')).toBe(
      '11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96',
    )
  })
  it('ordinals and people together', () => {
    const ordinals = [
      'pertama',
      'kedua',
      'ketiga',
      'keempat',
      'kelima',
      'keenam',
      'ketujuh',
      'kedelapan',
      'kesembilan',
      'kesepuluh',
    ]
    expect(ordinals.map(word => readNumber(word))).toEqual(
      ordinals.map((_, at) => ({ kind: 'value', value: at + 1 })),
    )
    const together = ['sendiri', 'berdua', 'bertiga', 'berempat', 'berlima', 'berenam', 'bertujuh']
    expect(together.map(word => readNumber(word))).toEqual(
      together.map((_, at) => ({ kind: 'value', value: at + 1 })),
    )
  })
  it('number words up to 999', () => {
    const units = ['', 'satu', 'dua', 'tiga', 'empat', 'lima', 'enam', 'tujuh', 'delapan', 'sembilan']
    const below100 = (n: number): string => {
      if (n === 10) return 'sepuluh'
      if (n === 11) return 'sebelas'
      if (n < 10) return units[n] ?? ''
      return n < 20
        ? `${units[n - 10] ?? ''} belas`
        : `${units[Math.floor(n / 10)] ?? ''} puluh ${units[n % 10] ?? ''}`.trim()
    }
    for (let n = 1; n < 1000; n++) {
      const hundreds = Math.floor(n / 100)
      const spoken =
        `${hundreds === 0 ? '' : hundreds === 1 ? 'seratus ' : `${units[hundreds] ?? ''} ratus `}${below100(n % 100)}`.trim()
      expect(readNumber(spoken), spoken).toEqual({ kind: 'value', value: n })
      expect(readRupiah(`${spoken} ribu`), spoken).toEqual({ kind: 'value', value: { amount: n * 1000 } })
    }
  })
  it('weekdays and months, each in its own and its short form', () => {
    const days = ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'ahad']
    expect(days.map(day => date(`${day} depan`))).toEqual(
      [30, 1, 2, 3, 4, 5, 6].map((day, at) => `2026-${at === 0 ? 11 : 12}-${String(day).padStart(2, '0')}`),
    )
    const months = ['jan', 'feb', 'mar', 'apr', 'mei', 'jun', 'jul', 'agu', 'sep', 'okt', 'nov', 'des']
    expect(months.map(month => date(`28 ${month} 2027`))).toEqual(
      months.map((_, at) => `2027-${String(at + 1).padStart(2, '0')}-28`),
    )
    expect(months.map((_, at) => date(`28 bulan ${at + 1} 2027`))).toEqual(
      months.map((_, at) => `2027-${String(at + 1).padStart(2, '0')}-28`),
    )
  })
  it('every hour with every part of the day', () => {
    const read = (part: string) =>
      Array.from({ length: 12 }, (_, at) => {
        const reading = readTime(`jam ${at + 1} ${part}`, moment)
        return reading.kind === 'value' && 'at' in reading.value
          ? Number(reading.value.at.slice(0, 2))
          : reading.kind
      })
    expect(read('pagi')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 'ask'])
    expect(read('siang')).toEqual([13, 14, 15, 16, 'ask', 'ask', 'ask', 'ask', 'ask', 10, 11, 12])
    expect(read('sore')).toEqual(['ask', 14, 15, 16, 17, 18, 'ask', 'ask', 'ask', 'ask', 'ask', 'ask'])
    expect(read('malam')).toEqual([1, 2, 3, 4, 'ask', 18, 19, 20, 21, 22, 23, 0])
    expect(read('subuh')).toEqual([1, 2, 3, 4, 5, 6, 'ask', 'ask', 'ask', 'ask', 'ask', 'ask'])
    expect(read('am')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0])
    expect(read('pm')).toEqual([13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 12])
  })
})

describe('months and days of a month', () => {
  it.each([
    ['november tgl 28', '2026-11-28'],
    ['tgl 5 bulan november', '2027-11-05'],
    ['november tgl 5', '2027-11-05'],
    ['tgl 25 bulan november', '2026-11-25'],
    ['januari tgl 5', '2027-01-05'],
    ['tgl 31 bulan februari', 'invalid'],
    ['bulan ini tgl 24', 'past'],
    ['bulan ini tgl 26', '2026-11-26'],
    ['tgl 5 bulan depan', '2026-12-05'],
    ['desember 2027 tgl 5', '2027-12-05'],
    ['tgl 5 desember tahun depan', '2027-12-05'],
    ['tgl 5, 6 atau 7', ['2026-12-05', '2026-12-06', '2026-12-07']],
    ['tgl 5 dan tgl 7 desember', ['2026-12-05', '2026-12-07']],
    ['28-30 november', ['2026-11-28', '2026-11-29', '2026-11-30']],
    ['senin kedua desember', '2026-12-14'],
    ['senin ke-3 bulan depan', '2026-12-21'],
    ['senin terakhir bulan depan', '2026-12-28'],
    [
      'minggu ke 2 bulan depan',
      ['2026-12-08', '2026-12-09', '2026-12-10', '2026-12-11', '2026-12-12', '2026-12-13', '2026-12-14'],
    ],
    ['akhir minggu', ['2026-11-28', '2026-11-29']],
    ['akhir pekan depan', ['2026-12-05', '2026-12-06']],
    ['awal minggu', ['2026-11-30', '2026-12-01']],
    ['2 tahun lagi', '2028-11-25'],
    ['13 bulan lagi', '2027-12-25'],
    ['3 hari ke depan', ['2026-11-26', '2026-11-27', '2026-11-28']],
    ['senin kemarin', 'past'],
    ['bulan lalu', 'past'],
    ['tahun lalu', 'past'],
    ['2 minggu lalu', 'past'],
    ['32/1/2027', 'invalid'],
    ['5/1/27', '2027-01-05'],
    ['2027/01/05', '2027-01-05'],
  ])('%j', (text, want) => {
    expect(date(text)).toEqual(want)
  })
})
