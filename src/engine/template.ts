import type { RichText } from './types.ts'

/** A text of a flow file, read once: pieces of plain words and `{placeholders}`, each bold or not. */
export type Template = readonly Part[]
export type Part = { text: string; bold: boolean } | { slot: string; bold: boolean }

/** What a placeholder stands for. Words of a person are never bold, so that no channel can take them for markup. */
export interface Filled {
  text: string
  byPerson?: boolean
}

export class TemplateError extends Error {
  constructor(
    readonly kind: 'markup' | 'placeholder',
    message: string,
    readonly remedy: string,
  ) {
    super(message)
  }
}

const SLOT = /^[a-z][a-z0-9_]*$/

/**
 * Reads `*bold*` and `{placeholder}`; a backslash makes the next sign a plain one.
 * @throws TemplateError for a sign that opens and never closes, and for a placeholder that is no name
 */
export function parseTemplate(source: string): Template {
  const parts: Part[] = []
  let bold = false
  let plain = ''
  const flush = () => {
    if (plain !== '') parts.push({ text: plain, bold })
    plain = ''
  }
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] ?? ''
    if (sign === '\\' && at + 1 < source.length) plain += source[++at] ?? ''
    else if (sign === '*') {
      flush()
      bold = !bold
    } else if (sign === '{') {
      const end = source.indexOf('}', at)
      const slot = source.slice(at + 1, end < 0 ? undefined : end)
      checkSlot(slot, end)
      flush()
      parts.push({ slot, bold })
      at = end
    } else plain += sign
  }
  if (bold)
    throw new TemplateError(
      'markup',
      'a * opens bold text and nothing closes it',
      'close it with a second *, or write \\* for a star',
    )
  flush()
  return parts
}

function checkSlot(slot: string, end: number): void {
  if (end < 0)
    throw new TemplateError(
      'placeholder',
      'a { opens a placeholder and nothing closes it',
      'close it with }, or write \\{ for a brace',
    )
  if (!SLOT.test(slot))
    throw new TemplateError(
      'placeholder',
      `{${slot}} is no placeholder`,
      'write a variable name in small letters, such as {name}',
    )
}

/** The placeholders of a text, each once, in order. */
export const slotsOf = (template: Template): string[] => [
  ...new Set(template.flatMap(part => ('slot' in part ? [part.slot] : []))),
]

export function render(template: Template, fill: (slot: string) => Filled): RichText {
  const out: RichText = []
  for (const part of template) {
    if ('text' in part) append(out, part.text, part.bold)
    else {
      const filled = fill(part.slot)
      append(out, filled.text, part.bold && filled.byPerson !== true)
    }
  }
  return out
}

/** Adds words to a text; neighbours of the same look become one span. */
export function append(out: RichText, text: string, bold = false): void {
  if (text === '') return
  const last = out.at(-1)
  if (bold && typeof last === 'object') out[out.length - 1] = { bold: last.bold + text }
  else if (bold) out.push({ bold: text })
  else if (typeof last === 'string') out[out.length - 1] = last + text
  else out.push(text)
}

/** Paragraphs with an empty line between them; empty ones vanish. */
export function paragraphs(...texts: RichText[]): RichText {
  const out: RichText = []
  for (const text of texts) {
    if (text.length === 0) continue
    if (out.length > 0) append(out, '\n\n')
    for (const span of text) {
      if (typeof span === 'string') append(out, span)
      else append(out, span.bold, true)
    }
  }
  return out
}

/** What stands below the last empty line: of a long question, the question itself. */
export function lastParagraph(text: RichText): RichText {
  const at = text.findLastIndex(span => typeof span === 'string' && span.includes('\n\n'))
  const span = text[at]
  if (typeof span !== 'string') return text
  const rest = span.slice(span.lastIndexOf('\n\n') + 2)
  return [...(rest === '' ? [] : [rest]), ...text.slice(at + 1)]
}

/** The text as one string, bold between stars: what a consent's evidence is made of. */
export const plainText = (text: RichText): string =>
  text.map(span => (typeof span === 'string' ? span : `*${span.bold}*`)).join('')
