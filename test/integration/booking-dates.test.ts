import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCall } from '../../src/app/calls.ts'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import type { Speaker } from '../../src/domain/people.ts'
import { EMPTY_INTAKE } from '../../src/domain/people.ts'
import { advance, newState, type Step } from '../../src/engine/advance.ts'
import type { State } from '../../src/engine/state.ts'
import type { Say } from '../../src/engine/types.ts'
import { formatClock, formatDate, formatTime } from '../../src/lib/format.ts'
import { PAPERS } from '../../src/papers.ts'
import { publicCases } from '../unit/understand/support.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

/**
 * Every date, time, and date with time of the table of everyday phrasings, typed at the questions of the real flow, against
 * a calendar of its own: open Monday to Friday 08.00–16.00, a start every hour, the holidays of 2026 and 2027.
 */
const flows = loadFlows('flows', callSpecs)
const TODAY = '2026-11-25'
const THURSDAY = '2026-11-26'
/** 30 days ahead. */
const LAST = '2026-12-25'
const HOLIDAYS: Readonly<Record<string, string>> = {
  '2026-12-24': 'Cuti bersama Natal',
  '2026-12-25': 'Kelahiran Yesus Kristus (Natal)',
  '2027-01-05': 'Isra Mikraj Nabi Muhammad S.A.W. 1448 Hijriah',
  '2027-08-17': 'Proklamasi Kemerdekaan',
}
const STARTS = [8, 9, 10, 11, 12, 13, 14, 15]
const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  morning: [0, 11],
  midday: [11, 15],
  afternoon: [15, 18],
  evening: [18, 24],
}

let world: World
let chat: Speaker
let atDay: State
let atTime: State

/** One message through the flow, its calls run as a turn runs them. */
async function play(before: State, typed: string) {
  const env = { now: NOW, holidays: [], facts: {}, pageSize: 10 as const }
  const state = JSON.parse(JSON.stringify(before)) as State
  const says: Say[] = []
  let step: Step = advance(flows, state, { type: 'inbound', incoming: { kind: 'text', text: typed } }, env)
  says.push(...step.says)
  while (step.next.kind === 'call') {
    const { call, input } = step.next
    const answer = await world.within(repos =>
      runCall(call, input, {
        conversation: { ...chat, channel: 'telegram' },
        ...{ inboundId: 1n, now: NOW, language: 'id', holidays: [], facts: {}, papers: PAPERS, repos },
      }),
    )
    step = advance(flows, step.state, { type: 'outcome', ...answer }, env)
    says.push(...step.says)
  }
  const text = says.map(say => plain(say.text)).join('\n')
  const rows = (says.at(-1)?.choices ?? []).map(choice => choice.label)
  return { state: step.state, at: step.open?.step, text, rows }
}

const plain = (text: Say['text']): string =>
  text.map(part => (typeof part === 'string' ? part : 'bold' in part ? part.bold : '')).join('')

