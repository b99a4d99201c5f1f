import { dayFromIso, dayOf, minuteOf, weekdayOf, ymdOf, type Day } from './days.ts'

/**
 * How dates, times, money, lists, numbers, phones and names are written, in Indonesian and English. Our own tables instead of
 * ICU, whose text changes between Node versions; tests pin every form and compare it with ICU where ICU agrees. All times
 * are WIB. Whatever is written here, the readers read back.
 */
export type Language = 'id' | 'en'

interface Words {
  weekdays: readonly string[]
  months: readonly string[]
  shortLength: number
  /** Between hour and minute. */
  clock: string
  thousands: string
  decimal: string
  and: string
  today: string
  tomorrow: string
  overmorrow: string
  yesterday: string
  parts: Record<DayPart, string>
  periods: Record<Period, string>
}

export type DayPart = 'morning' | 'midday' | 'afternoon' | 'evening'
export type Period = 'day' | 'week' | 'month' | 'year'

const WORDS: Record<Language, Words> = {
  id: {
    weekdays: ['Minggu', 'Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu'],
    months: ['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'],
    shortLength: 3,
    clock: '.',
    thousands: '.',
    decimal: ',',
    and: 'dan',
    today: 'hari ini',
    tomorrow: 'besok',
    overmorrow: 'lusa',
    yesterday: 'kemarin',
    parts: { morning: 'pagi', midday: 'siang', afternoon: 'sore', evening: 'malam' },
    periods: { day: 'sehari', week: 'seminggu', month: 'sebulan', year: 'setahun' },
  },
  en: {
    weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
    shortLength: 3,
    clock: ':',
    thousands: ',',
    decimal: '.',
    and: 'and',
    today: 'today',
    tomorrow: 'tomorrow',
    overmorrow: 'the day after tomorrow',
    yesterday: 'yesterday',
    parts: { morning: 'morning', midday: 'midday', afternoon: 'afternoon', evening: 'evening' },
    periods: { day: 'a day', week: 'a week', month: 'a month', year: 'a year' },
  },
} // prettier-ignore

/** 1 = Monday … 7 = Sunday: "Senin". */
export const formatWeekday = (weekday: number, language: Language = 'id'): string =>
  WORDS[language].weekdays[weekday % 7] ?? ''

/** Short months that ICU does not simply cut: August is "Agu" and September "Sep". */
const short = (word: string): string => word.slice(0, 3)

function dayOfIso(date: string): Day {
  const day = dayFromIso(date)
  if (day === undefined) throw new RangeError('expected an existing date as YYYY-MM-DD')
  return day
}

/** "Senin, 5 Januari 2026" · "Monday, 5 January 2026". `date` is `YYYY-MM-DD`. */
export function formatDate(date: string, language: Language = 'id'): string {
  const day = dayOfIso(date)
  const { year, month, day: number } = ymdOf(day)
  const words = WORDS[language]
  return `${words.weekdays[weekdayOf(day)] ?? ''}, ${number} ${words.months[month - 1] ?? ''} ${year}`
}

/** For buttons: "Sen, 5 Jan" · "Mon, 5 Jan"; never longer than 12 characters. */
export function formatShortDate(date: string, language: Language = 'id'): string {
  const day = dayOfIso(date)
  const { month, day: number } = ymdOf(day)
  const words = WORDS[language]
  return `${short(words.weekdays[weekdayOf(day)] ?? '')}, ${number} ${short(words.months[month - 1] ?? '')}`
}

/** "Januari 2027" · "January 2027" from `YYYY-MM`. */
export function formatMonth(month: string, language: Language = 'id'): string {
  const { year, month: number } = ymdOf(dayOfIso(`${month}-01`))
  return `${WORDS[language].months[number - 1] ?? ''} ${year}`
}

/** "09.00" · "09:00" from `HH:MM`, without the zone. */
export const formatTime = (time: string, language: Language = 'id'): string =>
  time.replace(':', WORDS[language].clock)

/** "pukul 09.00 WIB" · "09:00 WIB" */
export const formatClock = (time: string, language: Language = 'id'): string =>
  `${language === 'id' ? 'pukul ' : ''}${formatTime(time, language)} WIB`

/** "Rabu, 25 November 2026, pukul 14.30 WIB" · "Wednesday, 25 November 2026, 14:30 WIB" */
export const formatDateTime = (date: string, time: string, language: Language = 'id'): string =>
  `${formatDate(date, language)}, ${formatClock(time, language)}`

/** The same from epoch milliseconds. */
export function formatInstant(ms: number, language: Language = 'id'): string {
  const { year, month, day } = ymdOf(dayOf(ms))
  const minute = minuteOf(ms)
  return formatDateTime(
    `${pad(year, 4)}-${pad(month)}-${pad(day)}`,
    `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`,
    language,
  )
}

