import { z } from 'zod'
import { heading, id, text, value } from './schema.ts'

/** The shape of the files in `flows/en/`. */

const translatedChoice = z.union(
  [text, z.strictObject({ label: text, description: text.optional(), also: z.array(text).optional() })],
  { error: 'expected a label, or label, description and also' },
)

export const translatedStep = z.strictObject({
  say: text.optional(),
  offer: text.optional(),
  text: text.optional(),
  question: text.optional(),
  title: text.optional(),
  example: text.optional(),
  retry: text.optional(),
  skip: text.optional(),
  nudge: text.optional(),
  choices: z.record(value, translatedChoice).optional(),
})
export type RawTranslatedStep = z.infer<typeof translatedStep>

export const translationHead = z.strictObject({
  ...heading,
  title: text,
  triggers: z.array(text).optional(),
  steps: z.record(id, z.unknown()),
})
export type RawTranslation = Omit<z.infer<typeof translationHead>, 'steps'> & {
  steps: Record<string, RawTranslatedStep>
}

export const translatedCommon = z.strictObject({
  ...heading,
  texts: z.record(id, text),
  labels: z.record(id, text),
})
