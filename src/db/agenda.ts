import type { Agenda, AgendaCoach, Occupied, Rules } from '../domain/booking/types.ts'
import type { Calendar } from '../domain/booking/types.ts'
import type { Centre } from '../domain/people.ts'
import { dayOf, isoOf } from '../lib/days.ts'
import { DAY } from '../lib/time.ts'
import type { Tx } from './client.ts'

interface Row {
  centre: Centre
  rules: Rules
  hours: Calendar['hours']
  exceptions: Calendar['exceptions']
  ramadan: Calendar['ramadan']
  holidays: Calendar['holidays']
  coaches: AgendaCoach[]
  occupied: Occupied[]
}

/**
 * A centre's agenda in one statement, so that it is one snapshot: hours, exceptions, holidays, coaches and what is taken.
 * @returns undefined where there is no such centre
 */
export async function agendaOf(
  tx: Tx,
  code: string,
  from: number,
  { id, sandbox }: { id: string | null; sandbox: boolean },
): Promise<Agenda | undefined> {
  const date = isoOf(dayOf(from))
  // A day earlier: a session that is just over may still keep its coach busy.
  const since = new Date(from - DAY)
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT
      json_build_object('code', c.code, 'name', c.name, 'kota', c.kota, 'address', c.address, 'latitude', c.latitude,
        'longitude', c.longitude, 'rooms', c.rooms, 'sample', c.sample) AS centre,
      (SELECT json_build_object('sessionMinutes', session_minutes, 'gridMinutes', grid_minutes,
        'bufferBefore', buffer_before, 'bufferAfter', buffer_after, 'minimumNotice', minimum_notice,
        'furthestDays', furthest_days, 'holdMinutes', hold_minutes, 'offerMinutes', offer_minutes)
        FROM booking_rules) AS rules,
      coalesce((SELECT json_agg(json_build_object('timetable', timetable, 'weekday', weekday, 'opens', opens,
        'closes', closes)) FROM centre_hours WHERE centre_code = c.code), '[]') AS hours,
      coalesce((SELECT json_agg(json_build_object('date', date, 'opens', opens, 'closes', closes, 'reason', reason))
        FROM centre_exceptions WHERE centre_code = c.code AND date >= ${date}), '[]') AS exceptions,
      coalesce((SELECT json_agg(json_build_object('firstDay', first_day, 'lastDay', last_day)) FROM ramadan
        WHERE last_day >= ${date}), '[]') AS ramadan,
      coalesce((SELECT json_agg(json_build_object('date', date, 'name', name, 'kind', kind)) FROM holidays
        WHERE date >= ${date}), '[]') AS holidays,
      coalesce((SELECT json_agg(json_build_object('id', k.id, 'name', k.name, 'serves', k.serves,
          'languages', k.languages,
          'hours', (SELECT json_agg(json_build_object('weekday', weekday, 'opens', opens, 'closes', closes))
            FROM coach_hours WHERE coach_id = k.id AND centre_code = c.code),
          'timeOff', coalesce((SELECT json_agg(json_build_object(
              'startsAt', extract(epoch FROM starts_at) * 1000, 'endsAt', extract(epoch FROM ends_at) * 1000))
            FROM coach_time_off WHERE coach_id = k.id AND ends_at > ${since}), '[]')) ORDER BY k.id)
        FROM coaches k WHERE k.active
          AND EXISTS (SELECT 1 FROM coach_hours h WHERE h.coach_id = k.id AND h.centre_code = c.code)
          AND NOT EXISTS (SELECT FROM staff_chats s JOIN conversation_residents l ON l.conversation_id = s.conversation_id
            WHERE s.staff_id = k.id AND l.resident_id = ${id}::uuid)), '[]') AS coaches,
      coalesce((SELECT json_agg(json_build_object('coachId', coach_id, 'centreCode', centre_code, 'seat', seat,
          'startsAt', extract(epoch FROM starts_at) * 1000, 'endsAt', extract(epoch FROM ends_at) * 1000,
          'busyFrom', extract(epoch FROM busy_from) * 1000, 'busyUntil', extract(epoch FROM busy_until) * 1000,
          'residentId', resident_id, 'holdUntil', extract(epoch FROM hold_until) * 1000))
        FROM bookings b WHERE b.status <> 'cancelled' AND b.sandbox = ${sandbox} AND b.busy_until > ${since}
          AND (b.centre_code = c.code
            OR b.coach_id IN (SELECT coach_id FROM coach_hours WHERE centre_code = c.code))), '[]') AS occupied
    FROM centres c WHERE c.code = ${code}`
  if (!row) return undefined
  const { hours, exceptions, ramadan, holidays, ...rest } = row
  return { ...rest, calendar: { hours, exceptions, ramadan, holidays } }
}
