/** A question people ask, with its answer: one file in `faq/`. */
export interface FaqEntry {
  number: number
  title: { id: string; en: string }
  /** Plain text, several paragraphs. */
  answer: { id: string; en: string }
  /** What to do now; every answer ends with it. */
  next: { id: string; en: string }
  /** `YYYY-MM` in which the facts were gathered. */
  date: string
  /** The facts may have changed: shown only with "mohon cek". */
  verify: boolean
  /** Words that, all together in a question, mean this entry. */
  keywords: readonly string[]
}

/** A question that found its entry. `score` grows with the words that fit. */
export interface FaqHit {
  entry: FaqEntry
  score: number
}
