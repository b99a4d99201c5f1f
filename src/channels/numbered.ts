import type { RichText, Say } from '../engine/types.ts'

/**
 * A say as plain text with a numbered list, for channels without buttons. Words of a person cannot turn into markup:
 * an invisible joiner after each `*`, `_`, `~` or back-tick keeps WhatsApp from reading it as such.
 */
export function numberedText(say: Say): string {
  const lines = [plain(say.text)]
  say.choices?.forEach((choice, i) => {
    const description = choice.description ? ` (${choice.description})` : ''
    lines.push(`${i === 0 ? '\n' : ''}${i + 1}. ${guard(choice.label)}${guard(description)}`)
  })
  if (say.more) lines.push(`0. ${say.more}`)
  return lines.join('\n')
}

const plain = (text: RichText) =>
  text.map(span => (typeof span === 'string' ? guard(span) : `*${guard(span.bold)}*`)).join('')

const guard = (text: string) => text.replace(/[*_~`]/g, '$&\u2060')
