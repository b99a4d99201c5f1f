import { readChoice, readYesNo } from '../../understand/index.ts'
import { commonTextOf } from '../texts.ts'
import type { Filled } from '../template.ts'
import type { RichText, Value } from '../types.ts'
import { RIGHT, WRONG, type Asked, type Kind, type Option, type Reply, type Shown } from './kind.ts'

/**
 * What every kind shares: a repaired or rounded reading is confirmed, several readings are offered. While one of these is
 * open it is the question; a new answer instead of a choice is read like any answer.
 */
type Sub = { confirm: Value } | { pick: Value[] }

export const subOf = (asked: Asked): Sub | undefined => {
  const sub = asked.sub
  if (typeof sub !== 'object' || sub === null || Array.isArray(sub)) return undefined
  if ('confirm' in sub) return { confirm: sub.confirm as Value }
  return Array.isArray(sub.pick) ? { pick: sub.pick } : undefined
}

export function showSub(asked: Asked, sub: Sub): Shown {
  const { common, lang } = asked
  if ('confirm' in sub) {
    const options = [
      { value: RIGHT, label: common.labels.right[lang] },
      { value: WRONG, label: common.labels.wrong[lang] },
    ]
    return {
      text: commonTextOf(common, lang, 'confirm', { nilai: boldly(asked.format(sub.confirm)) }),
      options,
    }
  }
  return { text: commonTextOf(common, lang, 'choose'), options: candidates(asked, sub.pick) }
}

const boldly = ({ text, byPerson }: Filled): RichText => [byPerson ? text : { bold: text }]

const candidates = (asked: Asked, values: Value[]): Option[] => [
  ...values.map((value, at) => ({ value: String(at), label: asked.format(value).text })),
  { value: WRONG, label: asked.common.labels.none_of_these[asked.lang] },
]

function chooseSub(sub: Sub, value: string): Reply {
  if (value === WRONG) return { sub: undefined }
  if ('confirm' in sub) return value === RIGHT ? { answer: sub.confirm } : { unread: 'unread' }
  const answer = sub.pick[Number(value)]
  return answer === undefined ? { unread: 'unread' } : { answer }
}

/** As `chooseSub`, and what the kind still wants to know. */
export function answerSub(sub: Sub, value: string, kind: Kind): Reply {
  const reply = chooseSub(sub, value)
  return 'answer' in reply && kind.settle ? kind.settle(reply.answer) : reply
}

export function readSub(asked: Asked, sub: Sub, kind: Kind, text: string): Reply {
  if ('confirm' in sub) {
    const said = readChoice(text, showSub(asked, sub).options)
    if (said.kind === 'value') return answerSub(sub, said.value, kind)
    const yes = readYesNo(text)
    if (yes.kind === 'value' && yes.value === 'yes') return answerSub(sub, RIGHT, kind)
    if (yes.kind === 'value' && yes.value === 'no') return { sub: undefined }
  } else {
    const said = readChoice(text, candidates(asked, sub.pick))
    if (said.kind === 'value' || said.kind === 'approximate') return answerSub(sub, said.value, kind)
  }
  return kind.read({ ...asked, sub: undefined }, text)
}
