export type { FaqEntry, FaqHit } from './types.ts'
export { makeFaqSearch, type FaqSearch } from './search.ts'
export { faqAnswer } from './answer.ts'
