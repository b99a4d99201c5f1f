import { describe, expect, it } from 'vitest'
import {
  kecamatanOf,
  kelurahanOf,
  kotaList,
  placeName,
  placeOf,
  readPlace,
  type Region,
} from '../../../src/understand/index.ts'

const kecamatan = kotaList().flatMap(kota => kecamatanOf(kota.code))
const kelurahan = kecamatan.flatMap(each => kelurahanOf(each.code))

/** The codes a reading leads to: its value or its candidates. */
const codes = (text: string, context?: { kota?: string; kecamatan?: string }): string[] => {
  const reading = readPlace(text, context)
  if ('value' in reading) return [reading.value.code]
  return reading.kind === 'ask' ? reading.candidates.map(each => each.code) : []
}

it('holds 6 kota, 44 kecamatan and 267 kelurahan', () => {
  expect([kotaList().length, kecamatan.length, kelurahan.length]).toEqual([6, 44, 267])
  expect(placeName('31.74.04')).toBe('Pasar Minggu')
  expect(placeName('32.73')).toBeUndefined()
})

/** Names that other places share or begin with are asked, but the one that was typed is among the answers. */
describe('every name and spelling leads to its place', () => {
  const leads = (region: Region, text: string, found: readonly string[]): void => {
    const own = found.some(code => code === region.code || region.code === `${code}.${region.code.slice(-4)}`)
    expect(own, `${text} → ${found.join(' ')}, not ${region.code}`).toBe(true)
  }
  it('kota', () => {
    for (const region of kotaList())
      for (const text of [region.name, ...region.also]) leads(region, text, codes(text))
  })
  it('kecamatan', () => {
    for (const region of kecamatan) {
      for (const text of [region.name, ...region.also]) leads(region, text, codes(text))
      expect(codes(`kecamatan ${region.name}`)).toEqual([region.code])
    }
  })
  it('kelurahan, alone and with their kecamatan', () => {
    for (const region of kelurahan) {
      for (const text of [region.name, ...region.also]) leads(region, text, codes(text))
      const parent = placeName(region.code.slice(0, 8)) ?? ''
      expect(codes(`kelurahan ${region.name}, ${parent}`), region.name).toEqual([region.code])
      expect(codes(region.name, { kecamatan: region.code.slice(0, 8) }), region.name).toEqual([region.code])
    }
  })
})

describe('look-alikes and contexts', () => {
  it.each([
    ['jatinegara', ['31.75.03', '31.75.06.1001']],
    ['kapuk', ['31.73.01.1005', '31.72.01.1003']],
    ['pegangsaan', ['31.71.06.1002', '31.72.06.1002']],
    ['cipete', ['31.74.06.1005', '31.74.07.1010']],
  ])('%s', (text, want) => {
    expect(readPlace(text)).toMatchObject({ kind: 'ask', why: 'ambiguous' })
    expect(codes(text)).toEqual(want)
  })

  it('what earlier answers settled is not asked again', () => {
    expect(readPlace('kapuk', { kota: '31.73' })).toEqual({ kind: 'value', value: placeOf('31.73.01.1005') })
    expect(readPlace('cipete', { kota: '31.74', kecamatan: '31.74.07' })).toMatchObject({
      value: { code: '31.74.07.1010' },
    })
    expect(readPlace('pasar minggu', { kecamatan: '31.74.04' })).toEqual({
      kind: 'value',
      value: placeOf('31.74.04.1001'),
    })
    expect(readPlace('baru', { kecamatan: '31.75.05' })).toEqual({
      kind: 'value',
      value: placeOf('31.75.05.1002'),
    })
  })

  it.each(['baru', 'sunter', 'blok m', 'kebun jruk', 'depok tapi usaha di tebet', 'jl tebet raya'])(
    '%j is to be confirmed',
    text => {
      expect(readPlace(text).kind).toBe('approximate')
    },
  )

  it('a place knows the places it lies in', () => {
    expect(placeOf('31.74.04.1001')).toEqual({
      level: 'kelurahan',
      code: '31.74.04.1001',
      kota: '31.74',
      kecamatan: '31.74.04',
      kelurahan: '31.74.04.1001',
    })
    expect(placeOf('31.74')).toEqual({ level: 'kota', code: '31.74', kota: '31.74' })
  })

  it('faults', () => {
    expect(readPlace('')).toEqual({ kind: 'none', why: 'unread' })
    expect(readPlace('bukan tebet')).toEqual({ kind: 'none', why: 'negated' })
    expect(readPlace('tebet '.repeat(200))).toEqual({ kind: 'none', why: 'too_long' })
    expect(readPlace('kebon')).toEqual({ kind: 'ask', candidates: [], why: 'ambiguous' })
  })
})
