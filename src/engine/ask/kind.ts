import type { AskStep, Common } from '../format.ts'
import type { Filled } from '../template.ts'
import type { Env } from '../turn.ts'
import type { Lang, ListRow, RichText, Value } from '../types.ts'

/** One kind of answer: how it is asked for and read. A kind holds no state but `sub`, which it gives and gets back. */
export interface Kind {
  /** Its readings are tried before commands: the answer is one of a few known ones. */
  closed: boolean
  /** What it can read goes before commands, though other words are tried as commands: "pagi" is a time here. */
  first?: true
  show(asked: Asked): Shown
  /** A shown option was tapped, or its number typed. */
  choose(asked: Asked, value: string): Reply
  read(asked: Asked, text: string): Reply
  /** What a confirmed or picked value still needs; by default it is the answer. */
  settle?(value: Value): Reply
  /** A phone number or place shared by button. */
  share?(asked: Asked, shared: Shared): Reply
}

/** A question under way. */
export interface Asked {
  step: AskStep
  lang: Lang
  env: Env
  common: Common
  sub: Value | undefined
  /** The values behind the numbers on screen, in order. */
  screen: readonly string[]
  /** The list of a `from:` question. */
  rows: readonly ListRow[]
  /** Variables of the flow, for choices that depend on them. */
  get(variable: string): Value | undefined
  /** What a value reads like. */
  format(value: Value): Filled
}

export interface Option {
  value: string
  label: string
  description?: string
  also?: readonly string[]
}

export interface Shown {
  /** Instead of the question's own text. */
  text?: RichText
  options: readonly Option[]
  request?: 'contact'
}

/**
 * `sub`: the kind wants to know more, undefined = ask again from the start. `unread`: a code of the reader. `sure` is false for repaired words: an exact command is tried before it.
 */
export type Reply =
  { answer: Value; sure?: boolean } | { sub: Value | undefined; sure?: boolean } | { unread: string }

export type Shared =
  { kind: 'contact'; phone: string; own: boolean } | { kind: 'location'; latitude: number; longitude: number }

/** Option values of the engine's own; flows cannot use them, as `~` is in no value. */
export const SKIP = '~skip'
export const RIGHT = '~right'
export const WRONG = '~wrong'
export const DONE = '~done'
