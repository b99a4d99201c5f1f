import { describe, expect, it } from 'vitest'
import { maskUnknown, readSeveral, type AnswerKind } from '../../../src/understand/index.ts'
import { ownCases, moment, publicCases } from './support.ts'

const ALL: AnswerKind[] = ['name', 'phone', 'place', 'need', 'rupiah', 'date']
const read = (text: string, wanted = ALL) => readSeveral(text, wanted, moment)
const value = (of: unknown) => ({ kind: 'value', value: of })

describe('several answers in one message', () => {
  it('takes a name, a place and leaves the rest', () => {
    expect(read('Siti, kebun jeruk, jualan nasi uduk')).toEqual({
      name: value('Siti'),
      place: value({ level: 'kecamatan', code: '31.73.05', kota: '31.73', kecamatan: '31.73.05' }),
      rest: ['jualan nasi uduk'],
    })
  })

  it('reads labelled lines', () => {
    expect(
      read('Nama: Budi Santoso\nNo HP: 0812 3456 7890\nKecamatan: Tebet\nModal: 2 juta\nTanggal: besok'),
    ).toEqual({
      name: value('Budi Santoso'),
      phone: value('+6281234567890'),
      place: value({ level: 'kecamatan', code: '31.74.01', kota: '31.74', kecamatan: '31.74.01' }),
      rupiah: value({ amount: 2_000_000 }),
      date: value('2026-11-26'),
      rest: [],
    })
  })

  it('a second place narrows the first; a look-alike stays a question', () => {
    expect(read('Dewi, cideng, gambir')?.place).toMatchObject({ value: { code: '31.71.01.1002' } })
    expect(read('Dewi, jatinegara, jaktim')?.place).toMatchObject({
      kind: 'ask',
      candidates: [{ code: '31.75.03' }, { code: '31.75.06.1001' }],
    })
  })

  it('never guesses: mistakes, later names and unasked kinds are left over', () => {
    expect(read('Siti, kebun jruk')?.rest).toEqual(['kebun jruk'])
    expect(read('tebet, Siti')).toMatchObject({ rest: ['Siti'] })
    expect(read('Siti, 0812 3456 7890', ['name'])).toEqual({ name: value('Siti'), rest: ['0812 3456 7890'] })
    expect(read('Siti, goceng')?.rest).toEqual(['goceng'])
    expect(read('Siti, cari kerja')).toMatchObject({ need: value('cari_kerja') })
  })

  it('is for more than one part, and not for essays', () => {
    expect(read('Siti')).toBeUndefined()
    expect(read('')).toBeUndefined()
    expect(read('a,'.repeat(20))).toBeUndefined()
    expect(read('Siti, '.repeat(300))).toBeUndefined()
  })
})

describe('texts kept for learning', () => {
  it.each([
    ['saya mau ketemu pak Joko besok jam 9', 'saya mau ketemu pak ▢ besok jam #'],
    ['Siti Aminah', '▢ ▢'],
    ['gmn cara bikin nib?', 'gmn cara bikin ▢ ?'],
    ['0812-3456-7890 an Budi', '# # # an ▢'],
    ['agus juli kasih kamis', '▢ ▢ ▢ ▢'],
    ['tebet pasar minggu', '▢ pasar mingu'],
    ['budi@example.com', '▢ ▢ ▢'],
    ['', ''],
  ])('%j → %j', (text, want) => {
    expect(maskUnknown(text)).toBe(want)
  })

  it('keeps no name of any case table, no digit, and at most 40 words', () => {
    const names = [...publicCases, ...ownCases].filter(each => each.kind === 'name' && each.want === 'ok')
    const given = [
      'Suharto',
      'Siti',
      'Nurhaliza',
      'Ahmad',
      'Kartini',
      'Dewi',
      'Sartika',
      'Budi',
      'Santoso',
      'Rina',
      'Aminah',
      'Lestari',
      'Dahlan',
      'Rizky',
      'Fatimah',
      'John',
      'Bagus',
    ]
    for (const { in: text } of names) {
      const kept = maskUnknown(text).toLowerCase()
      expect(kept).not.toMatch(/\d/)
      for (const name of given) expect(kept).not.toContain(name.toLowerCase())
    }
    expect(maskUnknown('saya '.repeat(30) + 'mau dong '.repeat(60)).split(' ').length).toBeLessThanOrEqual(40)
  })
})
