import type { Common, Flows } from './format.ts'
import type { State } from './state.ts'
import { append, paragraphs, render } from './template.ts'
import type { Lang, RichText, Say, Span } from './types.ts'
import type { CommonText } from './vocabulary.ts'

/** One of the shared sentences. */
export function commonTextOf(
  common: Common,
  lang: Lang,
  id: CommonText,
  values: Record<string, RichText | string> = {},
): RichText {
  const out: RichText = []
  for (const part of common.texts[id][lang]) {
    if ('text' in part) append(out, part.text, part.bold)
    else addAll(out, values[part.slot] ?? '', part.bold)
  }
  return out
}

/** A string takes the look of its placeholder; a text of spans has its own. */
function addAll(out: RichText, text: RichText | string, bold: boolean): void {
  if (typeof text === 'string') return append(out, text, bold)
  for (const span of text) {
    if (typeof span === 'string') append(out, span)
    else append(out, span.bold, true)
  }
}

/** What a person hears when their message could not be handled. */
export const apology = (flows: Flows, state: State | undefined): Say => ({
  text: render(flows.common.texts.error[state?.language ?? 'id'], () => ({ text: '' })),
})

/** Begins the answer to a message that came more than a day late. */
export const withLateLead = (flows: Flows, language: Lang, say: Say): Say => ({
  ...say,
  text: paragraphs(commonTextOf(flows.common, language, 'late'), say.text),
})

/** Platforms cut captions at 1024. */
const CAPTION = 1000

/**
 * Splits a text that is longer than a platform's limit, at a paragraph, line, sentence or word where there is one.
 * Choices, the wait and the request for a number stay on the last part; a caption that is too long goes before its file.
 * @param most characters (UTF-16 units) a message may have, with the list of its choices
 */
export function splitSay(say: Say, most: number): Say[] {
  if (say.file && lengthOf(say.text) > CAPTION)
    return [...splitSay({ text: say.text }, most), { ...say, text: [] }]
  const limit = most - lengthOfChoices(say)
  const parts: RichText[] = []
  let rest = say.text
  while (lengthOf(rest) > limit) {
    const at = cutAt(wordsOf(rest), limit)
    const [head, tail] = cut(rest, at)
    parts.push(trimmed(head))
    rest = trimmed(tail)
  }
  if (parts.length === 0) return [say]
  const { replaces: _, ...last } = say // one message does not take the place of several
  return [...parts.map(text => ({ text })), { ...last, text: rest }]
}

/** Channels list choices, or their descriptions, under the text; each row has its number and some markup. */
const lengthOfChoices = ({ choices = [], more = '' }: Say): number =>
  choices.reduce((sum, { label, description = '' }) => sum + label.length + description.length + 8, 0) +
  more.length

const wordsOf = (text: RichText): string =>
  text.map(span => (typeof span === 'string' ? span : span.bold)).join('')
export const lengthOf = (text: RichText): number =>
  text.reduce((sum, span) => sum + (typeof span === 'string' ? span.length : span.bold.length), 0)

/** The last good place to break within `limit`; never inside a surrogate pair. */
function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit)
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = window.lastIndexOf(mark)
    if (at > limit / 4) return at + mark.length
  }
  const last = window.charCodeAt(limit - 1)
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit
}

function cut(text: RichText, at: number): [RichText, RichText] {
  const head: RichText = []
  const tail: RichText = []
  let left = at
  for (const span of text) {
    const words = typeof span === 'string' ? span : span.bold
    const take = Math.min(left, words.length)
    push(head, span, words.slice(0, take))
    push(tail, span, words.slice(take))
    left -= take
  }
  return [head, tail]
}

const push = (out: RichText, like: Span, text: string): void => {
  if (text !== '') out.push(typeof like === 'string' ? text : { bold: text })
}

function trimmed(text: RichText): RichText {
  const out = [...text]
  const first = out[0]
  if (typeof first === 'string') out[0] = first.trimStart()
  const last = out.at(-1)
  if (typeof last === 'string') out[out.length - 1] = last.trimEnd()
  return out.filter(span => span !== '')
}
