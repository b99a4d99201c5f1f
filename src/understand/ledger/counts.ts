import { literalAt } from '../literals.ts'
import { spokenAt } from '../number-words.ts'
import { quantityAt } from '../quantities.ts'
import { wordAt } from '../scan-common.ts'
import type { Token } from '../tokens.ts'
import { unitOf } from './each.ts'
import type { Item, Streams } from './item.ts'
import { SIZED, SIZES } from './vocabulary.ts'

interface Found {
  value: number
  next: number
  fraction: boolean
}

/** "10 porsi", "1,5 kg", "1/2 liter", "setengah lusin", "dua ekor"; of gas and cups a weight is a size. */
export function countAt({ money, ledger }: Streams, at: number, before: readonly Item[]): Item | undefined {
  const number = numberAt(money, at)
  if (number === undefined) return undefined
  const text = ledger[number.next]?.kind === 'word' ? (ledger[number.next]?.text ?? '') : ''
  const place = { word: '', from: at, to: number.next + 1 }
  if (SIZES.has(text)) return { is: 'size', ...place }
  const unit = unitOf(text)
  if (unit === undefined || number.value <= 0) return undefined
  const previous = before.at(-1)
  const sized = previous?.is === 'word' && SIZED.has(previous.word)
  if (sized && ['kg', 'liter', 'gram'].includes(unit)) return { is: 'size', ...place }
  return { is: 'count', value: number.value, unit, fraction: number.fraction, ...place }
}

function numberAt(tokens: readonly Token[], at: number): Found | undefined {
  const fraction = fractionAt(tokens, at)
  if (fraction !== undefined) return fraction
  const number = literalAt(tokens, at) ?? thousandsAt(tokens, at) ?? spokenAt(tokens, at)
  if (number === undefined) return undefined
  const half = wordAt(tokens, number.next) === 'setengah'
  return half
    ? { value: number.value + 0.5, next: number.next + 1, fraction: false }
    : { value: number.value, next: number.next, fraction: false }
}

/** "seribu ekor", "dua ribu butir": counted in words. */
function thousandsAt(tokens: readonly Token[], at: number): Omit<Found, 'fraction'> | undefined {
  const found = tokens[at]?.kind === 'word' ? quantityAt(tokens, at) : undefined
  return found?.scale === 1000 && !found.about ? found : undefined
}

const PARTS: Record<string, number> = { setengah: 0.5, seperempat: 0.25 }

function fractionAt(tokens: readonly Token[], at: number): Found | undefined {
  const part = PARTS[wordAt(tokens, at)]
  if (part !== undefined) return { value: part, next: at + 1, fraction: true }
  const [top, slash, bottom] = [tokens[at], wordAt(tokens, at + 1), tokens[at + 2]]
  const written = top?.kind === 'number' && slash === '/' && bottom?.kind === 'number'
  if (!written || Number(bottom.text) === 0 || Number(bottom.text) > 10) return undefined
  return { value: Number(top.text) / Number(bottom.text), next: at + 3, fraction: true }
}
