import type { Fill, Style } from 'exceljs'
import type { Placed } from './layout.ts'
import type { Format } from './types.ts'

/**
 * Arial: every office programme has it or knows what to take for it (Liberation Sans has its widths), so that nothing is cut
 * off on a phone that fits on a computer.
 */
export const FONT = 'Arial'
export const FONT_SIZE = 10

const FORMATS: Readonly<Record<Format, string>> = {
  rupiah: '"Rp"#,##0;[Red]-"Rp"#,##0',
  date: 'dd/mm/yyyy',
  number: 'General',
  percent: '0.0%',
  text: 'General',
}

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } })
const YELLOW = solid('FFFFF7C2')
const GREY = solid('FFEDEFF2')
const DARK = solid('FF1F4E79')
const line = { style: 'thin', color: { argb: 'FFC4C9D0' } } as const
const BOX = { top: line, left: line, bottom: line, right: line }

export type Look = Partial<Pick<Style, 'font' | 'fill' | 'border' | 'alignment' | 'protection' | 'numFmt'>>

const font = (extra: Partial<Style['font']> = {}) => ({ name: FONT, size: FONT_SIZE, ...extra })

const LOOKS: Readonly<Record<Placed['role'], Look>> = {
  title: { font: font({ size: 15, bold: true, color: { argb: 'FF1F4E79' } }) },
  hint: { font: font({ italic: true, color: { argb: 'FF555555' } }) },
  heading: {
    font: font({ bold: true, size: 11, color: { argb: 'FF1F4E79' } }),
    border: { bottom: line },
    alignment: { vertical: 'bottom' },
  },
  head: {
    ...{ font: font({ bold: true, color: { argb: 'FFFFFFFF' } }), fill: DARK, border: BOX },
    alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
  },
  label: { font: font(), alignment: { vertical: 'middle' } },
  note: {
    font: font({ italic: true, size: 9, color: { argb: 'FF666666' } }),
    alignment: { horizontal: 'left', vertical: 'middle', indent: 1 },
  },
  text: { font: font(), alignment: { wrapText: true, vertical: 'top' } },
  input: { font: font(), fill: YELLOW, border: BOX, protection: { locked: false } },
  computed: { font: font(), fill: GREY, border: BOX, protection: { locked: true } },
}

const PARAGRAPHS: Readonly<Record<NonNullable<Placed['as']>, Look>> = {
  heading: {
    font: font({ size: 12, bold: true, color: { argb: 'FF1F4E79' } }),
    alignment: { vertical: 'bottom' },
  },
  yellow: { fill: YELLOW, border: BOX },
  grey: { fill: GREY, border: BOX },
}

/** Colours, borders, formats and locks of a cell. */
export function styleOf({ role, format, strong, as, tall, value }: Placed): Look {
  const base = LOOKS[role]
  const look = { ...base, ...(as ? PARAGRAPHS[as] : {}), numFmt: FORMATS[format] }
  const wraps = tall || (role === 'computed' && format === 'text' && value !== undefined)
  return {
    ...look,
    ...(strong ? { font: { ...look.font, bold: true } } : {}),
    ...(wraps
      ? { alignment: { wrapText: true, vertical: tall ? 'top' : 'middle' } }
      : role === 'input' || role === 'computed'
        ? { alignment: ALIGNMENTS[format] }
        : {}),
  }
}

/** Numbers do not touch the text of the next column. */
const ALIGNMENTS: Readonly<Record<Format, NonNullable<Look['alignment']>>> = {
  rupiah: { horizontal: 'right', vertical: 'middle', indent: 1 },
  number: { horizontal: 'right', vertical: 'middle', indent: 1 },
  percent: { horizontal: 'right', vertical: 'middle', indent: 1 },
  date: { horizontal: 'center', vertical: 'middle' },
  text: { horizontal: 'left', vertical: 'middle', indent: 1 },
}
