import type { Mode, Production } from './marks.ts'
import type { Token } from './tokens.ts'

const SEPARATORS = new Set(['/', '-', '.'])

interface Numbers {
  values: string[]
  separators: string[]
  next: number
}

/** "5/1", "05/01/2027", "5-1-27", "05.01.2027", "2027-01-05", "5 1 2027", "05012027": the day before the month, always. */
export function numericDateAt(tokens: readonly Token[], at: number, mode: Mode): Production | undefined {
  if (tokens[at]?.kind !== 'number' || mode === 'time') return undefined
  const { values, separators, next } = numbersAt(tokens, at)
  const [first, second, third] = [values[0] ?? '', values[1] ?? '', values[2] ?? '']
  if (values.length === 3)
    return separators[0] === separators[1] ? threeParts(first, second, third, next) : undefined
  if (values.length === 2)
    return isDayMonth(separators[0] ?? '', second, mode) ? dayMonth(first, second, next) : undefined
  if (mode === 'date' && /^\d{8}$/.test(first))
    return dated(first.slice(0, 2), first.slice(2, 4), first.slice(4), next)
  return spaced(tokens, at)
}

const dayMonth = (first: string, second: string, next: number): Production | undefined =>
  first.length <= 2 && second.length <= 2 ? dated(first, second, undefined, next) : undefined

function threeParts(first: string, second: string, third: string, next: number): Production | undefined {
  if (first.length === 4) return dated(third, second, first, next)
  return third.length === 2 || third.length === 4 ? dated(first, second, third, next) : undefined
}

const isDayMonth = (separator: string, month: string, mode: Mode): boolean => {
  if (separator === '/') return true
  if (separator === '-') return mode === 'date' || Number(month) <= 12
  return mode === 'date' && Number(month) <= 12
}

function numbersAt(tokens: readonly Token[], at: number): Numbers {
  const values = [tokens[at]?.text ?? '']
  const separators: string[] = []
  let next = at + 1
  while (values.length < 3) {
    const sign = tokens[next]
    const number = tokens[next + 1]
    const joined =
      sign !== undefined &&
      SEPARATORS.has(sign.text) &&
      number?.kind === 'number' &&
      (number.glued || sign.text === '/')
    if (!joined) break
    separators.push(sign.text)
    values.push(number.text)
    next += 2
  }
  return { values, separators, next }
}

/** "5 1 2027" */
function spaced(tokens: readonly Token[], at: number): Production | undefined {
  const [day = '', month = '', year = ''] = tokens.slice(at, at + 3).map(token => token.text)
  const isDate = /^\d{1,2}$/.test(day) && /^\d{1,2}$/.test(month) && /^20\d\d$/.test(year)
  return isDate ? dated(day, month, year, at + 3) : undefined
}

function dated(day: string, month: string, year: string | undefined, next: number): Production {
  const date = { day: Number(day), month: Number(month) }
  if (year === undefined) return { marks: [{ is: 'date', ...date }], next }
  return {
    marks: [{ is: 'date', ...date, year: year.length === 2 ? 2000 + Number(year) : Number(year) }],
    next,
  }
}
