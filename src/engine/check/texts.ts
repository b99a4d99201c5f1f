import type { RawCommon, RawStep } from '../schema.ts'
import type { RawTranslatedStep } from '../schemaEn.ts'
import { parseTemplate, slotsOf, TemplateError } from '../template.ts'
import { LIMITS } from '../vocabulary.ts'
import type { Path, Source } from './source.ts'

/** A text of a step, with where it stands in the file. `path` is below the step; the nudge's may be one level deeper. */
export interface StepText {
  key: string
  path: Path
  text: string
}

/** All texts of a step that may hold placeholders. */
export function textsOf(step: RawStep): StepText[] {
  const found: StepText[] = []
  const add = (key: string, text: unknown, path: Path = [key]) => {
    if (typeof text === 'string') found.push({ key, path, text })
  }
  if ('say' in step) add('say', step.say)
  if ('offer' in step) add('offer', step.offer)
  if ('ask' in step) {
    add('text', step.text)
    add('example', step.example)
    add('retry', step.retry)
    if (typeof step.nudge === 'object') add('nudge', step.nudge.text, ['nudge', 'text'])
    else if (step.nudge !== 'off') add('nudge', step.nudge)
  }
  if ('review' in step) {
    add('text', step.text)
    add('question', step.question)
  }
  return found
}

export function translatedTextsOf(step: RawTranslatedStep): StepText[] {
  return (['say', 'offer', 'text', 'question', 'example', 'retry', 'nudge'] as const).flatMap(key => {
    const text = step[key]
    return text === undefined ? [] : [{ key, path: [key], text }]
  })
}

/** Reports a text that cannot be read or sent. @returns its placeholders, or undefined when it cannot be read */
export function checkText(source: Source, path: Path, text: string): string[] | undefined {
  if (text.length > LIMITS.text)
    source.at(path, {
      kind: 'text_too_long',
      message: `the text has ${text.length} letters`,
      remedy: `shorten it to ${LIMITS.text}, the most one message can hold, or say it in two steps`,
    })
  try {
    return slotsOf(parseTemplate(text))
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    source.at(path, { kind: error.kind, message: error.message, remedy: error.remedy })
    return undefined
  }
}

/** What stands in for a text that cannot be read, so that the other rules can go on. */
const UNREADABLE = '…'

/** The step with unreadable texts replaced. */
export function readable<T extends RawStep | RawTranslatedStep>(step: T, bad: readonly StepText[]): T {
  const copy: Record<string, unknown> = { ...step }
  for (const { key } of bad) copy[key] = UNREADABLE
  return copy as T
}

export const readableTexts = (texts: RawCommon['texts'], bad: ReadonlySet<string>): RawCommon['texts'] =>
  Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, bad.has(id) ? UNREADABLE : text]))

export interface LabelRule {
  most: number
  what: string
}

export function checkLabel(source: Source, path: Path, label: string, { most, what }: LabelRule): void {
  const letters = [...label].length
  if (letters <= most) return
  source.at(path, {
    kind: `${what}_too_long`,
    message: `"${label}" has ${letters} letters`,
    remedy: `shorten it to ${most}: WhatsApp cuts a longer ${what}`,
  })
}
