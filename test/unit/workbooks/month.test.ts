import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthSpan } from '../../../src/domain/ledger/months.ts'
import { bridgeOf, profitOf } from '../../../src/domain/ledger/profit.ts'
import { cashAt, summarise } from '../../../src/domain/ledger/summary.ts'
import type { Entry } from '../../../src/domain/ledger/types.ts'
import { layOut, type PlacedSheet } from '../../../src/workbooks/layout.ts'
import { monthWorkbook } from '../../../src/workbooks/month.ts'
import { entriesOf, january } from '../ledger/support.ts'
import { anySaid } from './said.ts'
import { recalculated } from './support.ts'

const COUNTED = { openingStock: 0, closingStock: 0, depreciation: 0 }

/** What a workbook of a month shows, by the words beside it. */
function shownBy(entries: readonly Entry[], month: string) {
  const sheets = layOut(monthWorkbook(entries, month, 10))
  const at = recalculated(sheets)
  const line = (name: string, label: string) => {
    const cells = sheets.find(sheet => sheet.name === name)?.cells as PlacedSheet['cells']
    const address = [...cells].find(([place, { value }]) => place.startsWith('A') && value === label)?.[0]
    return at(`${name}!${address?.replace('A', 'B') ?? ''}`)
  }
  return {
    cash: [at('Kas!D3'), at('Kas!E3'), at('Kas!F3')],
    bridge: {
      surplus: line('Laba Rugi', 'Sisa usaha (hitungan kas)'),
      receivableChange: line('Laba Rugi', '+ Piutang bertambah'),
      payableChange: line('Laba Rugi', '− Utang barang bertambah'),
      stockChange: line('Laba Rugi', '+ Persediaan bertambah'),
      depreciation: line('Laba Rugi', '− Penyusutan alat'),
      profit: line('Laba Rugi', 'Laba menurut hitungan ini'),
    },
    sales: line('Laba Rugi', 'Penjualan (tunai dan tempo)'),
    profit: line('Laba Rugi', 'Laba bersih'),
    prive: line('Neraca', 'Dikurangi: prive (untuk rumah)'),
    owed: [at('Piutang!F4'), at('Utang!F4')],
    checks: [
      ...[at('Piutang!B4'), at('Utang!B4'), line('Laba Rugi', 'Sama dengan laba bersih?')],
      line('Neraca', 'Aset sama dengan kewajiban + ekuitas?'),
    ],
  }
}

/** The same, from the rules of the ledger. */
function computedBy(entries: readonly Entry[], month: string) {
  const span = monthSpan(month)
  const summary = summarise(entries, span)
  const profit = profitOf(entries, span, COUNTED)
  return {
    cash: [summary.cashIn, summary.cashOut, cashAt(entries, span.to)],
    bridge: bridgeOf(entries, span, COUNTED),
    sales: profit.sales,
    profit: profit.profit,
    prive: summary.prive,
    checks: ['Cocok', 'Cocok', 'Cocok', 'Seimbang'],
  }
}

const agree = (entries: readonly Entry[], month: string) =>
  expect(shownBy(entries, month)).toMatchObject(computedBy(entries, month))

test('the January of the worked example: 3,000 left in cash, the debts, 4,600 in the till', () => {
  agree(january, '2026-01')
  expect(shownBy(january, '2026-01')).toMatchObject({
    ...{ cash: [4_850_000, 2_250_000, 4_600_000], owed: [250_000, 100_000], prive: 400_000 },
    bridge: { surplus: 3_000_000, receivableChange: 250_000, payableChange: 100_000 },
  })
})

test('whatever is in the books, chat and workbook agree to the rupiah, and the balance sheet balances', () => {
  fc.assert(
    fc.property(fc.array(anySaid, { maxLength: 40 }), all => {
      agree(entriesOf(all), '2026-11')
    }),
    { numRuns: 25 },
  )
})

test('a month of 300 entries stands in the workbook, to the rupiah, with room for more', () => {
  const all = fc
    .sample(anySaid, { seed: 11, numRuns: 300 })
    .map(each => ({ ...each, date: each.date.replace('-12-', '-11-') }))
  agree(entriesOf(all), '2026-11')
})

test('an empty book makes an empty workbook, not an error', () => {
  expect(shownBy([], '2026-11')).toMatchObject({
    cash: [0, 0, 0],
    profit: 0,
    checks: ['Cocok', 'Cocok', 'Cocok', 'Seimbang'],
  })
})
