import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayFrom, dayOf, ymdOf } from '../../../src/lib/days.ts'
import { nikFacts, readNik } from '../../../src/understand/index.ts'
import { moment } from './support.ts'

const pad = (number: number): string => String(number).padStart(2, '0')
const today = dayOf(moment.now)
const oldest = dayFrom({ year: 1927, month: 1, day: 1 }) ?? 0
const born = fc.integer({ min: oldest, max: today }).map(ymdOf)

const nikOf = (
  birth: { year: number; month: number; day: number },
  female: boolean,
  serial: number,
): string =>
  `317504${pad(birth.day + (female ? 40 : 0))}${pad(birth.month)}${pad(birth.year % 100)}${String(serial).padStart(4, '0')}`

describe('NIK', () => {
  it('every correct one is read, however it is written, and says when somebody was born', () => {
    fc.assert(
      fc.property(
        born,
        fc.boolean(),
        fc.integer({ min: 1, max: 9999 }),
        fc.constantFrom('', ' ', '.', '-'),
        (birth, female, serial, sign) => {
          const nik = nikOf(birth, female, serial)
          const typed = `NIK saya ${nik.match(/.{4}/g)?.join(sign) ?? ''}`
          expect(readNik(typed, moment)).toEqual({ kind: 'value', value: nik })
          const { birth: said, female: woman, area } = nikFacts(nik, moment)
          expect([said, woman, area]).toEqual([
            `${birth.year}-${pad(birth.month)}-${pad(birth.day)}`,
            female,
            '31.75',
          ])
        },
      ),
    )
  })

  it('ages turn on the birthday', () => {
    expect(nikFacts('3175042511080001', moment).age).toBe(18)
    expect(nikFacts('3175042611080001', moment).age).toBe(17)
    expect(nikFacts('3175042510080001', moment).age).toBe(18)
    expect(nikFacts('3175046512900001', moment).age).toBe(35)
  })

  it('a year up to this one is of this century', () => {
    expect(nikFacts('3175040101260001', moment).birth).toBe('2026-01-01')
    expect(nikFacts('3175040101270001', moment).birth).toBe('1927-01-01')
  })

  it.each([
    ['', 'unread'],
    ['belum punya', 'unread'],
    ['31750465129099', 'length 14'],
    ['31750465129O9999', 'character'],
    ['3175046512909999x', 'character'],
    ['NO3175046512909999', 'character'],
    ['3175046512909999 '.repeat(70), 'too_long'],
    ['3175042511260001 x', 'value'],
    ['3175042611260001', 'future 2026-11-26'],
  ])('%j: %s', (text, why) => {
    const reading = readNik(text, moment)
    expect(reading.kind === 'none' ? reading.why : reading.kind).toBe(why)
  })
})
