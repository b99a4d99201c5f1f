import { dayFromIso } from '../lib/days.ts'
import { LISTS } from './categories.ts'
import type { Computed, Filled, Format, Line, ListName, Sheet, TableSheet, Value, Workbook } from './types.ts'

/** A cell where it stands, its formula with real addresses. Dates are serial numbers. */
export interface Placed {
  role: 'title' | 'hint' | 'heading' | 'head' | 'label' | 'note' | 'text' | 'input' | 'computed'
  format: Format
  value?: Value
  formula?: string
  list?: string
  signed?: true
  strong?: true
  alerts?: readonly string[]
  fine?: string
  /** Colour of a paragraph. */
  as?: 'heading' | 'yellow' | 'grey'
  /** A text of several lines, as wide as the form. */
  tall?: true
}

export interface PlacedSheet {
  name: string
  kind: Sheet['kind']
  landscape: boolean
  widths: readonly number[]
  cells: ReadonlyMap<string, Placed>
}

export const FIRST_ROW = 6
const HEAD_ROW = 5
const FIRST_LINE = 4
const FORM_WIDTHS = [42, 19, 19, 19]
/** A phone shows this width at once; wider, every line would have to be pushed sideways. */
const TEXT_WIDTHS = [66]

export const columnName = (at: number): string => String.fromCharCode(65 + at)

/** Days since 1899-12-30, as every spreadsheet counts them. */
export const serialOf = (iso: string): number => (dayFromIso(iso) ?? 0) + 25_569

const valueOf = (format: Format, value: Value): Value =>
  format === 'date' && typeof value === 'string' ? serialOf(value) : value

type Keys = ReadonlyMap<string, string>

/** Where the keys of a sheet stand: cells of forms and above tables, whole columns of tables. */
function keysOf(sheet: Sheet): Keys {
  const keys = new Map<string, string>()
  if (sheet.kind === 'form')
    for (const [at, line] of sheet.lines.entries())
      if (typeof line === 'object' && 'label' in line) keys.set(line.key, `$B$${FIRST_LINE + at}`)
  if (sheet.kind === 'table') {
    const last = FIRST_ROW + sheet.rows - 1
    for (const [at, { key }] of sheet.columns.entries())
      keys.set(key, `$${columnName(at)}$${FIRST_ROW}:$${columnName(at)}$${last}`)
    for (const [address, loose] of Object.entries(sheet.loose))
      if ('key' in loose && loose.key !== undefined)
        keys.set(loose.key, address.replace(/^(\D+)(\d+)$/, '$$$1$$$2'))
  }
  return keys
}

class Resolver {
  readonly #keys: ReadonlyMap<string, Keys>
  constructor(workbook: Workbook) {
    this.#keys = new Map(workbook.sheets.map(sheet => [sheet.name, keysOf(sheet)]))
  }

  /** @throws Error for a key that no sheet of this workbook has. */
  resolve(formula: string, sheet: string, row = 0): string {
    return formula
      .replaceAll(/\{(?:([^}.]+)\.)?(\w+)\}/g, (_, other: string | undefined, key: string) => {
        const address = this.#keys.get(other ?? sheet)?.get(key)
        if (address === undefined) throw new Error(`${sheet}: there is no {${other ?? sheet}.${key}}`)
        return other === undefined || other === sheet ? address : `${quoted(other)}!${address}`
      })
      .replaceAll('#', String(row))
  }

  list(name: ListName): string {
    const [start = '', end = ''] = (this.#keys.get('Kategori')?.get(name) ?? '').split(':')
    if (start === '') throw new Error(`the list ${name} needs the sheet Kategori`)
    return `Kategori!${start}:${end.replace(/\d+$/, String(FIRST_ROW + LISTS[name].length - 1))}`
  }
}

const quoted = (name: string): string => (/^\w+$/.test(name) ? name : `'${name}'`)

