import { parseHtml, type Formatted } from './html.ts'
import { badRequest, textOf, type Params } from './http.ts'

// Counted in UTF-16 units, the strictest reading of "1-4096 characters after entities parsing".
const MAX_TEXT = 4096
const MAX_CAPTION = 1024

export function formattedText(params: Params): Formatted {
  const formatted = parse(params, textOf(params.text))
  if (textOf(params.text) === '') throw badRequest('message text is empty')
  if (formatted.text.trim() === '') throw badRequest('text must be non-empty')
  if (formatted.text.length > MAX_TEXT) throw badRequest('message is too long')
  return formatted
}

export function formattedCaption(params: Params): Formatted {
  const formatted = parse(params, textOf(params.caption))
  if (formatted.text.length > MAX_CAPTION) throw badRequest('message caption is too long')
  return formatted
}

function parse(params: Params, source: string): Formatted {
  if (!source.isWellFormed()) throw badRequest('strings must be encoded in UTF-8')
  const mode = textOf(params.parse_mode).toLowerCase()
  if (mode === 'html') return parseHtml(source)
  if (mode === '') return { text: source, entities: [] }
  // Markdown is refused because nothing here could check it; the server would know it.
  throw badRequest('unsupported parse_mode')
}
