import { seeded } from '../../test/support/telegram/faults.ts'

/** What residents write in the flow `gema` and what they must read, in order. */

/** The trigger and nine answers. */
export const MESSAGES_EACH = 10
export const ANSWERS_EACH = MESSAGES_EACH - 1
/** Answers whose turn writes a ticket. */
const NOTED = [2, 3, 5, 6, 8, 9]

export const answerOf = (chat: number, k: number) => `w${chat}-${k}`

export function messagesOf(chat: number): string[] {
  return ['gema', ...range(1, ANSWERS_EACH).map(k => answerOf(chat, k))]
}

export function repliesTo(chat: number): string[] {
  const questions = range(2, ANSWERS_EACH).map(k => `Tanya ${k}. Tadi: ${answerOf(chat, k - 1)}.`)
  const all = range(1, ANSWERS_EACH).map(k => answerOf(chat, k))
  return ['Tanya 1. Mulai.', ...questions, `Selesai: ${all.join(' ')}`]
}

export const ticketsOf = (chat: number): string[] => NOTED.map(k => answerOf(chat, k))

/** Who writes when: every chat `times` times, in an order that the seed decides. */
export function shuffledTurns(chats: number[], times: number, seed: number): number[] {
  const random = seeded(seed)
  const turns = chats.flatMap(chat => Array.from({ length: times }, () => chat))
  for (let i = turns.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    ;[turns[i], turns[j]] = [turns[j] as number, turns[i] as number]
  }
  return turns
}

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)
