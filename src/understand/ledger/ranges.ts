import { quantityAt } from '../quantities.ts'
import { wordAt } from '../scan-common.ts'
import type { Token } from '../tokens.ts'

const TO = new Set(['-', 'sampai', 'sd', 'atau'])

/** "5-10rb": the unit said last holds for both. */
export function lowOfRange(
  tokens: readonly Token[],
  at: number,
): { value: number; scale: number; next: number } | undefined {
  if (!TO.has(wordAt(tokens, at))) return undefined
  const end = quantityAt(tokens, at + 1)
  return end?.unit === true && end.scale > 1 ? end : undefined
}

/** "50rb - 60rb", "50rb sampai 60rb", "50rb atau 60rb", "antara 50rb dan 60rb": to be asked. */
export function rangeAt(
  tokens: readonly Token[],
  at: number,
  between: boolean,
): { others: number[]; next: number } | undefined {
  const to = wordAt(tokens, at)
  if (!TO.has(to) && !(between && (to === 'dan' || to === 'sama'))) return undefined
  const end = quantityAt(tokens, at + 1)
  const isMoney = end !== undefined && (end.unit || end.value >= 1000)
  return isMoney ? { others: [end.value], next: end.next } : undefined
}
