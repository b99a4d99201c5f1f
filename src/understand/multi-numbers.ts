import { isAround } from './choices.ts'
import { NEGATIONS } from './lexicon.ts'
import { contentWords, tokenise, type Token } from './tokens.ts'
import { ask, none, value, type ChoiceOption, type Reading } from './types.ts'

/** Signs that end a part of the answer. */
export const BREAKS = new Set([',', ';', '\n', '&', '+', '/'])

export const CONNECTORS = new Set([
  ...BREAKS,
  'dan',
  'sama',
  'serta',
  'juga',
  'terus',
  'plus',
  'lalu',
  'dengan',
  'tambah',
  'atau',
  'sampai',
])

/** "1,3", "1 3", "1-3": numbers and signs only. Beyond the list, or "13" for 1 and 3, it asks. */
export function onlyNumbers(
  tokens: readonly Token[],
  options: readonly ChoiceOption[],
): Reading<string[]> | undefined {
  const rest = tokens.filter(
    token => token.kind !== 'sign' && !CONNECTORS.has(token.word) && !isAround(token.word),
  )
  if (rest.length === 0 || !rest.every(token => token.kind === 'number')) return undefined
  const shown: number[] = []
  for (const [index, token] of rest.entries()) {
    const before = tokens[tokens.indexOf(token) - 1]
    const from = Number(rest[index - 1]?.text)
    const isRange =
      index > 0 && (before?.word === '-' || before?.word === 'sampai') && from < Number(token.text)
    for (let next = isRange ? from + 1 : Number(token.text); next <= Math.min(Number(token.text), 99); next++)
      shown.push(next)
  }
  const found = [...new Set(shown)].map(number => options[number - 1]?.value)
  if (found.length > 0 && found.every(option => option !== undefined))
    return exclusive(inOrder(new Set(found), options), options)
  return runTogether(rest, options)
}

function runTogether(rest: readonly Token[], options: readonly ChoiceOption[]): Reading<string[]> {
  const digits = rest.length === 1 ? [...(rest[0]?.text ?? '')] : []
  const found = digits.map(digit => options[Number(digit) - 1]?.value)
  const known = found.filter(option => option !== undefined)
  const apart = known.length === found.length && new Set(known).size > 1
  return apart ? ask([inOrder(new Set(known), options)], 'ambiguous') : none('out_of_range')
}

export function exclusive(chosen: string[], options: readonly ChoiceOption[]): Reading<string[]> {
  const nothing = options.filter(option => saysNone(option)).map(option => option.value)
  const clash = chosen.length > 1 && chosen.some(option => nothing.includes(option))
  if (!clash) return value(chosen)
  return ask(
    [chosen.filter(option => !nothing.includes(option)), chosen.filter(option => nothing.includes(option))],
    'ambiguous',
  )
}

export const saysNone = (option: ChoiceOption): boolean => {
  const [first] = contentWords(tokenise(option.label))
  return first !== undefined && NEGATIONS.has(first.word)
}

export const inOrder = (chosen: ReadonlySet<string>, options: readonly ChoiceOption[]): string[] =>
  options.map(option => option.value).filter(option => chosen.has(option))
