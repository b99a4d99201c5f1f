import { dayFrom, dayOf, daysInMonth, isoOf, ymdOf } from '../lib/days.ts'
import { isTooLong, tokenise } from './tokens.ts'
import { none, value, type Moment, type Reading } from './types.ts'

/** The 38 provinces by their Kemendagri codes. */
const PROVINCES = new Set([
  11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 31, 32, 33, 34, 35, 36, 51, 52, 53, 61, 62, 63, 64, 65, 71, 72, 73,
  74, 75, 76, 81, 82, 91, 92, 93, 94, 95, 96,
])
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** Women's day of birth is written with 40 added. */
const WOMEN = 40

export interface NikFacts {
  /** `YYYY-MM-DD`; only to find minors, never to fill in a birthday. */
  birth: string
  female: boolean
  /** Whole years at `moment.now`. */
  age: number
  /** Kemendagri code of the kota or kabupaten of first registration ("32.73"). */
  area: string
}

/**
 * Reads a NIK: 16 digits of which spaces, dots and dashes are dropped. This checks the format, never the identity: area,
 * date of birth (women DD+40; YY up to this year is 20YY, else 19YY) and serial. Reasons for `none`, each with its
 * detail: `unread`, `too_long`, `character`, `length N`, `repeated`, `province NN`, `day NN`, `month NN`, `date D Mon`,
 * `date D Mon YYYY`, `future YYYY-MM-DD`, `serial 0000`.
 */
export function readNik(text: string, moment: Moment): Reading<string> {
  if (isTooLong(text)) return none('too_long')
  const digits = digitsOf(text)
  if (digits === '') return none('unread')
  if (digits === undefined) return none('character')
  const fault = faultOf(digits, moment)
  return fault === undefined ? value(digits) : none(fault)
}

/** The digits from the first to the last; undefined when letters stand among them. */
function digitsOf(text: string): string | undefined {
  const tokens = tokenise(text)
  const first = tokens.findIndex(token => token.kind === 'number')
  if (first < 0) return ''
  const last = tokens.findLastIndex(token => token.kind === 'number')
  const attached = tokens[last + 1]?.kind === 'word' && tokens[last + 1]?.glued === true
  const before =
    tokens[first - 1]?.kind === 'word' &&
    tokens[first]?.glued === true &&
    (tokens[first - 1]?.text.length ?? 0) < 3
  const inside = tokens.slice(first, last + 1)
  if (attached || before || inside.some(token => token.kind === 'word')) return undefined
  return inside
    .filter(token => token.kind === 'number')
    .map(token => token.text)
    .join('')
}

function faultOf(digits: string, moment: Moment): string | undefined {
  if (digits.length !== 16) return `length ${digits.length}`
  if (new Set(digits).size === 1) return 'repeated'
  if (!PROVINCES.has(Number(digits.slice(0, 2)))) return `province ${digits.slice(0, 2)}`
  const birthFault = faultOfBirth(digits, moment)
  if (birthFault !== undefined) return birthFault
  return digits.endsWith('0000') ? 'serial 0000' : undefined
}

function faultOfBirth(digits: string, moment: Moment): string | undefined {
  const written = Number(digits.slice(6, 8))
  const month = Number(digits.slice(8, 10))
  const day = written > WOMEN ? written - WOMEN : written
  if (day < 1 || day > 31 || written === WOMEN) return `day ${digits.slice(6, 8)}`
  if (month < 1 || month > 12) return `month ${digits.slice(8, 10)}`
  const year = yearOf(digits, moment)
  const named = `${day} ${MONTHS[month - 1] ?? ''}`
  if (day > daysInMonth(2000, month)) return `date ${named}`
  const birth = dayFrom({ year, month, day })
  if (birth === undefined) return `date ${named} ${year}`
  return birth > dayOf(moment.now) ? `future ${isoOf(birth)}` : undefined
}

function yearOf(digits: string, moment: Moment): number {
  const short = Number(digits.slice(10, 12))
  return short <= ymdOf(dayOf(moment.now)).year % 100 ? 2000 + short : 1900 + short
}

/** What a correct NIK says. Only the age may be used, and only to protect minors. */
export function nikFacts(nik: string, moment: Moment): NikFacts {
  const written = Number(nik.slice(6, 8))
  const birth = {
    year: yearOf(nik, moment),
    month: Number(nik.slice(8, 10)),
    day: written > WOMEN ? written - WOMEN : written,
  }
  const today = ymdOf(dayOf(moment.now))
  const before = today.month < birth.month || (today.month === birth.month && today.day < birth.day)
  const age = today.year - birth.year - (before ? 1 : 0)
  return {
    birth: isoOf(dayFrom(birth) ?? 0),
    female: written > WOMEN,
    age,
    area: `${nik.slice(0, 2)}.${nik.slice(2, 4)}`,
  }
}
