import fc from 'fast-check'
import { expect, test } from 'vitest'
import { setOf } from '../../../src/workbooks/books.ts'
import { layOut, serialOf } from '../../../src/workbooks/layout.ts'
import type { Value } from '../../../src/workbooks/types.ts'
import { inputsOf, recalculated, typeInto, type Typed } from './support.ts'

/** January 2027 of a business that nobody made up, kept in double entry beside the workbook. */

const ROWS = 24
const SHEETS = layOut({ title: 'Paket', sheets: setOf(ROWS) })
const EMPTY: Typed = Object.fromEntries(inputsOf(SHEETS).map(place => [place, undefined]))
const [FROM, TO] = ['2027-01-01', '2027-01-31']

/** The place of a value by the words beside it. */
const placeOf = (sheet: 'Laba Rugi' | 'Neraca', label: string): string => {
  const cells = SHEETS.find(({ name }) => name === sheet)?.cells ?? new Map<string, { value?: Value }>()
  const found = [...cells].find(([address, { value }]) => address.startsWith('A') && value === label)
  return `${sheet}!${found?.[0].replace('A', 'B') ?? ''}`
}

const amount = fc.integer({ min: 1, max: 9_000_000 })
const day = fc.integer({ min: 1, max: 31 }).map(each => `2027-01-${String(each).padStart(2, '0')}`)

/** Category of the cash book, its column, and what it does to the accounts (+ in, − out, by the side that grows). */
const CASH = [
  ['Penjualan', 'in', 'profit'],
  ['Pendapatan lain', 'in', 'profit'],
  ['Bahan & stok', 'out', 'profit'],
  ['Kemasan', 'out', 'profit'],
  ['Gaji & upah', 'out', 'profit'],
  ['Sewa', 'out', 'profit'],
  ['Listrik, gas, air, pulsa', 'out', 'profit'],
  ['Transport', 'out', 'profit'],
  ['Promosi', 'out', 'profit'],
  ['Perawatan', 'out', 'profit'],
  ['Iuran & izin', 'out', 'profit'],
  ['Bunga & admin bank', 'out', 'profit'],
  ['Biaya lain', 'out', 'profit'],
  ['PPh final', 'out', 'profit'],
  ['Modal masuk', 'in', 'capital'],
  ['Ambil untuk rumah (prive)', 'out', 'prive'],
  ['Pinjaman masuk', 'in', 'loan'],
  ['Bayar cicilan pinjaman', 'out', 'loan'],
] as const

const moved = fc.record({ kind: fc.constantFrom(...CASH), amount, day })
const debt = fc.record({
  ...{ amount, paid: amount, day, old: fc.boolean() },
  kind: fc.constantFrom('plain', 'alat', 'kasbon'),
})
const thing = fc.record({
  ...{ at: fc.integer({ min: 0, max: 30 }), used: fc.integer({ min: 0, max: 30 }) },
  price: fc.integer({ min: 0, max: 90_000 }),
})
/** Months before January in which it was bought; 0 is this January. */
const tool = fc.record({
  ago: fc.integer({ min: 0, max: 40 }),
  price: amount,
  life: fc.constantFrom(6, 12, 24, 36, 48),
})

const business = fc.record({
  ...{ cash: fc.nat(5_000_000), loan: fc.nat(5_000_000) },
  moves: fc.array(moved, { maxLength: 8 }),
  ...{ owed: fc.array(debt, { maxLength: 3 }), owing: fc.array(debt, { maxLength: 3 }) },
  ...{ things: fc.array(thing, { maxLength: 3 }), tools: fc.array(tool, { maxLength: 2 }) },
})
type Business = typeof business extends fc.Arbitrary<infer T> ? T : never

/** The accounts that the workbook must arrive at, and what is typed to get there. */
class Book {
  cash = 0
  profit = 0
  capital = 0
  prive = 0
  owed = 0
  owing = 0
  equipment = 0
  worn = 0
  stock = 0
  loan = 0
  readonly typed: Record<string, Value | undefined> = { ...EMPTY }
  #rows = { Kas: 6, Piutang: 6, Utang: 6, Stok: 6, Alat: 6 }
  readonly balances: number[] = []

  constructor({ cash, loan, moves, owed, owing, things, tools }: Business) {
    Object.assign(this, { cash, loan })
    Object.assign(this.typed, { 'Kas!F4': cash })
    this.typed[placeOf('Laba Rugi', 'Dari tanggal')] = serialOf(FROM)
    this.typed[placeOf('Laba Rugi', 'Sampai tanggal')] = serialOf(TO)
    this.typed[placeOf('Neraca', 'Utang bank di awal periode')] = loan
    for (const each of things) this.#thing(each)
    for (const each of tools) this.#tool(each)
    for (const each of moves) this.#move(each)
    for (const each of owed) this.#owed(each)
    for (const each of owing) this.#owing(each)
  }

