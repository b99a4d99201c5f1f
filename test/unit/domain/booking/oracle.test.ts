import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slotsOn } from '../../../../src/domain/booking/slots.ts'
import type { Agenda, Occupied, Request, WeekHours } from '../../../../src/domain/booking/types.ts'
import { DAY, MINUTE } from '../../../../src/lib/time.ts'
import { agenda as plainAgenda, coach, dayAt } from '../../../support/booking.ts'
import { KEBON_JERUK } from '../../../support/people.ts'

/**
 * A slow, obvious judge of what may be booked: it looks at every start of the day minute by minute and at every minute of
 * the session, and shares no code with the rules it judges.
 */

const MONDAY = dayAt('2026-11-30')
/** Midnight in Jakarta is 17.00 UTC of the day before. */
const midnight = MONDAY * DAY - 7 * 60 * MINUTE
const ISO = '2026-11-30'
const WEEKDAY = 1

interface Allowed {
  minute: number
  coachIds: string[]
  seats: number[]
}

function judge(agenda: Agenda, { now, topic, residentId }: Request): Allowed[] {
  const { rules, centre } = agenda
  const seatsOf = Array.from({ length: centre.rooms }, (_, at) => at + 1)
  /** Every hour and booking of these worlds begins and ends on five minutes. */
  const minutes = (from: number, to: number) =>
    Array.from({ length: Math.max(0, (to - from) / 5) }, (_, at) => from + at * 5)
  const instant = (minute: number) => midnight + minute * MINUTE
  const counts = agenda.occupied.filter(
    other => other.holdUntil === null || (other.holdUntil > now && other.residentId !== residentId),
  )
  const needs = { perizinan: ['mulai_usaha', 'naik_kelas'], info_kerja: ['cari_kerja'] }[topic] ?? []
  const daysAhead = Math.floor((midnight - (now - ((now + 7 * 60 * MINUTE) % DAY))) / DAY)
  if (daysAhead > rules.furthestDays) return []

  const today = hoursToday(agenda)
  const allowed: Allowed[] = []
  for (const minute of minutes(0, 1440 - rules.sessionMinutes + 5)) {
    const session = minutes(minute, minute + rules.sessionMinutes)
    const opening = today.find(each => session.every(m => each.opens <= m && m < each.closes))
    if (!opening || (minute - opening.opens) % rules.gridMinutes !== 0) continue
    if (instant(minute) - now < rules.minimumNotice * MINUTE) continue
    const runs = (other: Occupied, m: number) => other.startsAt <= instant(m) && instant(m) < other.endsAt
    const seats = seatsOf.filter(
      seat =>
        !counts.some(o => o.centreCode === centre.code && o.seat === seat && session.some(m => runs(o, m))),
    )
    const coachIds = agenda.coaches
      .filter(each => {
        if (!needs.some(need => each.serves.includes(need))) return false
        const there = each.hours.some(
          h => h.weekday === WEEKDAY && session.every(m => h.opens <= m && m < h.closes),
        )
        const off = each.timeOff.some(t =>
          session.some(m => t.startsAt <= instant(m) && instant(m) < t.endsAt),
        )
        return there && !off && counts.filter(o => o.coachId === each.id).every(o => apart(o, minute))
      })
      .map(each => each.id)
    if (seats.length > 0 && coachIds.length > 0) allowed.push({ minute, coachIds, seats })
  }
  return allowed

  /** Neighbours are apart by the larger of what one wants after and the other before. */
  function apart(other: Occupied, minute: number): boolean {
    const [from, to] = [(other.startsAt - midnight) / MINUTE, (other.endsAt - midnight) / MINUTE]
    const end = minute + rules.sessionMinutes
    if (to <= minute)
      return minute - to >= Math.max((other.busyUntil - other.endsAt) / MINUTE, rules.bufferBefore)
    if (end <= from)
      return from - end >= Math.max(rules.bufferAfter, (other.startsAt - other.busyFrom) / MINUTE)
    return false
  }
}

function hoursToday({ calendar }: Agenda): { opens: number; closes: number }[] {
  const special = calendar.exceptions.filter(each => each.date === ISO)
  if (special.length > 0)
    return special.flatMap(({ opens, closes }) =>
      opens === null || closes === null ? [] : [{ opens, closes }],
    )
  if (calendar.holidays.some(each => each.date === ISO)) return []
  const fasting = calendar.ramadan.some(each => each.firstDay <= ISO && ISO <= each.lastDay)
  const named = fasting && calendar.hours.some(each => each.timetable === 'ramadan') ? 'ramadan' : 'regular'
  return calendar.hours.filter(each => each.timetable === named && each.weekday === WEEKDAY)
}

// ── Random worlds ──

