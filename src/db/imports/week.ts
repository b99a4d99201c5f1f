import type { Hours } from '../../domain/imports/cells.ts'
import { WEEKDAYS, type Weekday } from '../../domain/imports/tables.ts'

export interface WeekdayHours extends Hours {
  /** ISO weekday, 1 = Monday. */
  weekday: number
}

type Cells = { [D in Weekday]?: Hours[] | undefined }

/** Only the days whose cells are filled: the others stay as they are. */
export const daysGiven = (cells: Cells): { weekday: number; hours: Hours[] }[] =>
  WEEKDAYS.flatMap((day, at) => {
    const hours = cells[day]
    return hours === undefined ? [] : [{ weekday: at + 1, hours }]
  })

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`

/** Seven cells, Monday first, as they are read again. */
export const weekCells = (hours: readonly WeekdayHours[]): string[] =>
  WEEKDAYS.map((_, at) => hoursCell(hours.filter(each => each.weekday === at + 1)))

export const hoursCell = (hours: readonly Hours[]): string =>
  [...hours]
    .sort((a, b) => a.opens - b.opens)
    .map(({ opens, closes }) => `${clock(opens)}-${clock(closes)}`)
    .join('; ') || 'tutup'
