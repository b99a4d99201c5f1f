import type { DayMark, Production, Unit, Which } from './marks.ts'
import type { Token } from './tokens.ts'

export const wordAt = (tokens: readonly Token[], at: number): string => tokens[at]?.word ?? ''

export const one = (mark: DayMark, next: number): Production => ({ marks: [mark], next })

/** "depan", "yang akan datang" → next; "ini" → this; "lalu", "kemarin" → last. */
export function whichAt(tokens: readonly Token[], at: number): { which: Which; next: number } | undefined {
  let from = at
  while (['yang', 'akan', 'ke'].includes(wordAt(tokens, from))) from++
  const word = wordAt(tokens, from)
  if (word === 'depan' || (word === 'datang' && from > at)) return { which: 'next', next: from + 1 }
  if (word === 'ini') return { which: 'this', next: from + 1 }
  if (word === 'lalu' || word === 'kemarin') return { which: 'last', next: from + 1 }
  return undefined
}

export const OFFSET: Record<Which, number> = { next: 1, this: 0, last: -1 }

export const BEFORE_NAME: Record<string, Which> = { depan: 'next', ini: 'this', lalu: 'last' }

export const UNITS: Record<string, Unit> = {
  hari: 'hari',
  minggu: 'minggu',
  pekan: 'minggu',
  bulan: 'bulan',
  tahun: 'tahun',
}

export const isNumber = (tokens: readonly Token[], at: number): boolean => tokens[at]?.kind === 'number'

/** A fixed phrase of up to three words that stands for one mark. */
export function phraseAt(
  tokens: readonly Token[],
  at: number,
  table: Readonly<Record<string, DayMark>>,
): Production | undefined {
  for (let length = 3; length > 0; length--) {
    const words = tokens.slice(at, at + length).map(token => token.word)
    const mark = words.length === length ? table[words.join(' ')] : undefined
    if (mark !== undefined) return one(mark, at + length)
  }
  return undefined
}

/** "weekend", "akhir pekan depan": Saturday and Sunday of that week. `at` is the place after the name. */
export function weekendAt(tokens: readonly Token[], at: number): Production {
  const which = whichAt(tokens, at)
  return which === undefined
    ? one({ is: 'weekend', offset: 0 }, at)
    : one({ is: 'weekend', offset: OFFSET[which.which] }, which.next)
}
