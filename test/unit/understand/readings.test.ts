import { describe, expect, it } from 'vitest'
import {
  readCommand,
  readDate,
  readDateTime,
  readName,
  readNeed,
  readNumber,
  readPhone,
  readRupiah,
  readTime,
  readYesNo,
  type Moment,
} from '../../../src/understand/index.ts'
import { moment } from './support.ts'

const at = (iso: string, hours = moment.hours): Moment => ({ ...moment, now: Date.parse(iso), hours })
const value = <T>(of: T) => ({ kind: 'value', value: of })

describe('what an ask offers', () => {
  it.each([
    ['rabu', 'same_weekday', ['2026-11-25', '2026-12-02']],
    ['tgl 25', 'same_day', ['2026-11-25', '2026-12-25']],
    ['minggu', 'sunday_or_week', ['2026-11-29']],
    ['besok lusa', 'conflict', ['2026-11-26', '2026-11-27']],
    ['selasa 30 nov', 'conflict', ['2026-11-30', '2026-12-01']],
    ['besok tgl 30', 'conflict', ['2026-11-26', '2026-11-30']],
    ['senin ini', 'passed', ['2026-11-30']],
    ['senin atau rabu depan', 'several', ['2026-11-30', '2026-12-02']],
    ['senin sampai rabu', 'range', ['2026-11-30', '2026-12-01', '2026-12-02']],
    ['tgl 5-7', 'range', ['2026-12-05', '2026-12-06', '2026-12-07']],
    ['minggu ini', 'which_day', ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29']],
    ['weekend', 'which_day', ['2026-11-28', '2026-11-29']],
    ['awal minggu depan', 'which_day', ['2026-11-30', '2026-12-01']],
    ['pertengahan minggu', 'which_day', ['2026-11-25', '2026-11-26']],
    [
      'akhir bulan',
      'which_day',
      ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30'],
    ],
    [
      'minggu terakhir desember',
      'which_day',
      ['2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'],
    ],
    ['senin desember', 'which_day', ['2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28']],
    ['kapan aja', 'first_open', []],
    ['nanti', 'vague', []],
    ['tahun depan', 'which_day', []],
  ])('%j: %s', (text, why, candidates) => {
    expect(readDate(text, moment)).toEqual({ kind: 'ask', why, candidates })
  })

  it('after a holiday: the seven days that follow its last day', () => {
    const asked = readDate('habis lebaran', moment)
    expect(asked).toMatchObject({ kind: 'ask', why: 'which_day' })
    expect('candidates' in asked && [asked.candidates[0], asked.candidates.at(-1)]).toEqual([
      '2027-03-12',
      '2027-03-18',
    ])
    expect(readDate('sebelum natal', moment)).toMatchObject({
      candidates: [
        '2026-12-18',
        '2026-12-19',
        '2026-12-20',
        '2026-12-21',
        '2026-12-22',
        '2026-12-23',
        '2026-12-24',
      ],
    })
  })

  it.each([
    ['awal bulan', 10, '2026-12-01', '2026-12-10'],
    ['pertengahan desember', 10, '2026-12-11', '2026-12-20'],
    ['akhir desember', 11, '2026-12-21', '2026-12-31'],
    ['desember', 31, '2026-12-01', '2026-12-31'],
    ['minggu kedua desember', 7, '2026-12-08', '2026-12-14'],
    ['minggu depan', 7, '2026-11-30', '2026-12-06'],
  ])('%j holds %i days', (text, count, first, last) => {
    const asked = readDate(text, moment)
    const days = 'candidates' in asked ? asked.candidates : []
    expect([days.length, days[0], days.at(-1)]).toEqual([count, first, last])
  })

  it.each([
    ['jam 7', 'which_half', ['07:00', '19:00']],
    ['9 siang', 'mismatch', ['09:00']],
    ['jam 9 atau 10', 'several', ['09:00', '10:00']],
    ['jam 9-11', 'range', ['09:00', '11:00']],
    ['sebelum jam 10', 'before', ['10:00']],
  ])('a time: %j: %s', (text, why, times) => {
    expect(readTime(text, moment)).toEqual({
      kind: 'ask',
      why,
      candidates: times.map(time => ({ at: time })),
    })
  })

  it('dates with times offer their pairs, without those that have passed', () => {
    expect(readDateTime('rabu jam 9', moment)).toEqual({
      kind: 'ask',
      why: 'same_weekday',
      candidates: [{ date: '2026-12-02', time: { at: '09:00' } }],
    })
    expect(readDateTime('besok jam 9 atau lusa jam 10', moment)).toEqual({
      kind: 'ask',
      why: 'several',
      candidates: [
        { date: '2026-11-26', time: { at: '09:00' } },
        { date: '2026-11-27', time: { at: '10:00' } },
      ],
    })
    expect(readDateTime('besok', moment)).toEqual({
      kind: 'ask',
      why: 'which_time',
      candidates: [{ date: '2026-11-26' }],
    })
    expect(readDateTime('jam 9', moment)).toEqual({
      kind: 'ask',
      why: 'which_date',
      candidates: [{ time: { at: '09:00' } }],
    })
    expect(readDateTime('sebelum jam 10 besok', moment)).toMatchObject({ kind: 'ask', why: 'before' })
    expect(readDateTime('nasi', moment)).toEqual({ kind: 'none', why: 'unread' })
  })

  it.each([
    ['cepek', 'slang', [{ amount: 100 }, { amount: 100_000 }]],
    ['500', 'unit', [{ amount: 500_000 }, { amount: 500_000_000 }, { amount: 500 }]],
    ['2,5', 'unit', [{ amount: 2500 }, { amount: 2_500_000 }]],
    [
      '2 atau 3 juta sebulan',
      'several',
      [
        { amount: 2_000_000, period: 'month' },
        { amount: 3_000_000, period: 'month' },
      ],
    ],
    ['5-10', 'unit', []],
    ['jutaan', 'vague', []],
  ])('money: %j: %s', (text, why, candidates) => {
    expect(readRupiah(text)).toEqual({ kind: 'ask', why, candidates })
  })

  it.each([
    ['+65 9123 4567', 'foreign', ['+6591234567']],
    ['0812 3456 7890 / 0813 9876 5432', 'several', ['+6281234567890', '+6281398765432']],
  ])('phones: %j: %s', (text, why, candidates) => {
    expect(readPhone(text)).toEqual({ kind: 'ask', why, candidates })
  })

  it.each([
    ['kerja sambil usaha', 'two', ['cari_kerja', 'mulai_usaha']],
    ['jualan nasi uduk', 'which', ['mulai_usaha', 'naik_kelas']],
    ['belum punya usaha', 'two', ['cari_kerja', 'mulai_usaha']],
    ['1 dan 3', 'two', ['cari_kerja', 'naik_kelas']],
  ])('needs: %j: %s', (text, why, candidates) => {
    expect(readNeed(text)).toEqual({ kind: 'ask', why, candidates })
  })

  it.each([
    ['budi123', 'digits', []],
    ['a', 'one_letter', []],
    ['ya', 'answer', []],
    ['Siti/Ani', 'signs', []],
    ['Siti, kebon jeruk', 'several', []],
    ['zzz zzz', 'odd', ['zzz zzz']],
    ['Kebon Jeruk', 'answer', ['Kebon Jeruk']],
    ['tebet', 'answer', ['tebet']],
    ['Bekasi', 'answer', ['Bekasi']],
    ['Jumat', 'answer', ['Jumat']],
    ['hahaha', 'odd', ['hahaha']],
    ['anak saya Budi', 'sentence', ['anak saya Budi']],
  ])('names: %j: %s', (text, why, candidates) => {
    expect(readName(text)).toEqual({ kind: 'ask', why, candidates })
  })

  it('yes and no together', () => {
    expect(readYesNo('ya atau tidak')).toEqual({ kind: 'ask', candidates: ['yes', 'no'], why: 'conflict' })
    expect(readYesNo('5-10 orang')).toMatchObject({ kind: 'none' })
    expect(readNumber('5-10')).toEqual({ kind: 'ask', candidates: [5, 10], why: 'range' })
    expect(readNumber('5-10 ribu')).toEqual({ kind: 'ask', candidates: [5000, 10000], why: 'range' })
  })
})

describe('what is only approximate', () => {
  it.each([
    ['jam 9-an', { at: '09:00' }],
    ['1 jam lagi', { at: '11:00' }],
    ['15 menit lagi', { at: '10:15' }],
  ])('time %j', (text, time) => {
    expect(readTime(text, moment)).toEqual({ kind: 'approximate', value: time })
  })

  it.each([
    ['goceng', { amount: 5000 }],
    ['1jt500', { amount: 1_500_000 }],
    ['1.500', { amount: 1500 }],
    ['5-10 jt', { amount: 5_000_000, to: 10_000_000 }],
    ['kurang dari 3 juta', { amount: 3_000_000, bound: 'below' }],
    ['sekitar 2 juta sebulan', { amount: 2_000_000, bound: 'about', period: 'month' }],
    ['rugi 500rb', { amount: 500_000 }],
  ])('money %j', (text, rupiah) => {
    expect(readRupiah(text)).toEqual({ kind: 'approximate', value: rupiah })
  })

  it('a day among words of something else, a bare number, a repaired yes', () => {
    expect(readDate('besok anak saya sunatan', moment)).toEqual({ kind: 'approximate', value: '2026-11-26' })
    expect(readDate('5', moment)).toEqual({ kind: 'approximate', value: '2026-12-05' })
    expect(readYesNo('sertuju')).toEqual({ kind: 'approximate', value: 'yes' })
    expect(readYesNo('anak saya setuju')).toEqual({ kind: 'approximate', value: 'yes' })
    expect(readPhone('o812-3456-7890')).toEqual({ kind: 'approximate', value: '+6281234567890' })
    expect(readPhone('08l2 3456 7890')).toEqual({ kind: 'approximate', value: '+6281234567890' })
    expect(readPhone('081x2345678')).toEqual({ kind: 'none', why: 'invalid' })
    expect(readPhone('nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol')).toEqual({
      kind: 'approximate',
      value: '+6281234567890',
    })
  })
})

describe('the moment', () => {
  it('the day changes at midnight in Jakarta', () => {
    expect(readDate('besok', at('2026-11-25T23:59:59+07:00'))).toEqual(value('2026-11-26'))
    expect(readDate('besok', at('2026-11-26T00:00+07:00'))).toEqual(value('2026-11-27'))
    expect(readDate('tgl 1', at('2026-12-31T23:59+07:00'))).toEqual(value('2027-01-01'))
  })

  it('"X depan" is the X of the next Monday–Sunday week, whatever day it is', () => {
    const fridays = ['2026-11-23', '2026-11-26', '2026-11-27', '2026-11-29'].map(day =>
      readDate('jumat depan', at(`${day}T10:00+07:00`)),
    )
    expect(fridays).toEqual(Array(4).fill(value('2026-12-04')))
    expect(readDate('senin depan', at('2026-11-29T10:00+07:00'))).toEqual(value('2026-11-30'))
    expect(readDate('minggu', at('2026-11-29T10:00+07:00'))).toMatchObject({
      candidates: ['2026-11-29', '2026-12-06'],
    })
    expect(readDate('malam jumat', at('2026-11-27T10:00+07:00'))).toEqual(value('2026-12-03'))
  })

  it('the end of a month that has passed is the next one', () => {
    expect(readDate('sebulan lagi', at('2027-01-31T10:00+07:00'))).toEqual(value('2027-02-28'))
    expect(readDate('tgl 31', at('2027-01-31T23:00+07:00'))).toMatchObject({
      candidates: ['2027-01-31', '2027-03-31'],
    })
    expect(readDate('29 februari', at('2028-02-29T10:00+07:00'))).toEqual(value('2028-02-29'))
    expect(readDate('setahun lagi', at('2028-02-29T10:00+07:00'))).toEqual(value('2029-02-28'))
  })

  it('a bare hour is read inside the opening hours', () => {
    const evening = at('2026-11-25T10:00+07:00', { open: '13:00', close: '21:00' })
    expect(readTime('jam 7', evening)).toEqual(value({ at: '19:00' }))
    expect(readTime('jam 9', evening)).toEqual(value({ at: '21:00' }))
    expect(readTime('jam 11', evening)).toMatchObject({ kind: 'ask', why: 'which_half' })
    expect(readTime('jam 9', at('2026-11-25T10:00+07:00', { open: '08:00', close: '22:00' }))).toMatchObject({
      why: 'which_half',
    })
  })

  it('holidays come from the table that is given; fixed ones go on without it', () => {
    const bare = { ...moment, holidays: [] }
    expect(readDate('natal', bare)).toEqual(value('2026-12-25'))
    expect(readDate('hari buruh', at('2027-05-02T10:00+07:00'))).toEqual(value('2028-05-01'))
    expect(readDate('imlek', bare)).toEqual({ kind: 'ask', candidates: [], why: 'which_day' })
    const own = {
      ...moment,
      holidays: [{ date: '2026-12-10', name: 'Tahun Baru Imlek', kind: 'libur_nasional' as const }],
    }
    expect(readDate('imlek', own)).toEqual(value('2026-12-10'))
  })
})

describe('commands', () => {
  it.each([
    ['hapus data saya', true],
    ['tolong hapus data saya dong kak', true],
    ['hapus data toko saya yang lama', false],
    ['petugsa', false],
    ['petugas', true],
    ['admin', false],
    ['operator kak', false],
    ['hubungi admin', true],
    ['saya mau tanya sama petugas di kelurahan', false],
  ])('%j is exact: %j', (text, exact) => {
    expect(readCommand(text)?.exact).toBe(exact)
  })

  it.each([
    'jangan hapus data saya',
    'jangan dihapus',
    'bukan admin',
    'tidak mau berhenti',
    'ga jadi batal',
    'belum mau daftar',
    'Siti Aminah',
    'jual nasi uduk',
    '',
    'besok',
    '1',
    'menu '.repeat(300),
  ])('%j is no command', text => {
    expect(readCommand(text)).toBeUndefined()
  })

  it('a language says which', () => {
    expect(readCommand('english please')).toEqual({ command: 'language', exact: true, language: 'en' })
    expect(readCommand('pakai bahasa indonesia aja')).toEqual({
      command: 'language',
      exact: true,
      language: 'id',
    })
    for (const which of ['ganti bahasa', 'bahasa', '/bahasa', '/language'])
      expect(readCommand(which)).toEqual({ command: 'language', exact: true })
  })
})

describe('names are kept as typed', () => {
  it.each([
    ['nama saya Siti Aminah', 'Siti Aminah'],
    ['DEWI SARTIKA', 'DEWI SARTIKA'],
    ['  siti   nurhaliza ', 'siti nurhaliza'],
    ['Nama: Budi', 'Budi'],
    ['Bu Siti', 'Siti'],
    ['O’Brien', "O'Brien"],
    ['Budi Santoso, S.E., M.M.', 'Budi Santoso, S.E., M.M.'],
    ['R.A. Kartini', 'R.A. Kartini'],
    ['Rahmat.', 'Rahmat'],
    ['siti kak', 'siti'],
    ['biasa dipanggil Budi', 'Budi'],
    ['Setia Budi', 'Setia Budi'],
    ['Kartini', 'Kartini'],
    ['Tebet Santoso', 'Tebet Santoso'],
    ['perkenalkan nama saya Tri', 'Tri'],
  ])('%j → %j', (text, name) => {
    expect(readName(text)).toEqual(value(name))
  })
  it('exactly 60 characters fit', () => {
    const sixty = `${'Abcdefghi '.repeat(5)}Abcdefghij`
    expect(sixty).toHaveLength(60)
    expect(readName(sixty)).toEqual(value(sixty))
    expect(readName(`${sixty}k`)).toEqual({ kind: 'none', why: 'too_long' })
    expect(readName(' - ')).toEqual({ kind: 'none', why: 'unread' })
  })
})
