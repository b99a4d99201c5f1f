/** How a value is written. Money is whole rupiah; a date is given as `YYYY-MM-DD`; a percentage as a fraction of one. */
export type Format = 'rupiah' | 'date' | 'number' | 'percent' | 'text'
export type Value = string | number

/** Lists that a cell may be chosen from; they stand on the sheet "Kategori". */
export type ListName = 'kategori' | 'jenis_piutang' | 'jenis_utang'

/**
 * What a cell computes, in English function names. `{key}` is a cell or column of the same sheet, `{Sheet.key}` one of
 * another, `#` the number of the row.
 */
export interface Computed {
  formula: string
  format: Format
  /** Texts that call for attention: shown in red. */
  alerts?: readonly string[]
  /** The only text that does not call for attention. */
  fine?: string
  strong?: true
}

/** A cell to fill in. */
export interface Filled {
  input: Format
  list?: ListName
  /** May be below zero (a correction). */
  signed?: true
}

export type Column = { key: string; head: string; width: number } & (Computed | Filled)
export type Row = Readonly<Record<string, Value>>

/** A cell above a table, in row 3 or 4. */
export type Loose = { key?: string } & (Computed | (Filled & { example?: Value }) | { label: string })

/** Rows under a heading in row 5, which stays in view; the first row is row 6. */
export interface TableSheet {
  kind: 'table'
  name: string
  title: string
  hint: string
  landscape?: true
  columns: readonly Column[]
  rows: number
  example: readonly Row[]
  loose: Readonly<Record<string, Loose>>
  /** Lines of text under the table. */
  below?: readonly string[]
}

/** Lines from row 4 down: a label in A, a value in B, a note in C. */
export interface FormSheet {
  kind: 'form'
  name: string
  title: string
  hint: string
  lines: readonly Line[]
}

export type Line =
  | { heading: string }
  | 'space'
  | { items: readonly string[] }
  | { cells: readonly (Filled | Computed)[]; key: string; example: readonly Value[] }
  | ({ label: string; key: string; note?: string; tall?: true } & (
      Computed | (Filled & { example?: Value; feed?: string })
    ))

/** Text over the width of the page: the sheet "Petunjuk". */
export interface TextSheet {
  kind: 'text'
  name: string
  title: string
  paragraphs: readonly { text: string; as?: 'heading' | 'yellow' | 'grey' }[]
}

export type Sheet = TableSheet | FormSheet | TextSheet

export interface Workbook {
  /** Stands in the properties of the file. */
  title: string
  sheets: readonly Sheet[]
}

/** In the whole set, sheets feed each other: what is typed in a single workbook is computed there. */
export interface Setting {
  set: boolean
  /** Rows of the long tables. */
  rows: number
}
