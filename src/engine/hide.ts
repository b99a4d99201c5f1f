import { openQuestion, type Turn } from './turn.ts'
import type { Incoming } from './types.ts'

/** As many digits as a NIK or a family card has, however they are grouped. */
const SIXTEEN_DIGITS = /(?<!\d)(?:\d[ .-]?){15}\d(?!\d)/
/** Under the question for the NIK, also a mistyped one. */
const SOME_DIGITS = /(?:\d[ .-]?){6}/

/** A typed NIK leaves the chat once it is read: phones are lent, and chats are backed up. */
export function hideNik(turn: Turn, { text, message }: Extract<Incoming, { kind: 'text' }>): void {
  if (message === undefined) return
  const step = openQuestion(turn)?.step
  const asked = step?.does === 'ask' && step.kind === 'nik'
  if ((asked ? SOME_DIGITS : SIXTEEN_DIGITS).test(text)) turn.touches.push({ touch: 'delete', message })
}
