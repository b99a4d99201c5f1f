import table from './data/holidays.json' with { type: 'json' }
import { dayFrom, dayFromIso, ymdOf, type Day } from '../lib/days.ts'
import type { Production } from './marks.ts'
import { wordAt } from './scan-common.ts'
import type { Token } from './tokens.ts'
import type { Holiday, Moment } from './types.ts'

/** The holidays of 2026 and 2027, for the command line and the first set-up of a centre's own table. */
export const defaultHolidays: readonly Holiday[] = table.holidays.map(({ date, name, kind }) => ({
  date,
  name,
  kind: kind === 'cuti_bersama' ? 'cuti_bersama' : 'libur_nasional',
}))

/** What people call a holiday, and what its official name in the table contains. */
const OFFICIAL: Record<string, readonly string[]> = {
  lebaran: ['idul fitri'],
  adha: ['idul adha'],
  natal: ['natal'],
  imlek: ['imlek'],
  nyepi: ['nyepi'],
  waisak: ['waisak'],
  paskah: ['paskah'],
  maulid: ['maulid'],
  mikraj: ['mikraj'],
  muharam: ['1 muharam', 'tahun baru islam'],
  kemerdekaan: ['kemerdekaan'],
  buruh: ['buruh'],
  pancasila: ['pancasila'],
  kenaikan: ['kenaikan'],
  tahun_baru: ['masehi'],
}

/** Holidays on the same date every year, for years that the table does not hold: [month, day]. */
const FIXED: Record<string, readonly [number, number]> = {
  tahun_baru: [1, 1], buruh: [5, 1], pancasila: [6, 1], kemerdekaan: [8, 17], natal: [12, 25],
} // prettier-ignore

/** A holiday's name, with "habis", "sebelum", "H-1" or "malam" before it. */
export function holidayAt(tokens: readonly Token[], at: number): Production | undefined {
  const word = wordAt(tokens, at)
  if (word === 'habis' || word === 'sebelum') {
    const named = nameAt(tokens, at + 1)
    return named === undefined
      ? undefined
      : {
          marks: [
            { is: 'around', side: word === 'habis' ? 1 : -1 },
            { is: 'holiday', key: named.key },
          ],
          next: named.next,
        }
  }
  if (word === 'malam') {
    const named = nameAt(tokens, at + 1)
    return named === undefined
      ? undefined
      : {
          marks: [
            { is: 'holiday', key: named.key },
            { is: 'eve' },
            { is: 'part', part: 'evening', spell: 'malam' },
          ],
          next: named.next,
        }
  }
  if (word === 'h' && ['+', '-'].includes(wordAt(tokens, at + 1)) && tokens[at + 2]?.kind === 'number') {
    const named = nameAt(tokens, at + 3)
    if (named === undefined) return undefined
    const side = wordAt(tokens, at + 1) === '+' ? 1 : -1
    return {
      marks: [
        { is: 'around', side, days: Number(tokens[at + 2]?.text) },
        { is: 'holiday', key: named.key },
      ],
      next: named.next,
    }
  }
  const named = nameAt(tokens, at)
  return named === undefined ? undefined : { marks: [{ is: 'holiday', key: named.key }], next: named.next }
}

function nameAt(tokens: readonly Token[], start: number): { key: string; next: number } | undefined {
  let at = start
  while (['hari', 'raya', 'libur', 'cuti', 'bersama', 'liburan'].includes(wordAt(tokens, at))) at++
  const word = wordAt(tokens, at)
  const after = wordAt(tokens, at + 1)
  if (word === 'lebaran')
    return after === 'adha' ? { key: 'adha', next: at + 2 } : { key: 'lebaran', next: at + 1 }
  if (word === 'idul')
    return after === 'adha' || after === 'fitri'
      ? { key: after === 'adha' ? 'adha' : 'lebaran', next: at + 2 }
      : undefined
  if (word === 'adha') return { key: 'adha', next: at + 1 }
  if (word === 'nataru') return { key: 'natal', next: at + 1 }
  if ((word === 'tahun' && after === 'baru') || (word === 'baru' && after === 'tahun'))
    return newYearAt(tokens, at + 2)
  if (word === 'mikraj' || word === 'maulid' || word === 'kenaikan')
    return { key: word, next: ['mikraj', 'nabi', 'isa', 'yesus'].includes(after) ? at + 2 : at + 1 }
  return word in OFFICIAL ? { key: word, next: at + 1 } : undefined
}

function newYearAt(tokens: readonly Token[], at: number): { key: string; next: number } {
  const word = wordAt(tokens, at)
  if (word === 'imlek') return { key: 'imlek', next: at + 1 }
  if (word === 'islam' || word === 'muharam' || word === 'hijriah') return { key: 'muharam', next: at + 1 }
  return { key: 'tahun_baru', next: word === 'masehi' ? at + 1 : at }
}

/** The days of the next holiday of that name from `today` on; none when the table does not reach it. */
export function holidayDays(key: string, today: Day, moment: Moment): Day[] {
  const parts = OFFICIAL[key] ?? []
  const days = moment.holidays
    .filter(
      holiday =>
        holiday.kind === 'libur_nasional' && parts.some(part => holiday.name.toLowerCase().includes(part)),
    )
    .flatMap(holiday => dayFromIso(holiday.date) ?? [])
    .filter(day => day >= today)
    .sort((left, right) => left - right)
  const [first] = days
  if (first !== undefined) return days.filter(day => day - first < 7)
  const fixed = FIXED[key]
  return fixed === undefined ? [] : [nextFixed(fixed[0], fixed[1], today)]
}

function nextFixed(month: number, day: number, today: Day): Day {
  const { year } = ymdOf(today)
  const here = dayFrom({ year, month, day }) ?? today
  return here >= today ? here : (dayFrom({ year: year + 1, month, day }) ?? today)
}
