/** Collapses runs of one letter ("iyaaa" → "iya", "minggu" → "mingu"): both sides of a comparison use it. */
export function squeeze(text: string): string {
  let result = ''
  let last = ''
  for (const char of text) {
    if (char !== last || (char >= '0' && char <= '9')) result += char
    last = char
  }
  return result
}

/** Letters that a near-miss may differ by: none below 5 letters, 1 from 5, 2 from 8. */
function allowedDistance(length: number): number {
  if (length < 5) return 0
  return length < 8 ? 1 : 2
}

/**
 * Optimal string alignment distance (insert, delete, replace, swap neighbours), or `limit + 1` when it is larger.
 * Words here are short and the limit is at most 2, so the plain table with an early exit is enough.
 */
function distance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1
  let older: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let row = 1; row <= left.length; row++) {
    const current = [row]
    let best = row
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1]
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]
      if (swapped) cost = Math.min(cost, (older[column - 2] ?? 0) + 1)
      current.push(cost)
      best = Math.min(best, cost)
    }
    if (best > limit) return limit + 1
    older = previous
    previous = current
  }
  return Math.min(previous[right.length] ?? 0, limit + 1)
}

/** How far apart two spellings are when that is near enough to be a typing mistake, else undefined. */
export function nearMiss(typed: string, meant: string): number | undefined {
  const limit = allowedDistance(Math.min(typed.length, meant.length))
  if (limit === 0) return typed === meant ? 0 : undefined
  const apart = distance(typed, meant, limit)
  return apart <= limit ? apart : undefined
}

const VOWELS = new Set('aiueo')

export const skeleton = (word: string): string =>
  [...word].filter((char, index) => index === 0 || !VOWELS.has(char)).join('')

/**
 * Chat spelling drops vowels: "slasa", "kmis", "sbtu". True when only vowels after the first letter are missing. Of two
 * vowels side by side people drop both or none ("kali" is no "kuali"), and never the last one only ("jas" is no "jasa").
 */
export function isVowelDropped(typed: string, full: string): boolean {
  if (typed[0] !== full[0] || typed.length < 3) return false
  if (full.startsWith(typed)) return false
  let at = 0
  let kept = true
  let last = ''
  for (const char of full) {
    const keeps = typed[at] === char
    if (VOWELS.has(char) && VOWELS.has(last) && keeps !== kept) return false
    if (keeps) at++
    else if (!VOWELS.has(char)) return false
    kept = keeps
    last = char
  }
  return at === typed.length
}
