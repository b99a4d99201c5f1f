import { dayFrom, isoOf } from '../../lib/days.ts'
import { placeName, placeOf, readPhone, readPlace, type Place } from '../../understand/index.ts'

/** What one cell of a table may hold. Personal cells are never repeated in a message about them. */

export type Cell<T> = { value: T } | { expected: string }
export type ReadCell<T> = (cell: string) => Cell<T>

export const words =
  (most: number): ReadCell<string> =>
  cell =>
    cell.length <= most ? { value: cell } : { expected: `paling banyak ${most} huruf` }

export const oneOf =
  <T extends string>(values: readonly T[]): ReadCell<T> =>
  cell => {
    const found = values.find(value => value.toLowerCase() === cell.toLowerCase())
    return found === undefined ? { expected: `salah satu dari: ${values.join(', ')}` } : { value: found }
  }

/** Several, separated by semicolons: commas are often what separates the cells themselves. */
export const several =
  <T>(read: ReadCell<T>): ReadCell<T[]> =>
  cell => {
    const read_ = cell
      .split(';')
      .map(part => part.trim())
      .filter(part => part !== '')
      .map(read)
    const wrong = read_.find(each => 'expected' in each)
    return wrong && 'expected' in wrong
      ? { expected: `${wrong.expected}; beberapa dipisah dengan titik koma` }
      : { value: read_.flatMap(each => ('value' in each ? [each.value] : [])) }
  }

export const yesNo: ReadCell<boolean> = cell => {
  const read = oneOf(['ya', 'tidak'])(cell)
  return 'value' in read ? { value: read.value === 'ya' } : { expected: 'ya atau tidak' }
}

export const whole =
  (least: number, most: number): ReadCell<number> =>
  cell =>
    /^\d{1,6}$/.test(cell) && Number(cell) >= least && Number(cell) <= most
      ? { value: Number(cell) }
      : { expected: `angka bulat dari ${least} sampai ${most}` }

/** Degrees, with a dot or a comma. Jakarta with its islands lies well within ±2° of what is allowed. */
export const degrees =
  (least: number, most: number): ReadCell<number> =>
  cell => {
    const value = Number(cell.replace(',', '.'))
    return cell !== '' && value >= least && value <= most
      ? { value }
      : { expected: `derajat desimal antara ${least} dan ${most}, misalnya ${(least + most) / 2}` }
  }

const DATES = [
  /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/,
  /^(?<day>\d{1,2})[/.-](?<month>\d{1,2})[/.-](?<year>\d{4})$/,
]

/** `2026-12-25` or, as spreadsheets here write it, `25/12/2026`. */
export const date: ReadCell<string> = cell => {
  const found = DATES.map(form => form.exec(cell)?.groups).find(groups => groups !== undefined)
  const { year, month, day } = found ?? {}
  const at = found && dayFrom({ year: Number(year), month: Number(month), day: Number(day) })
  return at === undefined ? { expected: 'tanggal seperti 25/12/2026' } : { value: isoOf(at) }
}

export interface Hours {
  /** Minutes since midnight. */
  opens: number
  closes: number
}

const RANGE = /^(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})$/
const HOURS_EXPECTED = 'jam seperti 08.00-12.00; 13.00-16.00, atau tutup'

/** "08.00-12.00; 13.00-16.00", in order and apart; "tutup" = none. */
export const hours: ReadCell<Hours[]> = cell => {
  if (/^(tutup|-)$/i.test(cell)) return { value: [] }
  const parts = cell.split(/\s*[;,]\s*/).map(readRange)
  const ranges = parts.flatMap(part => (part ? [part] : []))
  const apart = ranges.every((range, at) => at === 0 || range.opens >= (ranges[at - 1]?.closes ?? 0))
  return parts.length === ranges.length && apart ? { value: ranges } : { expected: HOURS_EXPECTED }
}

function readRange(text: string): Hours | undefined {
  const [, h1 = '', m1 = '', h2 = '', m2 = ''] = RANGE.exec(text.trim()) ?? []
  const minutes = (h: string, m: string) => (h === '' || Number(m) > 59 ? NaN : Number(h) * 60 + Number(m))
  const [opens, closes] = [minutes(h1, m1), minutes(h2, m2)]
  return opens < closes && closes <= 24 * 60 ? { opens, closes } : undefined
}

/** A kecamatan by name or code: the code of its centre. */
export const centre: ReadCell<string> = cell =>
  place(cell, 'kecamatan', 'kecamatan di Jakarta, nama atau kode, misalnya Kebon Jeruk atau 31.73.05')

/** A kelurahan by name (with its kecamatan where two share it) or code. */
export const kelurahan: ReadCell<string> = cell =>
  place(
    cell,
    'kelurahan',
    'kelurahan di Jakarta, misalnya Duri Kepa; kalau namanya ada dua: Duri Kepa, Kebon Jeruk',
  )

function place(cell: string, level: Place['level'], expected: string): Cell<string> {
  if (placeName(cell) !== undefined && placeOf(cell).level === level) return { value: cell }
  const read = readPlace(cell)
  return read.kind === 'value' && read.value.level === level ? { value: read.value.code } : { expected }
}

export const phone: ReadCell<string> = cell => {
  const read = readPhone(cell)
  return read.kind === 'value' ? { value: read.value } : { expected: 'nomor HP seperti 0812-3456-7890' }
}
