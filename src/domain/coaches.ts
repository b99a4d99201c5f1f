/** A coach of the centre who serves the need in question. */
export interface Candidate {
  id: string
  name: string
  /** Real people of this need already with this coach. */
  sameNeed: number
  /** All real people with this coach. */
  total: number
  /** Epoch ms: who has been here longer comes first among equals. */
  since: number
}

/**
 * The least loaded coach. Counted first among people with the same need, so that within a centre and need the loads
 * never differ by more than one; the whole load decides between equals.
 */
export function leastLoaded(candidates: Candidate[]): Candidate | undefined {
  return candidates.toSorted(
    (a, b) => a.sameNeed - b.sameNeed || a.total - b.total || a.since - b.since || (a.id < b.id ? -1 : 1),
  )[0]
}
