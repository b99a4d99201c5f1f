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

/** Names of two words or more; the longest that fits wins. */
const NAMES: Record<string, string> = {
  'lebaran adha': 'adha', 'idul adha': 'adha', 'idul fitri': 'lebaran', 'mikraj mikraj': 'mikraj', 'mikraj nabi': 'mikraj',
  'maulid nabi': 'maulid', 'kenaikan isa': 'kenaikan', 'kenaikan yesus': 'kenaikan', nataru: 'natal',
  'tahun baru': 'tahun_baru', 'baru tahun': 'tahun_baru', 'tahun baru masehi': 'tahun_baru', 'tahun baru imlek': 'imlek',
  'tahun baru islam': 'muharam', 'tahun baru muharam': 'muharam', 'tahun baru hijriah': 'muharam',
} // prettier-ignore

function nameAt(tokens: readonly Token[], start: number): { key: string; next: number } | undefined {
  let at = start
  while (['hari', 'raya', 'libur', 'cuti', 'bersama', 'liburan'].includes(wordAt(tokens, at))) at++
  for (let length = 3; length > 0; length--) {
    const words = tokens.slice(at, at + length).map(token => token.word)
    const name = words.join(' ')
    const key = NAMES[name] ?? (name in OFFICIAL ? name : undefined)
    if (key !== undefined && words.length === length) return { key, next: at + length }
  }
  return undefined
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
