import type { RichText, Say } from '../engine/types.ts'

/**
 * A say as plain text with a numbered list, for channels without buttons. Words of a person cannot turn into markup:
 * an invisible joiner after each `*`, `_`, `~` or back-tick keeps WhatsApp from reading it as such.
 */
export function numberedText(say: Say): string {
  const lines = [markup(say.text)]
  if (say.words && say.choices) {
    const words = say.choices.map(choice => `*${guard(choice.label)}*`).join(' / ')
    return [...lines, '', `${guard(say.words)} ${words}`].join('\n')
  }
  say.choices?.forEach((choice, i) => {
    const description = choice.description ? ` (${choice.description})` : ''
    lines.push(`${i === 0 ? '\n' : ''}${i + 1}. ${guard(choice.label)}${guard(description)}`)
  })
  if (say.more) lines.push(`0. ${say.more}`)
  return lines.join('\n')
}

/** Bold is `*…*`, and ends with its line: stars on different lines are shown as stars. */
export const markup = (text: RichText): string =>
  text.map(span => (typeof span === 'string' ? guard(span) : bold(guard(span.bold)))).join('')

const bold = (text: string) =>
  text
    .split('\n')
    .map(line => line.replace(/\S.*/, words => `*${words.trimEnd()}*${/\s*$/.exec(words)?.[0] ?? ''}`))
    .join('\n')

const guard = (text: string) => text.replace(/[*_~`]/g, '$&\u2060')