const quarter = (from: number, to: number) => fc.integer({ min: from / 5, max: to / 5 }).map(n => n * 5)
/** Cut points make intervals that never overlap, sometimes touching, sometimes with a break between. */
const intervals = fc
  .uniqueArray(quarter(0, 1440), { minLength: 2, maxLength: 6 })
  .map(cuts => cuts.sort((a, b) => a - b))
  .chain(cuts =>
    fc.constantFrom(1, 2).map(step =>
      cuts.flatMap((opens, at) => {
        const closes = cuts[at + 1]
        return at % step === 0 && closes !== undefined ? [{ opens, closes }] : []
      }),
    ),
  )
const week = intervals.chain(list =>
  fc
    .array(fc.constantFrom(1, 1, 1, 2), { minLength: list.length, maxLength: list.length })
    .map(days => list.map((each, at): WeekHours => ({ ...each, weekday: days[at] ?? 1 }))),
)
const instant = fc.integer({ min: -30, max: 320 }).map(n => midnight + n * 5 * MINUTE)
const span = fc
  .tuple(instant, fc.integer({ min: 1, max: 60 }))
  .map(([startsAt, length]) => ({ startsAt, endsAt: startsAt + length * 5 * MINUTE }))
const ids = fc.constantFrom('a', 'b', 'c')
const taken = fc
  .record({
    span,
    coachId: ids,
    seat: fc.integer({ min: 1, max: 3 }),
    elsewhere: fc.boolean(),
    before: quarter(0, 40),
    after: quarter(0, 40),
    mine: fc.boolean(),
    hold: fc.option(fc.integer({ min: -2, max: 2 })),
  })
  .map(t => ({
    ...t.span,
    coachId: t.coachId,
    centreCode: t.elsewhere ? '31.71.01' : KEBON_JERUK,
    seat: t.seat,
    busyFrom: t.span.startsAt - t.before * MINUTE,
    busyUntil: t.span.endsAt + t.after * MINUTE,
    residentId: t.mine ? 'me' : 'other',
    hold: t.hold,
  }))

const world = fc
  .record({
    session: quarter(15, 120),
    gap: quarter(0, 60),
    before: quarter(0, 40),
    after: quarter(0, 40),
    notice: fc.integer({ min: 0, max: 600 }),
    furthest: fc.integer({ min: 1, max: 3 }),
    rooms: fc.integer({ min: 1, max: 3 }),
    regular: week,
    ramadan: fc.option(week),
    fasting: fc.boolean(),
    holiday: fc.boolean(),
    exception: fc.option(fc.oneof(fc.constant(null), intervals), { freq: 2 }),
    coaches: fc.array(
      fc.record({
        hours: week,
        serves: fc.subarray(['cari_kerja', 'mulai_usaha', 'naik_kelas']),
        timeOff: fc.array(span, { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    occupied: fc.array(taken, { maxLength: 12 }),
    now: fc.integer({ min: -4 * 1440, max: 900 }).map(m => midnight + m * MINUTE + 17_000),
    topic: fc.constantFrom('perizinan', 'info_kerja'),
  })
  .map(w => {
    const agenda = plainAgenda({
      rooms: w.rooms,
      rules: {
        ...plainAgenda().rules,
        sessionMinutes: w.session,
        gridMinutes: w.session + w.gap,
        bufferBefore: w.before,
        bufferAfter: w.after,
        minimumNotice: w.notice,
        furthestDays: w.furthest,
      },
      calendar: {
        hours: [
          ...w.regular.map(each => ({ ...each, timetable: 'regular' })),
          ...(w.ramadan ?? []).map(each => ({ ...each, timetable: 'ramadan' })),
        ],
        exceptions:
          w.exception === null
            ? []
            : (w.exception.length === 0 ? [{ opens: null, closes: null }] : w.exception).map(each => ({
                ...each,
                date: ISO,
                reason: 'x',
              })),
        ramadan: w.fasting ? [{ firstDay: '2026-11-20', lastDay: ISO }] : [],
        holidays: w.holiday ? [{ date: ISO, name: 'x', kind: 'libur_nasional' }] : [],
      },
      coaches: w.coaches.map((each, at) => coach('abc'[at] ?? 'z', each)),
      occupied: w.occupied.map(({ hold, ...each }) => ({
        ...each,
        holdUntil: hold === null ? null : w.now + hold * MINUTE,
      })),
    })
    return {
      agenda,
      request: { topic: w.topic, now: w.now, residentId: 'me', ownCoachId: null, language: 'id' },
    }
  })

describe('the rules and the slow judge', () => {
  it('agree on every start, coach and place of random hours, breaks, exceptions, holidays, buffers and bookings', () => {
    let offered = 0
    let days = 0
    fc.assert(
      fc.property(world, ({ agenda, request }) => {
        const expected = judge(agenda, request)
        const found = slotsOn(agenda, MONDAY, request).map(slot => ({
          minute: (slot.startsAt - midnight) / MINUTE,
          coachIds: slot.coachIds,
          seats: slot.seats,
        }))
        expect(found).toEqual(expected)
        offered += found.length
        days += 1
      }),
      { numRuns: 500 },
    )
    // The worlds are worth something: not all closed.
    expect(offered).toBeGreaterThan(days / 4)
  })
})
