import { WORKBOOK_IDS, type WorkbookId } from '../../../src/domain/workbooks.ts'
import { template } from '../../../src/workbooks/books.ts'
import { calculate } from '../../../src/workbooks/calculate.ts'
import { layOut, type Placed, type PlacedSheet } from '../../../src/workbooks/layout.ts'
import type { Value } from '../../../src/workbooks/types.ts'

/** What somebody types, by `Sheet!A1`; `undefined` clears the cell. */
export type Typed = Readonly<Record<string, Value | undefined>>

export const TODAY = '2027-01-31'

/** A workbook as somebody has filled it in. */
export function typeInto(sheets: readonly PlacedSheet[], typed: Typed): PlacedSheet[] {
  for (const place of Object.keys(typed)) {
    const [name, address = ''] = place.split('!')
    const cell = sheets.find(sheet => sheet.name === name)?.cells.get(address)
    if (cell?.role !== 'input') throw new Error(`${place} is not a cell to fill in`)
  }
  return sheets.map(sheet => ({
    ...sheet,
    cells: new Map(
      [...sheet.cells].map(([address, cell]): [string, Placed] => {
        const place = `${sheet.name}!${address}`
        if (!(place in typed)) return [address, cell]
        const { value: _, ...rest } = cell
        const value = typed[place]
        return [address, value === undefined ? rest : { ...rest, value }]
      }),
    ),
  }))
}

/** @returns what a cell shows, typed or computed, by `Sheet!A1` */
export function recalculated(sheets: readonly PlacedSheet[]): (place: string) => Value | undefined {
  const results = calculate(sheets, TODAY)
  return place => {
    const [name = '', address = ''] = place.split('!')
    const typed = sheets.find(sheet => sheet.name === name)?.cells.get(address)?.value
    return results.get(name)?.get(address) ?? typed
  }
}

export const open = (id: WorkbookId, typed: Typed = {}) => recalculated(typeInto(layOut(template(id)), typed))

/** Every input of a workbook. */
export const inputsOf = (sheets: readonly PlacedSheet[]): string[] =>
  sheets.flatMap(sheet =>
    [...sheet.cells].flatMap(([address, cell]) =>
      cell.role === 'input' ? [`${sheet.name}!${address}`] : [],
    ),
  )

/** The place of a value by the words beside it. */
export function beside(id: WorkbookId, sheet: string, label: string): string {
  const cells = layOut(template(id)).find(({ name }) => name === sheet)?.cells ?? new Map<string, Placed>()
  const found = [...cells].find(([address, { value }]) => address.startsWith('A') && value === label)
  if (!found) throw new Error(`${sheet} has no line "${label}"`)
  return `${sheet}!${found[0].replace('A', 'B')}`
}

export { WORKBOOK_IDS }
