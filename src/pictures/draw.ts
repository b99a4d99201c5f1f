import { createRequire } from 'node:module'
import path from 'node:path'
import { Resvg } from '@resvg/resvg-js'

/** Widths in points as a small phone shows them; three pixels a point keep letters crisp. */
export const WIDTH = 360
const PIXELS = 3

export const FONT = 'Plus Jakarta Sans'
const fonts = path.dirname(
  createRequire(import.meta.url).resolve('@expo-google-fonts/plus-jakarta-sans/package.json'),
)
const FONT_FILES = ['400Regular/PlusJakartaSans_400Regular.ttf', '700Bold/PlusJakartaSans_700Bold.ttf'].map(
  file => path.join(fonts, file),
)

/**
 * SVG → PNG. The font comes with the program and the system's are not looked at: the picture is the same everywhere, and
 * text cannot vanish for want of a font.
 */
export const pngOf = (svg: string): Uint8Array =>
  new Resvg(svg, {
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: FONT },
    background: 'white',
    fitTo: { mode: 'width', value: WIDTH * PIXELS },
  })
    .render()
    .asPng()

export const COLOURS = {
  in: '#1a7f4b',
  out: '#c0392b',
  left: '#1f4e79',
  text: '#222222',
  quiet: '#5f6670',
  line: '#d9dde2',
  pale: '#f3f5f8',
}

interface TextLook {
  size?: number
  bold?: boolean
  fill?: string
  anchor?: 'start' | 'middle' | 'end'
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** One line of text; `y` is its baseline. */
export const text = (at: { x: number; y: number }, words: string, look: TextLook = {}): string => {
  const { size = 12, bold = false, fill = COLOURS.text, anchor = 'start' } = look
  const weight = bold ? 700 : 400
  return `<text x="${at.x}" y="${at.y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escape(words)}</text>`
}

export const box = (
  at: { x: number; y: number; width: number; height: number },
  fill: string,
  radius = 0,
): string =>
  `<rect x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" fill="${fill}" rx="${radius}"/>`

export const svgOf = (height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${parts.join('')}</svg>`
