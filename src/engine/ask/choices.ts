import { readChoice, readChoices, readCommand, readYesNo } from '../../understand/index.ts'
import { commonTextOf } from '../texts.ts'
import type { Value } from '../types.ts'
import { optionsOf } from './choice.ts'
import { DONE, type Asked, type Kind, type Option, type Reply } from './kind.ts'

/**
 * Several choices. One at a time (tapped, numbered or typed) they are collected until *selesai*; several in one message
 * are the whole answer. A choice that itself says "belum ada" is an answer alone.
 */
export const choices: Kind = {
  closed: true,
  show: asked => {
    const chosen = chosenOf(asked)
    if (chosen.length === 0) return { options: optionsOf(asked) }
    const options = optionsOf(asked).filter(
      ({ value }) => !chosen.includes(value) && !saysNothing(asked, value),
    )
    const { common, lang } = asked
    const text = commonTextOf(common, lang, 'chosen', { jawaban: asked.format(chosen).text })
    return { text, options: [...options, { value: DONE, label: common.labels.done[lang] }] }
  },
  choose: (asked, value) => {
    const chosen = chosenOf(asked)
    if (value === DONE) return chosen.length > 0 ? { answer: chosen } : { unread: 'pick_one' }
    return add(asked, [value])
  },
  read: (asked, typed) => {
    const chosen = chosenOf(asked)
    if (chosen.length > 0 && saysNoMore(typed)) return { answer: chosen }
    const reading = readChoices(typed, onScreen(asked))
    switch (reading.kind) {
      case 'value':
        return add(asked, reading.value)
      case 'approximate':
        return { sub: { confirm: together(asked, reading.value) }, sure: false }
      case 'ask':
        return reading.candidates.length > 0
          ? { sub: { pick: reading.candidates }, sure: false }
          : { unread: reading.why }
      case 'none':
        return { unread: reading.why }
    }
  },
}

const NO_MORE_WORDS =
  'sudah,cukup,sudah cukup,itu saja,sudah itu saja,segitu saja,lewat,lewati,simpan,done,that is all'
const NO_MORE = [{ value: DONE, label: 'selesai', also: NO_MORE_WORDS.split(',') }]

/** "Ada lagi?" – "nggak", "udah itu aja". */
function saysNoMore(typed: string): boolean {
  const answer = readYesNo(typed)
  if (answer.kind === 'value' && answer.value === 'no') return true
  return !/\d/.test(typed) && readChoice(typed, NO_MORE, { strict: true }).kind === 'value'
}

/** The options in the order of their numbers on screen, then the others, which only words can mean. */
function onScreen(asked: Asked): readonly Option[] {
  const { options } = choices.show(asked)
  if (options.every((option, at) => asked.screen[at] === option.value)) return options
  const rank = ({ value }: Option) =>
    asked.screen.includes(value) ? asked.screen.indexOf(value) : options.length
  return options.toSorted((a, b) => rank(a) - rank(b))
}

const chosenOf = ({ sub }: Asked): string[] => (Array.isArray(sub) ? (sub as string[]) : [])

const together = (asked: Asked, values: readonly string[]): string[] => {
  const all = new Set([...chosenOf(asked), ...values])
  return optionsOf(asked)
    .map(option => option.value)
    .filter(value => all.has(value))
}

function add(asked: Asked, given: readonly string[]): Reply {
  const values = given.filter(value => value !== DONE)
  const [first] = values
  if (values.length < given.length) return { answer: together(asked, values) }
  if (values.length === 1 && first !== undefined && saysNothing(asked, first)) return { answer: [first] }
  const all: Value[] = together(asked, values)
  const complete =
    values.length > 1 || all.length === optionsOf(asked).filter(o => !saysNothing(asked, o.value)).length
  return complete ? { answer: all } : { sub: all }
}

/** Which options say that there is none, by list: labels never change. */
const silent = new WeakMap<readonly Option[], ReadonlySet<string>>()

/** The option "Belum ada". */
function saysNothing(asked: Asked, value: string): boolean {
  const options = optionsOf(asked)
  const known = silent.get(options) ?? new Set(options.filter(isNone).map(option => option.value))
  silent.set(options, known)
  return known.has(value)
}

const isNone = ({ label, also = [] }: Option): boolean =>
  [label, ...also].some(words => readCommand(words)?.command === 'none')
