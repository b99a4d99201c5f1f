import { cardinal, spokenAt, type Spoken } from './number-words.ts'
import { isNumber } from './scan-common.ts'
import type { Token } from './tokens.ts'

export interface Hour extends Spoken {
  /** Written as on a 24-hour clock ("14", "09.30", "1400"): no half of the day to find. */
  literal: boolean
  about: boolean
  minute: number | undefined
  marked: boolean
}

/** The hour with the minutes written to it: "9", "9.30", "09:30:00", "1400", "930", "sembilan", "9-an", "sembilanan". */
export function readHour(tokens: readonly Token[], at: number, marked: boolean): Hour | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  const base = { literal: false, about: false, minute: undefined, marked }
  if (token.kind === 'word') {
    const spoken = spokenAt(tokens, at) ?? roundedWord(token, at)
    return spoken === undefined
      ? undefined
      : ending(tokens, {
          ...base,
          about: roundedWord(token, at) !== undefined && cardinal(token.word) === undefined,
          ...spoken,
          literal: spoken.value > 12,
        })
  }
  if (token.kind !== 'number') return undefined
  if (token.text.length === 3 || token.text.length === 4) return runTogether(token, at, marked)
  if (token.text.length > 4) return undefined
  const value = Number(token.text)
  const minute = writtenMinutes(tokens, at + 1)
  const literal = value > 12 || (token.text.length === 2 && minute !== undefined) || value === 0
  if (isOneDigit(tokens, at + 1)) return { ...base, value, minute: 99, literal, next: at + 3 }
  if (minute !== undefined)
    return ending(tokens, { ...base, value, literal, minute: minute.value, next: minute.next })
  return ending(tokens, { ...base, value, literal, next: at + 1 })
}

/** "sembilanan": a number word with -an. */
function roundedWord(token: Token, at: number): Spoken | undefined {
  const stem = token.text.endsWith('an') ? cardinal(token.text.slice(0, -2)) : undefined
  return stem === undefined ? undefined : { value: stem, next: at + 1 }
}

function runTogether(token: Token, at: number, marked: boolean): Hour | undefined {
  const minute = Number(token.text.slice(-2))
  return {
    value: Number(token.text.slice(0, -2)),
    minute,
    literal: token.text.length === 4,
    about: false,
    next: at + 1,
    marked,
  }
}

/** "9.5" is no time: half past nine, or five past? */
function isOneDigit(tokens: readonly Token[], at: number): boolean {
  const number = tokens[at + 1]
  return (
    ['.', ':'].includes(tokens[at]?.text ?? '') &&
    number?.kind === 'number' &&
    number.glued &&
    number.text.length === 1
  )
}

/** ".30", ":30", ":30:00", ",30" glued to the hour. */
function writtenMinutes(tokens: readonly Token[], at: number): Spoken | undefined {
  const sign = tokens[at]
  const number = tokens[at + 1]
  const isPart = sign !== undefined && ['.', ':', ','].includes(sign.text) && number?.kind === 'number'
  if (!isPart || number.text.length !== 2 || (!number.glued && sign.text !== ':')) return undefined
  const seconds = tokens[at + 2]?.text === ':' && isNumber(tokens, at + 3)
  return { value: Number(number.text), next: seconds ? at + 4 : at + 2 }
}

/** "-an" and "an": about that hour. */
function ending(tokens: readonly Token[], hour: Hour): Hour {
  const at = tokens[hour.next]?.text === '-' ? hour.next + 1 : hour.next
  return tokens[at]?.text === 'an' ? { ...hour, about: true, next: at + 1 } : hour
}
