import type { RawChoice, RawStep } from '../schema.ts'
import type { RawTranslatedStep } from '../schemaEn.ts'
import { parseTemplate, slotsOf } from '../template.ts'
import { LIMITS } from '../vocabulary.ts'
import type { FlowFile, TranslationFile } from './files.ts'
import type { Source } from './source.ts'
import { checkLabel, textsOf, translatedTextsOf } from './texts.ts'

/** A translation says everything that the flow says, with the same placeholders, and nothing else. */
export function checkTranslation(flow: FlowFile, english: TranslationFile | undefined): void {
  if (!english)
    return flow.source.at(['title'], {
      kind: 'missing_translation',
      message: 'the flow has no English file',
      remedy: `write flows/en/${flow.raw.id}.yaml with a text for every step`,
    })
  for (const [id, step] of Object.entries(flow.raw.steps)) {
    const translated = english.raw.steps[id]
    if (translated) checkStep(english.source, id, step, translated)
    else if (!english.broken.has(id) && speaks(step))
      flow.source.atKey(['steps', id], {
        kind: 'missing_translation',
        message: `the step ${id} has no English text`,
        remedy: `add ${id}: to flows/en/${flow.raw.id}.yaml`,
      })
  }
  for (const id of Object.keys(english.raw.steps))
    if (!flow.raw.steps[id] && !flow.broken.has(id))
      english.source.atKey(['steps', id], {
        kind: 'extra_translation',
        message: `the flow has no step ${id}`,
        remedy: 'remove it, or rename it as in the Indonesian file',
      })
}

const speaks = (step: RawStep): boolean => expected(step).length > 0

/** The keys of a step that people read. */
function expected(step: RawStep): string[] {
  const keys: string[] = textsOf(step).map(text => text.key)
  if ('offer' in step) return [...keys, 'choices']
  if (!('ask' in step)) return keys
  if (step.title !== undefined) keys.push('title')
  if (step.skip !== undefined) keys.push('skip')
  if (step.choices) keys.push('choices')
  return keys
}

function checkStep(source: Source, id: string, step: RawStep, english: RawTranslatedStep): void {
  const wanted = expected(step)
  for (const key of wanted)
    if (english[key as keyof RawTranslatedStep] === undefined)
      source.atKey(['steps', id], {
        kind: 'missing_translation',
        message: `${key} has no English text`,
        remedy: `add ${key}: to this step`,
      })
  for (const key of Object.keys(english))
    if (!wanted.includes(key))
      source.atKey(['steps', id, key], {
        kind: 'extra_translation',
        message: `the Indonesian step has no ${key}`,
        remedy: 'remove it here, or add it there',
      })
  checkPlaceholders(source, id, step, english)
  const label = (key: 'title' | 'skip', most: number, what: string) => {
    if (english[key] !== undefined) checkLabel(source, ['steps', id, key], english[key], { most, what })
  }
  label('title', LIMITS.title, 'title')
  label('skip', LIMITS.button, 'button')
  if ('choices' in step && step.choices) checkChoices(source, id, step.choices, english.choices ?? {})
}

function checkPlaceholders(source: Source, id: string, step: RawStep, english: RawTranslatedStep): void {
  const own = new Map(textsOf(step).map(text => [text.key, text.text]))
  for (const { key, text } of translatedTextsOf(english)) {
    const indonesian = own.get(key)
    if (indonesian !== undefined) comparePlaceholders(source, ['steps', id, key], indonesian, text)
  }
}

export function comparePlaceholders(
  source: Source,
  path: (string | number)[],
  indonesian: string,
  english: string,
): void {
  const wanted = slotsOf(parseTemplate(indonesian))
  const found = slotsOf(parseTemplate(english))
  const missing = wanted.filter(slot => !found.includes(slot))
  const extra = found.filter(slot => !wanted.includes(slot))
  if (missing.length + extra.length === 0) return
  const list = (slots: string[]) => slots.map(slot => `{${slot}}`).join(', ')
  source.at(path, {
    kind: 'placeholders_differ',
    message: [
      missing.length > 0 ? `${list(missing)} is missing` : '',
      extra.length > 0 ? `${list(extra)} is not in the Indonesian text` : '',
    ]
      .filter(part => part !== '')
      .join(', and '),
    remedy: 'use the same placeholders in both languages',
  })
}

type Choices = readonly Pick<RawChoice, 'value' | 'label' | 'description'>[]
type English = NonNullable<RawTranslatedStep['choices']>

function checkChoices(source: Source, id: string, choices: Choices, english: English): void {
  const path = ['steps', id, 'choices']
  const rule =
    choices.length <= LIMITS.buttons
      ? { most: LIMITS.button, what: 'button' }
      : { most: LIMITS.row, what: 'row' }
  for (const choice of choices) {
    const translated = english[choice.value]
    if (translated === undefined) {
      source.atKey(path, {
        kind: 'missing_translation',
        message: `the choice ${choice.value} has no English label`,
        remedy: `add ${choice.value}: to choices`,
      })
      continue
    }
    const label = typeof translated === 'string' ? translated : translated.label
    const description = typeof translated === 'string' ? undefined : translated.description
    checkLabel(source, [...path, choice.value], label, rule)
    if (description !== undefined)
      checkLabel(source, [...path, choice.value], description, {
        most: LIMITS.description,
        what: 'description',
      })
    if ((description === undefined) !== (choice.description === undefined))
      source.at([...path, choice.value], {
        kind: description === undefined ? 'missing_translation' : 'extra_translation',
        message: `the choice ${choice.value} has a description in one language only`,
        remedy: 'write { label, description } in both languages, or in neither',
      })
  }
  for (const value of Object.keys(english))
    if (!choices.some(choice => choice.value === value))
      source.atKey([...path, value], {
        kind: 'extra_translation',
        message: `the Indonesian step has no choice ${value}`,
        remedy: 'remove it here, or add it there',
      })
}