/** Every cell of a workbook, from its definition. */
export function layOut(workbook: Workbook): PlacedSheet[] {
  const resolver = new Resolver(workbook)
  return workbook.sheets.map(sheet => {
    const cells = new Map<string, Placed>()
    const place = new Placer(sheet.name, cells, resolver)
    place.put('A1', { role: 'title', format: 'text', value: sheet.title })
    if (sheet.kind !== 'text') place.put('A2', { role: 'hint', format: 'text', value: sheet.hint })
    if (sheet.kind === 'table') placeTable(sheet, place)
    else if (sheet.kind === 'form')
      for (const [at, line] of sheet.lines.entries()) placeLine(line, FIRST_LINE + at, place)
    else
      for (const [at, { text, as }] of sheet.paragraphs.entries())
        place.put(`A${at + 3}`, { role: 'text', format: 'text', value: text, ...(as ? { as } : {}) })
    return {
      ...{ name: sheet.name, kind: sheet.kind, cells, widths: widthsOf(sheet) },
      landscape: sheet.kind === 'table' && sheet.landscape === true,
    }
  })
}

const widthsOf = (sheet: Sheet): readonly number[] =>
  sheet.kind === 'table'
    ? sheet.columns.map(({ width }) => width)
    : sheet.kind === 'form'
      ? FORM_WIDTHS
      : TEXT_WIDTHS

class Placer {
  constructor(
    private readonly sheet: string,
    private readonly cells: Map<string, Placed>,
    private readonly resolver: Resolver,
  ) {}

  put(address: string, cell: Placed): void {
    this.cells.set(address, cell)
  }

  /** An empty formula is a text of the definition: grey, nothing to compute. */
  cell(address: string, def: Computed | Filled, value?: Value, tall?: true): void {
    const row = Number(address.replace(/\D+/, ''))
    const given = (format: Format) => (value === undefined ? {} : { value: valueOf(format, value) })
    if ('input' in def) {
      const list = def.list ? { list: this.resolver.list(def.list) } : {}
      const signed = def.signed ? { signed: def.signed } : {}
      this.put(address, {
        role: 'input',
        format: def.input,
        ...given(def.input),
        ...list,
        ...signed,
        ...(tall ? { tall } : {}),
      })
      return
    }
    const { format, strong, alerts, fine } = def
    const formula = def.formula === '' ? {} : { formula: this.resolver.resolve(def.formula, this.sheet, row) }
    const look = { ...(strong ? { strong } : {}), ...(alerts ? { alerts } : {}), ...(fine ? { fine } : {}) }
    this.put(address, { role: 'computed', format, ...formula, ...given(format), ...look })
  }
}

function placeTable(sheet: TableSheet, place: Placer): void {
  for (const [at, value] of (sheet.below ?? []).entries())
    place.put(`A${FIRST_ROW + sheet.rows + 1 + at}`, { role: 'label', format: 'text', value })
  for (const [address, loose] of Object.entries(sheet.loose)) {
    if ('label' in loose) place.put(address, { role: 'label', format: 'text', value: loose.label })
    else place.cell(address, loose, 'example' in loose ? loose.example : undefined)
  }
  for (const [at, column] of sheet.columns.entries()) {
    place.put(`${columnName(at)}${HEAD_ROW}`, { role: 'head', format: 'text', value: column.head })
    for (let row = 0; row < sheet.rows; row++)
      place.cell(`${columnName(at)}${FIRST_ROW + row}`, column, sheet.example[row]?.[column.key])
  }
}

function placeLine(line: Line, row: number, place: Placer): void {
  if (line === 'space') return
  if ('heading' in line) place.put(`A${row}`, { role: 'heading', format: 'text', value: line.heading })
  else if ('items' in line)
    for (const [at, item] of line.items.entries())
      place.put(`${columnName(at)}${row}`, { role: 'head', format: 'text', value: item })
  else if ('cells' in line)
    for (const [at, cell] of line.cells.entries())
      place.cell(`${columnName(at)}${row}`, cell, line.example[at])
  else {
    const tall = line.tall ? { tall: line.tall } : {}
    place.put(`A${row}`, { role: 'label', format: 'text', value: line.label, ...tall })
    place.cell(`B${row}`, line, 'example' in line ? line.example : undefined, line.tall)
    if (line.note !== undefined) place.put(`C${row}`, { role: 'note', format: 'text', value: line.note })
  }
}