  #row(sheet: 'Kas' | 'Piutang' | 'Utang' | 'Stok' | 'Alat', cells: Record<string, Value>): void {
    const row = this.#rows[sheet]++
    for (const [column, value] of Object.entries(cells)) this.typed[`${sheet}!${column}${row}`] = value
  }

  #pay(day: string, category: string, change: number): void {
    this.cash += change
    this.balances.push(this.cash)
    const amounts = change > 0 ? { D: change } : { E: -change }
    this.#row('Kas', { A: serialOf(day), B: 'apa saja', C: category, ...amounts })
  }

  #move({ kind: [category, direction, account], amount, day }: Business['moves'][number]): void {
    const change = direction === 'in' ? amount : -amount
    this.#pay(day, category, change)
    if (account === 'prive') this.prive -= change
    else this[account] += change
  }

  #owed({ amount, paid, day, old, kind }: Business['owed'][number]): void {
    const lent = kind === 'kasbon'
    const date = old ? '2026-12-20' : day
    this.#row('Piutang', {
      A: serialOf(date),
      B: 'Pelanggan',
      C: amount,
      E: paid,
      I: lent ? 'Kasbon' : 'Jual tempo',
    })
    this.owed += amount - paid
    if (!old && lent) this.#pay(day, 'Kasbon diberikan', -amount)
    if (!old && !lent) this.profit += amount
    this.#pay(day, lent ? 'Kasbon kembali' : 'Piutang dibayar', paid)
  }

  #owing({ amount, paid, day, old, kind }: Business['owing'][number]): void {
    const tool = kind === 'alat'
    const date = old ? '2026-12-20' : day
    this.#row('Utang', {
      A: serialOf(date),
      B: 'Pemasok',
      C: amount,
      E: paid,
      I: tool ? 'Alat' : 'Bahan & stok',
    })
    this.owing += amount - paid
    if (!old && tool) {
      this.#row('Alat', { A: serialOf(day), B: 'Alat', C: amount })
      this.equipment += amount
    }
    if (!old && !tool) this.profit -= amount
    this.#pay(day, tool ? 'Bayar utang alat' : 'Bayar utang', -paid)
  }

  #thing({ at, used, price }: Business['things'][number]): void {
    this.#row('Stok', { A: 'Barang', C: at, E: used, I: price })
    const left = Math.max(0, at - used) * price
    this.stock += left
    this.profit += left - at * price
  }

  #tool({ ago, price, life }: Business['tools'][number]): void {
    const bought = new Date(Date.UTC(2027, -ago, 1)).toISOString().slice(0, 10)
    this.#row('Alat', { A: serialOf(bought), B: 'Alat', C: price, D: life })
    this.equipment += price
    if (ago === 0) this.#pay(bought, 'Alat', -price)
    const worn = (months: number) => Math.round((price / life) * Math.min(life, months))
    this.worn += worn(ago + 1)
    this.profit -= worn(ago + 1) - worn(ago)
  }
}

test('whatever a business does, what it owns is what it owes and its own, and cash follows row by row', () => {
  fc.assert(
    fc.property(business, of => {
      const book = new Book(of)
      const at = recalculated(typeInto(SHEETS, book.typed))
      const neraca = (label: string) => at(placeOf('Neraca', label))
      const laba = (label: string) => at(placeOf('Laba Rugi', label))
      const assets = book.cash + book.owed + book.stock + book.equipment - book.worn
      expect({
        cash: [neraca('Kas dan uang di bank'), at('Kas!F3')],
        balances: book.balances.map((_, row) => at(`Kas!F${6 + row}`)),
        profit: [laba('Laba bersih'), laba('Laba menurut hitungan ini')],
        debts: [neraca('Piutang'), neraca('Utang usaha'), neraca('Utang bank')],
        things: [
          neraca('Persediaan'),
          neraca('Peralatan (harga beli)'),
          neraca('Dikurangi: jumlah penyusutan'),
        ],
        both: [neraca('Jumlah aset'), neraca('Kewajiban + ekuitas')],
        own: [neraca('Tambahan modal'), neraca('Dikurangi: prive (untuk rumah)')],
        checks: [neraca('Aset sama dengan kewajiban + ekuitas?'), laba('Sama dengan laba bersih?')],
        agree: [at('Piutang!B4'), at('Utang!B4')],
      }).toEqual({
        cash: [book.cash, book.cash],
        balances: book.balances,
        profit: [book.profit, book.profit],
        debts: [book.owed, book.owing, book.loan],
        things: [book.stock, book.equipment, book.worn],
        both: [assets, assets],
        own: [book.capital, book.prive],
        checks: ['Seimbang', 'Cocok'],
        agree: ['Cocok', 'Cocok'],
      })
    }),
    { numRuns: 12 },
  )
})
