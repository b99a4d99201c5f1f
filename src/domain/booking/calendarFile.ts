import { createEvent, type EventAttributes } from 'ics'
import type { Language } from '../labels.ts'
import type { Booking } from './ports.ts'
import { topicBring, topicLabel } from './topics.ts'
import { centrePlace, coachName } from './words.ts'

/**
 * The appointment as an iCalendar file: the same booking keeps its UID, so that a moved one replaces the old entry. No
 * name or number of the resident is in it. @throws Error when the library refuses its own input
 */
export function calendarFile(booking: Booking, language: Language, now: number): Uint8Array {
  const { centre } = booking
  // The library stamps the file with the machine's clock unless it is given this field, which its types forget.
  const event: EventAttributes & { timestamp: number } = {
    uid: `${booking.id}@ok-oce`,
    sequence: booking.version - 1,
    productId: 'ok-oce-assistant',
    timestamp: now,
    start: booking.startsAt,
    startInputType: 'utc',
    startOutputType: 'utc',
    end: booking.endsAt,
    endInputType: 'utc',
    endOutputType: 'utc',
    status: 'CONFIRMED',
    title: `${language === 'id' ? 'Janji klinik OK OCE' : 'OK OCE clinic'}: ${topicLabel(booking.topic, language)}`,
    description: [
      `${booking.code}, ${coachName(booking.coach)}`,
      `${language === 'id' ? 'Bawa' : 'Bring'}: ${topicBring(booking.topic, language)}`,
    ].join('\n'),
    location: centrePlace(centre, language),
    ...(centre.latitude === null || centre.longitude === null
      ? {}
      : { geo: { lat: centre.latitude, lon: centre.longitude } }),
    alarms: [{ action: 'display', description: 'OK OCE', trigger: { hours: 2, before: true } }],
  }
  const { error, value } = createEvent(event)
  if (error || value === null) throw error ?? new Error('the calendar file is empty')
  return new TextEncoder().encode(value)
}
