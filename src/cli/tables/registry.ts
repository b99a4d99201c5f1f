import { exportCentres, exportExceptions, importCentres, importExceptions } from '../../db/imports/centres.ts'
import { exportCoaches, importCoaches } from '../../db/imports/coaches.ts'
import type { Done } from '../../db/imports/done.ts'
import { exportHolidays, importHolidays } from '../../db/imports/holidays.ts'
import { exportParticipants, importParticipants } from '../../db/imports/participants.ts'
import { changeOpening, type World } from '../../db/imports/opening.ts'
import {
  readSheet,
  type Columns,
  type Layout,
  type Problem,
  type RowOf,
  type Sheet,
} from '../../domain/imports/table.ts'
import { CENTRES, COACHES, EXCEPTIONS, HOLIDAYS, PARTICIPANTS } from '../../domain/imports/tables.ts'

/** A table that can be brought in and taken out as a spreadsheet. */
export interface Table {
  columns: readonly string[]
  /** Holds what names people: its export is for few eyes. */
  personal: boolean
  read(sheet: Sheet): { count: number; problems: Problem[]; write: (world: World) => Promise<Done> }
  rows(world: World): Promise<Record<string, string>[]>
}

interface Definition<C extends Columns> {
  layout: Layout<C>
  write: (world: World, rows: RowOf<C>[]) => Promise<Done>
  rows: Table['rows']
  personal?: boolean
}

const define = <C extends Columns>({ layout, write, rows, personal = false }: Definition<C>): Table => ({
  columns: Object.keys(layout.columns),
  personal,
  read(sheet) {
    const read = readSheet(layout, sheet)
    return { count: read.rows.length, problems: read.problems, write: world => write(world, read.rows) }
  },
  rows,
})

export const TABLES = {
  centres: define({
    layout: CENTRES,
    write: (world, rows) => changeOpening(world, () => importCentres(world.tx, rows)),
    rows: ({ tx }) => exportCentres(tx),
  }),
  exceptions: define({
    layout: EXCEPTIONS,
    write: (world, rows) => changeOpening(world, () => importExceptions(world.tx, rows)),
    rows: ({ tx }) => exportExceptions(tx),
  }),
  coaches: define({
    layout: COACHES,
    write: importCoaches,
    rows: ({ tx }) => exportCoaches(tx),
  }),
  holidays: define({
    layout: HOLIDAYS,
    write: (world, rows) => changeOpening(world, () => importHolidays(world.tx, rows)),
    rows: ({ tx }) => exportHolidays(tx),
  }),
  participants: define({
    layout: PARTICIPANTS,
    personal: true,
    write: ({ tx, sealer, now }, rows) => importParticipants(tx, sealer, rows, now),
    rows: ({ tx, sealer }) => exportParticipants(tx, sealer),
  }),
} satisfies Record<string, Table>

export type TableName = keyof typeof TABLES
export const TABLE_NAMES = Object.keys(TABLES) as TableName[]
