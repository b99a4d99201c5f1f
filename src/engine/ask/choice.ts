import { readChoice, readYesNo, type Reading } from '../../understand/index.ts'
import type { AskStep, ChoiceDef } from '../format.ts'
import type { Asked, Kind, Option, Reply } from './kind.ts'

/** The choices that this person sees: those whose `when` holds, or the rows of a list. */
export function optionsOf(asked: Asked): readonly Option[] {
  const { step, lang, rows } = asked
  if (step.from !== undefined)
    return rows.map(({ label, description }, at) => optionFrom(String(at), label, description))
  const visible = step.choices.some(choice => choice.when !== undefined)
    ? step.choices.filter(shownTo(asked))
    : step.choices
  const key = visible === step.choices ? lang : `${lang} ${visible.map(choice => choice.value).join(' ')}`
  return remembered(step, key, () =>
    visible.map(({ value, label, description, also }) => ({
      ...optionFrom(value, label[lang], description?.[lang]),
      also,
    })),
  )
}

const shownTo =
  (asked: Asked) =>
  ({ when }: ChoiceDef): boolean =>
    Object.entries(when ?? {}).every(([variable, value]) => asked.get(variable) === value)

const optionFrom = (value: string, label: string, description: string | undefined): Option =>
  description === undefined ? { value, label } : { value, label, description }

/** The same list is the same array: readers prepare a list once. */
const lists = new WeakMap<AskStep, Map<string, readonly Option[]>>()

function remembered(step: AskStep, key: string, make: () => readonly Option[]): readonly Option[] {
  const known = lists.get(step) ?? new Map<string, readonly Option[]>()
  lists.set(step, known)
  const list = known.get(key) ?? make()
  known.set(key, list)
  return list
}

/** A choice out of a short list. Near-misses of a label count, except under `strict`. */
export const choice: Kind = {
  closed: true,
  show: asked => ({ options: optionsOf(asked) }),
  choose: (asked, value) => {
    if (asked.step.from !== undefined) {
      const row = asked.rows[Number(value)]
      return row ? { answer: row.value } : { unread: 'unread' }
    }
    return optionsOf(asked).some(option => option.value === value) ? { answer: value } : { unread: 'unread' }
  },
  read: (asked, text) => {
    const options = optionsOf(asked)
    return chosen(asked, readChoice(text, options, { strict: asked.step.strict }))
  },
}

function chosen(asked: Asked, reading: Reading<string>): Reply {
  switch (reading.kind) {
    case 'value':
      return choice.choose(asked, reading.value)
    case 'approximate':
      return { ...choice.choose(asked, reading.value), sure: false }
    case 'ask':
      return reading.candidates.length > 1
        ? { sub: { pick: reading.candidates.map(value => answerOf(asked, value)) }, sure: false }
        : { unread: reading.why }
    case 'none':
      return { unread: reading.why }
  }
}

const answerOf = (asked: Asked, value: string) => {
  const reply = choice.choose(asked, value)
  return 'answer' in reply ? reply.answer : null
}

/**
 * Yes or no, with its own words for both. *Belum* is no, except under `strict`; *tidak tahu* and *nanti* count only where
 * the step offers `unknown` and `later`.
 */
export const yesno: Kind = {
  closed: true,
  show: choice.show,
  choose: choice.choose,
  read: (asked, text) => {
    const listed = choice.read(asked, text)
    if (asked.step.strict || 'answer' in listed) return listed
    const values = optionsOf(asked).map(option => option.value)
    const reading = readYesNo(text)
    if (reading.kind === 'none') return listed
    if (reading.kind === 'ask') return { unread: reading.why }
    const answer = [reading.value, ...(reading.value === 'not_yet' ? ['no'] : [])].find(each =>
      values.includes(each),
    )
    if (answer === undefined) return { unread: reading.value }
    return reading.kind === 'value' ? { answer } : { sub: { confirm: answer }, sure: false }
  },
}
