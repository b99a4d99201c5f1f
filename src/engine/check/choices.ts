import { fold } from '../fold.ts'
import type { RawAsk, RawChoice } from '../schema.ts'
import { LIMITS } from '../vocabulary.ts'
import { at, closest, type Context } from './context.ts'
import { checkLabel } from './texts.ts'

const YESNO = new Set(['yes', 'no', 'unknown', 'not_yet', 'later'])

/** There is one thing to choose from. */
export function checkSource({ file, flow }: Context, id: string, step: RawAsk): void {
  const place = ['steps', id]
  if (step.choices && step.from !== undefined)
    file.source.atKey([...place, 'from'], {
      kind: 'two_lists',
      message: 'the question has choices of its own and a list of a call',
      remedy: 'keep one of them',
    })
  if (!step.choices && step.from === undefined && (step.ask === 'choice' || step.ask === 'choices'))
    file.source.atKey([...place, 'ask'], {
      kind: 'missing_choices',
      message: 'there is nothing to choose from',
      remedy: 'add choices:, or from: with the list of a call',
    })
  const lists = [...flow.vars].filter(([, info]) => info.type === 'rows').map(([name]) => name)
  if (step.from !== undefined && !lists.includes(step.from))
    file.source.at([...place, 'from'], {
      kind: 'unknown_list',
      message: `no call keeps a list in ${step.from}`,
      remedy: `name the variable after rows: of a call step${closest(step.from, lists)}`,
    })
}

/** What is chosen from fits the screen, and its parts can be told apart. */
export function checkChoices(context: Context, id: string, step: RawAsk, choices: RawChoice[]): void {
  const rule =
    choices.length <= LIMITS.buttons
      ? { most: LIMITS.button, what: 'button' }
      : { most: LIMITS.row, what: 'row' }
  const { source } = context.file
  for (const [index, choice] of choices.entries()) {
    const path = ['steps', id, 'choices', index]
    checkLabel(source, [...path, 'label'], choice.label, rule)
    if (choice.description !== undefined)
      checkLabel(source, [...path, 'description'], choice.description, {
        most: LIMITS.description,
        what: 'description',
      })
    if (step.ask === 'yesno' && !YESNO.has(choice.value))
      source.at([...path, 'value'], {
        kind: 'unknown_answer',
        message: `a yesno question cannot be answered with ${choice.value}`,
        remedy: `use ${[...YESNO].join(', ')}, or make it a choice`,
      })
    for (const variable of Object.keys(choice.when ?? {}))
      if (!context.flow.vars.has(variable))
        source.atKey([...path, 'when', variable], {
          kind: 'unknown_variable',
          message: `no step saves ${variable}`,
          remedy: `name a variable of this flow${closest(variable, context.flow.vars.keys())}`,
        })
  }
  if (choices.length > LIMITS.page && !step.paged)
    at(context, id, ['choices'], {
      kind: 'list_too_long',
      message: `the list has ${choices.length} rows; one page holds ${LIMITS.page}`,
      remedy: 'shorten it, divide the question, or add paged: true',
    })
  checkTwins(context, id, choices)
}

/** Two choices that the same words mean. */
export function checkTwins(
  { file }: Context,
  id: string,
  choices: readonly Pick<RawChoice, 'value' | 'label' | 'also'>[],
): void {
  const values = new Set<string>()
  const owner = new Map<string, string>()
  for (const [index, choice] of choices.entries()) {
    const path = ['steps', id, 'choices', index]
    if (values.has(choice.value))
      file.source.at([...path, 'value'], {
        kind: 'duplicate_value',
        message: `two choices save ${choice.value}`,
        remedy: 'give each choice a value of its own',
      })
    values.add(choice.value)
    const words: [string, (string | number)[]][] = [
      [choice.label, [...path, 'label']],
      ...(choice.also ?? []).map((word, nth): [string, (string | number)[]] => [
        word,
        [...path, 'also', nth],
      ]),
    ]
    for (const [word, place] of words) {
      const other = owner.get(fold(word))
      if (other !== undefined && other !== choice.value)
        file.source.at(place, {
          kind: 'same_words',
          message: `"${word}" means ${other} and ${choice.value}`,
          remedy: 'keep it with one of the two',
        })
      if (/^\d+$/.test(word.trim()) && Number(word) <= choices.length)
        file.source.at(place, {
          kind: 'number_as_words',
          message: `"${word}" is also the number of a row`,
          remedy: 'write it in words',
        })
      owner.set(fold(word), choice.value)
    }
  }
}
