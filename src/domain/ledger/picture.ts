import { dayFromIso, daysInMonth, ymdOf } from '../../lib/days.ts'
import { formatMonth, formatNumber, formatRupiah, formatShortDate, type Language } from '../../lib/format.ts'
import { CHART } from './categories.ts'
import { dayRows, type DayRow } from './months.ts'
import { summarise } from './summary.ts'
import { CATEGORIES, type Entry, type Span } from './types.ts'

/** What the picture of a week or month shows; its text says the same, from the same figures. Rupiah. */
export interface PictureData {
  /** "Sen, 23 Nov – Min, 29 Nov" or "November 2026". */
  title: string
  in: number
  out: number
  /** "Sisa usaha (hitungan kas)": in − out. */
  left: number
  days: DayRow[]
  /** What was paid for most, largest first. */
  top: { label: string; amount: number }[]
}

const MOST_TOP = 4

/** @param entries every standing entry of the book */
export function pictureOf(entries: readonly Entry[], span: Span, language: Language): PictureData {
  const { operatingIn, operatingOut, surplus, paid } = summarise(entries, span)
  const top = CATEGORIES.filter(each => CHART[each].flow === 'operating' && paid[each] > 0)
    .map(each => ({ label: CHART[each].label[language], amount: paid[each] }))
    .sort((left, right) => right.amount - left.amount)
    .slice(0, MOST_TOP)
  const days = dayRows(entries, span)
  return { title: titleOf(span, language), in: operatingIn, out: operatingOut, left: surplus, days, top }
}

function titleOf({ from, to }: Span, language: Language): string {
  const { year, month, day } = ymdOf(dayFromIso(from) ?? 0)
  const whole = day === 1 && to === `${from.slice(0, 8)}${daysInMonth(year, month)}`
  return whole
    ? formatMonth(from.slice(0, 7), language)
    : `${formatShortDate(from, language)} – ${formatShortDate(to, language)}`
}

/** The picture in words: for who cannot see it, and as its caption. */
export function pictureText(data: PictureData, language: Language): string {
  const rp = (amount: number) => formatRupiah(amount, language)
  const say = (id: string, en: string) => (language === 'id' ? id : en)
  const best = data.days.reduce<DayRow | undefined>(
    (most, day) => (day.in > (most?.in ?? 0) ? day : most),
    undefined,
  )
  const top = data.top.map(({ label, amount }) => `${label} ${rp(amount)}`).join('; ')
  return [
    `${data.title}: ${say('masuk', 'in')} ${rp(data.in)}, ${say('keluar', 'out')} ${rp(data.out)}.`,
    `${say('Sisa usaha (hitungan kas)', 'Business surplus (cash count)')}: ${rp(data.left)}.`,
    ...(best
      ? [`${say('Paling ramai', 'Best day')}: ${formatShortDate(best.date, language)}, ${rp(best.in)}.`]
      : []),
    ...(top === '' ? [] : [`${say('Keluar terbanyak', 'Most spent on')}: ${top}.`]),
  ].join('\n')
}

const UNITS = [
  [1e9, 'M', 'b'],
  [1e6, 'jt', 'm'],
  [1e3, 'rb', 'k'],
] as const

/** For axes and narrow places: "350 rb", "1,2 jt", "-2 M"; rounded to one decimal. */
export function shortRupiah(amount: number, language: Language): string {
  const unit = UNITS.find(([size]) => Math.abs(amount) >= size)
  if (!unit) return formatNumber(Math.round(amount), language)
  const number = formatNumber(Math.round((amount / unit[0]) * 10) / 10, language)
  return language === 'id' ? `${number} ${unit[1]}` : `${number}${unit[2]}`
}
