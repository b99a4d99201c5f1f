import { describe, expect, it } from 'vitest'
import { around } from '../../../../src/domain/booking/search.ts'
import { slotsOn } from '../../../../src/domain/booking/slots.ts'
import {
  centreName,
  centreWithMap,
  minutesWords,
  slotsWords,
  weekWords,
} from '../../../../src/domain/booking/words.ts'
import { ticketWords } from '../../../../src/domain/tickets.ts'
import { agenda, calendar, dayAt, hm, request } from '../../../support/booking.ts'

const { centre } = agenda()

describe('a centre', () => {
  it('says that its data is a sample, in both languages', () => {
    expect(centreName(centre, 'id')).toBe('Kebon Jeruk')
    expect(centreName({ ...centre, sample: true }, 'id')).toBe('Kebon Jeruk (contoh)')
    expect(centreName({ ...centre, sample: true }, 'en')).toBe('Kebon Jeruk (sample)')
  })

  it('is shown on the map where the programme knows where it is', () => {
    const place = 'OK OCE Center Kebon Jeruk, kantor kecamatan Kebon Jeruk, Jakarta Barat'
    expect(centreWithMap(centre, 'id')).toBe(place)
    expect(centreWithMap({ ...centre, latitude: -6.1925, longitude: 106.7697 }, 'id')).toBe(
      `${place}\nPeta: https://www.google.com/maps/search/?api=1&query=-6.1925,106.7697`,
    )
  })
})

describe('hours', () => {
  it('are those of Ramadan in Ramadan, where the centre has some', () => {
    const fasting = [1, 2, 3, 4, 5].map(weekday => ({
      timetable: 'ramadan',
      weekday,
      opens: hm('08:00'),
      closes: hm('14:00'),
    }))
    const ramadan = [{ firstDay: '2027-02-08', lastDay: '2027-03-09' }]
    const both = calendar({ hours: [...calendar().hours, ...fasting], ramadan })
    const usual = 'Senin–Jumat 08.00–12.00 dan 13.00–16.00'
    expect(weekWords(both, '2027-02-05', 'id')).toBe(usual)
    expect(weekWords(both, '2027-02-08', 'id')).toBe('Senin–Jumat 08.00–14.00')
    expect(weekWords(calendar({ ramadan }), '2027-02-08', 'id')).toBe(usual)
  })

  it('between two starts are answered with the free ones around them', () => {
    const slots = slotsOn(agenda(), dayAt('2026-11-26'), request())
    expect(slotsWords(around(slots, hm('14:30')), 'id')).toBe('14.00 atau 15.00')
    expect(slotsWords(around(slots, hm('15:30')), 'en')).toBe('15:00')
  })

  it.each([
    [120, '2 jam', '2 hours'],
    [60, '1 jam', '1 hour'],
    [90, '90 menit', '90 minutes'],
  ])('%i minutes', (minutes, id, en) => {
    expect([minutesWords(minutes, 'id'), minutesWords(minutes, 'en')]).toEqual([id, en])
  })
})

describe('a ticket', () => {
  it('that came from a button says what is asked for', () => {
    expect(ticketWords({ reason: 'another_coach', text: 'Coach Faran' }, 'id')).toBe(
      'Minta coach lain (Coach Faran)',
    )
    expect(ticketWords({ reason: 'another_coach', text: null }, 'en')).toBe('Asks for another coach')
    expect(ticketWords({ reason: 'asked', text: 'Kapan buka?' }, 'id')).toBe('Kapan buka?')
    expect(ticketWords({ reason: 'asked', text: null }, 'id')).toBe('(tanpa pesan)')
  })
})
