import { readChoice, readYesNo, type ChoiceOption, type Reading } from '../../understand/index.ts'
import type { Asked, Kind, Option, Reply } from './kind.ts'

/** The choices that this person sees: those whose `when` holds, or the rows of a list. */
export function optionsOf(asked: Asked): Option[] {
  if (asked.step.from !== undefined)
    return asked.rows.map((row, at) => {
      const option = { value: String(at), label: row.label }
      return row.description === undefined ? option : { ...option, description: row.description }
    })
  const visible = asked.step.choices.filter(choice =>
    Object.entries(choice.when).every(([variable, value]) => asked.get(variable) === value),
  )
  return visible.map(choice => {
    const option = { value: choice.value, label: choice.label[asked.lang], also: choice.also }
    return choice.description === undefined
      ? option
      : { ...option, description: choice.description[asked.lang] }
  })
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
    return chosen(asked, readChoice(text, options as ChoiceOption[], { strict: asked.step.strict }))
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
