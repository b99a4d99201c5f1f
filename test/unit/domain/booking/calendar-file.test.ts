import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { calendarFile } from '../../../../src/domain/booking/calendarFile.ts'
import type { Booking } from '../../../../src/domain/booking/ports.ts'
import { agenda, at } from '../../../support/booking.ts'
import { NOW } from '../../../support/people.ts'

/** The file that people open in their calendar, read by a library that shares no code with the one that wrote it. */
const booking = (changes: Partial<Booking> = {}, place: Partial<Booking['centre']> = {}): Booking => ({
  id: '7a1f6f0e-0000-4000-8000-000000000000',
  code: 'J-7K3M',
  residentId: 'somebody',
  centre: { ...agenda().centre, ...place },
  coach: { id: 'a', name: 'Faran; the coach, of "Kebon Jeruk"' },
  seat: 1,
  topic: 'pembukuan',
  startsAt: at('2026-11-26', '09:00'),
  endsAt: at('2026-11-26', '09:45'),
  status: 'booked',
  version: 1,
  holdUntil: null,
  cancelledBy: null,
  settledAt: null,
  sandbox: false,
  createdAt: NOW,
  updatedAt: NOW,
  ...changes,
})

const read = (one: Booking, language: 'id' | 'en' = 'id') => {
  const text = new TextDecoder().decode(calendarFile(one, language, NOW))
  const calendar = new ICAL.Component(ICAL.parse(text) as [])
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event) throw new Error('no event')
  return { text, calendar, event: new ICAL.Event(event), component: event }
}

describe('the calendar file', () => {
  it('is a whole calendar of one event, at the right instants', () => {
    const { calendar, event, component } = read(booking())
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1)
    expect(event.startDate.toJSDate().toISOString()).toBe('2026-11-26T02:00:00.000Z')
    expect(event.endDate.toJSDate().toISOString()).toBe('2026-11-26T02:45:00.000Z')
    expect(String(component.getFirstPropertyValue('dtstamp'))).toBe('2026-11-25T03:00:00Z')
    expect(event.summary).toBe('Janji klinik OK OCE: Pembukuan')
    expect(event.location).toBe('OK OCE Center Kebon Jeruk, kantor kecamatan Kebon Jeruk, Jakarta Barat')
    expect(event.description).toBe(
      'J-7K3M, Coach Faran; the coach, of "Kebon Jeruk"\nBawa: catatan uang masuk dan keluar, nota, atau buku kas',
    )
    const alarm = component.getFirstSubcomponent('valarm')
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe('-PT2H')
  })

  it('keeps its entry when the appointment moves: the same UID, a higher sequence', () => {
    const [first, moved] = [read(booking()), read(booking({ version: 3 }))]
    expect(moved.event.uid).toBe(first.event.uid)
    expect([first.event.sequence, moved.event.sequence]).toEqual([0, 2])
  })

  it('tells where it is on the map, and that a place is sample data', () => {
    const { component, event } = read(booking({}, { latitude: -6.19, longitude: 106.77, sample: true }), 'en')
    expect(component.getFirstPropertyValue('geo')).toEqual([-6.19, 106.77])
    expect(event.location).toContain('OK OCE Center Kebon Jeruk (sample)')
    expect(read(booking()).component.getFirstPropertyValue('geo')).toBeNull()
  })

  it('is folded as the format asks: lines end in CRLF and are at most 75 bytes long', () => {
    const address =
      'Jalan Raya Kebon Jeruk Nomor 2, di belakang kantor pos, lantai dua, ruang pertemuan “Melati” 🌼'
    const { text, event } = read(booking({}, { address }))
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75)
    expect(event.location).toBe(`OK OCE Center Kebon Jeruk, ${address}`)
  })
})
