import { scanAmounts, type Amounts } from './money.ts'
import { moneyTokens } from './money-words.ts'
import { isTooLong, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'

const TOGETHER: Record<string, number> = {
  sendiri: 1, sendirian: 1, berdua: 2, bertiga: 3, berempat: 4, berlima: 5, berenam: 6, bertujuh: 7,
} // prettier-ignore
/** Doubled letters are said once in a token: "keempat" is "kempat". */
const ORDINALS: Record<string, number> = {
  pertama: 1, kesatu: 1, kedua: 2, ketiga: 3, kempat: 4, kelima: 5, kenam: 6, ketujuh: 7, kedelapan: 8, kesembilan: 9, kesepuluh: 10,
} // prettier-ignore

/**
 * Reads a count or a quantity: "3", "tiga orang", "dua puluh lima", "selusin", "berdua", "kedua". Rounded numbers
 * ("10-an", "sekitar 5") and bounds are `approximate`, ranges and several numbers are asked.
 * Reasons for `ask`: `range`, `several`, `vague`; for `none`: `unread`, `nothing`, `negated`, `too_long`, `too_large`.
 */
export function readNumber(text: string): Reading<number> {
  if (isTooLong(text)) return none('too_long')
  const tokens = moneyTokens(text)
  const found = scanAmounts(tokens)
  const [first] = found.amounts
  if (first === undefined) return withoutNumber(tokens, found)
  if (found.negated) return none('negated')
  if (first.value > 1e14) return none('too_large')
  if (found.amounts.length > 1)
    return ask(scaledTogether(found.amounts), found.joint === 'to' ? 'range' : 'several')
  if (first.others.length > 0) return ask([first.value, ...first.others], 'several')
  const rounded = found.bound !== undefined || first.about || first.unsure
  return (rounded || found.unknown > 0 ? approximate : value)(first.value)
}

/** "berdua", "kedua", "belum ada", "puluhan" */
function withoutNumber(tokens: readonly Token[], found: Amounts): Reading<number> {
  if (found.negated)
    return none(tokens.some(token => ['ada', 'punya'].includes(token.word)) ? 'nothing' : 'negated')
  const named = tokens
    .map(token => TOGETHER[token.text] ?? ORDINALS[token.text])
    .find(number => number !== undefined)
  if (named !== undefined) return found.unknown > 1 ? approximate(named) : value(named)
  return found.vague ? ask([], 'vague') : none('unread')
}

/** "5-10 ribu": the unit said last holds for both. */
function scaledTogether(amounts: readonly { value: number; unit: boolean; scale: number }[]): number[] {
  const scale = amounts.at(-1)?.scale ?? 1
  return amounts.map(amount => (amount.unit || amount.scale > 1 ? amount.value : amount.value * scale))
}
