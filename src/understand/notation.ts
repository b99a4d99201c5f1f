import areas from './data/nik-areas.json' with { type: 'json' }
import { readCommand } from './commands.ts'
import { readDate } from './dates.ts'
import { readDateTime } from './datetimes.ts'
import { readRupiah, type Rupiah } from './money.ts'
import { readName } from './names.ts'
import { readNeed } from './needs.ts'
import { nikFacts, readNik } from './nik.ts'
import { readNumber } from './numbers.ts'
import { readPhone } from './phones.ts'
import { readPlace } from './places.ts'
import type { Place } from './regions.ts'
import { readTime, type Time } from './times.ts'
import type { Moment, Reading } from './types.ts'
import { readYesNo } from './yesno.ts'

export type Notation = string | number

/** An age below which a NIK leads to the flow for minors (decision of the programme: 18). */
const ADULT = 18

/** What an `ask` is called where it is more than a question. */
const ASKED: Record<string, string> = { which_day: 'ask_day', first_open: 'first_open_slot' }

/**
 * The readers by the kinds of the case tables, with their result in the tables' notation: the value, `~` after an
 * approximate time or amount, `part:*`, `ask`, `ask_day`, `first_open_slot`, a reason such as `past`, `invalid`,
 * `outside`, or `none`.
 */
export const NOTATIONS: Record<string, (text: string, moment: Moment) => Notation> = {
  yes: yesNo,
  no: yesNo,
  command: (text, moment) => readCommand(text)?.command ?? yesNo(text, moment),
  intake: text => plain(readNeed(text), need => need),
  date: (text, moment) => plain(readDate(text, moment), day => day, ['past', 'invalid']),
  time: (text, moment) => {
    const reading = readTime(text, moment)
    return plain(reading, time => timeOf(time) + about(reading), ['invalid'])
  },
  datetime,
  place_trap: text => plain(readPlace(text), placeOf, ['outside']),
  phone: text => plain(readPhone(text), phone => phone, ['invalid', 'landline']),
  nik,
  rupiah: text => plain(readRupiah(text), rupiahOf),
  number: text => {
    const reading = readNumber(text)
    return plain(reading, number => (reading.kind === 'approximate' ? `${number}~` : number))
  },
  name: text => plain(readName(text), () => 'ok', ['too_long'], 'ask'),
}

function plain<T>(
  reading: Reading<T>,
  show: (value: T) => Notation,
  reasons: readonly string[] = [],
  otherwise = 'none',
): Notation {
  if ('value' in reading) return show(reading.value)
  if (reading.kind === 'ask') return ASKED[reading.why] ?? 'ask'
  return reasons.includes(reading.why) ? reading.why : otherwise
}

const about = (reading: Reading<unknown>): string => (reading.kind === 'approximate' ? '~' : '')
const timeOf = (time: Time): string => ('at' in time ? time.at : `part:${time.part}`)
const LEVELS: Record<Place['level'], string> = { kota: 'kota', kecamatan: 'kec', kelurahan: 'kel' }
const placeOf = (place: Place): string => `${LEVELS[place.level]}:${place.code}`

/** Digits answer the menu on screen; "besok aja" postpones or names a day, as the open question decides. */
function yesNo(text: string, moment: Moment): Notation {
  const reading = readYesNo(text)
  if (reading.kind === 'none' && reading.why === 'number') return 'by_menu'
  const postpones = 'value' in reading && reading.value === 'later'
  const dated = (): boolean => readDate(text, moment).kind === 'value'
  if ((postpones || reading.kind === 'none') && dated()) return 'later_or_date'
  return plain(reading, answer => answer)
}

function datetime(text: string, moment: Moment): Notation {
  const reading = readDateTime(text, moment)
  const show = ({ date, time }: { date?: string; time?: Time }): string =>
    `${date ?? '?'}${time === undefined ? '' : 'at' in time ? 'T' : ' '}${time === undefined ? '' : timeOf(time)}`
  return plain(reading, found => show(found) + about(reading), ['past', 'invalid'])
}

function nik(text: string, moment: Moment): Notation {
  const reading = readNik(text, moment)
  if (reading.kind === 'none')
    return reading.why === 'unread' ? 'none' : (FAULTS[reading.why] ?? `bad ${reading.why}`)
  if (!('value' in reading)) return 'ask'
  const { age, area, birth, female } = nikFacts(reading.value, moment)
  if (age < ADULT) return `ok but age ${age}: minor flow`
  if (area.startsWith('31.')) return 'ok'
  const names: Record<string, string> = areas.areas
  return `ok ${female ? 'female' : 'male'} ${birth}, area ${names[area] ?? names[area.slice(0, 2)] ?? area}: valid, resident may have moved`
}
const FAULTS: Record<string, string> = {
  repeated: 'bad (repeated digit)',
  'day 40': 'bad day 40 (0 after -40)',
}

function rupiahOf({ amount, to, bound, period }: Rupiah): Notation {
  const sign = bound === 'below' ? '<' : bound === 'above' ? '>' : ''
  const range = to === undefined ? '' : `-${to}`
  const text = `${sign}${amount}${range}${bound === 'about' ? '~' : ''}${period === undefined ? '' : `/${period}`}`
  return text === String(amount) ? amount : text
}
