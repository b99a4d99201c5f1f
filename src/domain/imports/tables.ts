import { NEEDS, plainName } from '../people.ts'
import * as cell from './cells.ts'
import { table, type RowOf } from './table.ts'

/** The tables that an administrator keeps in a spreadsheet: what each column is called and what it may hold. */

export const WEEKDAYS = ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'minggu'] as const
export type Weekday = (typeof WEEKDAYS)[number]

const week = Object.fromEntries(WEEKDAYS.map(day => [day, { read: cell.hours }])) as {
  [D in Weekday]: { read: typeof cell.hours }
}
const ramadanWeek = Object.fromEntries(WEEKDAYS.map(day => [`ramadan_${day}`, { read: cell.hours }])) as {
  [D in Weekday as `ramadan_${D}`]: { read: typeof cell.hours }
}

/** Cells that are left empty change nothing. */
export const CENTRES = table(
  {
    kecamatan: { read: cell.centre, required: true },
    alamat: { read: cell.words(300) },
    lintang: { read: cell.degrees(-8, -4) },
    bujur: { read: cell.degrees(105, 108) },
    ruang: { read: cell.whole(1, 50) },
    ...week,
    ...ramadanWeek,
  },
  ({ kecamatan }) => ({ kecamatan }),
)

/** Days on which a centre is open at other hours than usual, or closed; several hours of a day stand in one cell. */
export const EXCEPTIONS = table(
  {
    kecamatan: { read: cell.centre, required: true },
    tanggal: { read: cell.date, required: true },
    jam: { read: cell.hours, required: true },
    alasan: { read: cell.words(100), required: true },
  },
  ({ kecamatan, tanggal }) => ({ kecamatan, tanggal }),
)

/** Without an id a coach is new, and known by name and centre. */
export const COACHES = table(
  {
    id: { read: readId },
    nama: { read: cell.words(100), required: true },
    kecamatan: { read: cell.centre, required: true },
    kebutuhan: { read: cell.several(cell.oneOf(NEEDS)), required: true },
    bahasa: { read: cell.several(cell.oneOf(['id', 'en'])) },
    aktif: { read: cell.yesNo },
    ...week,
  },
  ({ id, nama, kecamatan }) => (id === undefined ? { nama: nama.toLowerCase(), kecamatan } : { id }),
)

export const HOLIDAYS = table(
  {
    tanggal: { read: cell.date, required: true },
    nama: { read: cell.words(100), required: true },
    jenis: { read: cell.oneOf(['libur_nasional', 'cuti_bersama']), required: true },
  },
  ({ tanggal }) => ({ tanggal }),
)

/** The same name, number and kelurahan is the same person; who has no number is told apart by it. */
export const PARTICIPANTS = table(
  {
    nama: { read: cell.words(100), required: true, personal: true },
    sapaan: { read: cell.oneOf(['Bapak', 'Ibu', 'Kak']) },
    hp: { read: cell.phone, personal: true },
    kelurahan: { read: cell.kelurahan, required: true },
    kebutuhan: { read: cell.several(cell.oneOf(NEEDS)) },
    tahap: { read: cell.oneOf(['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7']) },
  },
  ({ nama, hp = null, kelurahan }) => ({ nama: plainName(nama), hp, kelurahan }),
)

export type CentreRow = RowOf<(typeof CENTRES)['columns']>
export type ExceptionRow = RowOf<(typeof EXCEPTIONS)['columns']>
export type CoachRow = RowOf<(typeof COACHES)['columns']>
export type HolidayRow = RowOf<(typeof HOLIDAYS)['columns']>
export type ParticipantRow = RowOf<(typeof PARTICIPANTS)['columns']>

function readId(text: string): cell.Cell<string> {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
    ? { value: text }
    : { expected: 'id dari npm run export -- coaches; kosongkan untuk coach baru' }
}