beforeAll(async () => {
  world = await openWorld()
  await world.db.centreHours.deleteMany({ where: { centreCode: KEBON_JERUK } })
  const faran = await addCoach(world.db, 'Faran', ['naik_kelas'])
  const hours = [1, 2, 3, 4, 5].map(weekday => ({
    centreCode: KEBON_JERUK,
    weekday,
    opens: 480,
    closes: 960,
  }))
  await world.db.centreHours.createMany({ data: hours })
  await world.db.coachHours.createMany({ data: hours.map(each => ({ ...each, coachId: faran.id })) })
  chat = await newChat(world.db, 'somebody')
  await registered(world, chat, {
    intake: { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' },
  })
  const topic = await play(newState(), 'buat janji')
  atDay = (await play(topic.state, 'perizinan')).state
  atTime = (await play(atDay, 'besok')).state
})
afterAll(() => world.close())

const weekday = (date: string) => new Date(`${date}T00:00Z`).getUTCDay()
const isOpen = (date: string) => weekday(date) > 0 && weekday(date) < 6 && !(date in HOLIDAYS)
const shift = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The open day closest to a date: the next within reach, else the last before it. */
function nearest(date: string): string {
  for (let day = date; day <= LAST; day = shift(day, 1)) if (isOpen(day)) return day
  let day = date < LAST ? date : LAST
  while (!isOpen(day)) day = shift(day, -1)
  return day
}

interface Expected {
  at: string
  /** All of them stand in what is said. */
  says?: string[]
  rows?: string[]
}

const startsOn = (date: string) => STARTS.filter(hour => date > TODAY || hour >= 12)
const clocks = (hours: readonly number[]) => [
  ...hours.map(hour => `${formatTime(`${String(hour).padStart(2, '0')}:00`)} WIB`),
  'Hari lain',
]

/** What the flow owes to somebody who wants this day, and perhaps a part of it or a minute. */
function owed(date: string, wish: { part?: string; minute?: number } = {}): Expected {
  const holiday = HOLIDAYS[date]
  if (date > LAST && holiday === undefined) return { at: 'ask_far', says: [formatDate(LAST)] }
  const offered = [formatDate(date), formatDate(nearest(date))]
  if (holiday !== undefined)
    return { at: 'ask_holiday', says: [...offered, holiday], rows: ['Mau', 'Pilih hari lain'] }
  if (!isOpen(date)) return { at: 'ask_closed', says: offered, rows: ['Mau', 'Pilih hari lain'] }
  const starts = startsOn(date)
  const day = { says: [formatDate(date)], rows: clocks(starts) }
  if (wish.part !== undefined) {
    const [from, to] = PARTS[wish.part] ?? [0, 0]
    const some = starts.filter(hour => from <= hour && hour < to)
    return some.length > 0 ? { ...day, at: 'ask_time', rows: clocks(some) } : { ...day, at: 'ask_off_hours' }
  }
  const { minute } = wish
  if (minute === undefined) return { ...day, at: 'ask_time' }
  const clock = formatClock(
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  )
  if (minute % 60 === 0 && starts.includes(minute / 60))
    return {
      at: 'ask_book',
      says: [`${formatDate(date)}, ${clock}`],
      rows: ['Ya, simpan', 'Ganti waktu', 'Batal'],
    }
  const at = minute < 480 || minute >= 960 ? 'ask_off_hours' : 'ask_no_start'
  return { ...day, at, says: [formatDate(date), clock] }
}

/** Where a question has to be asked: what is offered to choose from. */
const ASKED: Readonly<Record<string, Expected>> = {
  'besok lusa': { at: 'ask_which_day', rows: ['Kam, 26 Nov', 'Jum, 27 Nov'] },
  rabu: { at: 'ask_which_day', rows: ['Rab, 25 Nov', 'Rab, 2 Des'] },
  rebo: { at: 'ask_which_day', rows: ['Rab, 25 Nov', 'Rab, 2 Des'] },
  // the Sunday that is closed, and the day after it: whoever meant a week picks another
  minggu: { at: 'ask_closed', says: [formatDate('2026-11-29'), formatDate('2026-11-30')] },
  'minggu depan': {
    at: 'ask_which_day',
    rows: ['Sen, 30 Nov', 'Sel, 1 Des', 'Rab, 2 Des', 'Kam, 3 Des', 'Jum, 4 Des'],
  },
  'mgg dpn': {
    at: 'ask_which_day',
    rows: ['Sen, 30 Nov', 'Sel, 1 Des', 'Rab, 2 Des', 'Kam, 3 Des', 'Jum, 4 Des'],
  },
  'akhir bulan': { at: 'ask_which_day' },
  'habis lebaran': { at: 'ask_far' },
}
/** A day of which only a part was said. */
const PART_OF_DAY: Readonly<Record<string, string>> = {
  'nanti sore': 'afternoon',
  'malam minggu': 'evening',
  'malam jumat': 'evening',
}

function expectedOf(kind: string, typed: string, want: string): Expected {
  const asked = ASKED[typed]
  if (asked) return asked
  const day = kind === 'time' ? THURSDAY : TODAY
  const exact = want.replace('~', '')
  if (want === 'past') return { at: 'ask_past' }
  if (want === 'invalid') return { at: kind === 'time' ? 'ask_time_unclear' : 'ask_day_unclear' }
  if (want === 'first_open_slot') return owed(day)
  if (kind === 'time')
    return exact.startsWith('part:')
      ? owed(day, { part: exact.slice(5) })
      : owed(day, { minute: minuteOf(exact) })
  const [date = '', part] = exact.split(' part:')
  if (part !== undefined) return owed(date, { part })
  if (date.includes('T')) return owed(date.slice(0, 10), { minute: minuteOf(date.slice(11)) })
  const within = PART_OF_DAY[typed]
  return owed(date, within === undefined ? {} : { part: within })
}

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

const KINDS = new Set(['date', 'time', 'datetime'])
const cases = publicCases.filter(each => KINDS.has(each.kind))

describe.each(['date', 'datetime', 'time'])('%s, typed at its question', kind => {
  it.each(cases.filter(each => each.kind === kind).map(each => [each.in, String(each.want)]))(
    '%s → %s',
    async (typed, want) => {
      const { at, says = [], rows } = expectedOf(kind, typed, want)
      const answer = await play(kind === 'time' ? atTime : atDay, typed)
      expect(answer.at, answer.text).toBe(at)
      for (const said of says) expect(answer.text).toContain(said)
      if (rows) expect(answer.rows).toEqual(rows)
    },
  )
})

it('all of the table is played', () => {
  expect(cases.length).toBeGreaterThanOrEqual(96)
})
