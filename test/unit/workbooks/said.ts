import fc from 'fast-check'
import { KINDS, type Said } from '../../../src/domain/ledger/types.ts'
import { BOUGHT } from '../../../src/workbooks/categories.ts'

const day = (month: string) =>
  fc.integer({ min: 1, max: 28 }).map(number => `${month}-${String(number).padStart(2, '0')}`)
/** Anything that may stand in a book, from October to December 2026. */
export const anySaid: fc.Arbitrary<Said> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    amount: fc.integer({ min: 1, max: 5_000_000 }),
    date: fc.oneof(day('2026-10'), day('2026-11'), day('2026-12')),
    category: fc.constantFrom(...BOUGHT),
    party: fc.constantFrom('Bu Ani', 'bu ani', 'Toko Maju', undefined),
    lent: fc.boolean(),
    opening: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ kind, amount, date, category, party, lent, opening }) => ({
    ...{ kind, amount, date },
    ...(['purchase', 'expense', 'payable'].includes(kind) ? { category } : {}),
    ...(party === undefined ? {} : { party }),
    ...(kind === 'receivable' && lent ? { cash: 'out' as const } : {}),
    ...(kind === 'capital' && opening === 0 ? { opening: true as const } : {}),
  }))
