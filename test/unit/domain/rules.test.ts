import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastLoaded, type Candidate } from '../../../src/domain/coaches.ts'
import { maskName, maskNik } from '../../../src/domain/masks.ts'
import { sameName } from '../../../src/domain/people.ts'
import { alarmBefore, dueAt, nextExportAt } from '../../../src/domain/privacy.ts'
import { quietUntil } from '../../../src/domain/quiet.ts'
import { cutoffs, monthsBefore, retentionMonths } from '../../../src/domain/retention.ts'
import { DAY, HOUR } from '../../../src/lib/time.ts'

const at = (iso: string) => Date.parse(iso)

describe('leastLoaded', () => {
  it('keeps the loads of a need within one of each other, whoever serves what', () => {
    const needs = ['a', 'b', 'c']
    const serves = fc.array(fc.subarray(needs, { minLength: 1 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(serves, fc.array(fc.constantFrom(...needs), { maxLength: 200 }), (coaches, people) => {
        const loads = coaches.map(() => ({ a: 0, b: 0, c: 0 }) as Record<string, number>)
        const total = (n: number) => Object.values(loads[n] ?? {}).reduce((sum, one) => sum + one, 0)
        for (const need of people) {
          const candidates = coaches.flatMap<Candidate>((served, n) =>
            served.includes(need)
              ? [{ id: String(n), name: '', sameNeed: loads[n]?.[need] ?? 0, total: total(n), since: n }]
              : [],
          )
          const chosen = leastLoaded(candidates)
          expect(chosen === undefined).toBe(candidates.length === 0)
          const load = loads[Number(chosen?.id)]
          if (load) load[need] = (load[need] ?? 0) + 1
        }
        for (const need of needs) {
          const counts = coaches.flatMap((served, n) =>
            served.includes(need) ? [loads[n]?.[need] ?? 0] : [],
          )
          if (counts.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('lets the whole load decide between equals, then who has been here longer', () => {
    const coach = (id: string, sameNeed: number, total: number, since: number) => ({
      id,
      name: id,
      sameNeed,
      total,
      since,
    })
    expect(leastLoaded([coach('x', 1, 1, 0), coach('y', 0, 9, 0)])?.id).toBe('y')
    expect(leastLoaded([coach('x', 1, 5, 0), coach('y', 1, 4, 9)])?.id).toBe('y')
    expect(leastLoaded([coach('x', 1, 5, 2), coach('y', 1, 5, 1)])?.id).toBe('y')
    expect(leastLoaded([])).toBeUndefined()
  })
})

describe('names', () => {
  it('are the same whatever their case, dots, spaces and titles', () => {
    expect(sameName('SITI  aminah', 'Hj. Siti Aminah')).toBe(true)
    expect(sameName('Siti', 'Siti Aminah')).toBe(false)
    expect(sameName('H.', 'h')).toBe(true)
  })
  it('are masked to a stranger', () => {
    expect(maskName('Siti Aminah')).toBe('S••• A•••')
    expect(maskNik('3173051203900001')).toBe('•••• •••• •••• 0001')
  })
})

describe('the 72-hour clock', () => {
  const received = at('2026-11-25T10:00:00+07:00')
  it('runs by clock hours, alarms at 48', () => {
    expect(dueAt(received)).toBe(at('2026-11-28T10:00:00+07:00'))
    expect(alarmBefore(received + 48 * HOUR)).toBe(received)
  })
  it('allows one copy a day', () => {
    expect(nextExportAt(undefined, received)).toBeUndefined()
    expect(nextExportAt(received, received + DAY - 1)).toBe(received + DAY)
    expect(nextExportAt(received, received + DAY)).toBeUndefined()
  })
})

describe('retention periods', () => {
  it('count calendar months, the last day where the month is shorter', () => {
    expect(monthsBefore(at('2026-03-31T05:00:00Z'), 1)).toBe(at('2026-02-28T05:00:00Z'))
    expect(monthsBefore(at('2028-02-29T05:00:00Z'), 24)).toBe(at('2026-02-28T05:00:00Z'))
    expect(monthsBefore(at('2026-11-25T05:00:00Z'), 24)).toBe(at('2024-11-25T05:00:00Z'))
  })
  it('are read from the words of the consent text', () => {
    expect(['24 bulan', '2 tahun', '18 months', '1 Tahun'].map(retentionMonths)).toEqual([24, 24, 18, 12])
    expect(['selamanya', '0 bulan', '24', '2 minggu', ''].map(retentionMonths)).toEqual(
      Array(5).fill(undefined),
    )
  })
  it('give every rule its moment', () => {
    const now = at('2026-11-25T05:00:00Z')
    expect(cutoffs(now, 24)).toEqual({
      withdrawn: now - DAY,
      inactive: at('2024-11-25T05:00:00Z'),
      sandbox: now - 30 * DAY,
      sensitive: at('2025-11-25T05:00:00Z'),
      nik: now - 30 * DAY,
      emptyChats: now - 30 * DAY,
      ticketTexts: now - 30 * DAY,
    })
  })
})

describe('quietUntil', () => {
  it.each([
    ['2026-11-25T20:59:59+07:00', undefined],
    ['2026-11-25T21:00:00+07:00', '2026-11-26T06:00:00+07:00'],
    ['2026-11-26T00:00:00+07:00', '2026-11-26T06:00:00+07:00'],
    ['2026-11-26T05:59:59+07:00', '2026-11-26T06:00:00+07:00'],
    ['2026-11-26T06:00:00+07:00', undefined],
  ])('%s → %s', (now, until) => expect(quietUntil(at(now))).toBe(until && at(until)))
})
