import { describe, expect, it } from 'vitest'
import { coachFor, slotsOn } from '../../../../src/domain/booking/slots.ts'
import type { Agenda, Request } from '../../../../src/domain/booking/types.ts'
import { formatClock } from '../../../../src/lib/format.ts'
import { minuteOf } from '../../../../src/lib/days.ts'
import { clockOf } from '../../../../src/domain/booking/hours.ts'
import { agenda, at, calendar, coach, dayAt, hm, occupied, request, RULES } from '../../../support/booking.ts'

const FRIDAY = '2026-11-27'
const MONDAY = '2026-11-30'
const clocks = (of: Agenda, date: string, by: Request = request()) =>
  slotsOn(of, dayAt(date), by).map(slot => clockOf(minuteOf(slot.startsAt)))

describe('the slots of a day', () => {
  it('begin on the grid of each opening and end before it closes', () => {
    expect(clocks(agenda(), MONDAY)).toEqual(['08:00', '09:00', '10:00', '11:00', '13:00', '14:00', '15:00'])
    const late = calendar({
      hours: [{ timetable: 'regular', weekday: 1, opens: hm('08:30'), closes: hm('11:14') }],
    })
    expect(clocks(agenda({ calendar: late }), MONDAY)).toEqual(['08:30', '09:30'])
    expect(formatClock('08:30')).toBe('pukul 08.30 WIB')
  })

  it('keep the minimum notice and the furthest day', () => {
    const tight = agenda({ rules: { ...RULES, furthestDays: 5 } })
    expect(clocks(tight, '2026-11-25')).toEqual(['13:00', '14:00', '15:00'])
    expect(clocks(tight, '2026-11-25', request({ now: at('2026-11-25', '11:00') }))[0]).toBe('13:00')
    expect(clocks(tight, '2026-11-25', request({ now: at('2026-11-25', '11:01') }))[0]).toBe('14:00')
    expect(clocks(tight, MONDAY)).toHaveLength(7)
    expect(clocks(tight, '2026-12-01')).toEqual([])
  })

  it('are none on holidays, cuti bersama and closed dates; an exception opens even a holiday, at its own hours', () => {
    const holidays = [{ date: FRIDAY, name: 'Libur', kind: 'cuti_bersama' as const }]
    expect(clocks(agenda({ calendar: calendar({ holidays }) }), FRIDAY)).toEqual([])
    const closed = [{ date: MONDAY, opens: null, closes: null, reason: 'pengecatan' }]
    expect(clocks(agenda({ calendar: calendar({ exceptions: closed }) }), MONDAY)).toEqual([])
    const open = [{ date: FRIDAY, opens: hm('09:30'), closes: hm('11:30'), reason: 'bazar' }]
    expect(clocks(agenda({ calendar: calendar({ holidays, exceptions: open }) }), FRIDAY)).toEqual([
      '09:30',
      '10:30',
    ])
  })

  it('follow the Ramadan timetable in Ramadan, where the centre has one', () => {
    const ramadan = [{ firstDay: '2026-11-26', lastDay: FRIDAY }]
    const fasting = { timetable: 'ramadan', weekday: 5, opens: hm('09:00'), closes: hm('11:00') }
    const hours = [...calendar().hours, fasting]
    expect(clocks(agenda({ calendar: calendar({ ramadan, hours }) }), FRIDAY)).toEqual(['09:00', '10:00'])
    expect(clocks(agenda({ calendar: calendar({ ramadan, hours }) }), '2026-11-26')).toEqual([])
    expect(clocks(agenda({ calendar: calendar({ ramadan, hours }) }), MONDAY)).toHaveLength(7)
    expect(clocks(agenda({ calendar: calendar({ ramadan }) }), FRIDAY)).toHaveLength(7)
  })

  it('need a coach who serves the topic, is there, and is not off', () => {
    const jobs = coach('b', { serves: ['cari_kerja'] })
    expect(clocks(agenda({ coaches: [jobs] }), MONDAY)).toEqual([])
    expect(clocks(agenda({ coaches: [jobs] }), MONDAY, request({ topic: 'info_kerja' }))).toHaveLength(7)
    expect(clocks(agenda({ coaches: [jobs] }), MONDAY, request({ topic: 'lainnya' }))).toHaveLength(7)
    const off = coach('a', { timeOff: [{ startsAt: at(MONDAY, '08:30'), endsAt: at(MONDAY, '14:00') }] })
    expect(clocks(agenda({ coaches: [off] }), MONDAY)).toEqual(['14:00', '15:00'])
    const short = coach('a', { hours: [{ weekday: 1, opens: hm('09:00'), closes: hm('10:45') }] })
    expect(clocks(agenda({ coaches: [short] }), MONDAY)).toEqual(['09:00', '10:00'])
  })

  it('need a free place; holds of others count until they run out, one’s own never', () => {
    const other = occupied(at(MONDAY, '09:00'), { coachId: 'b' })
    const one = { rooms: 1, occupied: [other] }
    expect(clocks(agenda(one), MONDAY)).not.toContain('09:00')
    expect(clocks(agenda({ ...one, rooms: 2 }), MONDAY)).toContain('09:00')
    const held = (changes: object) => agenda({ rooms: 1, occupied: [{ ...other, ...changes }] })
    expect(clocks(held({ holdUntil: request().now + 1 }), MONDAY)).not.toContain('09:00')
    expect(clocks(held({ holdUntil: request().now }), MONDAY)).toContain('09:00')
    expect(clocks(held({ holdUntil: request().now + 1, residentId: 'me' }), MONDAY)).toContain('09:00')
  })

  it('keep neighbours apart by the larger of the two buffers, never by both', () => {
    const rules = { ...RULES, gridMinutes: 60, bufferBefore: 10, bufferAfter: 15 }
    const neighbour = occupied(at(MONDAY, '10:00'), {
      busyFrom: at(MONDAY, '09:50'),
      busyUntil: at(MONDAY, '11:00'),
    })
    expect(clocks(agenda({ rules, occupied: [neighbour] }), MONDAY)).toEqual([
      '08:00',
      '09:00',
      '11:00',
      '13:00',
      '14:00',
      '15:00',
    ])
    const wide = { ...neighbour, busyUntil: at(MONDAY, '11:01') }
    expect(clocks(agenda({ rules, occupied: [wide] }), MONDAY)).not.toContain('11:00')
  })

  it('go to one’s own coach, else one who speaks one’s language, else the least busy', () => {
    const of = agenda({
      coaches: [coach('a'), coach('b', { languages: ['id', 'en'] }), coach('c')],
      occupied: [occupied(at(MONDAY, '08:00')), occupied(at(MONDAY, '09:00'), { coachId: 'c', seat: 2 })],
    })
    const slot = slotsOn(of, dayAt(MONDAY), request()).find(each => each.startsAt === at(MONDAY, '13:00'))
    if (!slot) throw new Error('no slot')
    expect(coachFor(of, slot, request({ ownCoachId: 'c' }))?.id).toBe('c')
    expect(coachFor(of, slot, request({ language: 'en' }))?.id).toBe('b')
    expect(coachFor(of, slot, request())?.id).toBe('b')
    expect(coachFor(of, { ...slot, coachIds: ['a', 'c'] }, request({ ownCoachId: 'b' }))?.id).toBe('a')
  })
})