const pad = (number: number, length = 2): string => String(number).padStart(length, '0')

/** "hari ini", "besok", "lusa", "kemarin", else the full date. Both dates are `YYYY-MM-DD`. */
export function formatRelativeDate(date: string, today: string, language: Language = 'id'): string {
  const { today: now, tomorrow, overmorrow, yesterday } = WORDS[language]
  const names = [yesterday, now, tomorrow, overmorrow]
  return names[dayOfIso(date) - dayOfIso(today) + 1] ?? formatDate(date, language)
}

export const formatDayPart = (part: DayPart, language: Language = 'id'): string => WORDS[language].parts[part]

/** "1.234.567" · "1,234,567"; up to two decimals ("2,5" · "2.5"). */
export function formatNumber(number: number, language: Language = 'id'): string {
  const { thousands, decimal } = WORDS[language]
  const [whole = '0', fraction = ''] = Math.abs(number).toFixed(2).split('.')
  const decimals = fraction.replace(/0+$/, '')
  const grouped = [...whole]
    .map((digit, at) => (at > 0 && (whole.length - at) % 3 === 0 ? thousands + digit : digit))
    .join('')
  const sign = number < 0 && Number(`${whole}.${fraction}`) !== 0 ? '-' : ''
  return sign + grouped + (decimals === '' ? '' : decimal + decimals)
}

/** "Rp2.000.000" · "Rp2,000,000", in whole rupiah; with a period "Rp300.000 sehari". */
export function formatRupiah(amount: number, language: Language = 'id', period?: Period): string {
  const digits = formatNumber(Math.round(Math.abs(amount)), language)
  const sign = Math.round(amount) < 0 ? '-' : ''
  return `${sign}Rp${digits}${period === undefined ? '' : ` ${WORDS[language].periods[period]}`}`
}

/** "a", "a dan b", "a, b, dan c" · "a, b, and c" */
export function formatList(items: readonly string[], language: Language = 'id'): string {
  const { and } = WORDS[language]
  if (items.length <= 2) return items.join(` ${and} `)
  return `${items.slice(0, -1).join(', ')}, ${and} ${items.at(-1) ?? ''}`
}

/** "0812-3456-7890" from E.164; foreign numbers stay "+6591234567". */
export function formatPhone(e164: string): string {
  if (!e164.startsWith('+62')) return e164
  const digits = `0${e164.slice(3)}`
  return [digits.slice(0, 4), digits.slice(4, 8), digits.slice(8)].filter(part => part !== '').join('-')
}

/** For logs and lists: "+62812•••7890". Short or unknown forms are masked whole. */
export function maskPhone(e164: string): string {
  return /^\+\d{9,15}$/.test(e164) ? `${e164.slice(0, 6)}•••${e164.slice(-4)}` : '•••'
}

/** "3175••••••••9999" */
export const maskNik = (nik: string): string =>
  /^\d{16}$/.test(nik) ? `${nik.slice(0, 4)}••••••••${nik.slice(-4)}` : '•••'

/** Titles and first initials that are not what a person is called by. */
const TITLES = new Set([
  'h',
  'hj',
  'm',
  'moh',
  'moch',
  'muh',
  'md',
  'r',
  'rr',
  'ra',
  'i',
  'ni',
  'dr',
  'drs',
  'dra',
  'ir',
  'kh',
  'prof',
])
const SMALL = new Set(['bin', 'binti', 'van', 'der', 'de', 'al'])

const plain = (word: string): string => word.toLowerCase().replace(/[.,]/g, '')

/** A name as shown to its owner: words all in one case become Title Case ("DEWI SARTIKA" → "Dewi Sartika"). */
export function formatName(name: string): string {
  return name
    .split(' ')
    .map((word, at) => displayWord(word, at))
    .join(' ')
}

function displayWord(word: string, at: number): string {
  const oneCase = word === word.toUpperCase() || word === word.toLowerCase()
  if (!oneCase || word.includes('.') || (word.length < 3 && word === word.toUpperCase())) return word
  const lower = word.toLowerCase()
  if (at > 0 && SMALL.has(lower)) return lower
  return lower.replace(
    /(^|[-'])(\p{L})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  )
}

/** For coaches: the first word that is no title and the initial of the next ("Siti A."). */
export function formatShortName(name: string): string {
  const words = formatName(name.split(',')[0] ?? '')
    .split(' ')
    .filter(word => word !== '')
  const first = words.findIndex(word => !TITLES.has(plain(word)))
  if (first < 0) return words[0] ?? ''
  const next = words.slice(first + 1).find(word => !SMALL.has(plain(word)))
  return next === undefined
    ? (words[first] ?? '')
    : `${words[first] ?? ''} ${next.slice(0, 1).toUpperCase()}.`
}
