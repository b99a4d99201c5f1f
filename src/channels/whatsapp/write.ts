import type { RichText, Say } from '../../engine/types.ts'
import { markup, numberedText } from '../numbered.ts'

/**
 * A say as WhatsApp shows it. Pure: the same say always gives the same text. Buttons and lists do not arrive on every
 * phone, so choices are numbers; the words of a person never turn into markup.
 */
export function writeText(say: Say): string {
  const text = numberedText(say)
  const hint = say.hint && choosable(say) ? `\n\n_${plain(say.hint)}_` : ''
  return quoteless(`${text}${hint}`)
}

/** What goes under a file; without words of its own a picture is told for who cannot see it. */
export const writeCaption = (say: Say): string =>
  writeText(say.text.length === 0 && say.file?.alt ? { ...say, text: [say.file.alt] } : say)

const choosable = (say: Say) => (say.choices?.length ?? 0) > 0

const plain = (text: RichText) => markup(text.map(span => (typeof span === 'string' ? span : span.bold)))

/** At the start of a line `>` makes a quotation: an invisible joiner keeps it a sign. */
const quoteless = (text: string) => text.replace(/^>/gm, '>\u2060')
